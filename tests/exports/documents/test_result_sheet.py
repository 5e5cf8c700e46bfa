"""One person's sheet: what they may read already, on one page, and nothing that is not theirs."""

from datetime import timedelta

import pytest

from quiz.exports.documents.kinds import PAPER_KINDS
from quiz.exports.documents.register import DOCUMENTS
from quiz.exports.documents.result_sheet import MOST
from quiz.models import BankItem, Enrolment, Material, Sitting, User
from quiz.models.events.events import FeedbackMode, Phase
from quiz.models.refusals import Refused
from tests.factories import Make
from tests.papers import pdf_pages, pdf_text, word_text

SHEET = DOCUMENTS["result"]
READ = {"pdf": pdf_text, "docx": word_text}
HOUR = timedelta(hours=1)


@pytest.fixture
def items(make: Make) -> list[BankItem]:
    """Three items, each on a sentence of its own and on one article."""
    make.topic("makna", name="Makna netralitas")
    make.reference()
    material = Material(code="bahan", title="Bahan")
    rows = []
    for number in range(3):
        make.passage(f"KAL-{number}", material, text=f"Kalimat ke-{number}.")
        item = make.item(
            stem=f"Soal ke-{number}?",
            passages=(f"KAL-{number}",),
            references=("UU-20-2023-P9-2",),
        )
        rows.append(make.bank_item(item))
    return rows


@pytest.fixture
def place(make: Make, ani: User) -> Enrolment:
    ani.nip = "198001012005011234"
    return make.enrolment(make.event(code="UJI-LEMBAR"), ani)


def over(make: Make, sitting: Sitting) -> Sitting:
    sitting.opens_at, sitting.closes_at = make.now - 3 * HOUR, make.now - HOUR
    sitting.released_at = make.now - HOUR / 2
    make.session.commit()
    return sitting


def read(make: Make, place: Enrolment, ending: str = "pdf") -> str:
    return READ[ending](SHEET.write(ending, make.session, place, make.now))


@pytest.mark.parametrize("ending", PAPER_KINDS)
def test_it_says_who_how_much_and_what_to_read_again(
    make: Make, items: list[BankItem], place: Enrolment, ending: str
) -> None:
    sitting = make.sitting(place.event, items=items, pass_mark=70)
    make.finished(sitting, place, right=2)
    over(make, sitting)

    text = read(make, place, ending)

    assert "Ani Lestari" in text
    assert "UPT Pendidikan Rekaan" in text
    assert "2 dari 3" in text
    assert "67, belum mencapai batas lulus 70" in text
    assert "Makna netralitas 2 dari 3" in text
    assert "Kalimat ke-2. (UU 20/2023 Pasal 9 ayat (2))" in text
    assert [words for words in ("Kalimat ke-0.", "Kalimat ke-1.") if words in text] == []


@pytest.mark.parametrize("ending", PAPER_KINDS)
def test_no_nip_stands_on_it(
    make: Make, items: list[BankItem], place: Enrolment, ending: str
) -> None:
    sitting = make.sitting(place.event, items=items)
    make.finished(sitting, place)
    over(make, sitting)

    text = read(make, place, ending).replace(" ", "")

    assert "AniLestari" in text
    assert [digits for digits in ("1980", "1234") if digits in text] == []


def test_pre_test_and_post_test_stand_side_by_side(
    make: Make, items: list[BankItem], place: Enrolment
) -> None:
    pre = make.sitting(place.event, items=items, pass_mark=70)
    make.finished(pre, place, right=1)
    post = make.sitting(place.event, Phase.POST, items=items, pass_mark=70)
    make.finished(post, place, right=3)
    over(make, pre)
    over(make, post)
    pre.opens_at -= HOUR
    make.session.commit()

    text = read(make, place)

    assert "33, belum mencapai batas lulus 70" in text
    assert "100, mencapai batas lulus 70" in text
    assert "Makna netralitas 1 dari 3 3 dari 3" in text
    assert "Semua soal pengetahuan pada Post-test terjawab tepat." in text


