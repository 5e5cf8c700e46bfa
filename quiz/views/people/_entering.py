"""A browser becomes a participant's, however it got there."""

from datetime import datetime

from quiz.actions.people.auditing import record
from quiz.database import db
from quiz.models import Enrolment
from quiz.models.people.audit import Action, SubjectType
from quiz.web.identity import enter_as_participant, leave
from quiz.web.origin import client_address


def let_in(enrolment: Enrolment, way: Action, now: datetime) -> None:
    """End the session that was here, log the entry, commit, and begin the person's own."""
    leave(db.session, now)
    subject: tuple[SubjectType, str] = ("enrolment", enrolment.uid)
    record(db.session, now, enrolment.user_id, way, subject, address=client_address())
    db.session.commit()
    enter_as_participant(enrolment)
