"""Audit logs of other installations whose events were read in, chain by chain."""

from datetime import datetime
from typing import Any

from sqlalchemy import String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from quiz.models.base import Base
from quiz.models.people.audit import chained_digest, digest_of


class ForeignLine(Base):
    """A line of another installation's log, in its place in that chain.

    A line about something else than an event read in here is its digest alone: the chain can be
    checked through it, and it tells nothing. ``chain`` is the digest of the first line, ``actor``
    the number of whoever did it as that chain says it, ``actor_uid`` who that is.
    """

    __tablename__ = "foreign_line"
    __table_args__ = (UniqueConstraint("chain", "number"),)

    chain: Mapped[str] = mapped_column(String(64))
    number: Mapped[int]
    digest: Mapped[str] = mapped_column(String(64), index=True)
    at: Mapped[datetime | None]
    actor: Mapped[str | None] = mapped_column(String(20))
    actor_uid: Mapped[str | None] = mapped_column(String(32))
    action: Mapped[str | None] = mapped_column(String(60))
    subject_type: Mapped[str | None] = mapped_column(String(40))
    subject_uid: Mapped[str | None] = mapped_column(String(80), index=True)
    detail_digest: Mapped[str | None] = mapped_column(String(64))
    detail: Mapped[dict[str, Any] | None]
    salt: Mapped[str | None] = mapped_column(String(32))

    def follows(self, previous: str) -> bool:
        """Whether it says what it said when it was written after a line with that digest."""
        if self.at is None:
            return True
        subject = (self.subject_type, self.subject_uid)
        when = self.at.isoformat()
        told = chained_digest(previous, when, self.actor, self.action, *subject, self.detail_digest)
        return self.digest == told and (
            self.detail is None or digest_of(self.detail, self.salt) == self.detail_digest
        )
