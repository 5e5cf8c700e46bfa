"""Passages that a speaker has talked about at an event, ticked on its gap board."""

from datetime import datetime

from sqlalchemy import ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from quiz.models.base import Base
from quiz.models.people.users import User
from quiz.models.sources.material import Passage


class CoveredPassage(Base):
    """Somebody says that the passage was talked about between the event's two tests."""

    __tablename__ = "covered_passage"
    __table_args__ = (UniqueConstraint("event_id", "passage_id"),)

    event_id: Mapped[int] = mapped_column(ForeignKey("event.id"))
    passage_id: Mapped[int] = mapped_column(ForeignKey("passage.id"), index=True)
    by_id: Mapped[int] = mapped_column(ForeignKey("user.id"))
    at: Mapped[datetime]

    passage: Mapped[Passage] = relationship()
    by: Mapped[User] = relationship()
