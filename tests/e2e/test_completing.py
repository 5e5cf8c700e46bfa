"""Five questions of a Word file until they wait for a checker: counted in fields and clicks."""

from collections.abc import Callable
from dataclasses import dataclass

import pytest
from playwright.sync_api import Locator, Page, expect

from quiz.models import BankItem, ItemDraft, User
from tests.conftest import STOCKED
from tests.exchange.questions.word_files import typed_document
from tests.factories import PASSWORD, Make

DESK = {"width": 1280, "height": 900}
MOST_FIELDS = 10

TYPED = """1. Bolehkah PNS menekan tanda suka pada unggahan akun pemenangan Paslon X?
A. Boleh, asalkan tidak berkomentar
B. Tidak boleh, menyukai unggahan itu dilarang
C. Boleh, asalkan di luar jam kerja
D. Boleh, asalkan dengan akun pribadi
Kunci: B
2. Apa akibatnya bila pegawai ASN menjadi anggota atau pengurus partai politik?
A. Ditegur secara lisan oleh atasannya
B. Diturunkan pangkatnya selama setahun
C. Diberhentikan tidak dengan hormat
D. Dipindahkan ke instansi yang lain
Kunci: C
3. Kepala desa diminta ikut serta dalam kampanye Paslon Y. Bagaimana aturannya?
A. Boleh bila diundang oleh tim kampanye
B. Dilarang, kepala desa tidak boleh ikut kampanye
C. Boleh bila memakai baju biasa
D. Boleh bila camat mengizinkannya
Kunci: B
4. Ketentuan disiplin PPPK di suatu kantor dibuat oleh siapa?
A. Pejabat pembina kepegawaian instansi itu
B. Kepala desa tempat ia tinggal
C. Rekan kerja yang lebih tua
D. Pemimpin partai politik setempat
Kunci: A
5. Bolehkah kendaraan dinas dipakai mengantar warga ke tempat kampanye Paslon X?
A. Boleh, asalkan bensinnya dibeli sendiri
B. Boleh, asalkan pada hari libur
C. Tidak boleh, itu memakai fasilitas negara
D. Boleh, asalkan warga yang meminta
Kunci: C
"""


@dataclass
class Hand:
    """What a person does on the pages, counted: fields filled or changed, and buttons pressed."""

    fields: int = 0
    clicks: int = 0

    def fill(self, field: Locator, words: str) -> None:
        field.fill(words)
        self.fields += 1

    def tick(self, box: Locator) -> None:
        box.check()
        self.fields += 1

    def choose(self, field: Locator, label: str) -> None:
        field.select_option(label=label)
        self.fields += 1

    def press(self, button: Locator) -> None:
        button.click()
        self.clicks += 1


@pytest.fixture
def page(new_phone: Callable[..., Page], dewi: User) -> Page:
    """Dewi's browser on a laptop."""
    page = new_phone(viewport=DESK, has_touch=False)
    page.goto("/masuk/petugas")
    page.get_by_label("Nama pengguna").fill(str(dewi.username))
    page.get_by_label("Kata sandi").fill(PASSWORD)
    page.get_by_role("button", name="Masuk").click()
    expect(page.get_by_role("button", name="Keluar")).to_be_visible()
    return page


def upload(page: Page, hand: Hand) -> None:
    page.goto("/soal/ambil")
    page.get_by_label("Berkas soal").set_input_files(
        {
            "name": "soal.docx",
            "mimeType": "application/octet-stream",
            "buffer": typed_document(*TYPED.splitlines()),
        }
    )
    hand.fields += 1
    hand.press(page.get_by_role("button", name="Baca dan periksa"))
    hand.press(page.get_by_role("button", name="Ambil yang dicentang sebagai draf"))
    hand.press(page.get_by_role("link", name="Lengkapi bersama"))


def card(page: Page, stem: str) -> Locator:
    return page.locator(".completing").filter(has_text=stem)


@STOCKED
def test_five_questions_from_word_wait_for_a_checker_after_ten_fields_at_most(
    page: Page, accessible: Callable[[Page], None], make: Make, record_property
) -> None:
    hand = Hand()
    upload(page, hand)
    expect(page.locator(".completing")).to_have_count(5)
    accessible(page)

    for stem, claim in (
        ("tanda suka", "F-SKB-16/larangan"),
        ("pengurus partai politik?", "F-DEF-09"),
        ("Kepala desa diminta", "F-DESA-02"),
        ("disiplin PPPK", "F-PPPK-02"),
        ("kendaraan dinas", "F-PIL-12/larangan"),
    ):
        hand.tick(card(page, stem).locator(f".suggested input[value='{claim}']"))
    village = card(page, "Kepala desa diminta")
    hand.choose(village.get_by_label("Topik"), "Kepala desa dan perangkat desa")
    hand.tick(village.get_by_label("Hanya untuk"))
    hand.press(page.get_by_role("button", name="Kirim yang dicentang ke pemeriksa"))

    expect(page.get_by_text("5 soal menunggu pemeriksa.")).to_be_visible()
    expect(page.get_by_role("cell", name="Menunggu pemeriksa")).to_have_count(5)
    record_property("fields", hand.fields)
    record_property("clicks", hand.clicks)
    print(f"Lima soal dari Word: {hand.fields} isian, {hand.clicks} klik")
    assert (hand.fields, hand.clicks) == (8, 4)
    assert hand.fields <= MOST_FIELDS
    assert what_waits(make) == {
        ("F-SKB-16/larangan", "media-sosial", "mengingat"),
        ("F-DEF-09", "kewajiban-larangan", "mengingat"),
        ("F-DESA-02", "desa", "menerapkan"),
        ("F-PPPK-02", "pppk", "mengingat"),
        ("F-PIL-12/larangan", "fasilitas-program", "mengingat"),
    }


def what_waits(make: Make) -> set[tuple[str, str, str]]:
    """Claim, topic and level of every item in review."""
    make.session.commit()
    waiting = make.session.query(BankItem).filter(BankItem.in_review_at.is_not(None))
    items = [row.draft.item for row in waiting if row.draft]
    assert all(item.references and item.explanation for item in items)
    return {(item.claims[0], item.topic, item.level.value) for item in items}


@STOCKED
def test_an_accepted_claim_fills_what_is_empty_and_takes_it_back(page: Page, make: Make) -> None:
    upload(page, Hand())
    first = card(page, "tanda suka")
    accepted = first.locator(".suggested input[value='F-SKB-16/larangan']")
    explanation = first.get_by_label("Pembahasan")

    accepted.check()
    expect(first.get_by_label("Topik")).to_have_value("media-sosial")
    expect(first.get_by_label("Tingkat")).to_have_value("mengingat")
    assert explanation.input_value().endswith(
        "Dasarnya Lampiran II, kelompok disiplin SKB 22 September 2022."
    )
    accepted.uncheck()
    expect(explanation).to_have_value("")
    expect(first.get_by_label("Topik")).to_have_value("")

    explanation.fill("Tulisan saya sendiri.")
    accepted.check()
    page.get_by_role("button", name="Simpan semua", exact=True).last.click()

    expect(page.get_by_text("5 draf tersimpan.")).to_be_visible()
    drafts = make.session.query(ItemDraft).order_by(ItemDraft.id).all()
    assert drafts[0].content["explanation"] == "Tulisan saya sendiri."
    assert [len(draft.content["claims"]) for draft in drafts] == [1, 0, 0, 0, 0]
