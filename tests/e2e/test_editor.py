"""The trainer's editor in a browser: typed, checked, cut off, sent, and published by another."""

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from quiz.actions.bank.reviewing import ask_review, give_back
from quiz.models import BankItem, ItemDraft, User
from tests.e2e.page import heading
from tests.factories import PASSWORD, Make

DESK = {"width": 1280, "height": 900}


@pytest.fixture
def bank_item(make: Make) -> BankItem:
    """A published item and what it rests on."""
    make.topic("makna", name="Makna netralitas")
    make.reference()
    make.claim()
    make.passage()
    return make.bank_item(make.item(code="ADA-1", stem="Apa arti netral bagi pegawai?"))


@pytest.fixture
def desk(new_phone: Callable[..., Page]) -> Callable[..., Page]:
    """``desk(person)``: their browser on a laptop, logged in through the real form."""

    def opened(person: User, **options: object) -> Page:
        page = new_phone(**({"viewport": DESK, "has_touch": False} | options))
        page.goto("/masuk/petugas")
        page.get_by_label("Nama pengguna").fill(str(person.username))
        page.get_by_label("Kata sandi").fill(PASSWORD)
        page.get_by_role("button", name="Masuk").click()
        return page

    return opened


def open_editor(page: Page) -> None:
    """Open the draft, and wait until the script is there: it alone makes lists searchable."""
    page.goto("/soal/ADA-1/sunting")
    page.get_by_role("button", name="Mulai menyunting").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Sunting soal ADA-1")
    expect(page.locator("#claims-cari")).to_be_attached()


def state(page: Page, words: str) -> None:
    """Wait until the page says this of its draft."""
    expect(page.locator("#keadaan-simpan")).to_contain_text(words)


def texts(page: Page) -> list[str]:
    """The options in the order of the form."""
    boxes = page.locator("[id^=opsi-][id$=-teks]")
    return [boxes.nth(place).input_value() for place in range(boxes.count())]


def draft(make: Make) -> ItemDraft:
    make.session.commit()
    return make.session.query(ItemDraft).populate_existing().one()


def test_an_item_is_written_checked_sent_and_published(
    make: Make, desk, accessible, bank_item: BankItem, dewi: User, hadi: User
) -> None:
    page = desk(dewi)
    open_editor(page)
    stem = page.get_by_label("Pokok soal")

    stem.fill("Apa arti merah bagi pegawai?")
    expect(page.locator("#kurang a")).to_have_attribute("href", "#stem")
    expect(page.locator("#telepon .stem")).to_have_text("Apa arti merah bagi pegawai?")
    accessible(page)
    stem.fill("Apa makna netral bagi pegawai?")
    expect(page.locator("#kurang")).to_contain_text("Tidak ada yang kurang")

    page.get_by_label("Opsi B", exact=True).press("Alt+ArrowUp")
    assert texts(page) == ["Opsi 2", "Opsi 1", "Opsi 3", "Opsi 4"]
    page.get_by_role("button", name="Tambah opsi").click()
    page.keyboard.type("Opsi 5")
    expect(page.locator("#telepon .option")).to_have_count(5)
    page.get_by_role("button", name="Hapus opsi E").click()
    page.get_by_role("link", name="Pembahasan").click()
    expect(page.locator("#telepon .reviews")).to_contain_text("Jawaban tepat")
    state(page, "draf tersimpan")
    assert [option["text"] for option in draft(make).content["options"]] == texts(page)

    page.get_by_role("button", name="Kirim ke pemeriksa").click()
    expect(page.get_by_text("Soal ADA-1 menunggu pemeriksa.")).to_be_visible()
    accessible(page)

    checker = desk(hadi)
    checker.goto("/soal?keadaan=menunggu")
    accessible(checker)
    checker.goto("/soal/ADA-1/periksa-hukum")
    accessible(checker)
    expect(checker.locator("ins").first).to_contain_text("makna")
    checker.get_by_role("button", name="Sahkan dan terbitkan").click()
    expect(checker.get_by_text("Soal ADA-1 disahkan dan terbit.")).to_be_visible()


def test_a_new_item_stays_calm_and_tells_each_field_what_is_wrong_in_it(
    make: Make, desk, accessible, bank_item: BankItem, dewi: User
) -> None:
    page = desk(dewi)
    page.goto("/soal/baru")
    page.get_by_label("Topik").select_option(label="Makna netralitas")
    page.get_by_label("Jenis soal").select_option(label="Simulasi percakapan atau unggahan")
    page.get_by_role("button", name="Mulai menulis").click()
    expect(page.locator("#claims-cari")).to_be_attached()
    gaps = page.locator("#kurang summary")
    said = page.locator(".lack:visible")
    expect(gaps).to_contain_text("belum diisi")
    expect(page.locator("#kurang a:visible")).to_have_count(0)
    accessible(page)

    page.get_by_label("Jam pesan 1").fill("7:5")
    expect(said).to_have_text(["Jam pesan 1 harus seperti 19.42."])
    page.get_by_role("button", name="Tambah pesan").click()
    expect(page.locator("#pesan-2-jam")).to_have_attribute(
        "aria-describedby", "pesan-2-jam-hint pesan-2-jam-kurang"
    )
    expect(said).to_have_count(1)
    page.get_by_label("Jam pesan 2").fill("25.00")
    expect(page.locator("#pesan-2-jam-kurang")).to_have_text("Jam pesan 2 harus seperti 19.42.")

    gaps.click()
    expect(page.locator("#stem-kurang")).to_have_text("Pokok soal masih kosong.")
    page.get_by_label("Pokok soal").fill("Apa yang boleh? Pilih semua yang tepat.")
    expect(page.locator("#stem-kurang")).to_be_hidden()
    page.locator("#kurang a", has_text="Isi pesan 2 masih kosong.").click()
    expect(page.locator("#pesan-2-isi")).to_be_in_viewport()
    accessible(page)


