"""The sheet for an assembly: what many still misread, and nothing that must not be said there."""

from collections.abc import Sequence
from datetime import timedelta

import pytest

from quiz.assessment.analysis.suppression import PUBLIC_MINIMUM
from quiz.exports.documents.kinds import PAPER_KINDS
from quiz.exports.documents.register import DOCUMENTS
from quiz.models import BankItem, Event, Material, Sitting
from quiz.models.events.events import FeedbackMode, Phase
from quiz.models.refusals import Refused
from tests.factories import Make
from tests.papers import pdf_pages, pdf_text, word_text

SHEET = DOCUMENTS["apel"]
READ = {"pdf": pdf_text, "docx": word_text}
HOUR = timedelta(hours=1)
WHY = "Karena pegawai melayani semua warga"


@pytest.fixture
def items(make: Make) -> list[BankItem]:
    """Five items, each on a sentence of the material of its own and on one article."""
    make.reference(text="Pegawai bebas dari pengaruh.", verbatim=True)
    material = Material(code="bahan", title="Bahan")
    for number in range(5):
        make.passage(f"KAL-{number}", material, position=number, text=f"Kalimat ke-{number}.")
    return [
        make.bank_item(
            make.item(
                code=f"UJI-9{number}",
                stem=f"Soal ke-{number}?",
                explanation=f"{WHY}, ke-{number}.",
                passages=(f"KAL-{number}",),
                references=("UU-20-2023-P9-2",),
            )
        )
        for number in range(5)
    ]


def closed(make: Make, sitting: Sitting) -> Sitting:
    sitting.opens_at, sitting.closes_at = make.now - 3 * HOUR, make.now - HOUR
    sitting.released_at = make.now - HOUR / 2
    make.session.commit()
    return sitting


def misread_by(
    make: Make, items: Sequence[BankItem], people: int = PUBLIC_MINIMUM, right: int = 0
) -> Sitting:
    """A sitting that is over, in which so many people had the first ``right`` items right."""
    sitting = make.sitting(make.event(code="UJI-APEL"), items=items)
    for _ in range(people):
        make.finished(sitting, make.enrolment(sitting.event), right=right)
    return closed(make, sitting)


def read(make: Make, event: Event, ending: str = "pdf") -> str:
    return READ[ending](SHEET.write(ending, make.session, event, make.now))


@pytest.mark.parametrize("ending", PAPER_KINDS)
def test_three_points_with_the_article_and_one_more_to_discuss(
    make: Make, items: list[BankItem], ending: str
) -> None:
    event = misread_by(make, items).event

    text = read(make, event, ending)

    for number in range(3):
        assert f"{number + 1}. Kalimat ke-{number}. {WHY}, ke-{number}." in text
    assert text.count("Dasar: UU 20/2023 Pasal 9 ayat (2): “Pegawai bebas dari pengaruh.”") == 3
    assert f"{WHY}, ke-3." not in text
    assert "Soal ke-3?" in text
    assert all(option.text in text for option in _asked(items[3]).options)
    assert "Hadir dari yang terdaftar: 0 dari 10" in text


def _asked(row: BankItem):  # type: ignore[no-untyped-def]
    assert row.published
    return row.published.item


def test_it_is_one_page(make: Make, items: list[BankItem]) -> None:
    event = misread_by(make, items).event

    assert len(pdf_pages(SHEET.write("pdf", make.session, event, make.now))) == 1


def test_long_texts_are_cut_at_a_word_so_that_it_stays_one_page(make: Make) -> None:
    long = "Pegawai melayani semua warga tanpa membedakan pilihan politiknya. " * 12
    material = Material(code="bahan", title="Bahan")
    make.reference(text=long)
    rows = []
    for number in range(4):
        make.passage(f"KAL-{number}", material, text=f"Ke-{number}. {long}")
        rows.append(
            make.bank_item(
                make.item(
                    explanation=long, passages=(f"KAL-{number}",), references=("UU-20-2023-P9-2",)
                )
            )
        )
    event = misread_by(make, rows).event

    [page] = pdf_pages(SHEET.write("pdf", make.session, event, make.now))
    assert page.count(" …") == 9


