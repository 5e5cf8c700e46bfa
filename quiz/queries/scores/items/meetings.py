"""Who met which item version, and what came of it: the facts item analysis works on."""

import json
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache
from typing import NamedTuple

from sqlalchemy import Text, cast, select
from sqlalchemy.orm import Session

from quiz.assessment.analysis.beside_rows import (
    Standing,
    beside_rows,
    crossing,
    meetings_at,
    places_of,
)
from quiz.assessment.analysis.disclosure import Group, countable_versions
from quiz.assessment.analysis.item_analysis import Meeting
from quiz.assessment.items.item import Chosen, Status
from quiz.models import Attempt, Score, Sitting, StoredResponse
from quiz.models.base import fraction
from quiz.queries.people.unnamed import Unnamed, unnamed_attempts
from quiz.queries.scores.items.beside import report_standings
from quiz.queries.scores.items.complete import (
    Complete,
    Scope,
    closed_in,
    complete_attempts,
    counted,
)
from quiz.queries.taking.plain import Earned

NOWHERE = Standing(None, counted=False)
"""Of whoever has come in since the report was read."""

Given = tuple[Chosen, int | None]
"""What was chosen at a position, and how sure the person said they were."""

Stored = tuple[str, str]
"""Points and maximum as a score stores them."""


def meetings_by_version(
    session: Session, scope: Scope, now: datetime
) -> dict[str, tuple[Group, ...]]:
    """Version uid → everybody who met it in ``scope``, by sitting in the order they closed.

    Practice, voided attempts, those answered when the keys were out, and people taken off the
    roster are left out. Of events whose people are erased it is what was kept. Three queries, two
    more where there are erased people, and three more where versions cross the rows of a report;
    where attempts ended by time have no stored score, as many again and one for each form not yet
    in memory.
    """
    given = given_in(session, scope, now)
    by_sitting: defaultdict[str, list[Complete]] = defaultdict(list)
    for one in complete_attempts(session, scope, now):
        by_sitting[one.sitting.uid].append(one)
    wanted = None if scope.version is None else scope.version.uid
    groups = list(_unnamed_groups(session, scope, now))
    met: defaultdict[str, set[int]] = defaultdict(set)
    told = _told(session, by_sitting, now)
    for sitting in sorted(by_sitting.values(), key=lambda each: _closing(each[0].sitting)):
        countable = told[sitting[0].sitting.uid]
        for uid, meetings in _meetings(sitting, given, wanted).items():
            people = {person for person, _ in meetings}
            first = 2 * len(people - met[uid]) >= len(people)
            if first:
                met[uid] |= people
            here = tuple(meeting for _, meeting in meetings)
            group = Group(here[0].sitting, here, uid in countable, first)
            groups.append((sitting[0].sitting, uid, group))
    found: defaultdict[str, tuple[Group, ...]] = defaultdict(tuple)
    for _, uid, group in sorted(groups, key=lambda each: _closing(each[0])):
        found[uid] += (group,)
    return dict(found)


def _unnamed_groups(
    session: Session, scope: Scope, now: datetime
) -> Iterator[tuple[Sitting, str, Group]]:
    """Sitting, version uid, and what is kept of those who met it and are erased.

    Alone in its sitting every group is the first one.
    """
    wanted = None if scope.version is None else scope.version.uid
    found: defaultdict[Sitting, list[Unnamed]] = defaultdict(list)
    for one in unnamed_attempts(session, closed_in(scope, now)):
        found[one.sitting].append(one)
    for sitting, attempts in found.items():
        given, told = {one.key: one.given for one in attempts}, attempts[0].told
        plain = (Kept(one.key, sitting, one.key, one.score) for one in attempts)
        for uid, meetings in _meetings(plain, given, wanted).items():
            here = tuple(meeting for _, meeting in meetings)
            first = scope.sitting is not None or told.get(uid, False)
            yield sitting, uid, Group(sitting.uid, here, uid in told, first)


class Kept(NamedTuple):
    """What of a complete attempt its meetings are made from, where nobody is known."""

    person: int
    sitting: Sitting
    attempt: int
    score: Earned | Score


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
    given = given_in(session, scope, now)
    complete = list(complete_attempts(session, scope, now))
    statuses = {one.person: one.status for one in complete}
    countable = _told(session, {sitting.uid: complete}, now)[sitting.uid]
    return [
        Met(person, statuses[person], uid, meeting)
        for uid, meetings in _meetings(complete, given, None).items()
        if uid in countable
        for person, meeting in meetings
    ]


def _closing(sitting: Sitting) -> tuple[datetime, int]:
    return sitting.closes_at, sitting.id


def _told(
    session: Session, by_sitting: Mapping[str, list[Complete]], now: datetime
) -> dict[str, frozenset[str]]:
    """Sitting uid → the versions that may be told of, from everybody's complete attempts."""
    told, places = {}, {}
    for uid, sitting in by_sitting.items():
        places[uid], versions = places_of(one.score.items for one in sitting)
        told[uid] = countable_versions(versions)
    crossed = [uid for uid in told if crossing(places[uid], told[uid])]
    events = {one.sitting.event_id for uid in crossed for one in by_sitting[uid][:1]}
    standing = report_standings(session, events, now) if events else {}
    for uid in crossed:
        stands = standing.get(uid, {})
        met = meetings_at(
            (one.score.items, stands.get(one.place, NOWHERE)) for one in by_sitting[uid]
        )
        told[uid] = beside_rows(told[uid], places[uid], met)
    return told


def _meetings(
    sitting: Iterable[Complete | Kept], given: Mapping[int, Mapping[int, Given]], wanted: str | None
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


def given_in(session: Session, scope: Scope, now: datetime) -> dict[int, dict[int, Given]]:
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
        .where(*counted(scope, now))
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