@pytest.mark.parametrize("ending", PAPER_KINDS)
def test_nothing_of_an_attempt_stands_there_before_its_feedback_may_be_read(
    make: Make, items: list[BankItem], place: Enrolment, ending: str
) -> None:
    sitting = make.sitting(place.event, items=items, feedback_mode=FeedbackMode.DELAYED)
    make.finished(sitting, place, right=1)
    over(make, sitting)
    sitting.released_at = None
    make.session.commit()

    text = read(make, place, ending)

    assert "Selesai" in text
    assert "tampil bersama pembahasannya" in text
    told = ("1 dari 3", "33", "Kalimat ke-", "UU 20/2023")
    assert [words for words in told if words in text] == []


def test_of_a_crossed_pair_nothing_stands_there_before_both_are_over(
    make: Make, items: list[BankItem], place: Enrolment
) -> None:
    pre = make.sitting(place.event, items=items)
    make.finished(pre, place, right=1)
    over(make, pre)
    post = make.sitting(place.event, Phase.POST, items=items)
    pre.crossed = post.crossed = True
    make.session.commit()

    assert "tampil bersama pembahasannya" in read(make, place)

    over(make, post)

    assert "1 dari 3" in read(make, place)


def test_what_was_not_begun_or_not_answered_is_said(
    make: Make, items: list[BankItem], place: Enrolment
) -> None:
    pre = make.sitting(place.event, items=items)
    make.attempt(pre, place)
    over(make, pre)
    make.sitting(place.event, Phase.POST, items=items)

    text = read(make, place)

    assert "Mulai tanpa jawaban" in text
    assert "Belum mulai" in text
    assert "Yang perlu dibaca lagi" not in text


def test_practice_and_voided_attempts_stand_nowhere(
    make: Make, items: list[BankItem], place: Enrolment, citra: User
) -> None:
    sitting = make.sitting(place.event, items=items)
    make.finished(sitting, place, right=3).void(citra, "HP mati.", make.now)
    make.finished(make.sitting(place.event, Phase.PRACTICE, items=items), place, right=3)
    over(make, sitting)

    text = read(make, place)

    assert "Belum mulai" in text
    assert "3 dari 3" not in text


def test_what_was_corrected_is_said_and_counted(
    make: Make, items: list[BankItem], place: Enrolment
) -> None:
    sitting = make.sitting(place.event, items=items)
    make.finished(sitting, place, right=2)
    over(make, sitting)
    assert items[2].published
    make.ruling(items[2].published, "void")

    text = read(make, place)

    assert "“Soal ke-2?”: Soal ini dibatalkan dan tidak dihitung." in text
    assert "2 dari 2" in text
    assert "Kalimat ke-2." not in text


def test_a_ruling_on_items_not_opened_yet_is_not_told(
    make: Make, items: list[BankItem], place: Enrolment
) -> None:
    sitting = make.sitting(place.event, items=items)
    make.finished(sitting, place)
    assert items[0].published
    make.ruling(items[0].published, "void")

    assert "Soal yang dikoreksi" not in read(make, place)


def test_it_is_one_page_however_much_was_missed(make: Make, place: Enrolment) -> None:
    long = "Pegawai melayani semua warga tanpa membedakan pilihan politiknya. " * 5
    material = Material(code="bahan", title="Bahan")
    rows = []
    for number in range(12):
        make.topic(f"topik-{number}", name=f"Topik yang ke-{number}")
        make.passage(f"KAL-{number}", material, text=f"Ke-{number}. {long}")
        item = make.item(topic=f"topik-{number}", passages=(f"KAL-{number}",), references=())
        rows.append(make.bank_item(item))
    for phase in (Phase.PRE, Phase.POST, Phase.FOLLOW_UP):
        sitting = make.sitting(place.event, phase, items=rows)
        make.finished(sitting, place, right=0)
        over(make, sitting)

    [page] = pdf_pages(SHEET.write("pdf", make.session, place, make.now))

    assert f"Masih ada {12 - MOST} lagi pada halaman pembahasan Anda." in page


def test_somebody_off_the_roster_has_no_sheet(make: Make, place: Enrolment) -> None:
    place.removed_at = make.now
    make.session.commit()

    with pytest.raises(Refused, match="tidak ada lagi pada daftar peserta UJI-LEMBAR"):
        read(make, place)
