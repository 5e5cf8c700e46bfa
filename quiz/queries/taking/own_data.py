"""Everything stored about one person, for that person."""

from dataclasses import dataclass

from sqlalchemy import func, select
from sqlalchemy.orm import Session, joinedload

from quiz.models import Attempt, Enrolment, StoredResponse, User


@dataclass(frozen=True)
class OwnData:
    """The person's row, invitations, and attempts with the number of stored responses."""

    user: User
    enrolments: list[Enrolment]
    attempts: list[tuple[Attempt, int]]


def own_data(session: Session, user_id: int, enrolment_id: int | None) -> OwnData:
    """What is stored about ``user_id``; only of one invitation for somebody who came by card."""
    user = session.scalars(
        select(User).where(User.id == user_id).options(joinedload(User.unit))
    ).one()
    mine = Enrolment.user_id == user_id
    if enrolment_id is not None:
        mine = mine & (Enrolment.id == enrolment_id)
    enrolments = session.scalars(
        select(Enrolment).where(mine).options(joinedload(Enrolment.event)).order_by(Enrolment.id)
    ).all()
    counted = (
        select(StoredResponse.attempt_id, func.count().label("n"))
        .group_by(StoredResponse.attempt_id)
        .subquery()
    )
    attempts = session.execute(
        select(Attempt, func.coalesce(counted.c.n, 0))
        .join(Attempt.enrolment)
        .outerjoin(counted, counted.c.attempt_id == Attempt.id)
        .where(mine)
        .options(joinedload(Attempt.sitting), joinedload(Attempt.enrolment))
        .order_by(Attempt.started_at, Attempt.id)
    )
    return OwnData(user, list(enrolments), [(attempt, n) for attempt, n in attempts])
