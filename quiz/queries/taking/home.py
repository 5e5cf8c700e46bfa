"""What a participant's home page offers: one thing to do next."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy.orm import Session

from quiz.assessment.attempt_state import AttemptState, SittingState
from quiz.models import Attempt, Enrolment, Sitting
from quiz.models.events.events import Phase
from quiz.queries.taking.attempts import sittings_with_attempt

ORDER = (Phase.PRE, Phase.POST, Phase.FOLLOW_UP)


@dataclass(frozen=True)
class SittingLine:
    """A sitting as its participant sees it."""

    sitting: Sitting
    attempt: Attempt | None
    state: SittingState
    attempt_state: AttemptState | None
    has_feedback: bool

    @property
    def running(self) -> bool:
        """True while the person's attempt takes responses."""
        return self.attempt_state is AttemptState.RUNNING

    @property
    def startable(self) -> bool:
        """True when the person can begin: open, and not done yet (practice: again)."""
        done = self.attempt is not None and self.sitting.phase.counted
        return self.state is SittingState.OPEN and not done


@dataclass(frozen=True)
class Home:
    """The event and its sittings; at most one of ``go_on``, ``start``, ``feedback``, ``wait``."""

    enrolment: Enrolment
    lines: list[SittingLine]
    go_on: SittingLine | None
    start: SittingLine | None
    feedback: SittingLine | None
    wait: SittingLine | None


def home_of(session: Session, enrolment: Enrolment, now: datetime) -> Home:
    """The running attempt, else the first open sitting (pre, post, follow-up) not yet done, else
    the latest feedback or the time of the next sitting. Two queries."""
    lines = [
        _line(sitting, attempt, now)
        for sitting, attempt in sittings_with_attempt(session, enrolment)
    ]
    counted = sorted(
        (line for line in lines if line.sitting.phase.counted),
        key=lambda line: ORDER.index(Phase(line.sitting.phase)),
    )
    go_on = next((line for line in lines if line.running), None)
    start = next((line for line in counted if line.startable), None)
    waiting = (SittingState.SCHEDULED, SittingState.NOT_PREPARED, SittingState.MISSED)
    done = [line for line in lines if line.attempt is not None and not line.running]
    busy = go_on or start
    return Home(
        enrolment=enrolment,
        lines=lines,
        go_on=go_on,
        start=None if go_on else start,
        feedback=None if busy else (done[-1] if done else None),
        wait=None if busy else next((line for line in lines if line.state in waiting), None),
    )


def _line(sitting: Sitting, attempt: Attempt | None, now: datetime) -> SittingLine:
    state = attempt.state(now) if attempt else None
    return SittingLine(
        sitting=sitting,
        attempt=attempt,
        state=sitting.state(now),
        attempt_state=state,
        has_feedback=state is not None and sitting.feedback_allowed(state, now),
    )
