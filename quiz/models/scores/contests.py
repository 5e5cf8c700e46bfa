"""Contests (sanggahan): a participant says that a key is wrong, a legal checker answers."""

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from quiz.models.bank.items import ItemVersion
from quiz.models.base import Base, PublicUid
from quiz.models.people.users import User
from quiz.models.scores.rulings import StoredRuling
from quiz.models.taking.attempts import Attempt

SHORTEST, LONGEST = 10, 1000
"""Characters a contest and its answer may have."""


class Contest(PublicUid, Base):
    """What a person holds against the key at one position of their attempt.

    Open until a checker keeps the key (``explanation`` says why) or makes a ruling (``ruling``,
    whose reason is the answer). At most one open contest per attempt and position.
    """

    __tablename__ = "contest"
    __table_args__ = (
        Index(
            "uq_contest_one_open",
            "attempt_id",
            "position",
            unique=True,
            sqlite_where=text("decided_at IS NULL"),
            postgresql_where=text("decided_at IS NULL"),
        ),
        CheckConstraint(
            "(decided_at IS NULL) = (decided_by_id IS NULL)", name="decided_by_somebody"
        ),
    )

    attempt_id: Mapped[int] = mapped_column(ForeignKey("attempt.id"), index=True)
    position: Mapped[int]
    item_version_id: Mapped[int] = mapped_column(ForeignKey("item_version.id"), index=True)
    text: Mapped[str] = mapped_column(String(LONGEST))
    filed_at: Mapped[datetime]
    decided_at: Mapped[datetime | None]
    decided_by_id: Mapped[int | None] = mapped_column(ForeignKey("user.id"))
    explanation: Mapped[str] = mapped_column(String(LONGEST), default="")
    ruling_id: Mapped[int | None] = mapped_column(ForeignKey("ruling.id"), index=True)

    attempt: Mapped[Attempt] = relationship()
    version: Mapped[ItemVersion] = relationship()
    decided_by: Mapped[User | None] = relationship()
    ruling: Mapped[StoredRuling | None] = relationship()

    @property
    def open(self) -> bool:
        """True until somebody has decided."""
        return self.decided_at is None

    def keep_key(self, explanation: str, by: User, now: datetime) -> None:
        """Answer that the key stands, and why."""
        self.decided_at, self.decided_by, self.explanation = now, by, explanation

    def answer_with(self, ruling: StoredRuling) -> None:
        """Answer with a ruling; who made it has decided."""
        self.decided_at, self.decided_by = ruling.made_at, ruling.made_by
        self.ruling = ruling
