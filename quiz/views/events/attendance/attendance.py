"""Who was there, day by day: marked by hand, and as the daftar hadir on paper."""

from datetime import UTC, date, datetime

from flask import Blueprint, abort, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from quiz.actions.events.attending import check_in
from quiz.actions.events.enrolling import undo_check_in
from quiz.actions.people.auditing import record
from quiz.database import db
from quiz.formats import date_id, day_date_id
from quiz.models import Enrolment, Event
from quiz.models.people.audit import Action
from quiz.models.refusals import Refused
from quiz.permissions import Permission
from quiz.queries.events.attendance import (
    EventAttendance,
    Part,
    attendance_of,
    box_of,
    day_lines,
    roster_with_days,
)
from quiz.web.access import me, requires
from quiz.web.loaders.events import enrolment_or_404, event_day_or_404, event_or_404
from quiz.web.paging import PAGE_SIZE, Page, page_number

bp = Blueprint("attendance", __name__)


@bp.get("/kegiatan/<code>/kehadiran")
@requires(Permission.MANAGE_ROSTERS)
def page(code: str) -> ResponseReturnValue:
    now = datetime.now(UTC)
    event = event_or_404(code)
    day, part, number = _day(event, now), _part(), page_number()
    counted = attendance_of(db.session, event)
    lines, total = day_lines(
        db.session, event, day, part, offset=(number - 1) * PAGE_SIZE, limit=PAGE_SIZE
    )
    return render_template(
        "events/attendance/page.html",
        event=event,
        day=day,
        part=part,
        lines=lines,
        page=Page(number, total),
        attendance=counted,
        days=_days(event, day, part, counted),
        parts=_parts(event, day, part, counted),
        box=box_of(db.session, event),
        now=now,
    )


def _day(event: Event, now: datetime) -> date:
    """The day of the event this request is about; that of ``now`` where it names none."""
    named = request.values.get("hari", "")
    return event_day_or_404(event, named) if named else event.day_of(now)


def _part() -> Part:
    named = request.values.get("tampil", "")
    return Part(named) if named in set(Part) else Part.ALL


def _days(
    event: Event, chosen: date, part: Part, counted: EventAttendance
) -> list[dict[str, object]]:
    """Links that choose a day; none where there is only one."""
    if len(counted.by_day) < 2:
        return []
    return [
        {
            "text": f"{day_date_id(day)}, {number} hadir",
            "url": url_for(
                "attendance.page", code=event.code, hari=day.isoformat(), tampil=part.value
            ),
            "current": day == chosen,
        }
        for day, number in counted.by_day.items()
    ]


def _parts(
    event: Event, day: date, chosen: Part, counted: EventAttendance
) -> list[dict[str, object]]:
    """Links that choose whom to show on that day."""
    there = counted.by_day[day]
    whole = counted.whole
    sizes = {
        Part.ALL: ("Semua", whole.invited),
        Part.THERE: ("Hadir", there),
        Part.NOT_RECORDED: ("Belum tercatat", whole.invited - there),
    }
    if whole.unrecorded or chosen is Part.WORKED_UNRECORDED:
        sizes[Part.WORKED_UNRECORDED] = ("Mengerjakan tanpa tercatat hadir", whole.unrecorded)
    return [
        {
            "text": f"{words} {number}",
            "url": url_for(
                "attendance.page", code=event.code, hari=day.isoformat(), tampil=part.value
            ),
            "current": part is chosen,
        }
        for part, (words, number) in sizes.items()
    ]


@bp.post("/kegiatan/<code>/kehadiran/<uid>")
@requires(Permission.MANAGE_ROSTERS)
def mark(code: str, uid: str) -> ResponseReturnValue:
    """Recorded by hand, also for a day that is past."""
    now = datetime.now(UTC)
    enrolment = enrolment_or_404(code, uid)
    day = _day(enrolment.event, now)
    if check_in(db.session, enrolment, now, day):
        _record(enrolment, Action.CHECK_IN, day, now)
        db.session.commit()
    flash(f"{enrolment.user.name} tercatat hadir {date_id(day)}.", "success")
    return _back(enrolment.event, day)


@bp.post("/kegiatan/<code>/kehadiran/<uid>/batal")
@requires(Permission.MANAGE_ROSTERS)
def take_back(code: str, uid: str) -> ResponseReturnValue:
    now = datetime.now(UTC)
    enrolment = enrolment_or_404(code, uid)
    day = _day(enrolment.event, now)
    try:
        undo_check_in(db.session, enrolment, day)
    except Refused as refusal:
        abort(409, description=str(refusal))
    _record(enrolment, Action.CHECK_IN_UNDONE, day, now)
    db.session.commit()
    flash(f"Catatan hadir {enrolment.user.name} {date_id(day)} dibatalkan.", "success")
    return _back(enrolment.event, day)


def _record(enrolment: Enrolment, action: Action, day: date, now: datetime) -> None:
    record(db.session, now, me().user_id, action, ("enrolment", enrolment.uid), day=date_id(day))


def _back(event: Event, day: date) -> ResponseReturnValue:
    """To the same part of the list."""
    number = page_number()
    return redirect(
        url_for(
            "attendance.page",
            code=event.code,
            hari=day.isoformat(),
            tampil=_part().value,
            halaman=number if number > 1 else None,
        ),
        303,
    )


@bp.get("/kegiatan/<code>/daftar-hadir")
@requires(Permission.MANAGE_ROSTERS)
def sheet(code: str) -> ResponseReturnValue:
    """The daftar hadir to be printed and signed, one sheet for each day or the day asked for."""
    now = datetime.now(UTC)
    event = event_or_404(code)
    days = [_day(event, now)] if request.args.get("hari") else event.days
    return render_template(
        "events/attendance/sheet.html",
        event=event,
        days=days,
        roster=roster_with_days(db.session, event),
        attendance=attendance_of(db.session, event),
        now=now,
    )
