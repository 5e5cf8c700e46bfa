"""Published reports: numbered editions with frozen figures, and links for heads of units."""

from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import CheckConstraint, ForeignKey, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from quiz.models.base import Base, PublicUid
from quiz.models.events.events import Event
from quiz.models.people.units import Unit
from quiz.models.people.users import User

SHORTEST_REASON, LONGEST_REASON = 10, 1000
"""Characters that say why an edition is withdrawn."""

LINK_DAYS = 30
"""How long a unit head's link works unless the officer says otherwise."""


class Edition(PublicUid, Base):
    """A published report of an event: what it told at ``as_of``, never changed afterwards.

    ``figures`` are an EditionFigures and name nobody. ``told`` is what they were made of, for each
    sitting one fact a place on the roster, without a name: the next edition is compared with it,
    so that no single result follows from both; it is shown nowhere, and can be emptied once no
    edition may follow. ``pools`` are the units told as one in each sitting.

    ``log_line`` and ``log_digest`` are the audit log's line of its publication: who holds the
    edition on paper can prove that nothing before it was changed. None in editions from before.
    """

    __tablename__ = "edition"
    __table_args__ = (
        UniqueConstraint("event_id", "number"),
        CheckConstraint(
            "(withdrawn_at IS NULL) = (withdrawn_by_id IS NULL)", name="withdrawn_by_somebody"
        ),
    )

    event_id: Mapped[int] = mapped_column(ForeignKey("event.id"), index=True)
    number: Mapped[int]
    as_of: Mapped[datetime]
    published_by_id: Mapped[int] = mapped_column(ForeignKey("user.id"))
    figures: Mapped[dict[str, Any]] = mapped_column(deferred=True)
    told: Mapped[dict[str, Any]] = mapped_column(deferred=True)
    pools: Mapped[dict[str, Any]]
    withdrawn_at: Mapped[datetime | None]
    withdrawn_by_id: Mapped[int | None] = mapped_column(ForeignKey("user.id"))
    withdraw_reason: Mapped[str] = mapped_column(String(LONGEST_REASON), default="")
    log_line: Mapped[int | None]
    log_digest: Mapped[str | None] = mapped_column(String(64))

    event: Mapped[Event] = relationship()
    published_by: Mapped[User] = relationship(foreign_keys=published_by_id)
    withdrawn_by: Mapped[User | None] = relationship(foreign_keys=withdrawn_by_id)

    @property
    def valid(self) -> bool:
        """False once it is withdrawn."""
        return self.withdrawn_at is None

    def withdraw(self, reason: str, by: User, now: datetime) -> None:
        """Let nobody quote it any more."""
        self.withdrawn_at, self.withdrawn_by, self.withdraw_reason = now, by, reason


class UnitLink(PublicUid, Base):
    """An address that shows one unit's part of an event's newest edition, to whoever has it.

    Its token is derived from ``uid`` (quiz.codes); only the index it is found by is stored.
    """

    __tablename__ = "unit_link"
    __table_args__ = (
        CheckConstraint(
            "(withdrawn_at IS NULL) = (withdrawn_by_id IS NULL)", name="withdrawn_by_somebody"
        ),
    )

    event_id: Mapped[int] = mapped_column(ForeignKey("event.id"), index=True)
    unit_id: Mapped[int] = mapped_column(ForeignKey("unit.id"))
    token_index: Mapped[str] = mapped_column(String(64), unique=True)
    made_at: Mapped[datetime]
    made_by_id: Mapped[int] = mapped_column(ForeignKey("user.id"))
    expires_at: Mapped[datetime]
    withdrawn_at: Mapped[datetime | None]
    withdrawn_by_id: Mapped[int | None] = mapped_column(ForeignKey("user.id"))

    event: Mapped[Event] = relationship()
    unit: Mapped[Unit] = relationship()
    made_by: Mapped[User] = relationship(foreign_keys=made_by_id)
    withdrawn_by: Mapped[User | None] = relationship(foreign_keys=withdrawn_by_id)

    def valid(self, now: datetime) -> bool:
        """True while it opens something."""
        return self.withdrawn_at is None and now < self.expires_at

    def lasts(self, days: int) -> None:
        """Expire so many days after it was made."""
        self.expires_at = self.made_at + timedelta(days=days)

    def withdraw(self, by: User, now: datetime) -> None:
        """Open nothing any more."""
        self.withdrawn_at, self.withdrawn_by = now, by
