"""Attempts and their responses: the rules that keep what a participant taps."""

from datetime import datetime, timedelta
from fractions import Fraction
from typing import Any, Protocol

from sqlalchemy import BigInteger, CheckConstraint, ForeignKey, Index, String, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from quiz.assessment.attempt_state import AttemptState, AttemptTimes, Outcome, outcome
from quiz.assessment.forms.crossing import FormName
from quiz.models.bank.items import ItemVersion
from quiz.models.base import Base, PublicUid, StoredEnum
from quiz.models.events.enrolments import Enrolment
from quiz.models.events.events import FeedbackMode, Sitting
from quiz.models.people.users import User

REVISION_STEP = 1_000_000
"""Each rendering of the attempt page gets its own million of revisions."""


class Timed(Protocol):
    """What of an attempt decides, within its sitting, how far it is."""

    @property
    def started_at(self) -> datetime: ...

    @property
    def submitted_at(self) -> datetime | None: ...

    @property
    def feedback_at(self) -> datetime | None: ...

    @property
    def extra_seconds(self) -> int: ...


def times_in(sitting: Sitting, attempt: Timed) -> AttemptTimes:
    """The times that decide the state of an attempt at ``sitting``."""
    limit = sitting.time_limit_minutes
    return AttemptTimes(
        started_at=attempt.started_at,
        submitted_at=attempt.submitted_at,
        feedback_at=attempt.feedback_at,
        time_limit=None if limit is None else timedelta(minutes=limit),
        extra=timedelta(seconds=attempt.extra_seconds),
        opens_at=sitting.opens_at,
        closes_at=sitting.closes_at,
        grace=timedelta(minutes=sitting.grace_minutes),
    )


class Attempt(PublicUid, Base):
    """One person's go at a sitting. ``opened`` counts renderings and gives revision bases.

    ``submitted_at`` is the person's own hand-in and final. ``clocked_at`` is when a phone handed in
    because time was up: more time lets the attempt run on, until ``feedback_at``, the first opening
    of its feedback. ``after_release`` marks an attempt in which something was answered when keys of
    its sitting were out; it stands in no figure. ``waiting`` is how many responses were still only
    on the phone when it was last heard of; a response stored then tells when that was, ``heard_at``
    anything else that arrived. ``form`` is the one of its sitting that it asks.

    ``typed_by`` is who typed it from paper; ``retyped_by`` who typed it a second time, to compare.
    """

    __tablename__ = "attempt"
    __table_args__ = (
        Index(
            "uq_attempt_one_unvoided",
            "enrolment_id",
            "sitting_id",
            unique=True,
            sqlite_where=text("voided_at IS NULL AND counted"),
            postgresql_where=text("voided_at IS NULL AND counted"),
        ),
        CheckConstraint("(voided_at IS NULL) = (voided_by_id IS NULL)", name="voided_by_somebody"),
        CheckConstraint(
            "submitted_at IS NULL OR receipt IS NOT NULL", name="submitted_has_receipt"
        ),
    )

    enrolment_id: Mapped[int] = mapped_column(ForeignKey("enrolment.id"), index=True)
    sitting_id: Mapped[int] = mapped_column(ForeignKey("sitting.id"), index=True)
    form: Mapped[FormName] = mapped_column(StoredEnum(FormName, 1), default=FormName.A)
    counted: Mapped[bool]
    started_at: Mapped[datetime]
    extra_seconds: Mapped[int] = mapped_column(default=0)
    opened: Mapped[int] = mapped_column(default=0)
    seed: Mapped[str] = mapped_column(String(32))
    submitted_at: Mapped[datetime | None]
    clocked_at: Mapped[datetime | None]
    feedback_at: Mapped[datetime | None]
    after_release: Mapped[bool] = mapped_column(default=False)
    waiting: Mapped[int] = mapped_column(default=0)
    heard_at: Mapped[datetime | None]
    receipt: Mapped[str | None] = mapped_column(String(8))
    voided_at: Mapped[datetime | None]
    voided_by_id: Mapped[int | None] = mapped_column(ForeignKey("user.id"))
    void_reason: Mapped[str] = mapped_column(String(400), default="")
    typed_by_id: Mapped[int | None] = mapped_column(ForeignKey("user.id"))
    retyped_by_id: Mapped[int | None] = mapped_column(ForeignKey("user.id"))

    enrolment: Mapped[Enrolment] = relationship()
    sitting: Mapped[Sitting] = relationship()
    voided_by: Mapped[User | None] = relationship(foreign_keys=[voided_by_id])
    typed_by: Mapped[User | None] = relationship(foreign_keys=[typed_by_id])
    retyped_by: Mapped[User | None] = relationship(foreign_keys=[retyped_by_id])
    responses: Mapped[list["StoredResponse"]] = relationship(
        back_populates="attempt", order_by="StoredResponse.position"
    )
    scores: Mapped[list["Score"]] = relationship(back_populates="attempt")

    @property
    def on_paper(self) -> bool:
        """True when the person answered on paper and somebody typed it."""
        return self.typed_by_id is not None

    @property
    def times(self) -> AttemptTimes:
        """The times that decide its state. Reads ``self.sitting``."""
        return times_in(self.sitting, self)

    def state(self, now: datetime) -> AttemptState:
        """Running, awaiting (within the grace) or finished, at ``now``."""
        return self.times.state(now)

    def outcome(self, now: datetime, *, answered: bool) -> Outcome:
        """How it counts; ``answered`` says that something chosen is stored. Reads the sitting."""
        return outcome(
            self.state(now),
            by_person=self.submitted_at is not None,
            answered=answered,
            after_release=self.after_release,
        )

    def hear(self, waiting: int | None, now: datetime, stored_at: datetime | None = None) -> None:
        """Note that its phone was heard of, with how many responses it says it still holds.

        ``stored_at`` is when the response that came was stored: now, unless it was a repetition. A
        new row says by itself when it came, so a save costs no second one.
        """
        if waiting is not None:
            self.waiting = waiting
        if stored_at != now:
            self.heard_at = now

    @property
    def revision_base(self) -> int:
        """What revisions of the current rendering start from."""
        return self.opened * REVISION_STEP

    def open_feedback(self, now: datetime) -> None:
        """Note that the person reads their feedback: what they know now cannot be taken back.

        The first reading after a closing releases the whole sitting, whose form is known from then
        on. Reads ``self.sitting``.
        """
        if self.feedback_at is None:
            self.feedback_at = now
        if self.sitting.feedback_mode is FeedbackMode.AFTER_CLOSE:
            self.sitting.release(now)

    def void(self, by: User, reason: str, now: datetime) -> None:
        """Take the attempt out of every figure so that a new one can be started."""
        self.voided_at, self.voided_by, self.void_reason = now, by, reason

    def count_again(self) -> None:
        """Take a voiding back. The caller sees to it that no other attempt counts in its place."""
        self.voided_at, self.voided_by, self.void_reason = None, None, ""


