"""The officer at the desk: from an empty database with the shipped questions to the report."""

import re
from collections.abc import Callable
from datetime import datetime, timedelta
from io import BytesIO
from zoneinfo import ZoneInfo

import pytest
import xlsxwriter
from playwright.sync_api import Page, expect
from python_calamine import CalamineWorkbook

from tests.conftest import STOCKED
from tests.e2e.clock import let_pass
from tests.e2e.page import heading
from tests.factories import PASSWORD

DESK = {"width": 1280, "height": 900}
TITLE = "Sosialisasi Netralitas ASN Kecamatan Rekaan"
WITA = ZoneInfo("Asia/Makassar")
UNITS = ["Kantor Camat Rekaan", "Puskesmas Rekaan", "Desa Rekaan"]
PEOPLE = [
    *[(f"Pegawai Camat {n}", "PNS", UNITS[0]) for n in "ABCDEF"],
    *[(f"Perawat {n}", "PPPK", UNITS[1]) for n in "ABCDE"],
    ("Kepala Desa A", "Kepala Desa", UNITS[2]),
]

PAIRS = list(enumerate(PEOPLE, start=1))


def roster_file() -> bytes:
    """Twelve invented people of three units, as an office would type them."""
    blob = BytesIO()
    book = xlsxwriter.Workbook(blob)
    sheet = book.add_worksheet("Peserta")
    rows = [("No", "Nama", "NIP", "Status", "Unit"), *[(n, a, "", b, c) for n, (a, b, c) in PAIRS]]
    for number, row in enumerate(rows):
        sheet.write_row(number, 0, row)
    book.close()
    return blob.getvalue()


@pytest.fixture
def desk(new_phone, make, citra) -> Page:
    """Citra's browser on the laptop, logged in through the real form."""
    page = new_phone(viewport=DESK, has_touch=False)
    page.goto("/masuk/petugas")
    page.get_by_label("Nama pengguna").fill("citra")
    page.get_by_label("Kata sandi").fill(PASSWORD)
    page.get_by_role("button", name="Masuk").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Kegiatan")
    return page


def make_quiz(page: Page) -> None:
    page.goto("/kuis-bank/baru")
    page.get_by_label("Judul", exact=True).fill("Pre-test netralitas")
    page.get_by_label("Topik").select_option(label="Makna netralitas")
    page.get_by_label("Jumlah").fill("5")
    page.get_by_role("button", name="Simpan kuis").click()


def make_event(page: Page) -> str:
    """The code of a new event that is on now."""
    now = datetime.now(WITA)
    page.goto("/kegiatan/baru")
    page.get_by_label("Judul kegiatan").fill(TITLE)
    page.get_by_label("Tanggal", exact=True).fill((now - timedelta(hours=1)).strftime("%Y-%m-%d"))
    page.get_by_label("Mulai (WITA)").fill((now - timedelta(hours=1)).strftime("%H:%M"))
    page.get_by_label("Selesai (WITA)").fill((now + timedelta(hours=3)).strftime("%H:%M"))
    page.get_by_label("Tanggal selesai").fill((now + timedelta(hours=3)).strftime("%Y-%m-%d"))
    page.get_by_role("button", name="Buat kegiatan").click()
    expect(page.get_by_role("heading", level=1)).to_have_text(TITLE)
    return page.url.rsplit("/", 1)[1]


def upload_roster(page: Page, code: str) -> None:
    page.goto(f"/kegiatan/{code}/peserta/unggah")
    page.get_by_label("Berkas daftar peserta").set_input_files(
        {"name": "peserta.xlsx", "mimeType": "application/octet-stream", "buffer": roster_file()}
    )
    page.get_by_role("button", name="Unggah dan periksa").click()


KINDS = {UNITS[0]: "Kantor kecamatan", UNITS[1]: "UPT kesehatan", UNITS[2]: "Pemerintah desa"}


def confirm_roster(page: Page) -> None:
    for unit, kind in KINDS.items():
        question = page.get_by_label(unit)
        label = question.locator("option", has_text=kind).first.inner_text()
        question.select_option(label=label)
    page.get_by_role("button", name="Masukkan ke daftar peserta").click()
    expect(page.get_by_text("12 orang ditambahkan, 0 diperbarui, 3 unit dibuat.")).to_be_visible()


def plan_sitting(page: Page, code: str) -> None:
    opening, later = (datetime.now(WITA) + timedelta(minutes=m) for m in (30, 120))
    page.goto(f"/kegiatan/{code}/sesi/baru")
    page.get_by_label("Tahap").select_option(label="Pre-test")
    page.get_by_label("Kuis").select_option(label="Pre-test netralitas")
    page.get_by_label("Tanggal buka").fill(opening.strftime("%Y-%m-%d"))
    page.get_by_label("Buka (WITA)").fill(opening.strftime("%H:%M"))
    page.get_by_label("Tanggal tutup").fill(later.strftime("%Y-%m-%d"))
    page.get_by_label("Tutup (WITA)").fill(later.strftime("%H:%M"))
    page.get_by_role("button", name="Tambah sesi").click()


