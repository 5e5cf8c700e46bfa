"""What a checker still has to read and sign, and what exactly was read."""

import hashlib
from collections import Counter
from dataclasses import dataclass
from typing import NamedTuple

from sqlalchemy import func, or_, select
from sqlalchemy.orm import Session

from quiz.models import BankItem, ItemVersion
from quiz.models.bank.citations import UNKNOWN, sources_of
from quiz.queries.bank.citations import current_checksums
from quiz.queries.bank.history import was_returned


class Unread(NamedTuple):
    """A published item as far as signing goes; ``waits`` until it is signed or returned."""

    code: str
    topic: str
    signed: bool
    waits: bool


@dataclass(frozen=True)
class ReadingList:
    """The published items one checker may sign, by code, all of them or those of one topic."""

    items: list[Unread]
    by_topic: dict[str, int]
    """Topic → how many of its items wait, whatever the list is narrowed to."""

    @property
    def signed(self) -> int:
        """How many are signed."""
        return sum(item.signed for item in self.items)

    @property
    def waiting(self) -> list[str]:
        """The codes of those that wait."""
        return [item.code for item in self.items if item.waits]

    @property
    def returned(self) -> int:
        """How many wait for their author instead."""
        return len(self.items) - self.signed - len(self.waiting)

    def after(self, code: str = "") -> str | None:
        """The next to read after ``code``, from the beginning again at the end; None when done.

        The one just read comes again only when it is the last that waits.
        """
        others = [other for other in self.waiting if other != code]
        later = [other for other in others if other > code]
        return next(iter([*later, *others, *self.waiting]), None)


def reading_list(session: Session, reader_id: int, topic: str = "") -> ReadingList:
    """What there is to sign for whoever reads; "" is every topic. One query.

    Retired items are left out, and texts of the reader's own.
    """
    signed = BankItem.signed_at.is_not(None)
    rows = session.execute(
        select(BankItem.code, ItemVersion.topic, signed, ~signed & ~was_returned())
        .join(BankItem.published)
        .where(
            BankItem.retired_at.is_(None),
            or_(ItemVersion.author_id.is_(None), ItemVersion.author_id != reader_id),
        )
        .order_by(BankItem.code)
    )
    items = [Unread(code, at, bool(done), bool(waits)) for code, at, done, waits in rows]
    return ReadingList(
        [item for item in items if topic in {"", item.topic}],
        Counter(item.topic for item in items if item.waits),
    )


def waiting_to_be_signed(session: Session) -> int:
    """How many published items nobody has signed yet. One query."""
    unsigned = select(func.count()).where(
        BankItem.published_id.is_not(None),
        BankItem.retired_at.is_(None),
        BankItem.signed_at.is_(None),
    )
    return session.scalar(unsigned) or 0


def reading_of(session: Session, version: ItemVersion) -> str:
    """The fingerprint (32 hex digits) of the version with all it rests on, as it reads now.

    Whoever sends it back has been shown exactly this. Three queries.
    """
    now = current_checksums(session)
    cited = [
        f"{source.kind} {source.code} {now.get(source, UNKNOWN)}"
        for source in sources_of(version.item)
    ]
    return hashlib.sha256("\n".join([version.uid, *cited]).encode()).hexdigest()[:32]
