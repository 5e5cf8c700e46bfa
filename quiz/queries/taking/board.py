"""How things stand in a sitting while it runs: each person, and who may need help."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from fractions import Fraction

from sqlalchemy import Select, case, func, select
from sqlalchemy.orm import Session, contains_eager, joinedload

from quiz.assessment.attempt_state import AttemptState, Outcome, SittingState
from quiz.assessment.attendance import Attendance
from quiz.assessment.forms.crossing import FormName
from quiz.models import Attempt, Enrolment, Event, Sitting, StoredResponse, StoredSlot, User
from quiz.queries.taking.extra_time import own_end
from quiz.queries.taking.turnout import CHOSEN, Turnout

SILENCE = timedelta(minutes=5)
"""Nothing heard of a phone for so long while its person has time: somebody may look there."""


class Need(StrEnum):
    """Why somebody may need help."""

    HELD = "held"
    UNSENT = "unsent"
    SILENT = "silent"
    STOPPED = "stopped"


class Part(StrEnum):
    """Part of a roster to look at."""

    UNSENT = "belum"
    SENT = "terkirim"


@dataclass(frozen=True)
class Line:
    """One person in the sitting; of several practices the latest.

    ``answered`` items hold something chosen. ``heard_at`` is the last that came of the phone.
    ``need`` began at ``since``.
    """

    enrolment: Enrolment
    attempt: Attempt | None
    outcome: Outcome | None
    answered: int
    heard_at: datetime | None
    need: Need | None
    since: datetime | None

    @property
    def submitted(self) -> bool:
        """Handed in, as every report counts it."""
        return self.outcome is Outcome.SUBMITTED

    @property
    def present(self) -> bool:
        """Checked in."""
        return self.enrolment.checked_in_at is not None

    @property
    def helped_by_minutes(self) -> bool:
        """True where minutes of their own let this person go on: the sitting closes later."""
        if self.attempt is None or self.attempt.times.final:
            return False
        sitting = self.attempt.sitting
        end = own_end(sitting, self.attempt.started_at, self.attempt.extra_seconds)
        return end is not None and end < sitting.closes_at


@dataclass(frozen=True)
class UnitLine:
    """A unit's people: invited, checked in, begun, handed in; begun without having checked in."""

    name: str
    invited: int
    attended: int
    started: int
    submitted: int
    unrecorded: int

    @property
    def attendance(self) -> Attendance:
        """Who was there, to be put into words."""
        return Attendance(self.invited, self.attended, self.unrecorded)


@dataclass(frozen=True)
class Board:
    """A sitting as it stands at ``at``: everybody on the roster, by unit and name."""

    event: Event
    sitting: Sitting
    at: datetime
    items: int
    lines: Sequence[Line]

    @property
    def state(self) -> SittingState:
        """Where the sitting stands."""
        return self.sitting.state(self.at)

    @property
    def turnout(self) -> Turnout:
        """How far people are, as every page counts them."""
        return Turnout(Counter(line.outcome for line in self.lines if line.outcome is not None))

    @property
    def total(self) -> UnitLine:
        """All units together."""
        return _unit_line("Semua", self.lines)

    @property
    def units(self) -> list[UnitLine]:
        """Each unit, by name."""
        by_unit: dict[str, list[Line]] = {}
        for line in self.lines:
            by_unit.setdefault(line.enrolment.unit_name, []).append(line)
        return [_unit_line(name, lines) for name, lines in by_unit.items()]

    @property
    def without_signal(self) -> list[Line]:
        """Whose phone held responses when last heard of, or has not handed in at the end."""
        return [line for line in self.lines if line.need in {Need.HELD, Need.UNSENT}]

    @property
    def held(self) -> int:
        """How many responses their phones held, as last heard."""
        return sum(line.attempt.waiting for line in self.without_signal if line.attempt)

    @property
    def mean_answered(self) -> Fraction | None:
        """Items answered on average by those who may still answer; None when nobody does."""
        busy = [line.answered for line in self.lines if line.outcome is Outcome.RUNNING]
        return Fraction(sum(busy), len(busy)) if busy else None

    @property
    def needing(self) -> list[Line]:
        """Who may need help, whoever has waited longest first."""
        found = [line for line in self.lines if line.need is not None]
        return sorted(found, key=lambda line: line.since or self.at)

    def part(self, part: Part) -> list[Line]:
        """Who have handed in, or who have not."""
        return [line for line in self.lines if line.submitted is (part is Part.SENT)]


def _unit_line(name: str, lines: Sequence[Line]) -> UnitLine:
    return UnitLine(
        name=name,
        invited=len(lines),
        attended=sum(line.present for line in lines),
        started=sum(line.attempt is not None for line in lines),
        submitted=sum(line.submitted for line in lines),
        unrecorded=sum(line.attempt is not None and not line.present for line in lines),
    )


