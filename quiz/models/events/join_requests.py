"""Somebody at the door without a card, who asks on their own phone to be let in."""

from datetime import datetime
from enum import StrEnum

from sqlalchemy import CheckConstraint, ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column, relationship

from quiz.models.base import Base, PublicUid
from quiz.models.events.enrolments import Enrolment
from quiz.models.events.events import Event


class JoinState(StrEnum):
    """Where a request stands; the value is what the phone that waits is told."""

    WAITING = "waiting"
    ADMITTED = "admitted"
    REFUSED = "refused"
    ENTERED = "entered"


class JoinRequest(PublicUid, Base):
    """What was typed at the door. It gives no right by itself: only an officer's admission does.

    ``address_key`` counts requests of one address (web.origin). ``enrolment`` is whom the officer
    made of it; settled without one, it is refused. ``entered_at`` ends it: one phone enters by it,
    once. What was typed is forgotten as soon as it is settled: the roster holds it, or nobody does.
    """

    __tablename__ = "join_request"
    __table_args__ = (
        CheckConstraint(
            "(settled_at IS NULL) = (settled_by_id IS NULL)", name="settled_by_somebody"
        ),
        CheckConstraint(
            "enrolment_id IS NULL OR settled_at IS NOT NULL", name="admitted_is_settled"
        ),
    )

    event_id: Mapped[int] = mapped_column(ForeignKey("event.id"), index=True)
    name: Mapped[str] = mapped_column(String(160))
    unit_name: Mapped[str] = mapped_column(String(160))
    position: Mapped[str] = mapped_column(String(160), default="")
    address_key: Mapped[str] = mapped_column(String(64))
    asked_at: Mapped[datetime]
    settled_at: Mapped[datetime | None]
    settled_by_id: Mapped[int | None] = mapped_column(ForeignKey("user.id"))
    enrolment_id: Mapped[int | None] = mapped_column(ForeignKey("enrolment.id"))
    entered_at: Mapped[datetime | None]

    event: Mapped[Event] = relationship()
    enrolment: Mapped[Enrolment | None] = relationship()

    @property
    def state(self) -> JoinState:
        """Where it stands."""
        if self.settled_at is None:
            return JoinState.WAITING
        if self.enrolment_id is None:
            return JoinState.REFUSED
        return JoinState.ADMITTED if self.entered_at is None else JoinState.ENTERED

    def settle(self, by_id: int, enrolment: Enrolment | None, now: datetime) -> None:
        """Admit as ``enrolment``, or refuse (None), and forget what was typed."""
        self.settled_at, self.settled_by_id, self.enrolment = now, by_id, enrolment
        self.name = self.unit_name = self.position = ""
