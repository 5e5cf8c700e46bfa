"""The second step in a browser: set up, asked for, without the phone, and where it is demanded."""

import os
import re
from datetime import timedelta

import pytest
from playwright.sync_api import Page, expect

from quiz.models import User
from tests.e2e.browsers import beyond_the_screen
from tests.e2e.clock import Clock
from tests.e2e.page import heading, press
from tests.factories import PASSWORD, Make
from tests.second_steps import App, codes_on, give_password, set_up

PICTURES = os.environ.get("QUIZ_PICTURES")
SIZES = {"phone": {"width": 360, "height": 740}, "desk": {"width": 1280, "height": 900}}
PROOF = "Kode 6 angka dari aplikasi autentikator"
HALF_A_MINUTE = timedelta(seconds=30)


@pytest.fixture(params=SIZES)
def size(request: pytest.FixtureRequest) -> str:
    return str(request.param)


@pytest.fixture
def page(new_phone, size) -> Page:
    """A phone with scripts, or a desk's browser without any: all of this works by forms alone."""
    on_phone = size == "phone"
    return new_phone(viewport=SIZES[size], has_touch=on_phone, java_script_enabled=on_phone)


@pytest.fixture
def look(size, page, accessible):
    """``look(name)``: the page as it stands fits, axe finds nothing, and a picture is kept."""

    def at(name: str) -> None:
        page.wait_for_load_state()
        if PICTURES:
            page.screenshot(path=f"{PICTURES}/{size}_{name}.png", full_page=True)
        assert beyond_the_screen(page) == []
        if size == "phone":  # axe needs scripts
            accessible(page)

    return at


def log_in(page: Page, username: str = "citra") -> None:
    page.goto("/masuk/petugas")
    page.get_by_label("Nama pengguna").fill(username)
    page.get_by_label("Kata sandi").fill(PASSWORD)
    press(page, "Masuk")


def app_reading(page: Page) -> App:
    """The app that scans the page."""
    return App(page.content())


def test_set_up_then_asked_for_then_without_the_phone(
    page: Page, citra: User, clock: Clock, look
) -> None:
    log_in(page)
    page.get_by_role("link", name="Akun saya").click()
    heading(page, "Akun saya")
    look("akun")
    page.get_by_role("link", name="Pasang verifikasi dua langkah").click()
    heading(page, "Pasang verifikasi dua langkah")
    look("pasang")
    app = app_reading(page)
    assert re.fullmatch(r"otpauth://totp/.+secret=.+", opened_by_app(page))
    page.get_by_label(PROOF).fill(app.digits(clock.now))
    page.get_by_label("Kata sandi sekarang").fill(PASSWORD)
    press(page, "Pasang")
    heading(page, "Kode pemulihan")
    look("kode-pemulihan")
    codes = codes_on(page.content())
    page.get_by_role("link", name="Sudah saya simpan, lanjut").click()
    heading(page, "Akun saya")
    look("akun-terpasang")
    press(page, "Keluar")

    log_in(page)
    heading(page, "Langkah kedua")
    look("langkah-kedua")
    page.get_by_label(PROOF).fill("000000")
    press(page, "Masuk")
    expect(page.get_by_role("alert")).to_contain_text("Tunggu sampai angkanya berganti")
    look("langkah-kedua-keliru")
    page.get_by_label(PROOF).fill(app.digits(clock.now + HALF_A_MINUTE))
    press(page, "Masuk")
    heading(page, "Kegiatan")
    press(page, "Keluar")

    log_in(page)
    page.get_by_text("HP tidak ada? Kode pemulihan").click()
    page.get_by_label("Kode pemulihan").fill(codes[0].lower())
    look("langkah-kedua-tanpa-hp")
    press(page, "Masuk")
    heading(page, "Kegiatan")
    expect(page.get_by_text("Sisa kode pemulihan Anda: 9.")).to_be_visible()

    page.goto("/akun/dua-langkah/kode-pemulihan")
    look("kode-baru")
    page.goto("/akun/dua-langkah/lepas")
    look("lepas")
    page.get_by_label("Kata sandi sekarang").fill(PASSWORD)
    page.get_by_text("HP tidak ada? Kode pemulihan").click()
    page.get_by_label("Kode pemulihan").fill(codes[1])
    press(page, "Lepas")
    expect(page.get_by_text("Sekarang kata sandi saja sudah cukup.")).to_be_visible()


def opened_by_app(page: Page) -> str:
    link = page.get_by_role("link", name="Buka di aplikasi autentikator")
    return link.get_attribute("href") or ""


def test_demanded_by_the_installation_it_comes_before_anything_else(
    page: Page, new_phone, citra: User, eka: User, clock: Clock, look
) -> None:
    admin = new_phone(viewport=SIZES["desk"], java_script_enabled=False)
    log_in(admin, "eka")
    admin.goto("/akun/dua-langkah/pasang")
    admin.get_by_label(PROOF).fill(app_reading(admin).digits(clock.now))
    admin.get_by_label("Kata sandi sekarang").fill(PASSWORD)
    press(admin, "Pasang")
    admin.goto("/setelan")
    admin.get_by_label("Verifikasi dua langkah").select_option(label="wajib bagi semua petugas")
    press(admin, "Simpan")
    expect(admin.get_by_text("Setelan tersimpan dan langsung berlaku.")).to_be_visible()
    if PICTURES:
        admin.screenshot(path=f"{PICTURES}/desk_setelan.png", full_page=True)

    log_in(page)
    heading(page, "Pasang verifikasi dua langkah")
    look("pasang-wajib")
    page.goto("/kegiatan")
    heading(page, "Masuk petugas dan narasumber")
    log_in(page)
    page.get_by_label(PROOF).fill(app_reading(page).digits(clock.now))
    press(page, "Pasang dan masuk")
    heading(page, "Kode pemulihan")
    page.get_by_role("link", name="Sudah saya simpan, lanjut").click()
    heading(page, "Kegiatan")


def test_admin_sees_who_has_it_and_takes_it_off(
    page: Page, app, make: Make, citra: User, eka: User, clock: Clock, look
) -> None:
    client = app.test_client()
    give_password(client)
    set_up(client, clock.now)

    log_in(page, "eka")
    page.goto(f"/orang/{citra.uid}")
    look("orang")
    page.get_by_role("link", name="Lepas verifikasi dua langkah").click()
    look("orang-lepas")
    press(page, "Lepas")
    expect(page.get_by_text("dilepas; ia keluar dari semua peramban.")).to_be_visible()