def sitting_to_watch(sittings: Sequence[Sitting], now: datetime) -> Sitting | None:
    """The one that matters at ``now``: open, else still awaited, else next, else the last.

    ``sittings`` are one event's, by opening time. Practice only where there is nothing else.
    """
    those = [sitting for sitting in sittings if sitting.phase.counted] or list(sittings)
    prepared = [sitting for sitting in those if sitting.prepared_at is not None]
    is_open = [each for each in prepared if each.state(now) is SittingState.OPEN]
    begun = [each for each in prepared if each.opens_at <= now]
    awaited = [each for each in begun if now < each.last_arrival]
    to_come = [each for each in prepared if each.state(now) is SittingState.SCHEDULED]
    wanted = is_open[-1:] or awaited[-1:] or to_come[:1] or begun[-1:] or those[:1]
    return wanted[0] if wanted else None


def sittings_of(session: Session, event: Event) -> list[Sitting]:
    """The event's sittings by opening time. One query."""
    return list(
        session.scalars(
            select(Sitting)
            .where(Sitting.event_id == event.id)
            .options(joinedload(Sitting.quiz, innerjoin=True))
            .order_by(Sitting.opens_at, Sitting.id)
        )
    )


def board_of(session: Session, sitting: Sitting, now: datetime) -> Board:
    """The board of a sitting. Three queries, however many people and responses."""
    items = session.scalar(
        select(func.count())
        .select_from(StoredSlot)
        .where(StoredSlot.sitting_id == sitting.id, StoredSlot.form == FormName.A)
    )
    answered = {
        attempt_id: (number, last)
        for attempt_id, number, last in session.execute(_answered(sitting))
    }
    lines: dict[int, Line] = {}
    for enrolment, attempt in session.execute(_people(sitting)):
        number, last = answered.get(attempt.id, (0, None)) if attempt else (0, None)
        lines[enrolment.id] = _line(enrolment, attempt, number, last, now)
    return Board(sitting.event, sitting, now, items or 0, list(lines.values()))


def _people(sitting: Sitting) -> Select[Enrolment, Attempt]:
    """Everybody on the roster with their attempts, which find their sitting in the session."""
    return (
        select(Enrolment, Attempt)
        .join(Enrolment.user)
        .outerjoin(
            Attempt,
            (Attempt.enrolment_id == Enrolment.id)
            & (Attempt.sitting_id == sitting.id)
            & Attempt.voided_at.is_(None),
        )
        .where(Enrolment.event_id == sitting.event_id, Enrolment.removed_at.is_(None))
        .options(contains_eager(Enrolment.user).load_only(User.name, User.position))
        .order_by(Enrolment.unit_name, User.normalised_name, Enrolment.id, Attempt.id)
    )


def _answered(sitting: Sitting) -> Select[int, int, datetime]:
    """Attempt id, how many items are answered, and when a response was last stored."""
    return (
        select(
            StoredResponse.attempt_id,
            func.count(case((CHOSEN, 1))),
            func.max(StoredResponse.saved_at),
        )
        .join(StoredResponse.attempt)
        .where(Attempt.sitting_id == sitting.id, Attempt.voided_at.is_(None))
        .group_by(StoredResponse.attempt_id)
    )


def _line(
    enrolment: Enrolment,
    attempt: Attempt | None,
    answered: int,
    stored_at: datetime | None,
    now: datetime,
) -> Line:
    if attempt is None:
        return Line(enrolment, None, None, 0, None, None, None)
    heard_at = max(filter(None, (attempt.started_at, attempt.heard_at, stored_at)))
    need, since = _need(attempt, heard_at, now) or (None, None)
    outcome = attempt.outcome(now, answered=answered > 0)
    return Line(enrolment, attempt, outcome, answered, heard_at, need, since)


def _need(attempt: Attempt, heard_at: datetime, now: datetime) -> tuple[Need, datetime] | None:
    """Why, and since when, the person may need help; None for who is well or has handed in."""
    times = attempt.times
    if times.final:
        return None
    state = attempt.state(now)
    told = attempt.clocked_at is not None and attempt.clocked_at >= times.end_at
    if attempt.waiting and not told:
        return Need.HELD, heard_at
    if state is AttemptState.RUNNING:
        return (Need.SILENT, heard_at) if now - heard_at >= SILENCE else None
    if state is AttemptState.AWAITING and not told:
        return Need.UNSENT, times.end_at
    if attempt.sitting.state(now) is SittingState.OPEN:
        return Need.STOPPED, times.end_at
    return None
