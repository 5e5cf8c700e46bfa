"""How far the people of a roster are with a sitting: the one place where they are counted."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime

from sqlalchemy import Text, cast, exists, select
from sqlalchemy.orm import Session

from quiz.assessment.attempt_state import Outcome, outcome
from quiz.models import Attempt, Enrolment, Sitting, StoredResponse
from quiz.models.taking.attempts import times_in

CHOSEN = cast(StoredResponse.chosen, Text) != "[]"
"""Something is chosen in a response, which may also say that it was cleared."""


@dataclass(frozen=True)
class Turnout:
    """How many persons of the roster stand where with their attempt; voided attempts left out."""

    counted: Counter[Outcome] = field(default_factory=Counter)

    @property
    def started(self) -> int:
        """All who have an attempt."""
        return self.counted.total()

    @property
    def running(self) -> int:
        """Who may still answer."""
        return self.counted[Outcome.RUNNING]

    @property
    def awaiting(self) -> int:
        """Whose time is up, while their phone may still send what they answered."""
        return self.counted[Outcome.AWAITING]

    @property
    def submitted(self) -> int:
        """Who have handed in: themselves, or by the clock with an answer."""
        return self.counted[Outcome.SUBMITTED]

    @property
    def empty(self) -> int:
        """Whose time ended without an answer."""
        return self.counted[Outcome.EMPTY]

    @property
    def after_release(self) -> int:
        """Who answered when the keys were out; they stand in no figure."""
        return self.counted[Outcome.AFTER_RELEASE]


def handed_in(session: Session, sitting: Sitting) -> bool:
    """Whether somebody on the roster has handed in themselves, and stands in figures. One query."""
    one = (
        select(Attempt.id)
        .join(Attempt.enrolment)
        .where(
            Attempt.sitting_id == sitting.id,
            Attempt.submitted_at.is_not(None),
            Attempt.voided_at.is_(None),
            Attempt.after_release.is_(False),
            Enrolment.removed_at.is_(None),
        )
    )
    return session.scalar(one.limit(1)) is not None


def turnouts(session: Session, sittings: Sequence[Sitting], now: datetime) -> dict[int, Turnout]:
    """Sitting id → how far its people are; of several practices of a person the latest. One query.

    Reads every attempt of these sittings.
    """
    answered = exists().where(StoredResponse.attempt_id == Attempt.id, CHOSEN)
    rows = session.execute(
        select(
            Attempt.sitting_id,
            Attempt.enrolment_id,
            Attempt.started_at,
            Attempt.submitted_at,
            Attempt.feedback_at,
            Attempt.extra_seconds,
            Attempt.after_release,
            Attempt.submitted_at.is_not(None) | answered,
        )
        .join(Attempt.enrolment)
        .where(
            Attempt.sitting_id.in_([sitting.id for sitting in sittings]),
            Attempt.voided_at.is_(None),
            Enrolment.removed_at.is_(None),
        )
        .order_by(Attempt.id)
    )
    latest: dict[int, dict[int, Outcome]] = {sitting.id: {} for sitting in sittings}
    by_id = {sitting.id: sitting for sitting in sittings}
    for row in rows:
        sitting_id, enrolment_id, _, submitted_at, _, _, after_release, handed_in = row
        latest[sitting_id][enrolment_id] = outcome(
            times_in(by_id[sitting_id], row).state(now),
            by_person=submitted_at is not None,
            answered=handed_in,
            after_release=after_release,
        )
    return {sitting_id: Turnout(Counter(of.values())) for sitting_id, of in latest.items()}
