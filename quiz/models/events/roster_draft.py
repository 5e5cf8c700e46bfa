"""An uploaded roster that waits for somebody to confirm it; nothing of it is a person yet."""

from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column, relationship

from quiz.models.base import Base, PublicUid
from quiz.models.events.events import Event
from quiz.models.people.users import User

LIFETIME = timedelta(days=1)


class RosterDraft(PublicUid, Base):
    """The rows of one upload as JSON, seen only by whoever uploaded it, for a day.

    Its rows hold names and NIPs, so they are emptied as soon as they have been taken over.
    """

    __tablename__ = "roster_draft"

    event_id: Mapped[int] = mapped_column(ForeignKey("event.id"), index=True)
    user_id: Mapped[int] = mapped_column(ForeignKey("user.id"))
    file_name: Mapped[str] = mapped_column(String(200))
    content: Mapped[dict[str, Any]]
    created_at: Mapped[datetime]
    applied_at: Mapped[datetime | None]

    event: Mapped[Event] = relationship()
    user: Mapped[User] = relationship()

    def waiting(self, now: datetime) -> bool:
        """True while it can still be confirmed."""
        return self.applied_at is None and now < self.created_at + LIFETIME

    def close(self, now: datetime) -> None:
        """Note that it was taken over and forget its rows."""
        self.applied_at, self.content = now, {}
