"""Taking somebody in who comes without a card."""

from datetime import datetime
from typing import NamedTuple

from sqlalchemy import select
from sqlalchemy.orm import Session

from quiz.actions.events.attending import check_in
from quiz.actions.events.rostering import apply_roster
from quiz.models.events.enrolments import Enrolment
from quiz.models.events.events import Event
from quiz.models.refusals import Refused
from quiz.queries.events.plan import RosterPlan
from quiz.queries.people.merges import places_by_person, read_merges


class TakenIn(NamedTuple):
    """Whose place it is; whether it was made just now, and whether the person came just now: on
    that day of the event nobody had recorded them before."""

    enrolment: Enrolment
    fresh: bool
    arrived: bool


def take_in(
    session: Session, event: Event, plan: RosterPlan, now: datetime, card_key: bytes
) -> TakenIn:
    """The place of the one person ``plan`` is about, checked in.

    Somebody on the roster already keeps unit, status and card, whatever was typed at the door.
    Raises Refused when the roster has changed since the plan was made.
    """
    row = plan.rows[0]
    known = None if row.user_id is None else _place(session, event, row.user_id)
    place = known or _made(session, event, plan, now, card_key)
    return TakenIn(place, fresh=known is None, arrived=check_in(session, place, now))


def _made(
    session: Session, event: Event, plan: RosterPlan, now: datetime, card_key: bytes
) -> Enrolment:
    added = apply_roster(session, event, plan, now, card_key, walked_in=True).added
    if len(added) != 1:
        raise Refused("Daftar peserta baru saja berubah. Tekan sekali lagi.")
    return added[0]


def _place(session: Session, event: Event, user_id: int) -> Enrolment | None:
    """The person's place on the roster, under whoever they were merged into; none removed."""
    here = session.scalars(
        select(Enrolment).where(Enrolment.event_id == event.id, Enrolment.removed_at.is_(None))
    )
    return places_by_person(here, read_merges(session)).get(user_id)
