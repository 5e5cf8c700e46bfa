"""What is said of a version under review."""

from datetime import datetime

from sqlalchemy import ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column, relationship

from quiz.models.bank.items import ItemVersion
from quiz.models.base import Base
from quiz.models.people.users import User

COMMENT, RETURNED = "comment", "returned"

LONGEST_NOTE = 2_000


class ReviewNote(Base):
    """What somebody said of a version under review; a note of kind "returned" sent it back."""

    __tablename__ = "review_note"

    item_version_id: Mapped[int] = mapped_column(ForeignKey("item_version.id"), index=True)
    author_id: Mapped[int] = mapped_column(ForeignKey("user.id"))
    kind: Mapped[str] = mapped_column(String(12), default=COMMENT)
    text: Mapped[str] = mapped_column(String(LONGEST_NOTE))
    created_at: Mapped[datetime]

    version: Mapped[ItemVersion] = relationship()
    author: Mapped[User] = relationship()
