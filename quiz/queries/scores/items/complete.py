"""Complete attempts: whose answers stand in figures of items.

A sitting enters when it has closed and nobody in it is awaited any more. While people are still
handing in, two looks at the same page would tell what the one between them chose.
"""

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ColumnElement, func, select
from sqlalchemy.orm import Session

from quiz.assessment.attempt_state import AttemptState
from quiz.assessment.items.item import Status
from quiz.models import (
    Attempt,
    Enrolment,
    Event,
    FormChoice,
    ItemVersion,
    Score,
    Sitting,
    StoredSlot,
    Unit,
    User,
)
from quiz.queries.scores.computed import computed_by_id
from quiz.queries.taking.plain import Earned, held, held_columns


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

    ``place`` is the uid of their place on the roster, ``unit`` the code of its unit; status and
    kind of unit are those of the day of the event.
    """

    person: int
    place: str
    status: Status
    unit: str
    kind_name: str
    sitting: Sitting
    attempt: int
    score: Earned | Score


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


def counted(scope: Scope, now: datetime) -> list[ColumnElement[bool]]:
    """Conditions on Attempt, Enrolment, Sitting and Event: what stands in figures, in ``scope``."""
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
            Enrolment.uid,
            Enrolment.status,
            Unit.code,
            Enrolment.kind_name,
        )
        .join(Attempt.sitting)
        .join(Sitting.event)
        .join(Attempt.enrolment)
        .join(Enrolment.user)
        .join(Enrolment.unit)
        .where(*counted(scope, now))
        .order_by(Attempt.started_at, Attempt.id)
    )
    found = [
        (*one, held(one[0], columns, now)) for one, columns in ((row[:6], row[6:]) for row in rows)
    ]
    awaited = {sitting.id for sitting, *_, one in found if one.state is not AttemptState.FINISHED}
    over = [each for each in found if each[0].id not in awaited]
    lacking = [one.attempt.id for *_, one in over if one.score is None]
    computed = computed_by_id(session, lacking, now)
    for sitting, person, place, status, unit, kind, (attempt, _, stored) in over:
        score = stored or computed[attempt.id]
        if attempt.submitted_at is not None or score.answered > 0:
            yield Complete(person, place, status, unit, kind, sitting, attempt.id, score)
