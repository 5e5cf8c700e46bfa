"""Recording who was there, and what they say of the event."""

from datetime import date, datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from quiz.assessment.evaluation import Box, Pile
from quiz.models import Enrolment, EvaluationBox, Event


def check_in(
    session: Session, enrolment: Enrolment, now: datetime, day: date | None = None
) -> bool:
    """Record somebody as there on a day of the event; True where nobody had before.

    The desk and the person may do so at once: the row is held.
    """
    session.execute(select(Enrolment.id).where(Enrolment.id == enrolment.id).with_for_update())
    session.refresh(enrolment, ["checked_in_at", "presences"])
    return enrolment.check_in(now, day)


def hand_in_sheet(session: Session, enrolment: Enrolment, sheet: Pile) -> bool:
    """Put a sheet into the event's box, and note that this person has handed one in.

    False, and nothing changes, where they had before. One at a time: the event's row is held.
    """
    session.refresh(enrolment.event, with_for_update=True)
    session.refresh(enrolment)
    if enrolment.evaluated:
        return False
    stored = _stored_box(session, enrolment.event)
    stored.box = stored.box.put_in(sheet)
    enrolment.evaluated = True
    return True


def _stored_box(session: Session, event: Event) -> EvaluationBox:
    stored = session.scalar(select(EvaluationBox).where(EvaluationBox.event_id == event.id))
    if stored is None:
        stored = EvaluationBox(event_id=event.id, box=Box())
        session.add(stored)
    return stored
