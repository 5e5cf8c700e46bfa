"""Printed cards: every one of them, and on each the code, the address and the QR code whole."""

import re

import pytest
from playwright.sync_api import Page

from tests.e2e.test_officer import DESK
from tests.factories import PASSWORD

A4 = {"width": 643, "height": 987}
"""What the margins leave of A4, in CSS pixels: 170 by 261 mm."""

LONG_TITLE = (
    "Sosialisasi Netralitas Aparatur Sipil Negara dan Perangkat Desa dalam Pemilihan Umum dan "
    "Pemilihan Kepala Daerah bagi Kecamatan Rekaan beserta Seluruh Unit Pelaksana Teknis Daerah "
    "Tahun Anggaran Berjalan"
)
LONG_NAME = (
    "Prof. Dr. Ir. Hj. Raden Ayu Siti Nurhalizah Kusumawardhani Tjokroaminoto binti Haji Muhammad "
    "Syarifuddin, S.Sos., M.Si., M.A.P., Ph.D."
)

FACES = {
    "the page's own": "",
    "wide": "* { font-family: monospace !important; letter-spacing: 0.04em !important }",
    "large": "body * { line-height: 1.5 !important }",
}
DRESS = """(css) => {
  const sheet = new CSSStyleSheet();
  sheet.replaceSync(css);
  document.adoptedStyleSheets = [sheet];
}"""

LOST = """() => Array.from(document.querySelectorAll(".card"), (card) => {
  const box = card.getBoundingClientRect();
  const parts = [".code", ".card-how", "svg"].map((part) => card.querySelector(part));
  const texts = parts.map((part) => {
    const range = document.createRange();
    range.selectNodeContents(part);
    return part.matches("svg") ? part.getBoundingClientRect() : range.getBoundingClientRect();
  });
  const inside = texts.every((text) => text.left >= box.left && text.right <= box.right
    && text.top >= box.top && text.bottom <= box.bottom);
  const apart = texts[0].bottom <= texts[1].top + 4 && texts[1].bottom <= texts[2].top + 4;
  const qr = texts[2].width >= 90 && texts[2].height >= 90;
  return inside && apart && qr ? null : card.innerText;
}).filter(Boolean)"""


@pytest.fixture
def desk(new_phone, citra) -> Page:
    page = new_phone(viewport=DESK, has_touch=False)
    page.goto("/masuk/petugas")
    page.get_by_label("Nama pengguna").fill("citra")
    page.get_by_label("Kata sandi").fill(PASSWORD)
    page.get_by_role("button", name="Masuk").click()
    return page


@pytest.mark.parametrize("title", [LONG_TITLE[:64], LONG_TITLE[:118], LONG_TITLE[:200], "x" * 200])
def test_no_words_cost_a_card_its_code_or_its_address(desk, make, event, title):
    event.title = title
    names = ["Ani", LONG_NAME, "Nama" * 32]
    units = [make.unit("Unit Rekaan"), make.unit("Dinas " + "Pendidikan dan Kebudayaan " * 5)]
    for name in names:
        for unit in units:
            make.enrolment(event, make.user(name), unit)
    desk.goto(f"/kegiatan/{event.code}/kartu")
    desk.emulate_media(media="print")
    desk.set_viewport_size(A4)

    for css in FACES.values():
        desk.evaluate(DRESS, css)
        assert desk.evaluate(LOST) == []


def test_310_people_are_310_cards_on_39_sheets_and_nothing_else(desk, make, event):
    unit = make.unit()
    for _ in range(310):
        make.enrolment(event, unit=unit)
    desk.goto(f"/kegiatan/{event.code}/kartu")

    paper = desk.pdf(prefer_css_page_size=True)

    assert desk.locator(".card").count() == 310
    assert len(re.findall(rb"/Type\s*/Page\b", paper)) == 39
