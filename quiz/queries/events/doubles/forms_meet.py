"""Whether an attempt may stand with somebody else: what was asked belongs to a status, and an
attempt keeps the form it was begun with."""

from collections import Counter
from collections.abc import Iterable

from sqlalchemy.orm import Session

from quiz.assessment.forms.crossing import FormName
from quiz.models import Attempt, Enrolment
from quiz.queries.taking.asked import form_for


def asked_alike(session: Session, attempt: Attempt, place: Enrolment) -> bool:
    """Whether the attempt's sitting asks ``place`` the same items as it asked in the attempt."""
    sitting, status = attempt.sitting, attempt.enrolment.status
    if status == place.status:
        return True
    here, there = (
        form_for(session, sitting, each, attempt.form) for each in (status, place.status)
    )
    return [(at, one.version_id) for at, one in here.items()] == [
        (at, one.version_id) for at, one in there.items()
    ]


def met_twice(attempts: Iterable[Attempt]) -> FormName | None:
    """The form that somebody with these attempts was asked in both sittings of a crossed pair;
    None where each was met once. Reads their sittings."""
    counted = (each for each in attempts if each.counted and each.voided_at is None)
    met = {(each.sitting_id, each.form) for each in counted if each.sitting.crossed}
    times = Counter(form for _, form in met)
    return next((form for form, number in times.items() if number > 1), None)
