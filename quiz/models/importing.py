"""Questions read from a file: they wait for confirmation, then land in the bank as drafts."""

from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import ForeignKey, String, delete
from sqlalchemy.orm import Mapped, Session, mapped_column, relationship

from quiz.models.base import Base, PublicUid
from quiz.models.people import User

LIFETIME = timedelta(days=1)


class ItemImport(PublicUid, Base):
    """One file as it was read, seen only by whoever uploaded it; confirmed within a day.

    Until then ``content`` holds what was read; afterwards the codes it landed on.
    """

    __tablename__ = "item_import"

    user_id: Mapped[int] = mapped_column(ForeignKey("user.id"), index=True)
    file_name: Mapped[str] = mapped_column(String(200))
    format: Mapped[str] = mapped_column(String(20))
    content: Mapped[dict[str, Any]]
    created_at: Mapped[datetime]
    applied_at: Mapped[datetime | None]

    user: Mapped[User] = relationship()

    def waiting(self, now: datetime) -> bool:
        """True while it can still be confirmed."""
        return self.applied_at is None and now < self.created_at + LIFETIME


def forget_old_imports(session: Session, now: datetime) -> None:
    """Delete files that nobody has confirmed and nobody can any more."""
    session.execute(
        delete(ItemImport).where(
            ItemImport.applied_at.is_(None), ItemImport.created_at <= now - LIFETIME
        )
    )
