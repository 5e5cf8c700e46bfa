"""Attempts a person may have, and the sittings they belong to."""

from datetime import datetime
from functools import lru_cache

from sqlalchemy import Select, bindparam, select
from sqlalchemy.orm import Session, contains_eager, joinedload, load_only

from quiz.models import Attempt, Enrolment, Event, Sitting
from quiz.models.events.events import Phase
from quiz.queries.people.merges import of_person


def current_attempt(session: Session, sitting: Sitting, enrolment: Enrolment) -> Attempt | None:
    """The person's latest unvoided attempt at ``sitting``."""
    return session.scalar(
        select(Attempt)
        .where(
            Attempt.sitting_id == sitting.id,
            Attempt.enrolment_id == enrolment.id,
            Attempt.voided_at.is_(None),
        )
        .order_by(Attempt.id.desc())
        .limit(1)
    )


def own_sitting(
    session: Session, uid: str, *, user_id: int, enrolment_id: int | None
) -> tuple[Sitting, Enrolment] | None:
    """The sitting ``uid`` and this person's place in its event. One query.

    ``enrolment_id`` narrows to one event for somebody who entered by card.
    """
    query = (
        select(Sitting, Enrolment)
        .join(Enrolment, Enrolment.event_id == Sitting.event_id)
        .where(Sitting.uid == uid, of_person(user_id), Enrolment.removed_at.is_(None))
    )
    if enrolment_id is not None:
        query = query.where(Enrolment.id == enrolment_id)
    found = session.execute(query).first()
    return None if found is None else (found[0], found[1])


_WHOLE = (contains_eager(Attempt.enrolment), joinedload(Attempt.sitting, innerjoin=True))

_TO_SAVE = (
    load_only(
        Attempt.form,
        Attempt.started_at,
        Attempt.submitted_at,
        Attempt.feedback_at,
        Attempt.extra_seconds,
        Attempt.after_release,
        Attempt.waiting,
    ),
    contains_eager(Attempt.enrolment).load_only(Enrolment.status),
    joinedload(Attempt.sitting, innerjoin=True).load_only(
        Sitting.uid,
        Sitting.phase,
        Sitting.prepared_at,
        Sitting.opens_at,
        Sitting.closes_at,
        Sitting.grace_minutes,
        Sitting.time_limit_minutes,
        Sitting.feedback_mode,
        Sitting.released_at,
    ),
)


def own_attempt(
    session: Session,
    uid: str,
    *,
    user_id: int,
    enrolment_id: int | None,
    lock: bool = False,
    saving: bool = False,
) -> Attempt | None:
    """The unvoided attempt ``uid`` if it is this person's, with sitting and enrolment. One query.

    ``enrolment_id`` narrows to one event for somebody who entered by card. ``lock`` holds the row
    until the transaction ends, so that a late response and a submission cannot cross. ``saving``
    reads only the columns that keeping a response needs: it is the busiest request of all.
    """
    query = _own_attempt(enrolment_id is not None, lock, saving)
    if enrolment_id is not None:
        return session.scalar(query, {"uid": uid, "enrolment": enrolment_id})
    return session.scalar(query.where(of_person(user_id)), {"uid": uid})


@lru_cache
def _own_attempt(narrowed: bool, lock: bool, saving: bool) -> Select[Attempt]:
    query = (
        select(Attempt)
        .join(Attempt.enrolment)
        .options(*(_TO_SAVE if saving else _WHOLE))
        .where(
            Attempt.uid == bindparam("uid"),
            Attempt.voided_at.is_(None),
            Enrolment.removed_at.is_(None),
        )
    )
    if narrowed:
        query = query.where(Enrolment.id == bindparam("enrolment"))
    return query.with_for_update(of=Attempt) if lock else query


def own_enrolments(
    session: Session, *, user_id: int, enrolment_id: int | None, now: datetime
) -> list[Enrolment]:
    """The person's enrolments in events that are open, newest event first, with event."""
    query = (
        select(Enrolment)
        .join(Enrolment.event)
        .options(contains_eager(Enrolment.event))
        .where(of_person(user_id), Enrolment.removed_at.is_(None))
        .order_by(Event.starts_at.desc(), Event.id.desc())
    )
    if enrolment_id is not None:
        query = query.where(Enrolment.id == enrolment_id)
    return [enrolment for enrolment in session.scalars(query) if enrolment.event.admits_on(now)]


def sittings_with_attempt(
    session: Session, enrolment: Enrolment
) -> list[tuple[Sitting, Attempt | None]]:
    """Each sitting of the event with this person's latest unvoided attempt, by opening time."""
    sittings = session.scalars(
        select(Sitting)
        .where(Sitting.event_id == enrolment.event_id)
        .order_by(Sitting.opens_at, Sitting.id)
    ).all()
    attempts = session.scalars(
        select(Attempt)
        .where(Attempt.enrolment_id == enrolment.id, Attempt.voided_at.is_(None))
        .order_by(Attempt.id)
    )
    latest = {attempt.sitting_id: attempt for attempt in attempts}
    return [(sitting, latest.get(sitting.id)) for sitting in sittings]


def pre_test_attempt(session: Session, attempt: Attempt) -> Attempt | None:
    """The same person's unvoided pre-test of the event, for a post-test or follow-up."""
    if attempt.sitting.phase not in {Phase.POST, Phase.FOLLOW_UP}:
        return None
    return session.scalar(
        select(Attempt)
        .join(Attempt.sitting)
        .options(contains_eager(Attempt.sitting))
        .where(
            Attempt.enrolment_id == attempt.enrolment_id,
            Attempt.voided_at.is_(None),
            Sitting.phase == Phase.PRE,
        )
        .order_by(Sitting.opens_at, Attempt.id.desc())
        .limit(1)
    )
