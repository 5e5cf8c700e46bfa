"""The officer before the day: a quiz made at one button, and tried as its participants meet it."""

from collections.abc import Callable, Iterator
from datetime import timedelta

import pytest
from playwright.sync_api import Page, Route, expect
from sqlalchemy import select

from quiz.assessment.items.item import Status
from quiz.models import Base, Event, Sitting
from quiz.models.events.events import FeedbackMode, Phase
from tests.conftest import STOCKED
from tests.e2e.browsers import beyond_the_screen
from tests.e2e.clock import let_pass
from tests.e2e.page import answer_all, banner, choose, heading, press
from tests.factories import PASSWORD, Make

DESK = {"viewport": {"width": 1280, "height": 900}, "has_touch": False}
NOT_COUNTED = "Percobaan: tidak disimpan, tidak dihitung."


def log_in(page: Page) -> None:
    page.goto("/masuk/petugas")
    page.get_by_label("Nama pengguna").fill("citra")
    page.get_by_label("Kata sandi").fill(PASSWORD)
    page.get_by_role("button", name="Masuk").click()
    heading(page, "Kegiatan")


class Hand:
    """The officer's hand, which counts what it does: each click and each field is a step."""

    def __init__(self, page: Page) -> None:
        self.page, self.steps = page, 0

    def follow(self, name: str) -> None:
        self.steps += 1
        self.page.get_by_role("link", name=name, exact=True).first.click()

    def press(self, name: str) -> None:
        self.steps += 1
        press(self.page, name)


@pytest.fixture
def half_day(make: Make) -> Event:
    """A half day tomorrow with civil servants and a village head, and the shipped questions."""
    start = make.now + timedelta(days=1)
    event = make.event(starts_at=start, ends_at=start + timedelta(hours=3, minutes=15))
    for status in (Status.PNS, Status.PPPK, Status.KEPALA_DESA):
        make.enrolment(event, make.user(status=status))
    return event


@STOCKED
@pytest.mark.usefixtures("citra")
@pytest.mark.parametrize("start", ["/kegiatan/{code}", "/kuis-bank"])
def test_every_sitting_of_a_half_day_is_prepared_in_at_most_six_steps(
    new_phone: Callable[..., Page],
    make: Make,
    half_day: Event,
    accessible: Callable[[Page], None],
    start: str,
) -> None:
    page = new_phone(**DESK)
    log_in(page)
    hand = Hand(page)

    page.goto(start.format(code=half_day.code))
    if start == "/kuis-bank":
        hand.steps += 1
        page.get_by_role("link", name=f"Pakai untuk {half_day.code}").click()
    else:
        hand.follow("Pakai paket 15 soal")
    heading(page, "Sosialisasi setengah hari")
    accessible(page)
    hand.press("Buat semua sesi")

    expect(page.get_by_text("Pre-test, post-test, dan dua tindak lanjut siap.")).to_be_visible()
    accessible(page)
    make.session.commit()
    sittings = make.session.scalars(select(Sitting).order_by(Sitting.opens_at)).all()
    assert [(s.phase.value, s.prepared_at is not None) for s in sittings] == [
        ("pre", True),
        ("post", True),
        ("follow_up", True),
        ("follow_up", True),
    ]
    assert hand.steps <= 6


@STOCKED
@pytest.mark.usefixtures("citra")
def test_with_an_empty_roster_it_takes_no_more_than_six(
    new_phone: Callable[..., Page], make: Make, half_day: Event
) -> None:
    event = make.event(starts_at=half_day.starts_at, ends_at=half_day.ends_at)
    page = new_phone(**DESK)
    log_in(page)
    hand = Hand(page)

    page.goto(f"/kegiatan/{event.code}")
    hand.follow("Pakai paket 15 soal")
    hand.press("Buat semua sesi")
    make.enrolment(event)
    page.reload()
    hand.follow("Siapkan semua")
    hand.press("Siapkan semua sesi")

    expect(page.get_by_text("4 sesi siap.")).to_be_visible()
    assert hand.steps <= 6


# Coba sebagai peserta


@pytest.fixture
def sent() -> list[str]:
    """What the browser asked for in a try-out, as "METHOD path"."""
    return []


@pytest.fixture
def trial(
    new_phone: Callable[..., Page], sitting: Sitting, citra: object, sent: list[str]
) -> Iterator[Page]:
    """The officer's browser, as small as a phone, in a try-out of the sitting of six items."""
    page = new_phone()
    log_in(page)
    page.goto(f"/kegiatan/{sitting.event.code}/sesi/{sitting.uid}")
    page.on("request", lambda asked: sent.append(f"{asked.method} {asked.url}"))
    page.get_by_role("link", name="Coba sebagai PNS", exact=True).click()
    heading(page, "Soal 1 dari 6")
    yield page


