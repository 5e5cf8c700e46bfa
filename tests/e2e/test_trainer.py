"""The trainer's way: from a Word file through review and a run to a ruling on a contest."""

import re
from collections.abc import Callable
from io import BytesIO

import pytest
from docx import Document
from playwright.sync_api import Page, expect
from sqlalchemy import select

from quiz.actions.taking.taking import hand_in
from quiz.codes import receipt
from quiz.models import BankItem, Sitting, User
from quiz.models.events.events import Phase
from quiz.queries.taking.asked import asked_in
from tests.e2e.clock import let_pass
from tests.e2e.page import heading
from tests.factories import PASSWORD, Make

DESK = {"width": 1280, "height": 900}
LINES = (
    "1. Bolehkah pegawai memasang gambar Paslon X pada status WhatsApp?",
    "A. Boleh, status hanya dilihat teman",
    "B. Tidak boleh, status dilihat orang lain",
    "C. Boleh, asalkan di luar jam kerja",
    "Kunci: B",
    "Pembahasan: Ranah pribadi tidak membebaskan dari kewajiban netral.",
)


def word_file() -> bytes:
    """One question as a trainer types it."""
    document, blob = Document(), BytesIO()
    for line in LINES:
        document.add_paragraph(line)
    document.save(blob)
    return blob.getvalue()


@pytest.fixture
def desk(new_phone: Callable[..., Page]) -> Callable[[User], Page]:
    """``desk(person)``: their browser on a laptop, logged in through the real form."""

    def opened(person: User) -> Page:
        page = new_phone(viewport=DESK, has_touch=False)
        page.goto("/masuk/petugas")
        page.get_by_label("Nama pengguna").fill(str(person.username))
        page.get_by_label("Kata sandi").fill(PASSWORD)
        page.get_by_role("button", name="Masuk").click()
        expect(page.get_by_role("button", name="Keluar")).to_be_visible()
        return page

    return opened


def take_from_word(page: Page, accessible: Callable[[Page], None]) -> None:
    """Upload, look, take as a draft, open what completes it."""
    page.goto("/soal/ambil")
    page.get_by_label("Berkas soal").set_input_files(
        {"name": "soal.docx", "mimeType": "application/octet-stream", "buffer": word_file()}
    )
    page.get_by_role("button", name="Periksa").click()
    heading(page, "Periksa soal dari berkas")
    accessible(page)
    page.get_by_label("Topik bagi yang belum punya").select_option(label="Makna netralitas")
    page.get_by_role("button", name="Ambil yang dicentang sebagai draf").click()
    heading(page, "Soal yang baru diambil")
    accessible(page)
    page.get_by_role("link", name="Lengkapi bersama").click()
    heading(page, "Lengkapi soal dari berkas")
    accessible(page)


def mend(page: Page) -> None:
    """Say what the file did not; then send it."""
    page.get_by_label("Fakta lain").fill("F-DEF-04/rumusan-lama")
    page.get_by_label("Tingkat", exact=True).select_option(label="Menerapkan")
    page.get_by_role("button", name="Kirim yang dicentang ke pemeriksa").click()
    expect(page.get_by_text("1 soal menunggu pemeriksa.")).to_be_visible()


def publish(page: Page, code: str) -> None:
    page.goto(f"/soal/{code}/periksa-hukum")
    page.get_by_role("button", name="Sahkan dan terbitkan").click()
    expect(page.get_by_text(f"Soal {code} disahkan dan terbit.")).to_be_visible()


def answer_wrongly(phone: Page) -> None:
    """One item, option C; then straight to the feedback."""
    phone.goto("/")
    phone.get_by_role("button", name="Mulai Post-test").click()
    phone.locator(".option", has_text="di luar jam kerja").click()
    phone.locator("#right").click()
    let_pass(phone, seconds=1)
    phone.get_by_role("button", name="Kirim jawaban").click()
    expect(phone.get_by_role("heading", level=1)).to_have_text("Pembahasan untuk Anda")


def others_answer_wrongly(make: Make, sitting: Sitting) -> None:
    """Five more people with option C: of fewer nothing is told."""
    for _ in range(5):
        attempt = make.attempt(sitting, make.enrolment(sitting.event))
        wrong = asked_in(make.session, attempt)[1].item.options[2].id
        make.response(attempt, 1, [wrong])
        hand_in(make.session, attempt, (), receipt(attempt.uid, make.key), make.now)
        make.score(attempt, make.now)


def contest(phone: Page) -> None:
    phone.get_by_role("link", name="sanggah soal ini").click()
    phone.get_by_label("Menurut saya").fill("Di luar jam kerja juga dapat dibenarkan atasan.")
    phone.get_by_role("button", name="Kirim sanggahan").click()
    expect(phone.get_by_text("Menunggu putusan pemeriksa hukum.").first).to_be_visible()


def rule(page: Page, accessible: Callable[[Page], None]) -> None:
    """Accept option C too, after a look at what that does."""
    page.goto("/soal/sanggahan")
    page.get_by_role("link", name="Bolehkah pegawai memasang gambar").click()
    heading(page, re.compile("Sanggahan atas "))
    accessible(page)
    page.get_by_role("link", name="Koreksi kunci").click()
    page.get_by_label("Boleh, asalkan di luar jam kerja").check()
    page.get_by_role("button", name="Lihat akibatnya").click()
    expect(page.locator(".counts")).to_contain_text("3–7 naik")
    accessible(page)
    page.get_by_label("Alasan").fill("Pokok soal tidak menyebut akun siapa.")
    page.get_by_role("button", name="Terapkan").click()
    page.get_by_role("link", name="Cabut").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("Cabut")
    accessible(page)


def test_trainer_goes_from_word_to_a_ruling(
    make: Make, desk, enter, accessible, dewi: User, hadi: User, ani: User
) -> None:
    make.topic("makna", name="Makna netralitas")
    make.reference()
    make.claim()
    make.passage()
    trainer, checker = desk(dewi), desk(hadi)

    take_from_word(trainer, accessible)
    mend(trainer)
    make.session.commit()
    item = make.session.scalars(select(BankItem)).one()
    publish(checker, item.code)
    make.fresh(item)
    enrolment = make.enrolment(user=ani)
    sitting = make.sitting(enrolment.event, Phase.POST, items=[item])
    phone = enter(enrolment)
    answer_wrongly(phone)
    others_answer_wrongly(make, sitting)
    contest(phone)
    sitting.closes_at = make.now
    make.session.commit()
    trainer.goto(f"/soal/{item.code}/analisis")
    expect(trainer.locator("main")).to_contain_text("6 peserta dari 1 sesi")
    rule(checker, accessible)

    phone.reload()
    expect(phone.locator("main")).to_contain_text("1 dari 1 soal pengetahuan tepat")
    expect(phone.locator("main")).to_contain_text("Pokok soal tidak menyebut akun siapa.")
