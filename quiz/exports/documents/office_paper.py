"""What papers of the office have in common: letterhead, warnings, signatures."""

from collections.abc import Iterable, Sequence

from quiz.exports.documents.paper import Block, Notice, Signature, Signatures, Text
from quiz.formats import Number, date_id, whole_percent
from quiz.models import EventMinutes
from quiz.models.people.settings import Office
from quiz.queries.people.settings import Installation
from quiz.queries.scores.caveats import INVENTED

DOTS = "……………………"
"""What is filled in by hand."""


def letterhead(office: Office) -> tuple[Sequence[str], Sequence[str]]:
    """The lines of the office's name and of its address."""
    lines = (office.letterhead_address, office.letterhead_contact)
    return office.letterhead, [line for line in lines if line]


def warnings(installation: Installation, sentences: Iterable[str]) -> list[Block]:
    """What may not be overlooked beside the figures."""
    said = [INVENTED, *sentences] if installation.demo else sentences
    return [Notice(sentence) for sentence in said]


def signed(minutes: EventMinutes | None) -> Signatures:
    """Who signs the event's papers, as its minutes say; dots where nobody was written down."""
    place = f"{minutes.signed_in or DOTS}, {date_id(minutes.day)}" if minutes else f"{DOTS}, {DOTS}"
    people = minutes.signatories if minutes else []
    if not people:
        return Signatures([Signature([place, "", f"{DOTS},"], DOTS)])
    last = len(people) - 1
    return Signatures(
        [
            Signature(
                [place if at == last else "", f"{one['office']}," if one["office"] else ""],
                one["name"],
                [one["number"]] if one["number"] else [],
            )
            for at, one in enumerate(people)
        ]
    )


def quiet(sentences: Iterable[str]) -> list[Block]:
    """Small paragraphs."""
    return [Text(sentence, quiet=True) for sentence in sentences]


def with_range(
    mean: Number, low: Number | None, high: Number | None, mark: int | None = None
) -> str:
    """A whole percent that agrees with ``mark``, and its interval where there is one."""
    words = str(whole_percent(mean, mark))
    if low is None or high is None:
        return words
    return f"{words} ({whole_percent(low, mark)} sampai {whole_percent(high, mark)})"
