"""What an event file and this installation said differently, and did not count in the end."""

from datetime import datetime
from typing import Any

from sqlalchemy import ForeignKey, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from quiz.models.base import Base


class SetAside(Base):
    """A row that gave way to a newer one of the same name when an event file was read in.

    ``row`` is as the file would carry it, ``kind`` its table; ``digest`` is of both, so that the
    same row is set aside once. ``at`` is when the file was made.
    """

    __tablename__ = "set_aside"
    __table_args__ = (UniqueConstraint("event_id", "digest"),)

    event_id: Mapped[int] = mapped_column(ForeignKey("event.id"))
    digest: Mapped[str] = mapped_column(String(64))
    kind: Mapped[str] = mapped_column(String(40))
    row: Mapped[dict[str, Any]]
    at: Mapped[datetime]
