"""The people of an event who share a name within their unit."""

from collections.abc import Mapping

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from quiz.exchange.rosters.namesakes import Listed, told_apart
from quiz.models import Enrolment, User


def namesakes(session: Session, event_id: int) -> Mapping[int, str]:
    """Enrolment id → what tells the person apart, of those on the roster who need it. One query."""
    here = (Enrolment.event_id == event_id, Enrolment.removed_at.is_(None))
    shared = (
        select(Enrolment.unit_name, User.normalised_name)
        .join(Enrolment.user)
        .where(*here)
        .group_by(Enrolment.unit_name, User.normalised_name)
        .having(func.count() > 1)
        .subquery()
    )
    rows = session.execute(
        select(Enrolment.id, User.normalised_name, Enrolment.unit_name, User.position)
        .join(Enrolment.user)
        .join(
            shared,
            (shared.c.unit_name == Enrolment.unit_name)
            & (shared.c.normalised_name == User.normalised_name),
        )
        .where(*here)
    )
    return told_apart(Listed(*row) for row in rows)