def prepare_and_open(page: Page, code: str, accessible: Callable[[Page], None]) -> str:
    """Every step of the sitting looked at; its address."""
    page.goto(f"/kegiatan/{code}")
    page.get_by_role("link", name="Siapkan").first.click()
    page.get_by_role("button", name="Siapkan Pre-test").click()
    page.get_by_role("link", name="Buka sekarang").first.click()
    heading(page, "Buka Pre-test sekarang")
    accessible(page)
    here = page.url.removesuffix("/buka")
    page.goto(f"{here}/hapus")
    accessible(page)
    page.goto(f"{here}/buka")
    page.get_by_role("button", name="Buka sekarang").click()
    for step in ("tutup", "perpanjang"):
        reply = page.goto(f"{here}/{step}")
        assert reply is not None
        assert reply.ok, step
        accessible(page)
    return here


def close_and_release(page: Page, sitting: str, accessible: Callable[[Page], None]) -> None:
    page.goto(f"{sitting}/tutup")
    page.get_by_role("button", name="Tutup sekarang").click()
    expect(page.get_by_role("heading", level=1)).to_have_text(TITLE)
    page.goto(f"{sitting}/rilis")
    accessible(page)
    page.get_by_role("button", name="Rilis pembahasan").click()
    expect(page.get_by_text("Pembahasan Pre-test dirilis.")).to_be_visible()


def codes_on_cards(page: Page, code: str) -> dict[str, str]:
    """Name → personal code, as printed."""
    page.goto(f"/kegiatan/{code}/kartu")
    names = page.locator(".card b").all_inner_texts()
    return dict(zip(names, page.locator(".card .code").all_inner_texts(), strict=True))


def answer_on_a_phone(phone: Page, personal_code: str) -> None:
    """From the code to the receipt, choosing the first option everywhere."""
    phone.goto("/masuk")
    phone.get_by_label("Kode Anda").fill(personal_code)
    phone.get_by_role("button", name="Masuk").click()
    phone.get_by_role("button", name="Saya hadir").click()
    phone.get_by_role("button", name="Mulai Pre-test").click()
    for _ in range(5):
        phone.locator(".item:visible .option").first.click()
        phone.locator("#right").click()
    let_pass(phone, seconds=1)
    phone.locator("#right").click()
    expect(phone.get_by_text("Tanda terima")).to_be_visible()


def answer_by_protocol(browser, personal_code: str) -> None:
    """The same for one of the others, without a browser."""
    browser.post_form("/masuk", {"code": personal_code})
    start = re.search(r'action="(/sesi/[^"]+/mulai)"', browser.get("/").text)
    address = browser.post_form(start[1]).location
    fields = re.findall(r'name="jawaban-(\d+)" value="(\w+)"', browser.get(address).text)
    held = [
        {"position": int(p), "chosen": [c], "confidence": None, "revision": 1_000_000 + int(p)}
        for p, c in dict(fields).items()
    ]
    browser.send_json(f"{address}/selesai", {"responses": held}, method="POST")


def rows_of(workbook: bytes) -> list[list[object]]:
    return CalamineWorkbook.from_filelike(BytesIO(workbook)).get_sheet_by_index(0).to_python()


@STOCKED
def test_officer_goes_from_roster_to_report(app, desk, new_phone, accessible):
    make_quiz(desk)
    code = make_event(desk)
    upload_roster(desk, code)
    accessible(desk)
    confirm_roster(desk)
    plan_sitting(desk, code)
    accessible(desk)
    sitting = prepare_and_open(desk, code, accessible)
    codes = codes_on_cards(desk, code)
    accessible(desk)
    phone = new_phone()
    answer_on_a_phone(phone, codes.pop("Pegawai Camat A"))
    for personal_code in codes.values():
        answer_by_protocol(app.test_client(), personal_code)

    close_and_release(desk, sitting, accessible)
    phone.reload()
    expect(phone.get_by_role("heading", level=1)).to_have_text("Pembahasan untuk Anda")
    desk.goto(f"/kegiatan/{code}/peserta")
    expect(desk.get_by_role("link", name="Hadir 1", exact=True)).to_be_visible()
    accessible(desk)
    desk.goto(f"/laporan/{code}/unit")
    accessible(desk)
    row = desk.get_by_role("row", name="Desa Rekaan")
    expect(row).to_contain_text("tidak ditampilkan")
    told = desk.request.get(f"/laporan/{code}/unit.json").json()
    units = {unit["name"]: unit for unit in told["units"]}
    assert {name: unit["submitted"] for name, unit in units.items()} == {
        "Kantor Camat Rekaan": 6,
        "Puskesmas Rekaan": 5,
        "Desa Rekaan": 1,
    }
    assert units["Desa Rekaan"]["mean"] is None
    assert told["total"]["submitted"] == 12
    sheet = rows_of(desk.request.get(f"/laporan/{code}/unit.xlsx").body())
    assert [cell for row in sheet for cell in row if cell in UNITS] == sorted(UNITS)
