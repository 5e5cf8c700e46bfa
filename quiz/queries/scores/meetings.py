"""Who met which item version, and what came of it: the facts item analysis works on.

A sitting enters when it has closed and nobody in it is awaited any more. While people are still
handing in, two looks at the same page would tell what the one between them chose.
"""

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from fractions import Fraction
from functools import lru_cache

from sqlalchemy import ColumnElement, func, select
from sqlalchemy.orm import Session, contains_eager

from quiz.assessment.analysis.disclosure import Group, countable_versions
from quiz.assessment.analysis.item_analysis import Meeting
from quiz.assessment.attempt_state import AttemptState, Outcome
from quiz.assessment.items.item import Chosen, Status
from quiz.models import (
    Attempt,
    Enrolment,
    Event,
    FormChoice,
    ItemVersion,
    Score,
    Sitting,
    StoredResponse,
    StoredSlot,
    User,
)
from quiz.queries.scores.computed import computed_scores, is_final

Given = tuple[Chosen, int | None]
"""What was chosen at a position, and how sure the person said they were."""


@dataclass(frozen=True)
class Scope:
    """Whose meetings count: one event's or some events' (by code), one sitting's (by uid), one
    version's."""

    event: str | None = None
    events: Collection[str] | None = None
    sitting: str | None = None
    version: ItemVersion | None = None


@dataclass(frozen=True)
class Complete:
    """One person's complete attempt at a sitting, by its score."""

    person: int
    enrolment: Enrolment
    sitting: Sitting
    score: Score


def meetings_by_version(
    session: Session, scope: Scope, now: datetime
) -> dict[str, tuple[Group, ...]]:
    """Version uid → everybody who met it in ``scope``, by sitting in the order they closed.

    Practice, voided attempts, those answered when the keys were out, and people taken off the
    roster are left out. Two queries; where attempts ended by time have no stored score, two more
    and one for each form not yet in memory.
    """
    given = _given(session, scope, now)
    by_sitting: defaultdict[str, list[Complete]] = defaultdict(list)
    for one in complete_attempts(session, scope, now):
        by_sitting[one.sitting.uid].append(one)
    wanted = None if scope.version is None else scope.version.uid
    found: defaultdict[str, tuple[Group, ...]] = defaultdict(tuple)
    met: defaultdict[str, set[int]] = defaultdict(set)
    for sitting in sorted(by_sitting.values(), key=_closing):
        countable = countable_versions(_places(sitting))
        for uid, meetings in _meetings(sitting, given, wanted).items():
            people = {person for person, _ in meetings}
            first = 2 * len(people - met[uid]) >= len(people)
            if first:
                met[uid] |= people
            here = tuple(meeting for _, meeting in meetings)
            found[uid] += (Group(here[0].sitting, here, uid in countable, first),)
    return dict(found)


@dataclass(frozen=True)
class Met:
    """One person's meeting with a version; their status is that of the day."""

    person: int
    status: Status
    version: str
    meeting: Meeting


def met_in(session: Session, sitting: Sitting, now: datetime) -> list[Met]:
    """Every meeting in a sitting with a version that may be told of. Queries as above."""
    scope = Scope(sitting=sitting.uid)
    given = _given(session, scope, now)
    complete = list(complete_attempts(session, scope, now))
    statuses = {one.person: one.enrolment.status for one in complete}
    countable = countable_versions(_places(complete))
    return [
        Met(person, statuses[person], uid, meeting)
        for uid, meetings in _meetings(complete, given, None).items()
        if uid in countable
        for person, meeting in meetings
    ]


def _closing(sitting: list[Complete]) -> tuple[datetime, int]:
    return sitting[0].sitting.closes_at, sitting[0].sitting.id


def _places(sitting: Iterable[Complete]) -> list[Counter[str]]:
    """How many people met which version, for each position of a sitting's form."""
    places: defaultdict[int, Counter[str]] = defaultdict(Counter)
    for one in sitting:
        for position, uid, *_ in one.score.items:
            places[int(position)][uid] += 1
    return list(places.values())


