"""The live board and the projector in real browsers: they follow the hall and disturb nobody."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from playwright.sync_api import Locator, Page, Route, expect

from quiz.actions.events.screens import make_screen, token_of_screen
from quiz.models import Attempt, Event, Sitting, User
from tests.client import HouseClient
from tests.e2e.browsers import beyond_the_screen
from tests.e2e.hall import Hall
from tests.e2e.page import Held, banner, choose, go_to, saved, wait_for
from tests.factories import Make

DESK = {"viewport": {"width": 1280, "height": 900}}


@pytest.fixture
def desk(new_phone: Callable[..., Page], hall: Hall, citra: User) -> Page:
    """The officer's browser on the laptop."""
    page = new_phone(**DESK)
    client = hall.app.test_client()
    assert isinstance(client, HouseClient)
    cookie = client.log_in(citra).get_cookie("session")
    assert cookie is not None
    page.context.add_cookies([{"name": "session", "value": cookie.value, "url": hall.url}])
    return page


def board(desk: Page, event: Event) -> Page:
    desk.goto(f"/kegiatan/{event.code}/papan")
    expect(desk.get_by_role("heading", level=1)).to_contain_text("Papan langsung")
    return desk


def count(page: Page, word: str) -> Locator:
    """The cell of the number above this word."""
    return page.locator(".count").filter(has=page.locator("span", has_text=word))


def test_the_board_follows_and_leaves_the_keyboard_where_it_is(
    make: Make, desk: Page, event: Event, attempt: Attempt, phone: Page, accessible
) -> None:
    page = board(desk, event)
    accessible(page)
    assert beyond_the_screen(page) == []
    link = page.get_by_role("link", name="Belum terkirim 1")
    link.focus()

    choose(phone, "Segera keluar")
    saved(phone)
    make.finished(attempt.sitting, make.enrolment(event, checked_in_at=make.now))

    expect(count(page, "terkirim").locator("b")).to_have_text("1")
    expect(count(page, "mengerjakan")).to_contain_text("2 mulai, rata-rata terjawab 1 dari 6 soal")
    expect(page.get_by_role("link", name="Belum terkirim 1")).to_be_focused()
    expect(page.get_by_role("link", name="Perbarui")).to_be_hidden()


def test_a_list_somebody_points_at_waits(
    make: Make, desk: Page, event: Event, attempt: Attempt
) -> None:
    attempt.started_at = make.now - timedelta(minutes=9)
    attempt.waiting = 2
    make.session.commit()
    page = board(desk, event)
    person = page.locator(".people li")
    person.get_by_role("button").hover()

    attempt.waiting = 0
    make.session.commit()

    expect(page.get_by_text("Daftar berubah, tampil setelah")).to_be_visible()
    expect(person).to_contain_text("2 jawaban masih di HP")
    page.mouse.move(5, 5)
    expect(person).to_contain_text("Tidak ada kabar dari HP")
    expect(page.get_by_text("Daftar berubah, tampil setelah")).to_be_hidden()


def test_a_board_without_its_server_says_so_and_keeps_what_it_shows(
    desk: Page, event: Event, attempt: Attempt
) -> None:
    page = board(desk, event)
    away = {"is": True}

    def road(route: Route) -> None:
        route.abort() if away["is"] else route.continue_()

    page.route("**/papan/isi**", road)
    expect(page.get_by_text("Server tidak menjawab. Yang tampil ialah keadaan")).to_be_visible()
    expect(count(page, "mengerjakan").locator("b")).to_have_text("1")
    away["is"] = False

    expect(page.get_by_text("Server tidak menjawab.")).to_be_hidden()


def test_somebody_inside_is_told_of_added_time_in_words(
    make: Make, desk: Page, event: Event, phone: Page, attempt: Attempt
) -> None:
    page = board(desk, event)
    page.get_by_role("button", name="Tambah 3 menit untuk semua").click()
    expect(page.get_by_text("Semua mendapat 3 menit lagi")).to_be_visible()

    phone.evaluate("window.dispatchEvent(new Event('online'))")

    banner(phone, "Waktu Anda ditambah 3 menit.")
    expect(phone.locator(".clock")).to_contain_text("Sisa 22 menit")
    go_to(phone, 2)
    expect(phone.locator("#banner")).to_be_empty()


