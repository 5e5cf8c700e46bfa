"""Audit logs of an event file: proved link by link, then kept whole beside the own one."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256
from itertools import islice
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from quiz.actions.events.transfer.pens import Pen
from quiz.exchange.events.manifest import DAMAGED, BadFile
from quiz.exchange.events.reading import EventFile
from quiz.models import AuditEntry, ForeignLine
from quiz.models.people.audit import GENESIS
from quiz.queries.events.transfer.logs import ABOUT, COLUMNS, LEAVES_AS_IT_IS
from quiz.queries.events.transfer.scope import TABLE
from quiz.queries.events.transfer.values import stored

LOT = 1000

Row = dict[str, Any]


@dataclass(frozen=True)
class _Chain:
    """One log of the file: which, the digests of its first and last line, how many there are."""

    part: int
    first: str
    head: str
    length: int


class Logs:
    """The logs of ``file``; raises BadFile where one does not follow line by line.

    ``changes`` is when a line last said that something of the event was changed.
    """

    def __init__(self, file: EventFile) -> None:
        self._file = file
        self.changes: dict[tuple[str, str], datetime] = {}
        self._chains = [self._proved(part, head) for part, head in enumerate(file.manifest.heads)]

    def take_in(self, session: Session, pen: Pen) -> int:
        """Keep what is not here yet; how many lines are new, or say more than before."""
        return sum(self._take_in(session, pen, chain) for chain in self._chains)

    def _lines(self, part: int) -> Iterator[tuple[int, ForeignLine]]:
        for number, told in enumerate(self._file.log(part), 1):
            try:
                if told.keys() != set(COLUMNS):
                    raise ValueError("other columns")
                values = {name: stored(TABLE["foreign_line"].c[name], told[name]) for name in told}
                yield number, ForeignLine(number=number, **values)
            except (ValueError, TypeError, KeyError) as error:
                raise _fault(number) from error

    def _proved(self, part: int, head: str) -> _Chain:
        previous, first, number = GENESIS, "", 0
        for number, line in self._lines(part):
            if not line.follows(previous):
                raise _fault(number)
            first, previous = first or line.digest, line.digest
            changes = line.subject_type in ABOUT and line.action not in LEAVES_AS_IT_IS
            if changes and line.at is not None:
                name = (line.subject_type or "", line.subject_uid or "")
                self.changes[name] = max(line.at, self.changes.get(name, line.at))
        if previous != head or not number:
            raise _fault(number)
        return _Chain(part, first, head, number)

    def _take_in(self, session: Session, pen: Pen, chain: _Chain) -> int:
        own = select(AuditEntry.id).where(AuditEntry.digest == chain.head)
        if session.scalar(own) is not None:
            return 0
        name, known = self._place(session, chain)
        added = 0
        lines = ((number, line) for number, line in self._lines(chain.part))
        while lot := list(islice(lines, LOT)):
            fresh = [_values(name, line) for number, line in lot if number > known]
            pen.add("foreign_line", fresh)
            told = [line for number, line in lot if number <= known and line.action]
            added += len(fresh) + _fill(session, pen, name, told)
        return added

    def _place(self, session: Session, chain: _Chain) -> tuple[str, int]:
        """Under which name the chain is kept, and how many of its lines are here.

        One that has parted from what is here under its name is kept under another, whole.
        """
        here = select(ForeignLine.number, ForeignLine.digest)
        for name in (chain.first, sha256(f"{chain.first}{chain.head}".encode()).hexdigest()):
            last = session.scalar(
                select(func.max(ForeignLine.number)).where(ForeignLine.chain == name)
            )
            if last is None:
                return name, 0
            common = min(last, chain.length)
            held = session.execute(
                here.where(ForeignLine.chain == name, ForeignLine.number == common)
            ).one()
            line = next(line for number, line in self._lines(chain.part) if number == common)
            if held.digest == line.digest:
                return name, last
        raise _fault(chain.length)


def _values(chain: str, line: ForeignLine) -> Row:
    return {name: getattr(line, name) for name in COLUMNS} | {"chain": chain, "number": line.number}


def _fill(session: Session, pen: Pen, chain: str, told: list[ForeignLine]) -> int:
    """Let lines say what they say where only their digests were here."""
    by_number = {line.number: line for line in told}
    bare = session.execute(
        select(ForeignLine.id, ForeignLine.number).where(
            ForeignLine.chain == chain,
            ForeignLine.number.in_(by_number),
            ForeignLine.action.is_(None),
        )
    ).all()
    pen.change("foreign_line", {id_: _values(chain, by_number[number]) for id_, number in bare})
    return len(bare)


def _fault(number: int) -> BadFile:
    return BadFile(DAMAGED.format(f"jejak audit baris {number}"))
