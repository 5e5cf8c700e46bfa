"""Ratings of judgement items by trainers.

Ratings belong to a wording, what raters read: stem and options. They survive a new version with
the same words and other values, and count for nothing once the words change. A rating is final:
whoever has given theirs sees those of others.
"""

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from quiz.assessment.items.types.judgement import HIGHEST, LOWEST
from quiz.models.base import Base


class PanelRating(Base):
    """What one person thinks one option of a wording is worth."""

    __tablename__ = "panel_rating"
    __table_args__ = (
        UniqueConstraint("wording", "rater_id", "place"),
        CheckConstraint(f"value BETWEEN {LOWEST} AND {HIGHEST}", name="value"),
    )

    wording: Mapped[str] = mapped_column(String(32))
    rater_id: Mapped[int] = mapped_column(ForeignKey("user.id"))
    place: Mapped[int]
    value: Mapped[int]
    rated_at: Mapped[datetime]
