"""Which form a person meets in a sitting: the one place where it is decided.

An attempt keeps the form it was begun with (``Attempt.form``). Before it has begun, whoever has met
one form of a crossed pair meets the other in the other sitting, also where the two were met from
two places that turned out to be one person's; whoever has met none meets what the hash says.
"""

from collections import defaultdict
from collections.abc import Mapping, Sequence

from sqlalchemy import Select, func, select
from sqlalchemy.orm import Session

from quiz.assessment.forms.crossing import FormName
from quiz.models import Attempt, Enrolment, Sitting, User

person_today = func.coalesce(User.merged_into_id, User.id)
"""Whose place it is, by today's merges."""

Met = tuple[int, FormName]
"""The id of a sitting, and the form of it that somebody has begun."""


def form_of(session: Session, sitting: Sitting, enrolment: Enrolment) -> FormName:
    """The form of ``sitting`` for whoever has this place. Two queries where crossed, else none."""
    if not sitting.crossed:
        return FormName.A
    person = session.scalar(
        select(person_today)
        .select_from(Enrolment)
        .join(Enrolment.user)
        .where(Enrolment.id == enrolment.id)
    )
    rows = session.execute(_begun(sitting).where(person_today == person))
    return _next_form(sitting, enrolment, [(at, form) for _, at, form in rows])


def forms_of(session: Session, sitting: Sitting) -> Mapping[int, FormName]:
    """Enrolment id → the form of ``sitting``, for everybody on the roster. One query, where crossed
    two."""
    roster = session.execute(
        select(Enrolment, person_today)
        .join(Enrolment.user)
        .where(Enrolment.event_id == sitting.event_id, Enrolment.removed_at.is_(None))
    ).all()
    met: defaultdict[int, list[Met]] = defaultdict(list)
    for person, at, form in session.execute(_begun(sitting)) if sitting.crossed else ():
        met[person].append((at, form))
    return {place.id: _next_form(sitting, place, met[person]) for place, person in roster}


def open_to(
    session: Session, sitting: Sitting, form: FormName, enrolments: Sequence[Enrolment]
) -> list[Enrolment]:
    """Those who have not met this form of ``sitting`` in the other one of the pair; where nothing
    is crossed, those who have form A. Two queries where crossed, else none."""
    if not sitting.crossed:
        return list(enrolments) if form is FormName.A else []
    people = dict(
        session.execute(
            select(Enrolment.id, person_today)
            .join(Enrolment.user)
            .where(Enrolment.id.in_([each.id for each in enrolments]))
        ).all()
    )
    there = _begun(sitting).where(Sitting.id != sitting.id, Attempt.form == form)
    met = {person for person, _, _ in session.execute(there)}
    return [each for each in enrolments if people[each.id] not in met]


def _begun(sitting: Sitting) -> Select[int, int, FormName]:
    """Person, sitting and form of every attempt in the event's crossed sittings, voided ones too,
    in the order they were begun."""
    return (
        select(person_today, Attempt.sitting_id, Attempt.form)
        .select_from(Attempt)
        .join(Attempt.sitting)
        .join(Attempt.enrolment)
        .join(Enrolment.user)
        .where(Sitting.event_id == sitting.event_id, Sitting.crossed)
        .order_by(Attempt.id)
    )


def _next_form(sitting: Sitting, place: Enrolment, met: Sequence[Met]) -> FormName:
    here = [form for at, form in met if at == sitting.id]
    there = [form.other for at, form in met if at != sitting.id]
    return (here or there or [sitting.planned_form(place)])[-1]
