"""Attempts a person may have, and the sittings they belong to."""

from datetime import datetime

from sqlalchemy import Select, select
from sqlalchemy.orm import Session, contains_eager, joinedload

from quiz.models import Attempt, Enrolment, Event, Sitting


def own_attempt(
    session: Session, uid: str, *, user_id: int, enrolment_id: int | None, lock: bool = False
) -> Attempt | None:
    """The unvoided attempt ``uid`` if it is this person's, with sitting and enrolment. One query.

    ``enrolment_id`` narrows to one event for somebody who entered by card. ``lock`` holds the row
    until the transaction ends, so that a late response and a submission cannot cross.
    """
    query: Select[Attempt] = (
        select(Attempt)
        .join(Attempt.enrolment)
        .options(contains_eager(Attempt.enrolment), joinedload(Attempt.sitting, innerjoin=True))
        .where(
            Attempt.uid == uid,
            Attempt.voided_at.is_(None),
            Enrolment.user_id == user_id,
            Enrolment.removed_at.is_(None),
        )
    )
    if enrolment_id is not None:
        query = query.where(Enrolment.id == enrolment_id)
    if lock:
        query = query.with_for_update(of=Attempt)
    return session.scalar(query)


def own_enrolments(
    session: Session, *, user_id: int, enrolment_id: int | None, now: datetime
) -> list[Enrolment]:
    """The person's enrolments in events that are open, newest event first, with event."""
    query = (
        select(Enrolment)
        .join(Enrolment.event)
        .options(contains_eager(Enrolment.event))
        .where(Enrolment.user_id == user_id, Enrolment.removed_at.is_(None))
        .order_by(Event.starts_at.desc())
    )
    if enrolment_id is not None:
        query = query.where(Enrolment.id == enrolment_id)
    return [enrolment for enrolment in session.scalars(query) if enrolment.event.open_on(now)]


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
