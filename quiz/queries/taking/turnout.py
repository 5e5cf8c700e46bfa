"""How far the people of a roster are with a sitting: the one place where they are counted."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime

from sqlalchemy import Text, cast, exists, select
from sqlalchemy.orm import Session, contains_eager

from quiz.assessment.attempt_state import Outcome
from quiz.models import Attempt, Enrolment, Sitting, StoredResponse

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


def turnouts(session: Session, sittings: Sequence[Sitting], now: datetime) -> dict[int, Turnout]:
    """Sitting id → how far its people are; of several practices of a person the latest. One query.

    Reads every attempt of these sittings.
    """
    answered = exists().where(StoredResponse.attempt_id == Attempt.id, CHOSEN)
    rows = session.execute(
        select(Attempt, answered)
        .join(Attempt.sitting)
        .join(Attempt.enrolment)
        .options(contains_eager(Attempt.sitting))
        .where(
            Attempt.sitting_id.in_([sitting.id for sitting in sittings]),
            Attempt.voided_at.is_(None),
            Enrolment.removed_at.is_(None),
        )
        .order_by(Attempt.id)
    )
    latest: dict[int, dict[int, Outcome]] = {sitting.id: {} for sitting in sittings}
    for attempt, has_answered in rows:
        latest[attempt.sitting_id][attempt.enrolment_id] = attempt.outcome(
            now, answered=has_answered
        )
    return {sitting_id: Turnout(Counter(of.values())) for sitting_id, of in latest.items()}
