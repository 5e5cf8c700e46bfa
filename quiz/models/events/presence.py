"""On which days of an event somebody was there."""

from datetime import date, datetime
from typing import TYPE_CHECKING

from sqlalchemy import ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from quiz.models.base import Base

if TYPE_CHECKING:
    from quiz.models.events.enrolments import Enrolment


class Presence(Base):
    """Somebody was there on ``day`` (WITA), recorded ``at`` that moment, perhaps only later."""

    __tablename__ = "presence"
    __table_args__ = (UniqueConstraint("enrolment_id", "day"),)

    enrolment_id: Mapped[int] = mapped_column(ForeignKey("enrolment.id"))
    day: Mapped[date]
    at: Mapped[datetime]

    enrolment: Mapped["Enrolment"] = relationship(back_populates="presences")
