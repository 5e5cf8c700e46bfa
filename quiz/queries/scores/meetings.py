"""Who met which item version, and what came of it: the facts item analysis works on.

A sitting enters when it has closed and nobody in it is awaited any more. While people are still
handing in, two looks at the same page would tell what the one between them chose.
"""

import json
from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache

from sqlalchemy import ColumnElement, Text, cast, func, select
from sqlalchemy.orm import Session

from quiz.assessment.analysis.disclosure import Group, countable_versions
from quiz.assessment.analysis.item_analysis import Meeting
from quiz.assessment.attempt_state import AttemptState
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
from quiz.models.base import fraction
from quiz.queries.scores.computed import computed_by_id
from quiz.queries.taking.plain import Earned, held, held_columns

Given = tuple[Chosen, int | None]
"""What was chosen at a position, and how sure the person said they were."""

Stored = tuple[str, str]
"""Points and maximum as a score stores them."""


@dataclass(frozen=True, kw_only=True)
class Scope:
    """Whose meetings count: one event's or some events' (by code), one sitting's (by uid), one
    version's."""

    event: str | None = None
    events: Collection[str] | None = None
    sitting: str | None = None
    version: ItemVersion | None = None


@dataclass(frozen=True, slots=True)
class Complete:
    """One person's complete attempt at a sitting, by its number and its score.

    Status and kind of unit are those of the day of the event.
    """

    person: int
    status: Status
    kind_name: str
    sitting: Sitting
    attempt: int
    score: Earned | Score


def meetings_by_version(
    session: Session, scope: Scope, now: datetime
) -> dict[str, tuple[Group, ...]]:
    """Version uid → everybody who met it in ``scope``, by sitting in the order they closed.

    Practice, voided attempts, those answered when the keys were out, and people taken off the
    roster are left out. Two queries; where attempts ended by time have no stored score, three more
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
    statuses = {one.person: one.status for one in complete}
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
    sitting: Iterable[Complete], given: Mapping[int, Mapping[int, Given]], wanted: str | None
) -> dict[str, list[tuple[int, Meeting]]]:
    """Version uid → each person with their meeting; only the ``wanted`` version if there is one."""
    found: defaultdict[str, list[tuple[int, Meeting]]] = defaultdict(list)
    for one in sitting:
        here, responses, totals = one.sitting.uid, given.get(one.attempt, {}), _totals(one.score)
        for position, uid, _topic, scale, points, maximum in one.score.items:
            if wanted is None or uid == wanted:
                reply = responses.get(int(position), ((), None))
                meeting = _meeting(here, reply, (points, maximum), totals[scale])
                found[uid].append((one.person, meeting))
    return found


def _totals(score: Earned | Score) -> dict[str, Stored]:
    """Scale → points and maximum of the whole attempt, as text."""
    return {
        "knowledge": (str(score.knowledge_points), str(score.knowledge_max)),
        "judgement": (str(score.judgement_points), str(score.judgement_max)),
    }


@lru_cache(maxsize=4096)
def _meeting(sitting: str, given: Given, own: Stored, whole: Stored) -> Meeting:
    """What was earned at the item's ``own`` points, and on the rest of its scale's ``whole``.

    Few are unlike, however many people.
    """
    points, maximum = map(fraction, own)
    all_points, all_maximum = map(fraction, whole)
    others = all_maximum - maximum
    return Meeting(
        sitting,
        *given,
        points / maximum if maximum else None,
        (all_points - points) / others if others else None,
    )


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
        held_columns(
            Sitting,
            func.coalesce(User.merged_into_id, User.id),
            Enrolment.status,
            Enrolment.kind_name,
        )
        .join(Attempt.sitting)
        .join(Sitting.event)
        .join(Attempt.enrolment)
        .join(Enrolment.user)
        .where(*_counted(scope, now))
        .order_by(Attempt.started_at, Attempt.id)
    )
    found = [
        (*one, held(one[0], columns, now)) for one, columns in ((row[:4], row[4:]) for row in rows)
    ]
    awaited = {sitting.id for sitting, *_, one in found if one.state is not AttemptState.FINISHED}
    over = [each for each in found if each[0].id not in awaited]
    lacking = [one.attempt.id for *_, one in over if one.score is None]
    computed = computed_by_id(session, lacking, now)
    for sitting, person, status, kind, (attempt, _, stored) in over:
        score = stored or computed[attempt.id]
        if attempt.submitted_at is not None or score.answered > 0:
            yield Complete(person, status, kind, sitting, attempt.id, score)


def _given(session: Session, scope: Scope, now: datetime) -> dict[int, dict[int, Given]]:
    """Attempt id → position → what was given there."""
    query = (
        select(
            StoredResponse.attempt_id,
            StoredResponse.position,
            cast(StoredResponse.chosen, Text),
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
    found: defaultdict[int, dict[int, Given]] = defaultdict(dict)
    for attempt_id, position, chosen, confidence in session.execute(query):
        found[attempt_id][position] = (_chosen(chosen), confidence)
    return found


@lru_cache(maxsize=1024)
def _chosen(stored: str) -> Chosen:
    return tuple(json.loads(stored))