@pytest.mark.parametrize("ending", PAPER_KINDS)
def test_no_name_no_score_and_no_key_stand_on_it(
    make: Make, items: list[BankItem], ending: str
) -> None:
    event = misread_by(make, items).event
    names = [place.user.name for place in event.enrolments]

    text = read(make, event, ending)

    assert [sign for sign in (*names, "%", "✓", "Kunci", "persen") if sign in text] == []


def test_fewer_than_may_be_told_of_in_public_give_sentences_of_the_material(
    make: Make, items: list[BankItem]
) -> None:
    event = misread_by(make, items, PUBLIC_MINIMUM - 1).event

    text = read(make, event)

    assert WHY not in text
    assert "1. Kalimat ke-0. 2. Kalimat ke-1. 3. Kalimat ke-2." in text
    assert "kurang dari 10 orang; yang disampaikan kalimat dari bahan" in text
    assert "Di mana hal ini dapat terjadi di kantor kita" in text


def test_where_nothing_is_misread_the_material_speaks(make: Make, items: list[BankItem]) -> None:
    event = misread_by(make, items, right=5).event

    text = read(make, event)

    assert "tidak ada kalimat yang sering keliru" in text
    assert "Kalimat ke-0." in text


def test_what_one_may_do_comes_before_the_rest_of_the_material(
    make: Make, items: list[BankItem]
) -> None:
    make.passage("LAKU-1", role="instead", text="Tolak dengan sopan.")
    event = make.event()

    assert "1. Tolak dengan sopan. 2. Kalimat ke-0." in read(make, event)


def test_a_sentence_is_said_once_however_many_items_test_it(
    make: Make, items: list[BankItem]
) -> None:
    again = make.bank_item(make.item(code="UJI-900", passages=("KAL-0",), references=()))
    event = misread_by(make, [*items, again]).event

    assert read(make, event).count("Kalimat ke-0.") == 1


@pytest.mark.parametrize("ending", PAPER_KINDS)
def test_nothing_is_told_before_the_feedback_is_out(
    make: Make, items: list[BankItem], ending: str
) -> None:
    sitting = misread_by(make, items)
    sitting.feedback_mode, sitting.released_at = FeedbackMode.DELAYED, None
    make.session.commit()

    text = read(make, sitting.event, ending)

    assert WHY not in text
    assert "Soal ke-" not in text
    assert "belum ada kuis kegiatan ini yang selesai" in text.lower()


def test_of_a_crossed_event_nothing_is_told_before_both_sittings_are_over(
    make: Make, items: list[BankItem]
) -> None:
    pre = misread_by(make, items)
    pre.crossed = True
    post = make.sitting(pre.event, Phase.POST, items=items[3:], crossed=True)
    make.session.commit()

    assert WHY not in read(make, pre.event)

    closed(make, post)
    post.closes_at = pre.closes_at - HOUR / 4
    make.session.commit()

    assert WHY in read(make, pre.event)


def test_an_item_that_somebody_may_still_be_asked_stays_away(
    make: Make, items: list[BankItem]
) -> None:
    event = misread_by(make, items).event
    make.sitting(items=[items[0]], opens_at=make.now + HOUR, closes_at=make.now + 2 * HOUR)

    text = read(make, event)

    assert "Kalimat ke-0." not in text
    assert f"{WHY}, ke-0." not in text
    assert "1. Kalimat ke-1." in text


def test_an_explanation_that_a_ruling_has_overtaken_stays_away(
    make: Make, items: list[BankItem]
) -> None:
    event = misread_by(make, items).event
    row = items[0].published
    assert row
    distractor = next(option.id for option in row.item.options if not option.is_key)
    make.ruling(row, "accept", options=[distractor])

    assert f"{WHY}, ke-0." not in read(make, event)


def test_an_item_that_no_checker_signed_is_said_to_be_so(make: Make, items: list[BankItem]) -> None:
    event = misread_by(make, items).event
    assert "belum disahkan pemeriksa hukum" in read(make, event)

    for row in items:
        row.signed_at = make.now
    make.session.commit()

    assert "belum disahkan" not in read(make, event)


def test_with_nothing_to_say_it_is_refused_with_what_is_missing(make: Make) -> None:
    with pytest.raises(Refused, match="bahan sosialisasi masih kosong"):
        read(make, make.event())
