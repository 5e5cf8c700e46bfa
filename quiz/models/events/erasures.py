"""What stands in place of an event's people once they have been erased."""

from datetime import datetime
from typing import Any

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column, relationship

from quiz.models.base import Base
from quiz.models.events.events import Event


class Erasure(Base):
    """The people of an event are gone; numbers that name nobody stay.

    ``by_id`` is empty where the clock or the command line did it. ``invited``, ``attended`` and
    ``attempts`` (those kept without a name) count. ``unit_ids`` are the units that were there, so
    that their heads still find the editions. ``told`` says of each sitting (uid) which item
    versions (uid) item analysis may tell of, and whether most people met them there first: both
    follow from the people.
    """

    __tablename__ = "erasure"

    event_id: Mapped[int] = mapped_column(ForeignKey("event.id"), unique=True)
    at: Mapped[datetime]
    by_id: Mapped[int | None] = mapped_column(ForeignKey("user.id"))
    invited: Mapped[int]
    attended: Mapped[int]
    attempts: Mapped[int]
    unit_ids: Mapped[list[Any]]
    told: Mapped[dict[str, Any]]

    event: Mapped[Event] = relationship()
