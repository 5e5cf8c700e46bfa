"""Questions read from a file, waiting for whoever uploaded it to confirm them."""

from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column, relationship

from quiz.models.base import Base, PublicUid
from quiz.models.people.users import User

LIFETIME = timedelta(days=1)


class ItemImport(PublicUid, Base):
    """One file as it was read, seen only by whoever uploaded it; confirmed within a day.

    Until then ``content`` holds what was read; afterwards ``landed``, the codes it became.
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

    @property
    def landed(self) -> list[str]:
        """The codes of the items it became, in the file's order; [] before it is confirmed."""
        return list(self.content.get("landed", ()))
