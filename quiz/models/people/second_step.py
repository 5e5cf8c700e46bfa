"""The second step at login: digits from an app on one's phone, or a printed recovery code."""

from datetime import datetime

from sqlalchemy import ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column, relationship

from quiz.models.base import Base


class SecondStep(Base):
    """An account's second step; without this row its password alone lets in.

    The secret is derived from the card key and ``seed`` (quiz.codes), so no table holds it.
    ``step`` is the newest time step whose digits were taken: none up to it is taken again.
    """

    __tablename__ = "second_step"

    user_id: Mapped[int] = mapped_column(ForeignKey("user.id"), unique=True)
    seed: Mapped[str] = mapped_column(String(22))
    step: Mapped[int]
    set_up_at: Mapped[datetime]
    codes_made_at: Mapped[datetime]

    codes: Mapped[list["RecoveryCode"]] = relationship(cascade="all, delete-orphan")

    @property
    def codes_left(self) -> int:
        """How many recovery codes still let in. Reads the codes."""
        return sum(code.used_at is None for code in self.codes)


class RecoveryCode(Base):
    """A printed code that stands in for the phone once; only its Argon2 hash is stored."""

    __tablename__ = "recovery_code"

    second_step_id: Mapped[int] = mapped_column(ForeignKey("second_step.id"), index=True)
    digest: Mapped[str] = mapped_column(String(200))
    used_at: Mapped[datetime | None]
