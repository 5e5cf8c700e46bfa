"""Who met which item version, and what came of it: the facts item analysis works on.

A sitting enters when it has closed. While people are still handing in, two looks at the same page
would tell what the one between them chose.
"""

from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from fractions import Fraction
from functools import lru_cache

from sqlalchemy import ColumnElement, func, select
from sqlalchemy.orm import Session, contains_eager

from quiz.assessment.analysis.item_analysis import Meeting
from quiz.assessment.attempt_state import AttemptState, Outcome
from quiz.assessment.items.item import Chosen
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
    """Whose meetings count: one event's (by code), one sitting's (by uid), one version's."""

    event: str | None = None
    sitting: str | None = None
    version: ItemVersion | None = None


def meetings_by_version(session: Session, scope: Scope, now: datetime) -> dict[str, list[Meeting]]:
    """Version uid → everybody who met it in ``scope``.

    A person counts once per version, with the first complete attempt; practice, voided attempts,
    those answered when the keys were out, and people taken off the roster are left out. Two
    queries; where attempts ended by time have no stored score, two more and one for each form not
    yet in memory.
    """
    found: defaultdict[str, list[Meeting]] = defaultdict(list)
    met: set[tuple[int, str]] = set()
    given = _given(session, scope, now)
    for person, sitting, score in _complete(session, scope, now):
        for position, uid, _topic, scale, points, maximum in score.items:
            wanted = scope.version is None or uid == scope.version.uid
            if wanted and (person, uid) not in met:
                met.add((person, uid))
                chosen, confidence = given.get((score.attempt_id, position), ((), None))
                earned, of = _fraction(points), _fraction(maximum)
                rest = _rest(score, scale, earned, of)
                found[uid].append(Meeting(sitting, chosen, confidence, earned, of, rest))
    return found


def closed_in(scope: Scope, now: datetime) -> list[ColumnElement[bool]]:
    """Conditions on Sitting and Event: counted, closed, and in ``scope``."""
    conditions = [Sitting.closes_at <= now, Sitting.prepared_at.is_not(None)]
    if scope.event is not None:
        conditions.append(Event.code == scope.event)
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


def _complete(session: Session, scope: Scope, now: datetime) -> Iterator[tuple[int, str, Score]]:
    """Person, sitting's uid and score of every complete attempt, by the time it was started.

    Complete is closed by the person, or by time with at least one response. A merged person is
    the one they were merged into.
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
    )
    over = [row for row in rows if row[0].state(now) is AttemptState.FINISHED]
    lacking = [attempt for attempt, score, _ in over if not (score and is_final(attempt, score))]
    computed = computed_scores(session, lacking, now)
    for attempt, stored, person in over:
        score = computed.get(attempt.id, stored)
        if attempt.outcome(now, answered=score.answered > 0) is Outcome.SUBMITTED:
            yield person, attempt.sitting.uid, score


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