def test_typing_is_safe_while_the_network_is_away(
    make: Make, desk, bank_item: BankItem, dewi: User
) -> None:
    page = desk(dewi)
    open_editor(page)

    page.context.set_offline(True)
    page.get_by_label("Pokok soal").fill("Diketik saat jaringan terputus?")
    state(page, "belum tersimpan, jaringan terputus")
    page.context.set_offline(False)
    state(page, "draf tersimpan")

    assert draft(make).content["stem"] == "Diketik saat jaringan terputus?"


def test_typing_survives_a_closed_page(make: Make, desk, bank_item: BankItem, dewi: User) -> None:
    page = desk(dewi)
    open_editor(page)
    address = page.url

    page.context.set_offline(True)
    page.get_by_label("Pokok soal").fill("Diketik lalu ditutup?")
    state(page, "belum tersimpan, jaringan terputus")
    page.close()
    again = page.context.new_page()
    again.context.set_offline(False)
    again.goto(address)

    expect(again.get_by_label("Pokok soal")).to_have_value("Diketik lalu ditutup?")
    assert draft(make).content["stem"] == "Diketik lalu ditutup?"


def test_a_second_window_overwrites_nothing(
    make: Make, desk, bank_item: BankItem, dewi: User
) -> None:
    page = desk(dewi)
    open_editor(page)
    other = page.context.new_page()
    other.goto(page.url)
    other.get_by_label("Pokok soal").fill("Dari jendela kedua?")
    state(other, "draf tersimpan")

    page.get_by_label("Pokok soal").fill("Dari jendela pertama?")

    state(page, "disimpan dari jendela lain")
    assert draft(make).content["stem"] == "Dari jendela kedua?"


def test_a_simulation_is_edited_on_a_phone_without_a_script(
    make: Make, desk, bank_item: BankItem, dewi: User
) -> None:
    make.bank_item(make.item("feed", code="SIM-1"))
    page = desk(dewi, java_script_enabled=False, viewport={"width": 360, "height": 740})
    page.goto("/soal/SIM-1/sunting")
    page.get_by_role("button", name="Mulai menyunting").click()

    page.get_by_role("button", name="Tambah pesan").click()
    page.get_by_label("Isi pesan").nth(1).fill("Siap, Pak.")
    page.get_by_role("button", name="Naikkan pesan 2").click()

    messages = draft(make).content["extra"]["messages"]
    assert [message["text"] for message in messages] == ["Siap, Pak.", "Teruskan ya."]


def test_items_are_read_and_signed_one_by_one_from_the_keyboard(
    make: Make, desk, accessible, bank_item: BankItem, hadi: User
) -> None:
    make.bank_item(make.item(code="ADA-2"))
    page = desk(hadi, viewport={"width": 360, "height": 740})
    page.get_by_role("link", name="Baca dan sahkan 2 soal").click()
    heading(page, re.compile("Baca dan sahkan"))
    accessible(page)
    sign = page.get_by_role("button", name="Sahkan", exact=True)

    for code in ("ADA-1", "ADA-2"):
        expect(page.get_by_role("heading", level=1)).to_have_text(f"Baca dan sahkan {code}")
        expect(page.get_by_role("region", name="Isi soal")).to_be_focused()
        expect(sign).to_be_in_viewport(ratio=1)
        page.keyboard.press("Tab")
        expect(sign).to_be_focused()
        page.keyboard.press("Enter")

    expect(page.get_by_text("Tidak ada soal yang menunggu pengesahan Anda.")).to_be_visible()
    expect(page.get_by_text("2 dari 2")).to_be_visible()


def test_why_an_item_came_back_is_the_first_thing_its_author_reads(
    make: Make, desk, accessible, bank_item: BankItem, dewi: User, hadi: User
) -> None:
    new = make.item(code="ADA-1", stem="Apa makna netral bagi pegawai?")
    version = bank_item.revise(new, make.now, dewi)
    ask_review(bank_item, dewi, make.now)
    give_back(make.session, bank_item, version.uid, hadi, "Opsi B juga benar.", make.now)
    make.session.commit()

    page = desk(dewi)
    expect(page.get_by_role("region", name="1 soal Anda dikembalikan")).to_be_visible()
    accessible(page)
    page.get_by_role("link", name="Sunting ADA-1").click()
    page.get_by_role("button", name="Mulai menyunting").click()

    why = page.get_by_role("region", name="Dikembalikan pemeriksa")
    expect(why).to_be_in_viewport(ratio=1)
    expect(why).to_contain_text("Hadi Prasetyo")
    expect(why).to_contain_text("Opsi B juga benar.")
    accessible(page)
