"""An uploaded file that waits for whoever uploaded it to confirm it."""

from datetime import datetime, timedelta
from typing import Any, ClassVar

from sqlalchemy import String
from sqlalchemy.orm import Mapped, mapped_column

from quiz.models.base import PublicUid


class Upload(PublicUid):
    """Mixin: a file as it was read, as JSON; seen only by whoever uploaded it, for a day."""

    LIFETIME: ClassVar = timedelta(days=1)

    file_name: Mapped[str] = mapped_column(String(200))
    content: Mapped[dict[str, Any]]
    created_at: Mapped[datetime]
    applied_at: Mapped[datetime | None]

    def waiting(self, now: datetime) -> bool:
        """True while it can still be confirmed."""
        return self.applied_at is None and now < self.created_at + self.LIFETIME
