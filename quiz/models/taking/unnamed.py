"""Attempts whose people are erased: what was chosen, for the statistics of items alone."""

from typing import Any

from sqlalchemy import ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column, relationship

from quiz.assessment.items.item import Status
from quiz.models.base import Base, StoredEnum
from quiz.models.events.events import Sitting


class UnnamedAttempt(Base):
    """One complete attempt under a key of its own; whose it was, and when, is nowhere.

    Rows are written in an order drawn by lot, so ``id`` says nothing; two attempts of one person
    have nothing in common. ``kind_name`` and ``status`` are empty where fewer than five shared
    them. ``given`` lists [position, version uid, chosen, confidence]; the version is empty where
    fewer than five met it, for it would tell who they were.
    """

    __tablename__ = "unnamed_attempt"

    sitting_id: Mapped[int] = mapped_column(ForeignKey("sitting.id"), index=True)
    kind_name: Mapped[str | None] = mapped_column(String(120))
    status: Mapped[Status | None] = mapped_column(StoredEnum(Status, 24))
    given: Mapped[list[Any]]

    sitting: Mapped[Sitting] = relationship()
