"""Whatever qualifies a figure on the screen stands on paper and in every file too."""

import io
from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect
from python_calamine import CalamineWorkbook

from quiz.exports import EXPORTS
from quiz.exports.documents.kinds import PAPER_KINDS
from quiz.queries.scores.caveats import INVENTED, PURPOSE
from tests.e2e.page import Held
from tests.factories import PASSWORD
from tests.papers import pdf_text, word_text

DESK = {"width": 1280, "height": 900}


@pytest.fixture
def sitting(make):
    """Six people: one corrected and unsigned item, one of them after the keys were out; a demo."""
    items = [make.bank_item(), make.bank_item(signed_at=make.now)]
    sitting = make.sitting(items=items)
    unit = make.unit("Kantor Rekaan")
    for _ in range(5):
        make.finished(sitting, make.enrolment(sitting.event, unit=unit))
    make.finished(sitting, make.enrolment(sitting.event, unit=unit)).after_release = True
    make.ruling(items[0].published)
    make.setting("demo", "over/1")
    return sitting


@pytest.fixture
def desk(new_phone: Callable[..., Page], citra) -> Page:
    page = new_phone(viewport=DESK, has_touch=False)
    page.goto("/masuk/petugas")
    page.get_by_label("Nama pengguna").fill("citra")
    page.get_by_label("Kata sandi").fill(PASSWORD)
    page.get_by_role("button", name="Masuk").click()
    return page


def seen(page: Page) -> str:
    """What can be read on the page as it is shown now, with single spaces."""
    return " ".join(page.locator("body").inner_text().split())


def notes(ending: str, blob: bytes, response) -> list[str]:
    """What a file says below its table."""
    if ending == "json":
        return response.json()["notes"]
    if ending in PAPER_KINDS:
        return [pdf_text(blob) if ending == "pdf" else word_text(blob)]
    sheet = CalamineWorkbook.from_filelike(io.BytesIO(blob)).get_sheet_by_index(0).to_python()
    return [str(row[0]) for row in sheet]


def test_pages_paper_and_files_carry_the_same_caveats(sitting, desk):
    code = sitting.event.code
    person = sitting.event.enrolments[0].uid
    caveats = [
        "1 orang mengerjakan sesudah pembahasan dibuka; jawaban mereka tidak masuk angka mana pun "
        "di sini.",
        "1 soal sesi ini paket awal, belum disahkan pemeriksa hukum. Sebut hal ini bila angkanya "
        "dikutip.",
        "1 butir dikoreksi sesudah ada jawaban",
        INVENTED,
    ]
    pages = {"": caveats, "/unit": caveats, "/peserta": caveats, f"/peserta/{person}": caveats[1:]}

    for path, said in pages.items():
        for media in ("screen", "print"):
            desk.emulate_media(media=media)
            desk.goto(f"/laporan/{code}{path}")
            shown = seen(desk)
            for sentence in said:
                assert sentence in shown, (path, media)
            if path in ("", "/unit"):
                assert PURPOSE in shown

    for export in (each for each in EXPORTS.values() if each.about == "sitting"):
        for ending in export.kinds.keys() - {"csv"}:  # a bare table, for programs
            response = desk.request.get(f"/laporan/{code}/{export.stem}.{ending}")
            below = " ".join(notes(ending, response.body(), response))
            for sentence in caveats:
                assert sentence in below, (export.stem, ending)


def test_paper_says_which_page_of_a_list_it_is(sitting, desk, make):
    for _ in range(101):
        make.enrolment(sitting.event)

    desk.goto(f"/laporan/{sitting.event.code}/peserta")
    desk.emulate_media(media="print")

    assert "Halaman 1 dari 2" in seen(desk)
    assert "Berikutnya" not in seen(desk)


def test_paper_says_what_item_analysis_is_limited_to(new_phone, make, sitting, dewi):
    sitting.closes_at = make.now
    make.session.commit()
    page = new_phone(viewport=DESK, has_touch=False)
    page.goto("/masuk/petugas")
    page.get_by_label("Nama pengguna").fill("dewi")
    page.get_by_label("Kata sandi").fill(PASSWORD)
    page.get_by_role("button", name="Masuk").click()

    page.goto(f"/soal/analisis?kegiatan={sitting.event.code}&sesi={sitting.uid}&tanda=ada")
    page.emulate_media(media="print")

    assert f"Kegiatan {sitting.event.code}" in seen(page)
    assert sitting.phase.label in seen(page)
    assert "Hanya soal: bertanda" in seen(page)


def test_a_file_says_that_it_is_being_made_and_when_it_is_there(sitting, desk, accessible):
    desk.goto(f"/laporan/{sitting.event.code}/unit")
    held = Held()
    desk.route("**/unit.pdf*", held)

    desk.get_by_role("link", name="PDF").click()
    expect(desk.get_by_text("PDF sedang dibuat. Tunggu sebentar.", exact=True)).to_have_attribute(
        "role", "status"
    )
    accessible(desk)
    with desk.expect_download() as download:
        held.go_on()

    name = f"unit-{sitting.event.code}-pre.pdf"
    assert download.value.suggested_filename == name
    assert PURPOSE in pdf_text(download.value.path().read_bytes())
    expect(desk.get_by_text(f"{name} selesai dibuat.", exact=True)).to_have_attribute(
        "role", "status"
    )


def test_a_file_that_cannot_be_made_leads_to_the_page_that_says_why(sitting, desk):
    desk.goto(f"/laporan/{sitting.event.code}/unit")
    desk.context.clear_cookies()

    desk.get_by_role("link", name="Word").click()

    expect(desk.get_by_label("Kata sandi")).to_be_visible()


def test_a_server_out_of_reach_is_said_beside_the_link(sitting, desk):
    desk.goto(f"/laporan/{sitting.event.code}")
    desk.route("**/unit.pdf*", lambda route: route.abort())

    desk.get_by_role("link", name="PDF").first.click()

    expect(desk.get_by_text("Server tidak terjangkau")).to_have_attribute("role", "status")
