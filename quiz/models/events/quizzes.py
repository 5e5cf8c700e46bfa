"""A quiz is a blueprint: how many items of which topic, level and type, and how it is taken."""

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column, relationship

from quiz.models.base import Base, PublicUid


class Quiz(PublicUid, Base):
    """A blueprint with its time limit (minutes, none = until the sitting closes) and pass mark."""

    __tablename__ = "quiz"
    __table_args__ = (
        CheckConstraint("pass_mark BETWEEN 0 AND 100", name="pass_mark"),
        CheckConstraint("time_limit_minutes BETWEEN 1 AND 480", name="time_limit"),
    )

    title: Mapped[str] = mapped_column(String(160), unique=True)
    description: Mapped[str] = mapped_column(String(1000), default="")
    time_limit_minutes: Mapped[int | None]
    pass_mark: Mapped[int] = mapped_column(default=70)
    shuffle_items: Mapped[bool] = mapped_column(default=True)
    shuffle_options: Mapped[bool] = mapped_column(default=True)
    created_at: Mapped[datetime]
    retired_at: Mapped[datetime | None]

    slots: Mapped[list["QuizSlot"]] = relationship(
        back_populates="quiz", order_by="QuizSlot.position", cascade="all, delete-orphan"
    )

    @property
    def item_count(self) -> int:
        """How many items one attempt has."""
        return sum(slot.count for slot in self.slots)


class QuizSlot(Base):
    """A line of the blueprint: ``count`` items of a topic; empty level or type means any."""

    __tablename__ = "quiz_slot"
    __table_args__ = (CheckConstraint("count BETWEEN 1 AND 100", name="count"),)

    quiz_id: Mapped[int] = mapped_column(ForeignKey("quiz.id", ondelete="CASCADE"), index=True)
    position: Mapped[int]
    topic: Mapped[str] = mapped_column(String(40))
    level: Mapped[str | None] = mapped_column(String(24))
    type: Mapped[str | None] = mapped_column(String(24))
    count: Mapped[int]

    quiz: Mapped[Quiz] = relationship(back_populates="slots")