def test_somebody_inside_is_told_of_time_taken_and_of_a_closing(
    make: Make, phone: Page, attempt: Attempt
) -> None:
    sitting = attempt.sitting
    choose(phone, "Segera keluar")
    saved(phone)
    sitting.closes_at = attempt.times.end_at - timedelta(minutes=5)
    make.session.commit()
    phone.evaluate("window.dispatchEvent(new Event('online'))")
    banner(phone, "Waktu Anda berkurang 5 menit.")

    held = Held()
    phone.route("**/selesai", held)
    sitting.closes_at = make.now
    make.session.commit()
    phone.evaluate("window.dispatchEvent(new Event('online'))")

    banner(phone, "Sesi ditutup petugas.")
    held.wait_for_one(phone)
    held.go_on()
    phone.wait_for_url("**/hasil")
    assert make.fresh(attempt).clocked_at is not None
    assert make.fresh(attempt).submitted_at is None


def test_however_its_answers_overtake_each_other_a_phone_ends_with_none_waiting(
    make: Make, phone: Page, attempt: Attempt
) -> None:
    """The first of a burst says that more will come, and may be the last to arrive."""
    first, said = Held(), []

    def road(route: Route) -> None:
        said.append(route.request.post_data_json["waiting"])
        if len(said) == 1:
            first(route)
        else:
            route.continue_()

    phone.context.set_offline(True)
    for number, words in enumerate(["Segera keluar", "Tidak boleh", "Menyimpan", "Benar"], 1):
        go_to(phone, number)
        choose(phone, words)
    phone.route("**/jawaban/*", road)
    phone.context.set_offline(False)
    first.wait_for_one(phone)
    wait_for(phone, lambda: len(make.fresh(attempt).responses) == 3)
    first.go_on()

    wait_for(phone, lambda: len(make.fresh(attempt).responses) == 4 and said[-1] == 0)
    wait_for(phone, lambda: make.fresh(attempt).waiting == 0)
    saved(phone)
    assert (said[0], said[-1], make.fresh(attempt).waiting) == (3, 0, 0)


@pytest.fixture
def screen(make: Make, new_phone: Callable[..., Page], event: Event, sitting: Sitting) -> Page:
    """The projector's browser, in which nobody is logged in; eight people are on the roster."""
    for number in range(8):
        make.enrolment(event, checked_in_at=make.now if number < 7 else None)
    make_screen(event, make.key)
    make.session.commit()
    page = new_phone(viewport={"width": 1280, "height": 720})
    page.goto(f"/layar/{token_of_screen(event, make.key)}")
    return page


def test_the_projector_follows_and_keeps_its_last_state_without_the_server(
    make: Make, screen: Page, sitting: Sitting, event: Event, hall: Hall, accessible
) -> None:
    expect(screen.get_by_text("Post-test berlangsung")).to_be_visible()
    expect(screen.get_by_text("7 dari 8 hadir")).to_be_visible()
    accessible(screen)
    assert beyond_the_screen(screen) == []

    make.finished(sitting, event.enrolments[0])
    expect(screen.get_by_text("1 terkirim")).to_be_visible()
    hall.stop()
    expect(screen.get_by_text("Server tidak menjawab.")).to_be_visible()
    expect(screen.get_by_text("1 terkirim")).to_be_visible()
    hall.start()
    expect(screen.get_by_text("Server tidak menjawab.")).to_be_hidden()


def test_a_withdrawn_screen_says_so(make: Make, screen: Page, event: Event) -> None:
    event.screen_index = None
    make.session.commit()

    expect(screen.get_by_text("Layar ini sudah dicabut")).to_be_visible()
