"""Who was there on which day of an event, and who worked without being recorded as there."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from sqlalchemy import ColumnElement, Select, func, select
from sqlalchemy.orm import Session, contains_eager, selectinload

from quiz.assessment.attendance import Attendance
from quiz.assessment.evaluation import Box
from quiz.models import (
    ActivityReport,
    Attempt,
    Enrolment,
    EvaluationBox,
    Event,
    EventMinutes,
    Presence,
    User,
)

WORKED = (
    select(Attempt.id)
    .where(Attempt.enrolment_id == Enrolment.id, Attempt.voided_at.is_(None), Attempt.counted)
    .exists()
)
"""Has begun something that counts."""

UNRECORDED = WORKED & Enrolment.checked_in_at.is_(None)
"""Works, or has worked, and nobody recorded that they were there."""


class Part(StrEnum):
    """Part of a roster to look at, on one day."""

    ALL = "semua"
    THERE = "hadir"
    NOT_RECORDED = "belum"
    WORKED_UNRECORDED = "tanpa"


@dataclass(frozen=True)
class DayLine:
    """Somebody on the roster, and when they were recorded as there on that day."""

    enrolment: Enrolment
    at: datetime | None
    unrecorded: bool


@dataclass(frozen=True)
class EventAttendance:
    """How many were there: on any day, and on each."""

    whole: Attendance
    by_day: Mapping[date, int]


def attendance_of(session: Session, event: Event) -> EventAttendance:
    """Counts over everybody on the roster. Two queries."""
    here = _on_roster(event)
    invited, attended, unrecorded = session.execute(
        select(
            func.count(),
            func.count(Enrolment.checked_in_at),
            func.count().filter(UNRECORDED),
        ).where(*here)
    ).one()
    days = session.execute(
        select(Presence.day, func.count())
        .join(Presence.enrolment)
        .where(*here)
        .group_by(Presence.day)
    )
    counted = {day: number for day, number in days}
    return EventAttendance(
        Attendance(invited, attended, unrecorded),
        {day: counted.get(day, 0) for day in event.days},
    )


def day_lines(
    session: Session,
    event: Event,
    day: date,
    part: Part = Part.ALL,
    *,
    offset: int = 0,
    limit: int | None = None,
) -> tuple[list[DayLine], int]:
    """Part of the roster by unit and name as it was on ``day``, and how many. Two queries."""
    found = _lines(event, day, part)
    total = session.scalar(select(func.count()).select_from(found.subquery())) or 0
    rows = session.execute(
        found.options(contains_eager(Enrolment.user))
        .order_by(Enrolment.unit_name, User.normalised_name, Enrolment.id)
        .offset(offset)
        .limit(limit)
    )
    return [DayLine(*row) for row in rows], total


def there_on(session: Session, day: date, places: Sequence[Enrolment]) -> Mapping[int, datetime]:
    """Enrolment id → when they were recorded as there on ``day``, of those who were. One query."""
    rows = session.execute(
        select(Presence.enrolment_id, Presence.at).where(
            Presence.day == day, Presence.enrolment_id.in_([each.id for each in places])
        )
    )
    return {enrolment_id: at for enrolment_id, at in rows}


def roster_with_days(session: Session, event: Event) -> list[Enrolment]:
    """Everybody on the roster by unit and name, with the days they were there. Two queries."""
    return list(
        session.scalars(
            select(Enrolment)
            .join(Enrolment.user)
            .where(*_on_roster(event))
            .options(contains_eager(Enrolment.user), selectinload(Enrolment.presences))
            .order_by(Enrolment.unit_name, User.normalised_name, Enrolment.id)
        )
    )


def _lines(event: Event, day: date, part: Part) -> Select[Enrolment, datetime | None, bool]:
    query = (
        select(Enrolment, Presence.at, UNRECORDED.label("unrecorded"))
        .join(Enrolment.user)
        .outerjoin(Presence, (Presence.enrolment_id == Enrolment.id) & (Presence.day == day))
        .where(*_on_roster(event))
    )
    match part:
        case Part.THERE:
            return query.where(Presence.id.is_not(None))
        case Part.NOT_RECORDED:
            return query.where(Presence.id.is_(None))
        case Part.WORKED_UNRECORDED:
            return query.where(UNRECORDED)
        case Part.ALL:
            return query


def _on_roster(event: Event) -> tuple[ColumnElement[bool], ...]:
    return Enrolment.event_id == event.id, Enrolment.removed_at.is_(None)


def minutes_of(session: Session, event: Event) -> EventMinutes | None:
    """What was written of the event's berita acara; None while nobody has."""
    return session.scalar(select(EventMinutes).where(EventMinutes.event_id == event.id))


def activity_report_of(session: Session, event: Event) -> ActivityReport | None:
    """What only the event's activity report says; None while nobody has written anything."""
    return session.scalar(select(ActivityReport).where(ActivityReport.event_id == event.id))


def box_of(session: Session, event: Event) -> Box:
    """The sheets about the event. One query."""
    stored = session.scalar(select(EvaluationBox).where(EvaluationBox.event_id == event.id))
    return stored.box if stored else Box()
