"""The desk in real browsers: a scanner's keyboard, a camera, a guest's own phone, papers typed."""

from collections.abc import Callable
from pathlib import Path

import pytest
import segno
from playwright.sync_api import Browser, Page, Playwright, expect
from sqlalchemy import select

from quiz.assessment.items.letters import letters_chosen
from quiz.models import Attempt, Enrolment, Event, JoinRequest, Sitting, User
from quiz.queries.taking.asked import asked_in
from quiz.queries.taking.papers import sheets_of
from tests.client import HouseClient
from tests.e2e.browsers import beyond_the_screen, launch
from tests.e2e.hall import Hall
from tests.e2e.page import choose, heading, press, saved
from tests.e2e.phones import Phones
from tests.factories import Make

DESK = {"viewport": {"width": 1280, "height": 900}, "has_touch": False}
CARD = "http://192.168.8.2:8000/k/{}"


def enter_as_officer(page: Page, hall: Hall, citra: User) -> Page:
    client = hall.app.test_client()
    assert isinstance(client, HouseClient)
    cookie = client.log_in(citra).get_cookie("session")
    assert cookie is not None
    page.context.add_cookies([{"name": "session", "value": cookie.value, "url": hall.url}])
    return page


@pytest.fixture
def desk(new_phone: Callable[..., Page], hall: Hall, citra: User) -> Page:
    """The officer's browser on the laptop."""
    return enter_as_officer(new_phone(**DESK), hall, citra)


def scanner(page: Page, text: str) -> None:
    """A scanner is a keyboard: it types wherever the keyboard is, and presses Enter."""
    page.keyboard.type(text)
    page.keyboard.press("Enter")


def said(page: Page, headline: str, words: str) -> None:
    expect(page.locator(".outcome-head")).to_have_text(headline)
    expect(page.locator(".outcome")).to_contain_text(words)


def test_a_scanner_checks_in_three_cards_wherever_the_keyboard_is(
    make: Make, desk: Page, event: Event, ani: User, budi: User, accessible
) -> None:
    people = [make.enrolment(event, user) for user in (ani, budi, make.user("Siti Aminah"))]
    desk.goto(f"/kegiatan/{event.code}/meja")
    accessible(desk)
    assert beyond_the_screen(desk) == []

    scanner(desk, CARD.format(make.token(people[0])))
    said(desk, "Ani Lestari", "Hadir")
    desk.get_by_label("Bunyikan hasilnya").check()
    scanner(desk, CARD.format(make.token(people[1])))
    said(desk, "Budi Hartono", "Hadir")
    desk.get_by_role("link", name="Daftar peserta").focus()
    scanner(desk, make.code(people[2]))
    said(desk, "Siti Aminah", "Hadir")
    accessible(desk)

    expect(desk.locator(".count")).to_contain_text("3 dari 3")
    assert [make.fresh(each).checked_in_at is not None for each in people] == [True] * 3
    scanner(desk, CARD.format(make.token(people[0])))
    said(desk, "Ani Lestari", "Sudah hadir")
    expect(desk.locator("#kartu")).to_be_focused()
    expect(desk.locator("#kartu")).to_have_value("")


def test_cards_scanned_faster_than_the_server_answers_are_all_checked_in(
    make: Make, desk: Page, event: Event
) -> None:
    people = [make.enrolment(event, make.user(name)) for name in ("Satu A", "Dua B", "Tiga C")]
    desk.goto(f"/kegiatan/{event.code}/meja")

    for each in people:
        scanner(desk, make.code(each))

    said(desk, "Tiga C", "Hadir")
    assert [make.fresh(each).checked_in_at is not None for each in people] == [True] * 3


def test_without_its_server_the_desk_says_to_scan_again(
    make: Make, desk: Page, event: Event, enrolment: Enrolment, hall: Hall
) -> None:
    desk.goto(f"/kegiatan/{event.code}/meja")
    hall.stop()

    scanner(desk, make.code(enrolment))

    expect(desk.locator("#hasil")).to_contain_text("Server tidak menjawab. Pindai sekali lagi.")
    hall.start()
    scanner(desk, make.code(enrolment))
    said(desk, "Ani Lestari", "Hadir")


