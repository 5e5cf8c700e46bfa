"""An uploaded roster that waits for somebody to confirm it; nothing of it is a person yet."""

from datetime import datetime

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column, relationship

from quiz.models.base import Base
from quiz.models.events.events import Event
from quiz.models.people.uploads import Upload
from quiz.models.people.users import User


class RosterDraft(Upload, Base):
    """The rows of one upload as JSON, seen only by whoever uploaded it, for a day.

    Its rows hold names and NIPs, so they are emptied as soon as they have been taken over.
    """

    __tablename__ = "roster_draft"

    event_id: Mapped[int] = mapped_column(ForeignKey("event.id"), index=True)
    user_id: Mapped[int] = mapped_column(ForeignKey("user.id"))

    event: Mapped[Event] = relationship()
    user: Mapped[User] = relationship()

    def close(self, now: datetime) -> None:
        """Note that it was taken over and forget its rows."""
        self.applied_at, self.content = now, {}
