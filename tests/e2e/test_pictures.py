"""The pictures of the guides, taken from the running demonstration; a guide names no other.

``QUIZ_PICTURES=docs/gambar`` (``make pictures``) keeps them.
"""

import os
import re
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect
from sqlalchemy import select

from quiz.actions.events.enrolling import token_of
from quiz.demo import Stage
from quiz.formats import WITA
from quiz.models import Attempt, Enrolment, Sitting
from quiz.models.events.events import Phase
from quiz.permissions import Permission
from tests.e2e.test_desk import scanner
from tests.e2e.world import World, demonstration
from tests.kept import Demonstrations

ROOT = Path(__file__).parents[2]
PHONE = {"viewport": {"width": 360, "height": 740}, "device_scale_factor": 2}
DESK = {"viewport": {"width": 1280, "height": 860}}
PASTED = """1. Bolehkah PNS menyukai unggahan akun pemenangan Paslon X?
A. Boleh, asalkan tidak berkomentar
B. Tidak boleh, menyukai unggahan itu dilarang
C. Boleh, asalkan di luar jam kerja
Kunci: B
"""
NAMED = re.compile(r"!\[[^\]]+\]\((?:docs/)?gambar/([a-z-]+\.png)\)")


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Where pictures go: the guides' own folder when asked to keep them."""
    kept = os.environ.get("QUIZ_PICTURES")
    return ROOT / kept if kept else tmp_path


def named_in_guides() -> set[str]:
    guides = [ROOT / "README.md", *sorted((ROOT / "docs").glob("*.md"))]
    return {name for guide in guides for name in NAMED.findall(guide.read_text())}


def take(page: Page, folder: Path, name: str) -> None:
    page.screenshot(path=folder / f"{name}.png")


def phone_pictures(world: World, browser: Browser, folder: Path) -> None:
    person = world.session.scalars(select(Enrolment).order_by(Enrolment.id)).all()[20]
    world.session.refresh(person, ["user"])
    page = world.browser_of(browser, None, **PHONE)
    page.goto("/masuk")
    take(page, folder, "masuk")
    page.context.close()
    page = world.browser_of(browser, person, **PHONE)
    page.goto("/")
    take(page, folder, "beranda")
    page.get_by_role("button", name="Mulai Pre-test").click()
    for _ in range(6):
        page.locator(".item:visible .option").first.click()
        page.locator("#right").click()
    page.locator(".item:visible .option").first.click()
    expect(page.get_by_text("tersimpan di server")).to_be_visible()
    take(page, folder, "soal")
    page.context.set_offline(True)
    page.locator(".item:visible .option").last.click()
    expect(page.get_by_text("Jaringan terputus. Silakan lanjut.")).to_be_visible()
    take(page, folder, "luring")
    page.context.set_offline(False)
    for _ in range(9):
        page.locator("#right").click()
    expect(page.get_by_role("heading", name="Periksa sebelum mengirim")).to_be_visible()
    take(page, folder, "periksa")
    page.locator("#left").click()
    page.wait_for_url("**/hasil")
    take(page, folder, "tanda-terima")
    page.context.close()


def feedback_picture(world: World, browser: Browser, folder: Path) -> None:
    page = world.browser_of(browser, world.owner_of_attempt(), **PHONE)
    page.goto(f"/kuis/{world.values('feedback.page')['uid']}/hasil")
    take(page, folder, "pembahasan")
    page.context.close()


def kept_pictures(world: World, browser: Browser, folder: Path) -> None:
    page = world.browser_of(browser, world.owner_of_attempt(), **PHONE)
    page.goto(f"/kuis/{world.values('feedback.page')['uid']}/hasil/simpan")
    page.get_by_role("heading", name="Yang berubah").scroll_into_view_if_needed()
    take(page, folder, "hasil-simpan")
    page.context.close()
    silent = select(Attempt).join(Attempt.enrolment).join(Attempt.sitting)
    silent = silent.where(Sitting.phase == Phase.POST, Attempt.submitted_at.is_not(None))
    attempt = world.session.scalars(silent.where(Enrolment.evaluated.is_(False))).first()
    assert attempt is not None
    page = world.browser_of(browser, attempt.enrolment, **PHONE)
    page.goto(f"/evaluasi/{attempt.enrolment.uid}")
    take(page, folder, "evaluasi")
    page.context.close()


def paper_pictures(world: World, browser: Browser, folder: Path) -> None:
    event = world.event
    officer = world.browser_of(browser, world.staff(Permission.MANAGE_EVENTS), **DESK)
    officer.goto(f"/kegiatan/{event}/kehadiran")
    take(officer, folder, "kehadiran")
    officer.context.close()
    paper = world.browser_of(
        browser, world.staff(Permission.MANAGE_EVENTS), viewport={"width": 794, "height": 1123}
    )
    paper.emulate_media(media="print")
    for name in ("daftar-hadir", "berita-acara"):
        paper.goto(f"/kegiatan/{event}/{name}")
        take(paper, folder, name)
    paper.context.close()