def test_the_desk_works_as_a_plain_form(
    make: Make, new_phone: Callable[..., Page], hall: Hall, citra: User, enrolment: Enrolment
) -> None:
    page = enter_as_officer(new_phone(java_script_enabled=False, **DESK), hall, citra)
    page.goto(f"/kegiatan/{enrolment.event.code}/meja")

    page.get_by_label("Pindai kartu").press_sequentially(CARD.format(make.token(enrolment)))
    page.keyboard.press("Enter")

    said(page, "Ani Lestari", "Hadir")
    expect(page.get_by_role("button", name="Pakai kamera laptop")).to_be_hidden()


def film(text: str, folder: Path) -> Path:
    """What a camera sees of a card held before it: a QR code on white, as a film of one picture."""
    size, module = 480, 8
    matrix = segno.make(text, error="m", micro=False).matrix
    edge = (size - module * len(matrix)) // 2
    rows = [bytearray(b"\xeb" * 640) for _ in range(size)]
    for line, cells in enumerate(matrix):
        for place, dark in enumerate(cells):
            for row in range(edge + module * line, edge + module * (line + 1)):
                start = 80 + edge + module * place
                rows[row][start : start + module] = (b"\x10" if dark else b"\xeb") * module
    picture = b"".join(rows) + b"\x80" * (640 * size // 2)
    path = folder / "kartu.y4m"
    path.write_bytes(b"YUV4MPEG2 W640 H480 F10:1 Ip A1:1 C420jpeg\n" + (b"FRAME\n" + picture) * 5)
    return path


@pytest.fixture
def with_camera(
    playwright: Playwright, phones: Phones, fonts: Path, tmp_path: Path, hall: Hall, citra: User
):
    """``with_camera(text)``: the officer's browser, its camera seeing a card with that QR code."""
    browsers: list[Browser] = []

    def opened(text: str) -> Page:
        switches = (
            "--use-fake-device-for-media-stream",
            "--use-fake-ui-for-media-stream",
            f"--use-file-for-fake-video-capture={film(text, tmp_path)}",
        )
        browsers.append(launch(playwright, *switches, fonts=fonts))
        return enter_as_officer(phones.new(browsers[-1], **DESK), hall, citra)

    yield opened
    for browser in browsers:
        browser.close()


def test_the_laptops_camera_reads_a_card_once(
    make: Make, with_camera, event: Event, enrolment: Enrolment
) -> None:
    page = with_camera(CARD.format(make.token(enrolment)))
    asked = []
    page.on("request", lambda request: asked.append((request.method, request.url)))
    page.goto(f"/kegiatan/{event.code}/meja")
    assert not [url for _, url in asked if "jsQR" in url]

    page.get_by_role("button", name="Pakai kamera laptop").click()

    said(page, "Ani Lestari", "Hadir")
    page.wait_for_timeout(1500)
    said(page, "Ani Lestari", "Hadir")  # it stays before the camera, and is not scanned again
    assert len([url for method, url in asked if method == "POST"]) == 1
    page.get_by_role("button", name="Matikan kamera").click()
    expect(page.locator("video")).to_be_hidden()


def test_a_guest_asks_on_a_phone_is_admitted_and_works(
    make: Make,
    desk: Page,
    new_phone: Callable[..., Page],
    event: Event,
    sitting: Sitting,
    accessible,
) -> None:
    make.unit("Kecamatan Rekaan", "kecamatan")
    desk.goto(f"/kegiatan/{event.code}/meja")
    phone = new_phone()
    phone.goto(f"/g/{event.code}")
    phone.get_by_role("link", name="Datang tanpa undangan").click()
    heading(phone, "Daftar di tempat")
    accessible(phone)
    phone.get_by_label("Nama lengkap").fill("Rina Wati")
    phone.get_by_label("Unit kerja").fill("Kecamatan Rekaan")
    phone.get_by_role("button", name="Kirim ke petugas").click()
    heading(phone, "Menunggu petugas")
    accessible(phone)

    desk.get_by_role("link", name="Terima: Rina Wati").click()  # the list came by itself
    desk.get_by_label("Status").select_option("PNS")
    desk.keyboard.press("Enter")

    expect(desk.get_by_text("Rina Wati masuk daftar dan tercatat hadir.")).to_be_visible()
    heading(phone, "Anda diterima")  # and so did this
    press(phone, "Masuk")
    heading(phone, "Rina Wati")
    press(phone, "Mulai Post-test")
    choose(phone, "Segera keluar")
    saved(phone)


def test_a_refused_phone_is_told_without_a_touch(
    make: Make, desk: Page, new_phone: Callable[..., Page], event: Event
) -> None:
    phone = new_phone()
    phone.goto(f"/g/{event.code}/daftar")
    phone.get_by_label("Nama lengkap").fill("Rina Wati")
    phone.get_by_label("Unit kerja").fill("Kecamatan Rekaan")
    phone.get_by_role("button", name="Kirim ke petugas").click()
    heading(phone, "Menunggu petugas")

    desk.goto(f"/kegiatan/{event.code}/meja")
    desk.get_by_role("button", name="Tolak: Rina Wati").click()

    heading(phone, "Permintaan tidak diterima")
    make.session.commit()
    assert make.session.scalars(select(Enrolment)).all() == []
    [asked] = make.session.scalars(select(JoinRequest)).all()
    assert (asked.settled_at is not None, asked.name) == (True, "")


def test_a_guest_is_typed_in_by_keyboard_alone(
    make: Make, desk: Page, event: Event, enrolment: Enrolment
) -> None:
    make.unit("Kecamatan Rekaan", "kecamatan")
    desk.goto(f"/kegiatan/{event.code}/meja/tamu")
    expect(desk.get_by_label("Nama lengkap")).to_be_focused()
    for typed in ("Rina Wati", "Kecamatan Rekaan", "PNS"):
        desk.keyboard.type(typed)
        desk.keyboard.press("Tab")
    desk.keyboard.press("Enter")

    expect(desk.get_by_text("Rina Wati masuk daftar dan tercatat hadir.")).to_be_visible()
    expect(desk.get_by_role("link", name="Kembali ke meja")).to_be_focused()
    desk.keyboard.press("Enter")
    heading(desk, f"Meja depan {event.code}")


def test_a_lost_card_is_two_clicks_from_the_desk(
    desk: Page, event: Event, enrolment: Enrolment, make: Make
) -> None:
    desk.goto(f"/kegiatan/{event.code}/meja")
    scanner(desk, "lestari")

    desk.get_by_role("link", name="Kartu baru: Ani Lestari").click()
    desk.get_by_role("button", name="Buat kartu baru").click()

    expect(desk.get_by_text("Kartu baru untuk Ani Lestari siap")).to_be_visible()
    assert make.fresh(enrolment).issue == 2


def test_a_paper_is_typed_by_keyboard_alone(
    make: Make, desk: Page, event: Event, enrolment: Enrolment, sitting: Sitting, accessible
) -> None:
    (sheet,) = sheets_of(make.session, sitting, [enrolment], make.key)
    desk.goto(f"/kegiatan/{event.code}/kertas")
    accessible(desk)

    scanner(desk, sheet.code)
    heading(desk, "Ketik kertas: Ani Lestari")
    accessible(desk)
    assert beyond_the_screen(desk) == []
    for letters in ("a", "z"):
        scanner(desk, letters)
    expect(desk.get_by_text("Z tidak ada pada soal ini")).to_be_visible()
    desk.keyboard.press("Backspace")
    for letters in ("b", "ac", "", "a", "b"):
        scanner(desk, letters)
    expect(desk.locator("#hitung")).to_have_text("5 terisi, 1 kosong (soal 4).")
    expect(desk.get_by_role("button", name="Simpan")).to_be_focused()
    desk.keyboard.press("Enter")

    expect(desk.get_by_text("5 terisi, 1 kosong. Tanda terima")).to_be_visible()
    expect(desk.locator("#cari")).to_be_focused()
    make.session.commit()
    attempt = make.session.scalars(select(Attempt)).one()
    asked = asked_in(make.session, attempt)
    typed = {
        row.position: letters_chosen(asked[row.position].item, tuple(row.chosen))
        for row in attempt.responses
    }
    assert typed == {1: "A", 2: "B", 3: "AC", 5: "A", 6: "B"}


def test_a_printed_sheet_keeps_every_item_whole(
    make: Make, desk: Page, event: Event, enrolment: Enrolment, sitting: Sitting
) -> None:
    desk.goto(f"/kegiatan/{event.code}/sesi/{sitting.uid}/kertas?orang={enrolment.uid}")
    desk.emulate_media(media="print")

    expect(desk.locator(".masthead")).to_be_hidden()
    expect(desk.locator("form").first).to_be_hidden()
    expect(desk.locator(".paper-item")).to_have_count(6)
    assert desk.locator(".paper-item").first.evaluate("e => getComputedStyle(e).breakInside") == (
        "avoid"
    )
    assert beyond_the_screen(desk) == []
