"""When keys and explanations may leave the server: the one place where this is decided.

While one person may still answer, nobody else learns the keys from us, but where the sitting's mode
says so from the start (*langsung setelah kirim* while it is open, *per soal*).
"""

from collections.abc import Iterable
from datetime import datetime, timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session, contains_eager

from quiz.assessment.attempt_state import AttemptState, SittingState
from quiz.models import Attempt, Sitting
from quiz.models.events.events import FeedbackMode


def feedback_allowed(session: Session, attempt: Attempt, now: datetime) -> bool:
    """Whether the feedback of a whole attempt may be shown to its person at ``now``.

    Never before the attempt is finished. Once opened it stays open. No query but within the grace
    of its sitting, then one.
    """
    return may_open(attempt, now) and not awaited(session, [attempt], now)


def attempt_word(session: Session, attempt: Attempt, now: datetime) -> str:
    """Where the attempt stands for its person, in a word: its state, or "feedback"."""
    return "feedback" if feedback_allowed(session, attempt, now) else attempt.state(now).value


def may_open(attempt: Attempt, now: datetime) -> bool:
    """What the attempt's own times and its sitting's mode say, others left aside."""
    state = attempt.state(now)
    if attempt.feedback_at is not None:
        return state is AttemptState.FINISHED
    return attempt.sitting.feedback_allowed(state, now)


def awaited(session: Session, attempts: Iterable[Attempt], now: datetime) -> set[int]:
    """The ids of those attempts whose feedback has to wait because others may still answer."""
    held = [attempt for attempt in attempts if _waits_for_others(attempt, now)]
    if not held:
        return set()
    others = session.scalars(
        select(Attempt)
        .join(Attempt.sitting)
        .options(contains_eager(Attempt.sitting))
        .where(
            Attempt.sitting_id.in_([attempt.sitting_id for attempt in held]),
            Attempt.voided_at.is_(None),
            Attempt.submitted_at.is_(None),
            Attempt.feedback_at.is_(None),
        )
    )
    busy = {one.sitting_id for one in others if one.state(now) is not AttemptState.FINISHED}
    return {attempt.id for attempt in held if attempt.sitting_id in busy}


def _waits_for_others(attempt: Attempt, now: datetime) -> bool:
    """Whether it matters that somebody may still answer: not to who has read it already."""
    sitting = attempt.sitting
    if attempt.feedback_at is not None or now >= last_arrival(sitting):
        return False
    if sitting.feedback_mode is FeedbackMode.PER_ITEM:
        return False
    is_open = sitting.state(now) is SittingState.OPEN
    return not (is_open and sitting.feedback_mode is FeedbackMode.AFTER_SUBMIT)


def opens_by(attempt: Attempt) -> datetime | None:
    """When its feedback opens at the latest; None while that is for an officer to say.

    Of an attempt whose feedback is not open yet.
    """
    sitting = attempt.sitting
    if sitting.feedback_mode is FeedbackMode.DELAYED and sitting.released_at is None:
        return None
    if sitting.feedback_mode is FeedbackMode.AFTER_SUBMIT and not attempt.times.final:
        return min(attempt.times.accepts_until, last_arrival(sitting))
    return last_arrival(sitting)


def keys_are_out(sitting: Sitting, now: datetime) -> bool:
    """Whether every participant may know the keys by now, and so whoever runs the sitting.

    Those who keep the bank know them anyway.
    """
    return now >= last_arrival(sitting) and not sitting.awaits_release


def last_arrival(sitting: Sitting) -> datetime:
    """From here on nobody in the sitting is awaited any more."""
    return sitting.closes_at + timedelta(minutes=sitting.grace_minutes)
