"""When sittings open and close by the clock."""

from datetime import datetime, timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from quiz.models import Attempt, Sitting

LOOKED_AT = 20
"""Closed sittings that are looked at, the latest first: one with a long grace may end last."""


def openings(session: Session, now: datetime, within: timedelta) -> list[datetime]:
    """When prepared sittings will open in the time to come. One query."""
    return list(
        session.scalars(
            select(Sitting.opens_at).where(
                Sitting.prepared_at.is_not(None),
                Sitting.opens_at > now,
                Sitting.opens_at <= now + within,
            )
        )
    )


def last_answers_in(session: Session, now: datetime) -> datetime | None:
    """When the latest closed sitting that somebody worked in took its last answers. One query."""
    closed = session.scalars(
        select(Sitting)
        .where(
            Sitting.closes_at <= now,
            select(Attempt.id).where(Attempt.sitting_id == Sitting.id).exists(),
        )
        .order_by(Sitting.closes_at.desc())
        .limit(LOOKED_AT)
    )
    ended = [sitting.last_arrival for sitting in closed]
    return max((moment for moment in ended if moment <= now), default=None)
