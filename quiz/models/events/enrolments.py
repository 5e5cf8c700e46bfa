"""Who is invited to an event, as they were on that day."""

from datetime import datetime
from typing import Optional

from sqlalchemy import ForeignKey, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from quiz.assessment.items.item import Status
from quiz.models.base import Base, PublicUid, StoredEnum
from quiz.models.events.events import Event
from quiz.models.people.units import Unit
from quiz.models.people.users import User


class Enrolment(PublicUid, Base):
    """A person invited to an event, with unit and status as they were on that day.

    ``extra_percent`` is added to the time limit of attempts started later (30: BKN's CAT gives 130
    minutes for 100). The personal code and the card's token are derived from ``uid`` and ``issue``
    (quiz.codes); only their indexes are stored. ``merged_into`` is the place that turned out to be
    the same person's: it counts instead, is never merged itself, and both cards open it.
    """

    __tablename__ = "enrolment"
    __table_args__ = (UniqueConstraint("event_id", "user_id"),)

    event_id: Mapped[int] = mapped_column(ForeignKey("event.id"), index=True)
    user_id: Mapped[int] = mapped_column(ForeignKey("user.id"), index=True)
    unit_id: Mapped[int] = mapped_column(ForeignKey("unit.id"), index=True)
    unit_name: Mapped[str] = mapped_column(String(160))
    kind_name: Mapped[str] = mapped_column(String(120))
    status: Mapped[Status] = mapped_column(StoredEnum(Status, 24))
    walked_in: Mapped[bool] = mapped_column(default=False)
    checked_in_at: Mapped[datetime | None]
    extra_percent: Mapped[int] = mapped_column(default=0)
    removed_at: Mapped[datetime | None]
    merged_into_id: Mapped[int | None] = mapped_column(ForeignKey("enrolment.id"), index=True)
    issue: Mapped[int] = mapped_column(default=1)
    code_index: Mapped[str] = mapped_column(String(64), unique=True)
    token_index: Mapped[str] = mapped_column(String(64), unique=True)

    event: Mapped[Event] = relationship(back_populates="enrolments")
    user: Mapped[User] = relationship()
    unit: Mapped[Unit] = relationship()
    merged_into: Mapped[Optional["Enrolment"]] = relationship(remote_side="Enrolment.id")

    @property
    def counts_as(self) -> "Enrolment":
        """The place whose attempts and name hold: itself, or the one it was merged into."""
        return self.merged_into or self

    def place_in(self, unit: Unit) -> None:
        """Set the unit of that day, with the names reports will keep."""
        self.unit, self.unit_name, self.kind_name = unit, unit.name, unit.kind.name

    def check_in(self, now: datetime) -> None:
        """Mark the person as present; the first time counts."""
        if self.checked_in_at is None:
            self.checked_in_at = now
