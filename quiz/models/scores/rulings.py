"""Corrections to a version after people answered it."""

from datetime import datetime
from typing import Any

from sqlalchemy import CheckConstraint, ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column, relationship

from quiz.models.bank.items import ItemVersion
from quiz.models.base import Base, PublicUid
from quiz.models.people.users import User


class StoredRuling(PublicUid, Base):
    """A correction to a version after answers existed: other weights, accept also, or void.

    ``weights`` holds the new weights as text ("1/2"), for "accept" the options accepted too. A
    ruling is never changed; it holds until it is withdrawn.
    """

    __tablename__ = "ruling"
    __table_args__ = (
        CheckConstraint("kind IN ('weights', 'accept', 'void')", name="kind"),
        CheckConstraint(
            "(withdrawn_at IS NULL) = (withdrawn_by_id IS NULL)", name="withdrawn_by_somebody"
        ),
    )

    item_version_id: Mapped[int] = mapped_column(ForeignKey("item_version.id"), index=True)
    kind: Mapped[str] = mapped_column(String(12))
    weights: Mapped[dict[str, Any]] = mapped_column(default=dict)
    reason: Mapped[str] = mapped_column(String(1000))
    made_at: Mapped[datetime]
    made_by_id: Mapped[int] = mapped_column(ForeignKey("user.id"))
    withdrawn_at: Mapped[datetime | None]
    withdrawn_by_id: Mapped[int | None] = mapped_column(ForeignKey("user.id"))
    withdraw_reason: Mapped[str] = mapped_column(String(1000), default="")

    version: Mapped[ItemVersion] = relationship()
    made_by: Mapped[User] = relationship(foreign_keys=made_by_id)
    withdrawn_by: Mapped[User | None] = relationship(foreign_keys=withdrawn_by_id)