class StoredResponse(Base):
    """What a person chose at one position; replaced only by a higher revision.

    ``given_at`` is the phone's time of the tap on the server's clock, ``late`` marks a response
    given before the end and received within the grace.
    """

    __tablename__ = "response"
    __table_args__ = (CheckConstraint("confidence BETWEEN 1 AND 3", name="confidence"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    attempt_id: Mapped[int] = mapped_column(ForeignKey("attempt.id"))
    position: Mapped[int]
    item_version_id: Mapped[int] = mapped_column(ForeignKey("item_version.id"), index=True)
    chosen: Mapped[list[str]]
    confidence: Mapped[int | None]
    revision: Mapped[int] = mapped_column(BigInteger)
    given_at: Mapped[datetime]
    saved_at: Mapped[datetime]
    late: Mapped[bool] = mapped_column(default=False)

    attempt: Mapped[Attempt] = relationship(back_populates="responses")
    version: Mapped[ItemVersion] = relationship()


Index(
    "uq_response_attempt_position", StoredResponse.attempt_id, StoredResponse.position, unique=True
)


class Score(Base):
    """Points of an attempt under one set of rulings; the current one is marked.

    ``items`` lists [position, version uid, topic, scale, points, maximum] with exact fractions as
    text, so that reports need no second look at the responses.
    """

    __tablename__ = "score"
    __table_args__ = (
        Index(
            "uq_score_one_current",
            "attempt_id",
            unique=True,
            sqlite_where=text("current"),
            postgresql_where=text("current"),
        ),
    )

    attempt_id: Mapped[int] = mapped_column(ForeignKey("attempt.id"), index=True)
    ruling_digest: Mapped[str] = mapped_column(String(64))
    knowledge_points: Mapped[Fraction]
    knowledge_max: Mapped[Fraction]
    judgement_points: Mapped[Fraction]
    judgement_max: Mapped[Fraction]
    answered: Mapped[int]
    blank: Mapped[int]
    items: Mapped[list[Any]]
    current: Mapped[bool] = mapped_column(default=True)
    made_at: Mapped[datetime]

    attempt: Mapped[Attempt] = relationship(back_populates="scores")
