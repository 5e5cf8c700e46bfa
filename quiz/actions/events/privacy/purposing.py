"""What an event is held for, changed."""

from datetime import datetime

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from quiz.actions.people.auditing import record
from quiz.models import Enrolment, Event, Sitting
from quiz.models.events.purposes import Purpose
from quiz.models.people.audit import Action
from quiz.models.refusals import Refused
from quiz.queries.events.prepared import work_in


def refusal_to_change_purpose(session: Session, event: Event) -> str | None:
    """Why it has to stay; None where nobody has worked in the event. Two queries."""
    work = work_in(session, event)
    if work is None:
        return None
    return (
        f"Tujuan kegiatan {event.code} tidak dapat diubah lagi: {work.persons} orang sudah "
        f"mengerjakan, dan kepada mereka dikatakan tujuannya {event.purpose.label.lower()}."
    )


def change_purpose(
    session: Session,
    event: Event,
    purpose: Purpose,
    basis: str,
    actor_id: int,
    now: datetime,
) -> None:
    """Let the event be for ``purpose``, which rests on ``basis``; a line in the audit log.

    Whoever had been told of another purpose is told anew. Raises Refused once somebody has worked
    in the event: their answers were given for what they had been told.
    """
    session.flush()
    session.refresh(event, with_for_update=True)
    here = Sitting.event_id == event.id
    session.execute(select(Sitting.id).where(here).with_for_update())  # nobody starts meanwhile
    refusal = refusal_to_change_purpose(session, event)
    if refusal:
        raise Refused(refusal)
    before = event.purpose
    event.purpose = purpose
    event.purpose_basis = "" if purpose is Purpose.BUILDING else basis
    told = Enrolment.event_id == event.id, Enrolment.noticed_at.is_not(None)
    session.execute(update(Enrolment).where(*told).values(noticed_at=None))
    record(
        session,
        now,
        actor_id,
        Action.PURPOSE_CHANGED,
        ("event", event.uid),
        before=before.label,
        after=purpose.label,
        reason=basis,
    )