def preparing_pictures(world: World, browser: Browser, folder: Path) -> None:
    officer = world.browser_of(browser, world.staff(Permission.MANAGE_EVENTS), **DESK)
    officer.goto("/kegiatan/baru")
    officer.get_by_label("Judul kegiatan").fill("Sosialisasi Netralitas ASN Kecamatan Samboja")
    tomorrow = datetime.now(WITA) + timedelta(days=1)
    officer.get_by_label("Tanggal", exact=True).fill(f"{tomorrow:%Y-%m-%d}")
    officer.get_by_role("button", name="Buat kegiatan").click()
    officer.get_by_role("link", name="Pakai paket 15 soal").first.click()
    take(officer, folder, "paket")
    officer.get_by_role("button", name="Buat semua sesi").click()
    officer.wait_for_url("**/kegiatan/*")
    officer.reload()  # without the notice of what was made
    take(officer, folder, "kurang")
    officer.goto(f"/kegiatan/{world.event}/salin")
    officer.get_by_label("Tanpa peserta").scroll_into_view_if_needed()
    take(officer, folder, "salin")
    officer.goto("/setelan/cadangan")
    officer.get_by_role("button", name="Buat cadangan sekarang").click()
    officer.reload()
    take(officer, folder, "cadangan")
    officer.goto(f"/kegiatan/{world.event}/siap")
    take(officer, folder, "siap")
    officer.context.close()
    phone = world.browser_of(browser, world.staff(Permission.MANAGE_EVENTS), **PHONE)
    sitting = world.session.scalars(select(Sitting).where(Sitting.phase == Phase.PRE)).one()
    phone.goto(f"/kegiatan/{world.event}/sesi/{sitting.uid}")
    phone.get_by_role("link", name="Coba sebagai kepala desa").click()
    expect(phone.get_by_role("heading", level=1)).to_have_text("Soal 1 dari 15")
    take(phone, folder, "coba")
    phone.context.close()


def live_pictures(world: World, browser: Browser, folder: Path) -> None:
    officer = world.browser_of(browser, world.staff(Permission.MANAGE_EVENTS), **DESK)
    officer.goto(f"/kegiatan/{world.event}/papan")
    take(officer, folder, "papan")
    officer.get_by_role("button", name="Buat alamat layar").click()
    address = officer.get_by_role("link", name="Buka layar").get_attribute("href")
    assert address is not None
    officer.context.close()
    screen = world.browser_of(browser, None, viewport={"width": 1280, "height": 720})
    screen.goto(address)
    take(screen, folder, "layar")
    screen.context.close()


def doubles_pictures(world: World, browser: Browser, folder: Path) -> None:
    """Somebody who was invited is added once more at the desk, as it happens."""
    officer = world.browser_of(browser, world.staff(Permission.MANAGE_EVENTS), **DESK)
    roster = f"/kegiatan/{world.event}/peserta"
    for name in ("Nurhayati Rekaan", "Nurhayatie Rekaan"):
        officer.goto(f"{roster}/baru")
        officer.get_by_label("Nama lengkap").fill(name)
        officer.get_by_label("Status").select_option("pns")
        officer.get_by_label("Unit kerja").select_option(index=1)
        if name.endswith("ie Rekaan"):
            officer.get_by_label("Datang tanpa undangan").check()
        officer.get_by_role("button", name="Tambahkan").click()
        if officer.get_by_label("Bukan, ini orang lain").count():
            officer.get_by_label("Bukan, ini orang lain").check()
            officer.get_by_role("button", name="Tambahkan").click()
        expect(officer.get_by_text(f"{name} masuk daftar")).to_be_visible()
    officer.goto(f"{roster}/ganda")
    take(officer, folder, "nama-ganda")
    officer.get_by_role("link", name="Lihat dan gabungkan: Nurhayati").click()
    take(officer, folder, "gabung")
    officer.context.close()


