"""The audit log: who did what to which record, and when. Append-only and chained by hashes."""

import hashlib
import json
from datetime import datetime
from typing import Any

from sqlalchemy import ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column, relationship

from quiz.models.base import Base
from quiz.models.people.users import User

GENESIS = "0" * 64

LOG_END = "audit_log_end"
"""What a session's ``info`` holds the number and digest of its latest line under."""


class AuditDetail(Base):
    """What changed, apart from the log line so that it can be erased without breaking the chain."""

    __tablename__ = "audit_detail"

    content: Mapped[dict[str, Any]]


class AuditEntry(Base):
    """One line of the log. ``digest`` covers this line and the one before it."""

    __tablename__ = "audit_entry"

    at: Mapped[datetime] = mapped_column(index=True)
    actor_id: Mapped[int | None] = mapped_column(ForeignKey("user.id"))
    action: Mapped[str] = mapped_column(String(60), index=True)
    subject_type: Mapped[str] = mapped_column(String(40))
    subject_uid: Mapped[str] = mapped_column(String(80), index=True)
    detail_id: Mapped[int | None] = mapped_column(ForeignKey("audit_detail.id"))
    detail_digest: Mapped[str | None] = mapped_column(String(64))
    digest: Mapped[str] = mapped_column(String(64))

    actor: Mapped[User | None] = relationship()
    detail: Mapped[AuditDetail | None] = relationship()

    def expected_digest(self, previous: str) -> str:
        """The digest this line must carry after one whose digest is ``previous``."""
        parts = [
            previous,
            self.at.isoformat(),
            str(self.actor_id),
            self.action,
            self.subject_type,
            self.subject_uid,
            str(self.detail_digest),
        ]
        return hashlib.sha256("\x1f".join(parts).encode()).hexdigest()


def digest_of(content: dict[str, Any]) -> str:
    """SHA-256 (hex) of a detail's canonical JSON."""
    return hashlib.sha256(json.dumps(content, sort_keys=True, default=str).encode()).hexdigest()
