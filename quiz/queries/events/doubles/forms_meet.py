"""Whether an attempt may stand with somebody else: what was asked belongs to a status."""

from sqlalchemy.orm import Session

from quiz.models import Attempt, Enrolment
from quiz.queries.taking.asked import form_for


def asked_alike(session: Session, attempt: Attempt, place: Enrolment) -> bool:
    """Whether the attempt's sitting asks ``place`` the same items as it asked in the attempt."""
    sitting, status = attempt.sitting, attempt.enrolment.status
    if status == place.status:
        return True
    here, there = (form_for(session, sitting, each) for each in (status, place.status))
    return [(at, one.version_id) for at, one in here.items()] == [
        (at, one.version_id) for at, one in there.items()
    ]
