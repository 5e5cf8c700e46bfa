"""Sentences that are still misread, on paper."""

from collections.abc import Iterator, Sequence

from quiz.assessment.analysis.sitting_report import MisreadSentence
from quiz.exports.documents.office_paper import with_range
from quiz.exports.documents.paper import Block, Cell, Column, Points, Table, Text


def misread_table(hard: Sequence[MisreadSentence]) -> Table:
    """The sentences with how many read them rightly and what they rest on."""
    return Table(
        caption="Kalimat bahan dan soal yang paling sering keliru",
        columns=[
            Column("Kalimat bahan dan soal", share=4),
            Column("Tepat (%) dan rentang 95%", right=True, share=1.4),
            Column("Peserta", right=True, share=0.8),
            Column("Dasar hukum", share=1.6),
        ],
        rows=[
            [
                Cell(" ".join(one.sentences) or one.stem, _asked(one), bold=False),
                Cell(_share(one), "yakin tetapi keliru" if one.sure else ""),
                Cell(str(one.facility.n)),
                Cell("; ".join(one.articles)),
            ]
            for one in hard
        ],
    )


def advice(hard: Sequence[MisreadSentence]) -> Iterator[Block]:
    """What to talk about first."""
    yield Text("Pada apel atau pertemuan berikutnya, bahas lebih dulu:")
    yield Points([_advice(one) for one in hard[:FIRST]], "numbers")


FIRST = 3
"""So many points fit one morning's assembly."""


def _asked(one: MisreadSentence) -> str:
    code = f"{one.code}, versi {one.version}"
    return f"{one.stem} ({code})" if one.sentences else code


def _share(one: MisreadSentence) -> str:
    found = one.facility
    low, high = (None if end is None else 100 * end for end in (found.low, found.high))
    return with_range(100 * found.value, low, high)


def _advice(one: MisreadSentence) -> str:
    said = (" ".join(one.sentences) or one.stem).rstrip(".")
    articles = "; ".join(one.articles)
    return f"{said} ({articles})." if articles else f"{said}."
