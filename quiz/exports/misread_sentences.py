"""Sentences that people of one sitting still misread, with exactly the rows of the page."""

from collections.abc import Iterable
from datetime import datetime

from sqlalchemy.orm import Session

from quiz.assessment.analysis.sitting_report import MisreadSentence, ReportedSitting
from quiz.exports.files.table_out import Head, OutCell, TableOut
from quiz.formats import datetime_id, whole_percent
from quiz.models import Sitting
from quiz.queries.scores.caveats import PURPOSE
from quiz.queries.scores.items.misread import caveats_of, misread
from quiz.queries.scores.reports import reported

HEADS = (
    Head("code", "Kode soal"),
    Head("version", "Versi", "integer"),
    Head("sentences", "Kalimat bahan"),
    Head("stem", "Soal"),
    Head("right", "Tepat (%)", "integer"),
    Head("low", "Rentang 95% dari", "integer"),
    Head("high", "Rentang 95% sampai", "integer"),
    Head("people", "Peserta", "integer"),
    Head("sure", "Yakin tetapi keliru"),
    Head("articles", "Dasar hukum"),
)

HOW = (
    "Soal yang tidak mudah (tepat paling banyak 70%), paling banyak sepuluh: yang diyakini tetapi "
    "keliru lebih dulu, lalu yang tersulit. Yakin tetapi keliru: sedikitnya seperlima jawaban "
    "sangat yakin dan keliru."
)
"""How the rows were chosen, for page and files."""


def misread_sentences(session: Session, sitting: Sitting, now: datetime) -> TableOut:
    """The rows of the page as a table."""
    said = caveats_of(session, sitting).sentences
    rows = [each.plain for each in misread(session, sitting, now)]
    return sentence_table(reported(sitting), rows, said, now)


def sentence_table(
    sitting: ReportedSitting,
    rows: Iterable[MisreadSentence],
    said: Iterable[str],
    as_of: datetime,
) -> TableOut:
    """These sentences of a sitting as a table, with what has to be ``said`` beside them."""
    return TableOut(
        title=f"Kalimat yang masih keliru {sitting.event.code}, {sitting.label}",
        heads=HEADS,
        rows=[_cells(row) for row in rows],
        notes=(f"Keadaan pada {datetime_id(as_of)}.", HOW, PURPOSE, *said),
    )


def _cells(row: MisreadSentence) -> list[OutCell]:
    low, high = row.facility.low, row.facility.high
    return [
        row.code,
        row.version,
        " ".join(row.sentences),
        row.stem,
        whole_percent(100 * row.facility.value),
        None if low is None else whole_percent(100 * low),
        None if high is None else whole_percent(100 * high),
        row.facility.n,
        "Ya" if row.sure else "",
        "; ".join(row.articles),
    ]
