"""Extra time for one person: a share of every time limit, or minutes for one attempt.

The share is that of BKN's computer-assisted test (CAT): 130 minutes where others have 100.
"""

from collections.abc import Iterable
from datetime import datetime

from sqlalchemy.orm import Session

from quiz.actions.people.auditing import record
from quiz.assessment.attempt_state import AttemptState
from quiz.models.events.enrolments import Enrolment
from quiz.models.events.events import Sitting
from quiz.models.people.audit import Action, SubjectType
from quiz.models.refusals import Refused
from quiz.models.taking.attempts import Attempt

EXTRA_PERCENT = 30
"""What BKN's CAT adds to 100."""

MOST_MINUTES = 120


def give_share(enrolment: Enrolment, attempts: Iterable[Attempt]) -> None:
    """Add ``EXTRA_PERCENT`` to the person's time limits, in attempts that can go on too.

    An attempt that was given as much or more already keeps what it has, so that doing it twice
    gives nothing twice.
    """
    enrolment.extra_percent = EXTRA_PERCENT
    for attempt in attempts:
        limit = attempt.sitting.time_limit_minutes
        if limit is not None and not attempt.times.final:
            attempt.extra_seconds = max(attempt.extra_seconds, limit * 60 * EXTRA_PERCENT // 100)


def take_share_back(enrolment: Enrolment) -> None:
    """Attempts started from now on have the usual limit; one under way loses nothing."""
    enrolment.extra_percent = 0


def give_minutes(
    session: Session, attempt: Attempt, minutes: int, now: datetime, by: int, had: str | None
) -> None:
    """Add ``minutes`` (1 to ``MOST_MINUTES``) to an attempt that its person did not hand in.

    They count from its end, from ``now`` once that and the grace are past. ``by``: id of the
    officer. ``had``: the extra seconds on the page that asks, so that two clicks are one. Raises
    Refused when nothing can make it run on, or when nothing but the sitting's closing ends it.
    """
    if had != str(attempt.extra_seconds):
        return
    _add(attempt, minutes, now)
    subject: tuple[SubjectType, str] = ("attempt", attempt.uid)
    sitting = attempt.sitting.label
    record(session, now, by, Action.EXTRA_MINUTES_GIVEN, subject, minutes=minutes, sitting=sitting)


def _add(attempt: Attempt, minutes: int, now: datetime) -> None:
    if attempt.times.final:
        raise Refused(
            "Pengerjaan ini sudah selesai, jadi waktunya tidak dapat ditambah. Bila perlu diulang, "
            "batalkan pengerjaannya dari laporan peserta."
        )
    limit = attempt.sitting.time_limit_minutes
    if limit is None:
        raise Refused(
            "Sesi ini tidak membatasi waktu tiap orang. Perpanjang sesinya, untuk semua orang."
        )
    if attempt.state(now) is AttemptState.FINISHED:
        used = int((now - attempt.started_at).total_seconds()) - limit * 60
        attempt.extra_seconds = max(attempt.extra_seconds, used)
    attempt.extra_seconds += minutes * 60


def give_everybody(
    sitting: Sitting, attempts: Iterable[Attempt], minutes: int, now: datetime
) -> None:
    """Move the closing by ``minutes``, and with it the limits of those under way.

    ``attempts`` are those of this sitting that run or await what phones still hold. Whoever begins
    later has the usual limit.
    """
    sitting.extend(minutes, now)
    if sitting.time_limit_minutes is not None:
        for attempt in attempts:
            attempt.extra_seconds += minutes * 60