def _meetings(
    sitting: Iterable[Complete], given: Mapping[tuple[int, int], Given], wanted: str | None
) -> dict[str, list[tuple[int, Meeting]]]:
    """Version uid → each person with their meeting; only the ``wanted`` version if there is one."""
    found: defaultdict[str, list[tuple[int, Meeting]]] = defaultdict(list)
    for one in sitting:
        score = one.score
        for position, uid, _topic, scale, points, maximum in score.items:
            if wanted is None or uid == wanted:
                chosen, confidence = given.get((score.attempt_id, int(position)), ((), None))
                earned, of = _fraction(points), _fraction(maximum)
                rest = _rest(score, scale, earned, of)
                meeting = Meeting(one.sitting.uid, chosen, confidence, earned, of, rest)
                found[uid].append((one.person, meeting))
    return found


def closed_in(scope: Scope, now: datetime) -> list[ColumnElement[bool]]:
    """Conditions on Sitting and Event: counted, closed, and in ``scope``."""
    conditions = [Sitting.closes_at <= now, Sitting.prepared_at.is_not(None)]
    if scope.event is not None:
        conditions.append(Event.code == scope.event)
    if scope.events is not None:
        conditions.append(Event.code.in_(scope.events))
    if scope.sitting is not None:
        conditions.append(Sitting.uid == scope.sitting)
    if scope.version is not None:
        conditions.append(
            Sitting.id.in_(
                select(StoredSlot.sitting_id)
                .join(FormChoice, FormChoice.slot_id == StoredSlot.id)
                .where(FormChoice.item_version_id == scope.version.id)
            )
        )
    return conditions


def _counted(scope: Scope, now: datetime) -> list[ColumnElement[bool]]:
    return [
        Attempt.counted.is_(True),
        Attempt.voided_at.is_(None),
        Attempt.after_release.is_(False),
        Enrolment.removed_at.is_(None),
        *closed_in(scope, now),
    ]


def complete_attempts(session: Session, scope: Scope, now: datetime) -> Iterator[Complete]:
    """Every complete attempt in sittings where nobody is awaited, by the time it was started.

    Complete is closed by the person, or by time with at least one response. A merged person is
    the one they were merged into. One query; where attempts ended by time have no stored score,
    two more and one for each form not yet in memory.
    """
    rows = session.execute(
        select(Attempt, Score, func.coalesce(User.merged_into_id, User.id))
        .join(Attempt.sitting)
        .join(Sitting.event)
        .join(Attempt.enrolment)
        .join(Enrolment.user)
        .outerjoin(Score, (Score.attempt_id == Attempt.id) & Score.current)
        .options(contains_eager(Attempt.sitting), contains_eager(Attempt.enrolment))
        .where(*_counted(scope, now))
        .order_by(Attempt.started_at, Attempt.id)
    ).all()
    awaited = {row[0].sitting_id for row in rows if row[0].state(now) is not AttemptState.FINISHED}
    over = [row for row in rows if row[0].sitting_id not in awaited]
    lacking = [attempt for attempt, score, _ in over if not (score and is_final(attempt, score))]
    computed = computed_scores(session, lacking, now)
    for attempt, stored, person in over:
        score = computed.get(attempt.id, stored)
        if attempt.outcome(now, answered=score.answered > 0) is Outcome.SUBMITTED:
            yield Complete(person, attempt.enrolment, attempt.sitting, score)


def _given(session: Session, scope: Scope, now: datetime) -> dict[tuple[int, int], Given]:
    query = (
        select(
            StoredResponse.attempt_id,
            StoredResponse.position,
            StoredResponse.chosen,
            StoredResponse.confidence,
        )
        .join(StoredResponse.attempt)
        .join(Attempt.sitting)
        .join(Sitting.event)
        .join(Attempt.enrolment)
        .where(*_counted(scope, now))
    )
    if scope.version is not None:
        query = query.where(StoredResponse.item_version_id == scope.version.id)
    return {
        (attempt_id, position): (tuple(chosen), confidence)
        for attempt_id, position, chosen, confidence in session.execute(query)
    }


def _rest(score: Score, scale: str, points: Fraction, maximum: Fraction) -> Fraction | None:
    """What the person earned on all other items of the scale, 0 to 1; None where nothing counts."""
    totals: Mapping[str, tuple[Fraction, Fraction]] = {
        "knowledge": (score.knowledge_points, score.knowledge_max),
        "judgement": (score.judgement_points, score.judgement_max),
    }
    all_points, all_maximum = totals[scale]
    others = all_maximum - maximum
    return (all_points - points) / others if others else None


@lru_cache(maxsize=4096)
def _fraction(text: str) -> Fraction:
    return Fraction(text)
