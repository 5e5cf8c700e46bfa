"""Who was taken off a roster, and together with whom."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session, contains_eager

from quiz.models import Enrolment, Event, User


@dataclass(frozen=True)
class TakenOff:
    """Those who were taken off at one moment: by hand one, by a new roster many."""

    at: datetime
    places: tuple[Enrolment, ...]


def taken_off(session: Session, event: Event, at: datetime | None = None) -> list[TakenOff]:
    """The latest first; of the moment ``at`` only, where one is given. Merged places are none of
    them. One query."""
    query = (
        select(Enrolment)
        .join(Enrolment.user)
        .where(
            Enrolment.event_id == event.id,
            Enrolment.removed_at.is_not(None) if at is None else Enrolment.removed_at == at,
            Enrolment.merged_into_id.is_(None),
        )
        .options(contains_eager(Enrolment.user))
        .order_by(
            Enrolment.removed_at.desc(), Enrolment.unit_name, User.normalised_name, Enrolment.id
        )
    )
    together: dict[datetime, list[Enrolment]] = {}
    for place in session.scalars(query):
        if place.removed_at is not None:
            together.setdefault(place.removed_at, []).append(place)
    return [TakenOff(moment, tuple(places)) for moment, places in together.items()]
