"""The report per unit on paper: the page's numbers and caveats, and nothing that is withheld."""

from datetime import timedelta
from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest

from quiz.exports import EXPORTS
from quiz.exports.documents.kinds import PAPER_KINDS
from quiz.exports.documents.method import METHOD
from quiz.exports.files import FILE_KINDS
from quiz.formats import datetime_id
from quiz.models import EventMinutes, Sitting
from tests.factories import Make
from tests.papers import pdf_text, word_text

ROOT = Path(__file__).parents[3]
UNITS = EXPORTS["units"]
READ = {"pdf": pdf_text, "docx": word_text}


@pytest.fixture
def sitting(make: Make) -> Sitting:
    """Seven in an office with results that differ, two villages of one, one school of three."""
    sitting = make.sitting(pass_mark=70)
    scores = {"Kantor Camat": [40, 55, 60, 70, 75, 80, 95], "SD Rekaan": [50, 60, 90]}
    scores |= {"Desa Hulu": [31], "Desa Hilir": [99]}
    for name, percents in scores.items():
        unit = make.unit(name, "desa" if name.startswith("Desa") else "kecamatan")
        for percent in percents:
            attempt = make.finished(sitting, make.enrolment(sitting.event, unit=unit))
            [score] = attempt.scores
            score.knowledge_points, score.knowledge_max = Fraction(percent), Fraction(100)
    sitting.closes_at = make.now - timedelta(minutes=30)
    make.session.commit()
    return sitting


def read(make: Make, sitting: Sitting, ending: str) -> str:
    return READ[ending](UNITS.write(ending, make.session, sitting, make.now))


@pytest.mark.parametrize("ending", PAPER_KINDS)
def test_paper_and_table_show_the_same_numbers(make: Make, sitting: Sitting, ending: str) -> None:
    table = UNITS.table(make.session, sitting, make.now)
    keys = [head.key for head in table.heads]

    text = read(make, sitting, ending)

    for cells in table.rows:
        row: dict[str, Any] = dict(zip(keys, cells, strict=True))
        shown = [row["name"], f"{row['invited']} {row['attended']} {row['submitted']}"]
        if row["mean"] is not None and row["low"] is not None:
            shown += [f"{row['mean']} ({row['low']} sampai {row['high']})"]
            shown += [f"{row['passed']} dari {row['submitted']}"]
        assert [words for words in shown if words not in text] == []


@pytest.mark.parametrize("ending", PAPER_KINDS)
def test_one_persons_result_stands_on_no_paper(make: Make, sitting: Sitting, ending: str) -> None:
    text = read(make, sitting, ending)

    assert "Desa Hulu" in text
    assert "tidak ditampilkan" in text
    assert " 31 " not in text
    assert " 99 " not in text


@pytest.mark.parametrize("ending", PAPER_KINDS)
def test_every_note_of_the_files_stands_on_the_paper(
    make: Make, sitting: Sitting, ending: str
) -> None:
    text = read(make, sitting, ending)

    table = UNITS.table(make.session, sitting, make.now)
    of_a_row = ("Keadaan", "Kosong", "Kantor Camat:", "SD Rekaan:", "Pemerintah", "Desa")
    notes = [note for note in table.notes if not note.startswith(of_a_row)]
    assert notes
    assert [note for note in notes if note.removesuffix(".") not in text] == []
    assert datetime_id(make.now) in text
    assert all(" ".join(paragraph.split()) in text for paragraph in METHOD)


@pytest.mark.parametrize("ending", PAPER_KINDS)
def test_who_signs_is_who_the_minutes_name(make: Make, sitting: Sitting, ending: str) -> None:
    make.session.add(
        EventMinutes(
            event_id=sitting.event_id,
            number="",
            day=sitting.event.days[-1],
            place="Pendopo",
            signed_in="Loa Rekaan",
            remarks="",
            signatories=[{"office": "Kepala Bidang", "name": "Nur Rekaan", "number": "Pembina"}],
        )
    )
    make.session.commit()

    text = read(make, sitting, ending)

    assert all(
        words in text for words in ("Loa Rekaan, ", "Kepala Bidang,", "Nur Rekaan", "Pembina")
    )


@pytest.mark.parametrize("ending", PAPER_KINDS)
def test_a_running_sitting_has_participation_and_no_result(make: Make, ending: str) -> None:
    sitting = make.sitting()
    unit = make.unit("Kantor Camat")
    for _ in range(6):
        make.finished(sitting, make.enrolment(sitting.event, unit=unit))

    text = read(make, sitting, ending)

    assert "Keikutsertaan per unit" in text
    assert "Nilai dan rentang" not in text
    assert "6 dari 6 peserta sudah mengirim jawaban" in text


@pytest.mark.parametrize("ending", PAPER_KINDS)
def test_an_empty_roster_is_no_fault(make: Make, ending: str) -> None:
    sitting = make.sitting()

    text = read(make, sitting, ending)

    assert "Belum ada jawaban yang terkirim untuk sesi ini." in text


def test_the_annex_is_what_the_method_document_says() -> None:
    document = ROOT / "docs/metode.md"
    annex = document.read_text(encoding="utf-8").replace("*", "")

    assert all(paragraph in annex for paragraph in METHOD)


def test_tables_are_still_had_as_every_kind_of_file() -> None:
    assert set(UNITS.kinds) == {*PAPER_KINDS, *FILE_KINDS}
