"""People: who they are, what they may do, and how they log in with a password."""

from datetime import datetime, timedelta
from enum import StrEnum
from typing import Optional

from sqlalchemy import ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column, relationship

from quiz.assessment.items.item import Status
from quiz.models.base import Base, PublicUid, StoredEnum
from quiz.models.people.units import Unit
from quiz.permissions import Role

ERASED_NAME = "(data dihapus)"
"""What an erased person is called."""


class User(PublicUid, Base):
    """A person. NIP is stored whole and never stands in an address or a log.

    From ``erased_at`` on it is a tombstone: the uid, so that nothing brings the person back under
    it, and ``ERASED_NAME``.
    """

    __tablename__ = "user"

    name: Mapped[str] = mapped_column(String(160))
    normalised_name: Mapped[str] = mapped_column(String(160), index=True)
    nip: Mapped[str | None] = mapped_column(String(18), unique=True)
    position: Mapped[str | None] = mapped_column(String(160))
    status: Mapped[Status] = mapped_column(StoredEnum(Status, 24))
    role: Mapped[Role] = mapped_column(StoredEnum(Role, 24), default=Role.PARTICIPANT)
    unit_id: Mapped[int | None] = mapped_column(ForeignKey("unit.id"))
    merged_into_id: Mapped[int | None] = mapped_column(ForeignKey("user.id"))
    created_at: Mapped[datetime]

    username: Mapped[str | None] = mapped_column(String(64), unique=True)
    password_hash: Mapped[str | None] = mapped_column(String(200))
    session_epoch: Mapped[int] = mapped_column(default=0)
    disabled_at: Mapped[datetime | None]
    erased_at: Mapped[datetime | None]

    unit: Mapped[Unit | None] = relationship()
    merged_into: Mapped[Optional["User"]] = relationship(remote_side="User.id")

    def log_out_everywhere(self) -> None:
        """End every session that was opened with this account's password."""
        self.session_epoch += 1

    def change_password(self, hashed: str) -> None:
        """Take a new password, given as its hash, and end every session the old one opened."""
        self.password_hash = hashed
        self.log_out_everywhere()

    def disable(self, now: datetime) -> None:
        """Refuse this account from now on; its history stays."""
        self.disabled_at = now
        self.log_out_everywhere()


class OneTimeLink(Base):
    """An address that sets a password once: the first admin's, a new account's, a forgotten one's.

    Only the SHA-256 of its token is stored. ``user_id`` is empty for the first admin.
    """

    __tablename__ = "one_time_link"

    token_digest: Mapped[str] = mapped_column(String(64), unique=True)
    user_id: Mapped[int | None] = mapped_column(ForeignKey("user.id"))
    created_at: Mapped[datetime]
    expires_at: Mapped[datetime]
    used_at: Mapped[datetime | None]

    user: Mapped[User | None] = relationship()

    LIFETIME = timedelta(hours=72)

    def valid(self, now: datetime) -> bool:
        """True while the address has neither been used nor expired."""
        return self.used_at is None and now < self.expires_at


class EndedSession(Base):
    """A session that was left: a copy of its cookie opens nothing any more.

    Kept as long as such a cookie could live (30 days).
    """

    __tablename__ = "ended_session"

    sid: Mapped[str] = mapped_column(String(22), unique=True)
    ended_at: Mapped[datetime] = mapped_column(index=True)


class FailureKind(StrEnum):
    """What was wrong, and so what ``Failure.key`` is."""

    PASSWORD = "password"  # noqa: S105  # a word for a kind
    """By a browser not known: the user name as typed."""

    DEVICE = "device"
    """A password by a browser that logged in before: that browser."""

    SESSION = "session"
    """The old password, typed by somebody logged in: the person's uid."""

    CODE = "code"
    """The event's uid, or empty."""

    SECOND_STEP = "second_step"
    """Digits or a recovery code: the browser where it logged in before, else the person's uid."""

    ADDRESS = "address"
    """A possible code that nobody has, from outside the hall: the address, by a keyed digest."""


class Failure(Base):
    """One wrong password or personal code; only counted, and pruned after an hour."""

    __tablename__ = "failure"

    kind: Mapped[FailureKind] = mapped_column(StoredEnum(FailureKind, 12))
    key: Mapped[str] = mapped_column(String(64), index=True)
    at: Mapped[datetime] = mapped_column(index=True)
