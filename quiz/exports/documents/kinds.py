"""Kinds of file a paper can be had as: a paper in, bytes out. Adding one: its line here."""

from collections.abc import Callable
from dataclasses import dataclass

from quiz.exports.documents.paper import Paper

_WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"


@dataclass(frozen=True)
class PaperKind:
    """What its button says, what browsers call it, and its writer."""

    label: str
    media_type: str
    write: Callable[[Paper], bytes]


def _pdf(paper: Paper) -> bytes:
    from quiz.exports.documents import pdf  # noqa: PLC0415  # heavy; most starts make no paper

    return pdf.write(paper)


def _word(paper: Paper) -> bytes:
    from quiz.exports.documents import word  # noqa: PLC0415  # heavy; most starts make no paper

    return word.write(paper)


PAPER_KINDS: dict[str, PaperKind] = {
    "pdf": PaperKind("PDF", "application/pdf", _pdf),
    "docx": PaperKind("Word", _WORD, _word),
}
"""Every kind by the ending of its files, the one most people want first."""
