"""What a participant's home page offers: one thing to do next."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy.orm import Session

from quiz.assessment.attempt_state import AttemptState, SittingState
from quiz.assessment.forms.crossing import FormName
from quiz.models import Attempt, Enrolment, Sitting
from quiz.models.events.events import Phase
from quiz.queries.taking.attempts import sittings_with_attempt
from quiz.queries.taking.keys import awaited, may_open

ON_THE_DAY = frozenset({Phase.PRE, Phase.POST})
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
    def items(self) -> int:
        """How many items the person is asked: those of one form. Reads the sitting's slots."""
        return sum(slot.form is FormName.A for slot in self.sitting.slots)

    @property
    def running(self) -> bool:
        """True while the person's attempt takes responses."""
        return self.attempt_state is AttemptState.RUNNING

    @property
    def startable(self) -> bool:
        """True when the person can begin: open, and not done yet (practice: again)."""
        done = self.attempt is not None and self.sitting.phase.counted
        return self.state is SittingState.OPEN and not done

    @property
    def awaits_person(self) -> bool:
        """True while the person works here, or may still begin, now or once it opens."""
        to_come = {SittingState.SCHEDULED, SittingState.NOT_PREPARED}
        return self.running or self.startable or (self.attempt is None and self.state in to_come)


@dataclass(frozen=True)
class Home:
    """The event and its sittings; at most one of ``go_on``, ``start``, ``feedback``, ``wait``."""

    enrolment: Enrolment
    lines: list[SittingLine]
    go_on: SittingLine | None
    start: SittingLine | None
    feedback: SittingLine | None
    wait: SittingLine | None

    @property
    def waits(self) -> bool:
        """True when there is nothing to do but wait for what somebody else opens."""
        return self.go_on is None and self.start is None

    @property
    def asks_evaluation(self) -> bool:
        """True for somebody who has done what there is on the day, and has not handed in a sheet.

        Follow-ups come weeks later, so nobody waits for them.
        """
        event = self.enrolment.event
        counted = [line for line in self.lines if line.sitting.phase.counted]
        done = any(line.attempt_state is AttemptState.FINISHED for line in counted)
        busy = any(line.awaits_person for line in counted if line.sitting.phase in ON_THE_DAY)
        asked = event.evaluates and event.archived_at is None and not self.enrolment.evaluated
        return asked and done and not busy

    @property
    def word(self) -> str:
        """Differs whenever the one thing to do next differs, so that a waiting phone notices."""
        next_line = self.go_on or self.start or self.feedback
        parts = [] if next_line is None else [next_line.sitting.uid, str(next_line.has_feedback)]
        parts += [] if self.wait is None else [self.wait.sitting.uid, self.wait.state.value]
        return "/".join(["go" if not self.waits else "wait", *parts])


def home_of(session: Session, enrolment: Enrolment, now: datetime) -> Home:
    """The running attempt, else the first open sitting (pre, post, follow-up) not yet done, else
    the latest feedback or the time of the next sitting. Two queries, within a grace three."""
    pairs = sittings_with_attempt(session, enrolment)
    readable = [attempt for _, attempt in pairs if attempt and may_open(attempt, now)]
    held = awaited(session, readable, now)
    lines = [
        _line(
            sitting,
            attempt,
            attempt is not None and attempt in readable and attempt.id not in held,
            now,
        )
        for sitting, attempt in pairs
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


def _line(
    sitting: Sitting, attempt: Attempt | None, has_feedback: bool, now: datetime
) -> SittingLine:
    return SittingLine(
        sitting=sitting,
        attempt=attempt,
        state=sitting.state(now),
        attempt_state=attempt.state(now) if attempt else None,
        has_feedback=has_feedback,
    )
