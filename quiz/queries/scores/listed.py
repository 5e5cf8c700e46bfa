"""Part of a sitting's named list: what the officer looks for, never in the order of scores."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from sqlalchemy.orm import Session

from quiz.models import Event
from quiz.queries.events.roster import Wanted, enrolment_ids
from quiz.queries.scores.standings import Standing


class Part(StrEnum):
    """Whom a list shows, by how far they are and whether they may need help."""

    ALL = "semua"
    AWAITED = "belum"
    UNFINISHED = "berjalan"
    SUBMITTED = "terkirim"
    BELOW = "dibantu"

    @property
    def label(self) -> str:
        """In words, for a choice."""
        return _LABELS[self]

    def holds(self, one: Standing) -> bool:
        """Whether this person belongs to the part."""
        match self:
            case Part.AWAITED:
                return one.attempt is None
            case Part.UNFINISHED:
                return one.attempt is not None and not one.submitted
            case Part.SUBMITTED:
                return one.submitted
            case Part.BELOW:
                return one.passed is False
            case _:
                return True


_LABELS = {
    Part.ALL: "Semua",
    Part.AWAITED: "Belum mulai",
    Part.UNFINISHED: "Mulai, belum terkirim",
    Part.SUBMITTED: "Terkirim",
    Part.BELOW: "Di bawah batas lulus",
}


class Order(StrEnum):
    """How a list is sorted."""

    UNIT = "unit"
    NAME = "nama"

    @property
    def label(self) -> str:
        """In words, for a choice."""
        return "Unit, lalu nama" if self is Order.UNIT else "Nama"


@dataclass(frozen=True)
class Asked:
    """What to list: words as on the roster, a unit's uid or "", a part, an order."""

    search: str = ""
    unit: str = ""
    part: Part = Part.ALL
    order: Order = Order.UNIT


def listed(
    session: Session, event: Event, rows: Sequence[Standing], asked: Asked
) -> list[Standing]:
    """Those of ``rows`` (all of one sitting, by unit and name) that were asked for.

    One query more when words are looked for, else none.
    """
    ids = enrolment_ids(session, event, Wanted(asked.search)) if asked.search else None
    found = [
        row
        for row in rows
        if asked.part.holds(row)
        and (not asked.unit or row.enrolment.unit.uid == asked.unit)
        and (ids is None or row.enrolment.id in ids)
    ]
    if asked.order is Order.NAME:
        found.sort(key=lambda row: (row.enrolment.user.normalised_name, row.enrolment.id))
    return found