def kept(page: Page) -> object:
    return page.evaluate("JSON.stringify(Object.entries(localStorage))")


def rows(make: Make) -> dict[str, list[object]]:
    make.session.commit()
    return {
        table.name: [tuple(row) for row in make.session.execute(select(table))]
        for table in Base.metadata.sorted_tables
    }


def test_a_try_out_is_taken_like_the_real_one_and_leaves_nothing(
    trial: Page, make: Make, sent: list[str], accessible: Callable[[Page], None]
) -> None:
    before, stored = rows(make), kept(trial)
    expect(trial.get_by_text(NOT_COUNTED)).to_be_visible()
    accessible(trial)
    assert beyond_the_screen(trial) == []

    answer_all(trial)
    heading(trial, "Belum terkirim")
    let_pass(trial, seconds=1)
    press(trial, "Kirim jawaban")

    heading(trial, "Percobaan selesai")
    expect(trial.get_by_text("6 dari 6 soal Post-test terjawab")).to_be_visible()
    accessible(trial)
    assert [each for each in sent if not each.startswith(("GET", "HEAD"))] == []
    assert kept(trial) == stored
    assert rows(make) == before


def test_it_says_nothing_of_a_server_that_holds_the_answers(trial: Page) -> None:
    choose(trial, "Segera keluar")

    expect(trial.locator(".cell").first).to_contain_text("A")
    expect(trial.get_by_text("Percobaan: tidak disimpan.", exact=True)).to_be_visible()
    expect(trial.get_by_text("tersimpan di server")).to_be_hidden()
    expect(trial.get_by_text("tersimpan di HP")).to_be_hidden()


def test_it_goes_on_without_the_network_and_ends_when_it_is_back(trial: Page) -> None:
    trial.context.set_offline(True)
    choose(trial, "Segera keluar")
    banner(trial, "Percobaan dapat diteruskan")
    press(trial, "Berikutnya")
    choose(trial, "Tidak boleh")
    for _ in range(5):
        trial.locator("#right").click()
    let_pass(trial, seconds=1)
    trial.locator("#left").click()

    trial.context.set_offline(False)

    heading(trial, "Percobaan selesai")
    expect(trial.get_by_text("2 dari 6 soal Post-test terjawab")).to_be_visible()


def test_opened_again_it_begins_anew(trial: Page) -> None:
    choose(trial, "Segera keluar")

    trial.reload()

    heading(trial, "Soal 1 dari 6")
    expect(trial.get_by_text("0 terjawab, 6 kosong")).to_be_visible()


def test_it_ends_when_its_time_is_up(trial: Page) -> None:
    choose(trial, "Segera keluar")

    let_pass(trial, minutes=21)

    heading(trial, "Percobaan selesai")
    expect(trial.get_by_text("1 dari 6 soal Post-test terjawab")).to_be_visible()


def test_practice_locks_each_answer_and_shows_no_key(
    trial: Page, make: Make, sitting: Sitting
) -> None:
    sitting.phase, sitting.feedback_mode = Phase.PRACTICE, FeedbackMode.PER_ITEM
    make.session.commit()
    trial.reload()

    choose(trial, "Segera keluar")
    press(trial, "Kunci jawaban")

    expect(trial.locator(".item:visible .option input").first).to_be_disabled()
    expect(trial.locator(".item:visible .reviewed")).to_have_count(0)
    press(trial, "Berikutnya")
    heading(trial, "Soal 2 dari 6")


def test_it_works_without_a_script(
    new_phone: Callable[..., Page], sitting: Sitting, citra: object
) -> None:
    page = new_phone(java_script_enabled=False)
    log_in(page)
    page.goto(f"/kegiatan/{sitting.event.code}/sesi/{sitting.uid}/coba/pns")
    page.locator("#soal-1 .option").first.click()

    press(page, "Kirim jawaban")

    heading(page, "Percobaan selesai")
    expect(page.get_by_text("1 dari 6 soal Post-test terjawab")).to_be_visible()


def test_a_phone_is_never_given_the_try_outs_script(phone: Page) -> None:
    asked: list[str] = []

    def note(route: Route) -> None:
        asked.append(route.request.url)
        route.continue_()

    phone.route("**/*.js*", note)
    phone.reload()

    heading(phone, "Soal 1 dari 6")
    assert [url for url in asked if "trial" in url] == []
    assert any("js/attempt.js" in url for url in asked)
