"""Where each person on a roster stands in each counted sitting of an event.

Plain values, not rows of the models: an event may have thousands of people.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from fractions import Fraction
from typing import NamedTuple

from sqlalchemy import exists, select
from sqlalchemy.orm import Session, joinedload

from quiz.assessment.attempt_state import AttemptState, Outcome, outcome
from quiz.assessment.items.item import Status
from quiz.assessment.scores.scoring import passed, percent
from quiz.models import Attempt, Enrolment, Event, Score, Sitting, Unit, User
from quiz.models.events.events import Phase
from quiz.models.taking.attempts import times_in
from quiz.queries.scores.computed import computed_by_id
from quiz.queries.taking.plain import Earned, Held, Tried, held, held_columns


class Person(NamedTuple):
    """Who it is."""

    name: str
    normalised_name: str


class Workplace(NamedTuple):
    """The unit as it is called today."""

    uid: str
    code: str


class Place(NamedTuple):
    """A place on the roster, as ``Enrolment`` has it."""

    id: int
    uid: str
    event_id: int
    unit_name: str
    kind_name: str
    status: Status
    checked_in_at: datetime | None
    user: Person
    unit: Workplace


@dataclass(frozen=True, slots=True)
class Standing:
    """One person in one sitting. ``attempt`` is the unvoided one; a score only once it is over."""

    enrolment: Place | Enrolment
    sitting: Sitting
    attempt: Tried | Attempt | None
    state: AttemptState | None
    score: Earned | Score | None

    @property
    def submitted(self) -> bool:
        """Closed by the person, or by time with at least one response."""
        if self.attempt is None or self.score is None:
            return False
        return self.attempt.submitted_at is not None or self.score.answered > 0

    @property
    def outcome(self) -> Outcome | None:
        """How the attempt counts; None without one."""
        if self.attempt is None or self.state is None:
            return None
        return outcome(
            self.state,
            by_person=self.attempt.submitted_at is not None,
            answered=self.score is not None and self.score.answered > 0,
            after_release=self.attempt.after_release,
        )

    @property
    def after_release(self) -> bool:
        """Answered when the keys were out already: shown, and in no figure."""
        return self.attempt is not None and self.attempt.after_release

    @property
    def without_response(self) -> bool:
        """Started, and over by time without any response: no result."""
        return self.score is not None and not self.submitted

    @property
    def percent(self) -> Fraction | None:
        """Knowledge on 0 to 100, exact; None when not submitted or it stands in no figure."""
        if not self.submitted or self.score is None or self.after_release:
            return None
        return percent(self.score.knowledge_points, self.score.knowledge_max)

    @property
    def passed(self) -> bool | None:
        """Whether the pass mark is reached; None without a percent."""
        return passed(self.percent, self.sitting.pass_mark)

    @property
    def words(self) -> str:
        """The state in words for a list."""
        if self.attempt is None or self.state is None:
            return "Belum mulai"
        if self.without_response:
            return "Mulai tanpa jawaban"
        words = self.state.label
        if self.state is AttemptState.FINISHED and self.attempt.submitted_at is None:
            words += ", habis waktu"
        if self.attempt.on_paper:
            words += ", kertas"
        return words + (", sesudah pembahasan dibuka" if self.after_release else "")


def counted_sittings(session: Session, event: Event) -> list[Sitting]:
    """The event's sittings that stand in figures, by opening time. One query."""
    return list(
        session.scalars(
            select(Sitting)
            .where(Sitting.event_id == event.id, Sitting.phase != Phase.PRACTICE)
            .order_by(Sitting.opens_at, Sitting.id)
        )
    )


def standings(session: Session, sittings: Sequence[Sitting], now: datetime) -> list[Standing]:
    """Everybody on the roster in each of these sittings of one event, by unit and name.

    Two selects; where attempts ended by time and hold no score yet, their scores are computed in
    memory by three more, and one for each form not yet in memory.
    """
    people = _people(session, sittings)
    attempts = _attempts(session, sittings, now)
    found = [
        Standing(place, sitting, *attempts.get((sitting.id, place.id), _NOTHING))
        for sitting in sorted(sittings, key=lambda each: (each.opens_at, each.id))
        for place in people
    ]
    lacking = [
        one.attempt.id
        for one in found
        if one.attempt and one.state is AttemptState.FINISHED and one.score is None
    ]
    computed = computed_by_id(session, lacking, now)
    return [
        replace(one, score=computed[one.attempt.id])
        if one.attempt and one.attempt.id in computed
        else one
        for one in found
    ]


_NOTHING = (None, None, None)


def _people(session: Session, sittings: Sequence[Sitting]) -> list[Place]:
    """The roster of the sittings' event, by unit and name."""
    rows = session.execute(
        select(
            Enrolment.id,
            Enrolment.uid,
            Enrolment.event_id,
            Enrolment.unit_name,
            Enrolment.kind_name,
            Enrolment.status,
            Enrolment.checked_in_at,
            User.name,
            User.normalised_name,
            Unit.uid,
            Unit.code,
        )
        .join(Enrolment.user)
        .join(Enrolment.unit)
        .where(
            Enrolment.event_id.in_({sitting.event_id for sitting in sittings}),
            Enrolment.removed_at.is_(None),
        )
        .order_by(Enrolment.unit_name, User.normalised_name, Enrolment.id)
    )
    return [Place(*row[:7], Person(*row[7:9]), Workplace(*row[9:])) for row in rows]


def _attempts(
    session: Session, sittings: Sequence[Sitting], now: datetime
) -> Mapping[tuple[int, int], Held]:
    """(Sitting id, enrolment id) → the unvoided attempt."""
    by_id = {sitting.id: sitting for sitting in sittings}
    rows = session.execute(
        held_columns(Attempt.sitting_id, Attempt.enrolment_id).where(
            Attempt.sitting_id.in_(by_id), Attempt.voided_at.is_(None), Attempt.counted
        )
    )
    return {
        (sitting_id, enrolment_id): held(by_id[sitting_id], columns, now)
        for sitting_id, enrolment_id, *columns in rows
    }


def unscored(session: Session, event_id: int, now: datetime) -> list[int]:
    """Ids of the event's attempts that are over and have no current score. Two queries."""
    sittings = {
        sitting.id: sitting
        for sitting in session.scalars(select(Sitting).where(Sitting.event_id == event_id))
    }
    scored = exists().where(Score.attempt_id == Attempt.id, Score.current.is_(True))
    attempts = session.scalars(
        select(Attempt).where(Attempt.sitting_id.in_(sittings), Attempt.counted, ~scored)
    )
    return [
        attempt.id
        for attempt in attempts
        if times_in(sittings[attempt.sitting_id], attempt).state(now) is AttemptState.FINISHED
    ]


def participant(session: Session, event: Event, uid: str) -> Enrolment | None:
    """The person ``uid`` on this event's roster, removed or not, with user and unit."""
    return session.scalar(
        select(Enrolment)
        .where(Enrolment.uid == uid, Enrolment.event_id == event.id)
        .options(joinedload(Enrolment.user), joinedload(Enrolment.unit))
    )


def attempts_of(session: Session, enrolment: Enrolment) -> list[Attempt]:
    """A person's counted attempts in their event, voided ones too, latest first. One query."""
    return list(
        session.scalars(
            select(Attempt)
            .where(Attempt.enrolment_id == enrolment.id, Attempt.counted)
            .options(
                joinedload(Attempt.sitting, innerjoin=True),
                joinedload(Attempt.voided_by),
                joinedload(Attempt.typed_by),
            )
            .order_by(Attempt.id.desc())
        )
    )
