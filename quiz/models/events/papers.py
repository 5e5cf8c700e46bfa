"""What an office writes on an event's papers, and the box of sheets about the event."""

from datetime import date
from typing import Any

from sqlalchemy import ForeignKey, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from quiz.assessment.evaluation import Box, Pile
from quiz.models.base import Base


class EventMinutes(Base):
    """The berita acara of an event as far as somebody writes it; its numbers are counted anew.

    ``signatories`` hold office, name and number (NIP or rank, perhaps empty) of each.
    """

    __tablename__ = "event_minutes"

    event_id: Mapped[int] = mapped_column(ForeignKey("event.id"), unique=True)
    number: Mapped[str] = mapped_column(String(80), default="")
    day: Mapped[date]
    place: Mapped[str] = mapped_column(String(200), default="")
    signed_in: Mapped[str] = mapped_column(String(80), default="")
    remarks: Mapped[str] = mapped_column(Text, default="")
    signatories: Mapped[list[Any]]


class ActivityReport(Base):
    """What only an event's activity report says; place, day, remarks and signatories are those of
    its minutes. Each line of ``basis`` is a ground beside laws and office, such as a surat tugas.
    """

    __tablename__ = "activity_report"

    event_id: Mapped[int] = mapped_column(ForeignKey("event.id"), unique=True)
    number: Mapped[str] = mapped_column(String(80), default="")
    basis: Mapped[str] = mapped_column(Text, default="")
    account: Mapped[str] = mapped_column(Text, default="")
    obstacles: Mapped[str] = mapped_column(Text, default="")


class EvaluationBox(Base):
    """The sheets handed in about an event. No row, time or name of anybody's: see Box."""

    __tablename__ = "evaluation_box"

    event_id: Mapped[int] = mapped_column(ForeignKey("event.id"), unique=True)
    read: Mapped[dict[str, Any]]
    sealed: Mapped[dict[str, Any]]

    @property
    def box(self) -> Box:
        """What it holds."""
        return Box(Pile.from_stored(self.read), Pile.from_stored(self.sealed))

    @box.setter
    def box(self, box: Box) -> None:
        self.read, self.sealed = box.read.stored, box.sealed.stored