def door_pictures(world: World, browser: Browser, folder: Path) -> None:
    """The desk at the door: a guest waits, a card is scanned, a paper is printed and typed."""
    event, settings = world.event, world.app.extensions["quiz.settings"]
    guest = world.browser_of(browser, None, **PHONE)
    guest.goto(f"/g/{event}/daftar")
    guest.get_by_label("Nama lengkap").fill("Rina Wati, S.E.")
    guest.get_by_label("Unit kerja").fill("Kantor Camat Loa Janan")
    guest.get_by_label("Jabatan").fill("Kepala seksi ketertiban")
    guest.get_by_role("button", name="Kirim ke petugas").click()
    expect(guest.get_by_role("heading", level=1)).to_have_text("Menunggu petugas")
    take(guest, folder, "tunggu")
    guest.context.close()
    officer = world.browser_of(browser, world.staff(Permission.HANDLE_CARDS), **DESK)
    sitting = world.session.scalars(select(Sitting).where(Sitting.phase == Phase.PRE)).one()
    worked = select(Attempt.enrolment_id).where(Attempt.sitting_id == sitting.id)
    absent = world.session.scalars(
        select(Enrolment).where(Enrolment.checked_in_at.is_(None), Enrolment.id.not_in(worked))
    ).first()
    assert absent is not None
    officer.goto(f"/kegiatan/{event}/meja")
    scanner(officer, token_of(absent, settings.card_key))
    expect(officer.locator(".outcome")).to_contain_text("Hadir")
    take(officer, folder, "meja")
    here = f"/kegiatan/{event}/sesi/{sitting.uid}/kertas"
    officer.goto(f"{here}?orang={absent.uid}")
    officer.locator(".paper").evaluate("sheet => sheet.scrollIntoView({behavior: 'instant'})")
    take(officer, folder, "lembar")
    officer.goto(f"{here}/{absent.uid}")
    for letter in ("a", "b", "a", "z"):
        scanner(officer, letter)
    take(officer, folder, "ketik")
    officer.context.close()


def joining_pictures(world: World, browser: Browser, folder: Path) -> None:
    """As in a hall, whose address and name the server would have found."""
    world.app.extensions.update(
        {"quiz.hall_address": "http://192.168.8.2:8000", "quiz.typed": "kuis.local"}
    )
    officer = world.browser_of(
        browser,
        world.staff(Permission.MANAGE_EVENTS),
        viewport={"width": 1280, "height": 720},
    )
    here = f"/kegiatan/{world.event}/hp"
    officer.goto(f"{here}/wifi")
    officer.get_by_label("Nama Wi-Fi", exact=True).fill("PENDOPO-1")
    officer.get_by_label("Kata sandi Wi-Fi").fill("netral-2024")
    officer.get_by_role("button", name="Simpan").click()
    officer.goto(f"{here}/layar")
    take(officer, folder, "hubungkan")
    officer.goto(f"{here}/poster")
    officer.locator(".poster-sheet").screenshot(path=folder / "poster.png")
    officer.context.close()


def desk_pictures(world: World, browser: Browser, folder: Path) -> None:
    officer = world.browser_of(browser, world.staff(Permission.MANAGE_EVENTS), **DESK)
    event = world.event
    for name, address in (
        ("kegiatan", f"/kegiatan/{event}"),
        ("laporan", f"/laporan/{event}/unit"),
    ):
        officer.goto(address)
        take(officer, folder, name)
    officer.context.close()
    trainer = world.browser_of(browser, world.staff(Permission.EDIT_ITEMS), **DESK)
    for name, address in (
        ("bank-soal", "/soal"),
        ("ambil-soal", "/soal/ambil"),
        ("analisis-soal", "/soal/MKN-001/analisis"),
    ):
        reply = trainer.goto(address)
        assert reply is not None
        assert reply.ok, address
        take(trainer, folder, name)
    trainer.goto("/soal/ambil")
    trainer.get_by_label("Atau tempelkan teksnya").fill(PASTED)
    trainer.get_by_role("button", name="Baca dan periksa").click()
    trainer.get_by_role("button", name="Ambil yang dicentang sebagai draf").click()
    trainer.get_by_role("link", name="Lengkapi bersama").click()
    trainer.get_by_text("Fakta yang menopang kunci", exact=True).scroll_into_view_if_needed()
    trainer.mouse.wheel(0, 420)
    trainer.locator(".suggested input").first.check()
    take(trainer, folder, "lengkapi-soal")
    trainer.goto("/soal/MKN-001/sunting")
    trainer.get_by_role("button", name="Mulai menyunting").click()
    expect(trainer.get_by_role("heading", level=1)).to_have_text("Sunting soal MKN-001")
    take(trainer, folder, "sunting-soal")
    trainer.context.close()


@pytest.mark.long
def test_guides_show_what_the_application_shows(
    folder, stocked_template, compiled_templates, tmp_path, chromium
):
    for stage, pictures in (
        (Stage.OPEN, [phone_pictures, preparing_pictures]),
        (Stage.LIVE, [live_pictures, doubles_pictures, door_pictures, joining_pictures]),
        (Stage.OVER, [feedback_picture, kept_pictures, desk_pictures, paper_pictures]),
    ):
        (tmp_path / stage).mkdir()
        made = Demonstrations(tmp_path / f"{stage}-made", stocked_template).of(stage)
        with demonstration(tmp_path / stage, made, compiled_templates) as world:
            for picture in pictures:
                picture(world, chromium, folder)

    assert named_in_guides() <= {file.name for file in folder.glob("*.png")}
