"""Two places on a roster made one, an attempt given to whose it was; each can be taken back."""

from datetime import datetime
from typing import Any

from sqlalchemy import ForeignKey, Index, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from quiz.models.base import Base, PublicUid
from quiz.models.events.enrolments import Enrolment
from quiz.models.people.users import User
from quiz.models.taking.attempts import Attempt


class PeopleMerge(PublicUid, Base):
    """Two places of one person at an event: the absorbed one counts as the kept one.

    ``joined_person`` is whose record became the kept person's by it; empty where both records were
    one person's already. ``before`` is what undoing puts back: what the kept place said, on which
    days it was there, and which places and people had followed the absorbed one.
    """

    __tablename__ = "people_merge"
    __table_args__ = (
        Index(
            "uq_people_merge_one_in_force",
            "absorbed_id",
            unique=True,
            sqlite_where=text("undone_at IS NULL"),
            postgresql_where=text("undone_at IS NULL"),
        ),
    )

    event_id: Mapped[int] = mapped_column(ForeignKey("event.id"), index=True)
    kept_id: Mapped[int] = mapped_column(ForeignKey("enrolment.id"), index=True)
    absorbed_id: Mapped[int] = mapped_column(ForeignKey("enrolment.id"))
    joined_person_id: Mapped[int | None] = mapped_column(ForeignKey("user.id"))
    before: Mapped[dict[str, Any]]
    made_at: Mapped[datetime]
    made_by_id: Mapped[int] = mapped_column(ForeignKey("user.id"))
    undone_at: Mapped[datetime | None]
    undone_by_id: Mapped[int | None] = mapped_column(ForeignKey("user.id"))

    kept: Mapped[Enrolment] = relationship(foreign_keys=[kept_id])
    absorbed: Mapped[Enrolment] = relationship(foreign_keys=[absorbed_id])
    joined_person: Mapped[User | None] = relationship(foreign_keys=[joined_person_id])
    made_by: Mapped[User] = relationship(foreign_keys=[made_by_id])
    moves: Mapped[list["AttemptMove"]] = relationship(back_populates="merge")


class AttemptMove(PublicUid, Base):
    """An attempt given to another place on the roster, by a merge or by hand to who made it.

    ``set_aside`` says that the merge voided it: both places had one in that sitting.
    """

    __tablename__ = "attempt_move"

    attempt_id: Mapped[int] = mapped_column(ForeignKey("attempt.id"), index=True)
    from_id: Mapped[int] = mapped_column(ForeignKey("enrolment.id"))
    to_id: Mapped[int] = mapped_column(ForeignKey("enrolment.id"))
    merge_id: Mapped[int | None] = mapped_column(ForeignKey("people_merge.id"), index=True)
    set_aside: Mapped[bool] = mapped_column(default=False)
    made_at: Mapped[datetime]
    made_by_id: Mapped[int] = mapped_column(ForeignKey("user.id"))
    undone_at: Mapped[datetime | None]
    undone_by_id: Mapped[int | None] = mapped_column(ForeignKey("user.id"))

    attempt: Mapped[Attempt] = relationship()
    source: Mapped[Enrolment] = relationship(foreign_keys=[from_id])
    target: Mapped[Enrolment] = relationship(foreign_keys=[to_id])
    merge: Mapped[PeopleMerge | None] = relationship(back_populates="moves")
    made_by: Mapped[User] = relationship(foreign_keys=[made_by_id])
