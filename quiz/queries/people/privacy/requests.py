"""What people have asked about their data: one's own, and the office's queue."""

from datetime import datetime
from typing import NamedTuple

from sqlalchemy import func, or_, select
from sqlalchemy.orm import Session, joinedload

from quiz.models import Enrolment, SubjectRequest, User
from quiz.models.events.subject_requests import DEADLINE

_WHOSE = (
    joinedload(SubjectRequest.user).joinedload(User.merged_into).joinedload(User.unit),
    joinedload(SubjectRequest.user).joinedload(User.unit),
    joinedload(SubjectRequest.enrolment).joinedload(Enrolment.event),
    joinedload(SubjectRequest.enrolment)
    .joinedload(Enrolment.merged_into)
    .joinedload(Enrolment.event),
)


def own_requests(session: Session, user_id: int, enrolment_id: int | None) -> list[SubjectRequest]:
    """What the person has asked, the newest first; by card, what was asked by that card. One
    query."""
    if enrolment_id is None:
        same = or_(User.id == user_id, User.merged_into_id == user_id)
        mine = SubjectRequest.user_id.in_(select(User.id).where(same))
    else:
        same = or_(Enrolment.id == enrolment_id, Enrolment.merged_into_id == enrolment_id)
        mine = SubjectRequest.enrolment_id.in_(select(Enrolment.id).where(same))
    return list(
        session.scalars(select(SubjectRequest).where(mine).order_by(SubjectRequest.id.desc()))
    )


def queue(
    session: Session, *, answered: bool, offset: int, limit: int
) -> tuple[list[SubjectRequest], int]:
    """Some requests with their people, and how many there are: those that wait, the oldest first,
    or those answered, the newest first. Two queries."""
    settled = SubjectRequest.answered_at.is_not(None)
    which = settled if answered else SubjectRequest.answered_at.is_(None)
    order = SubjectRequest.answered_at.desc() if answered else SubjectRequest.made_at
    total = session.scalar(select(func.count()).select_from(SubjectRequest).where(which)) or 0
    rows = session.scalars(
        select(SubjectRequest)
        .where(which)
        .options(*_WHOSE)
        .order_by(order, SubjectRequest.id)
        .offset(offset)
        .limit(limit)
    )
    return list(rows), total


def request_with_uid(session: Session, uid: str) -> SubjectRequest | None:
    """The request ``uid`` with its person. One query."""
    return session.scalar(select(SubjectRequest).where(SubjectRequest.uid == uid).options(*_WHOSE))


class Waiting(NamedTuple):
    """How many requests wait, and when the first of them has to be answered."""

    number: int
    due_at: datetime


def waiting_requests(session: Session) -> Waiting | None:
    """Those that wait; None where none does. One query."""
    number, first = session.execute(
        select(func.count(), func.min(SubjectRequest.made_at)).where(
            SubjectRequest.answered_at.is_(None)
        )
    ).one()
    return Waiting(number, first + DEADLINE) if number else None
