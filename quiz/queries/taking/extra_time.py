"""What an officer sees before giving somebody extra time."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session, joinedload

from quiz.assessment.attempt_state import AttemptState, SittingState
from quiz.models import Attempt, Enrolment, Sitting


@dataclass(frozen=True)
class TimeOf:
    """A sitting as one person meets it; ``attempt`` is None for who has not begun.

    ``own_end`` is when their own limit and extra time are used up, were the sitting not to close
    before; None without a limit. For who has not begun it is reckoned from now.
    """

    sitting: Sitting
    attempt: Attempt | None
    own_end: datetime | None

    @property
    def cut_short(self) -> bool:
        """True when the sitting closes before the person's own time is used up."""
        return self.own_end is not None and self.own_end > self.sitting.closes_at


def times_of(session: Session, enrolment: Enrolment, now: datetime) -> list[TimeOf]:
    """Sittings the person is in or could begin now, by opening time. Two queries.

    An attempt is there as long as more time would help it; a sitting without one while it is open.
    """
    attempts = attempts_to_go_on(session, enrolment, now)
    begun = select(Attempt.sitting_id).where(
        Attempt.enrolment_id == enrolment.id, Attempt.voided_at.is_(None)
    )
    others = session.scalars(
        select(Sitting)
        .where(Sitting.event_id == enrolment.event_id, Sitting.id.not_in(begun))
        .order_by(Sitting.opens_at, Sitting.id)
    )
    waiting = [sitting for sitting in others if sitting.state(now) is SittingState.OPEN]
    found = [
        TimeOf(a.sitting, a, own_end(a.sitting, a.started_at, a.extra_seconds)) for a in attempts
    ]
    for sitting in waiting:
        extra = (sitting.time_limit_minutes or 0) * 60 * enrolment.extra_percent // 100
        found.append(TimeOf(sitting, None, own_end(sitting, now, extra)))
    return found


def own_end(sitting: Sitting, start: datetime, extra_seconds: int) -> datetime | None:
    """When limit and extra time from ``start`` are used up; None without a limit."""
    if sitting.time_limit_minutes is None:
        return None
    return start + timedelta(minutes=sitting.time_limit_minutes, seconds=extra_seconds)


def attempts_to_go_on(session: Session, enrolment: Enrolment, now: datetime) -> list[Attempt]:
    """The person's attempts that more time would help, with their sittings.

    Those that run or await what phones still hold, and those only the clock ended, while their
    sitting is open.
    """
    attempts = session.scalars(
        select(Attempt)
        .join(Attempt.sitting)
        .where(Attempt.enrolment_id == enrolment.id, Attempt.voided_at.is_(None))
        .order_by(Sitting.opens_at, Attempt.id)
    )
    return [attempt for attempt in attempts if _can_go_on(attempt, now)]


def attempts_under_way(session: Session, sitting: Sitting, now: datetime) -> list[Attempt]:
    """Everybody's attempts at a sitting that run or await what phones still hold. One query."""
    attempts = session.scalars(
        select(Attempt).where(
            Attempt.sitting_id == sitting.id,
            Attempt.voided_at.is_(None),
            Attempt.submitted_at.is_(None),
        )
    )
    return [attempt for attempt in attempts if attempt.state(now) is not AttemptState.FINISHED]


def attempt_at(session: Session, sitting: Sitting, uid: str) -> Attempt | None:
    """The unvoided attempt ``uid`` at this sitting, with its person."""
    return session.scalar(
        select(Attempt)
        .where(Attempt.sitting_id == sitting.id, Attempt.uid == uid, Attempt.voided_at.is_(None))
        .options(joinedload(Attempt.enrolment).joinedload(Enrolment.user))
    )


def _can_go_on(attempt: Attempt, now: datetime) -> bool:
    if attempt.state(now) is not AttemptState.FINISHED:
        return True
    return not attempt.times.final and attempt.sitting.state(now) is SittingState.OPEN
