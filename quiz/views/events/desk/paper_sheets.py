"""Quizzes on paper: the way in by a sheet's code or a name, and the sheets to be printed."""

from datetime import UTC, datetime
from typing import Any

from flask import Blueprint, abort, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from quiz.assessment.forms.crossing import FormName
from quiz.assessment.items.item import Status
from quiz.codes import SHEET_LENGTH, normalise_code
from quiz.database import db
from quiz.models import Enrolment, Event, Sitting
from quiz.models.people.audit import Action
from quiz.permissions import Permission
from quiz.queries.events import roster
from quiz.queries.events.roster import Wanted
from quiz.queries.taking import papers
from quiz.queries.taking.crossing import open_to
from quiz.queries.taking.papers import MOST_BLANK, PaperPerson, PaperSheet
from quiz.web.access import can, log_apart, requires
from quiz.web.keys import card_key, card_keys
from quiz.web.layout.qr import qr_svg
from quiz.web.loaders.events import event_or_404, sitting_or_404
from quiz.web.paging import Page, page_number

bp = Blueprint("paper_sheets", __name__)

MOST_FOUND = 12
MOST_TYPED = 200
"""Papers in the list of those typed; a hall has fewer."""

SHEETS_A_PAGE = 60
"""Sheets on one page of the browser; each is some pages of paper."""

QR_PIXELS = 96


@bp.get("/kegiatan/<code>/kertas")
@requires(Permission.MANAGE_EVENTS)
def index(code: str) -> ResponseReturnValue:
    """What there is on paper; a sheet's code leads on to where it is typed."""
    now = datetime.now(UTC)
    event = event_or_404(code)
    wanted = request.args.get("cari", "").strip()[:80]
    holder = request.args.get("nama", "").strip()[:80]
    sheet = _sheet(event, wanted)
    if sheet and sheet.enrolment and can(Permission.HANDLE_CARDS):
        return redirect(_typing(sheet.sitting, sheet.enrolment, sheet.form), 303)
    search = holder if sheet else wanted
    return render_template(
        "events/paper_sheets/index.html",
        event=event,
        now=now,
        wanted=wanted,
        holder=holder,
        sheet=sheet,
        looks_like_a_code=any(letter.isdigit() for letter in wanted),
        sittings=papers.sittings_on_paper(db.session, event),
        found=_people(event, search, now, sheet) if search else [],
        typed=papers.papers_typed(db.session, event, MOST_TYPED),
    )


def _sheet(event: Event, wanted: str) -> PaperSheet | None:
    """The sheet whose code this is; the first where two share it."""
    code = normalise_code(wanted, SHEET_LENGTH)
    found = papers.sheets_by_code(db.session, event, code, card_keys()) if code else []
    return found[0] if found else None


def _typing(sitting: Sitting, enrolment: Enrolment, form: FormName) -> str:
    return url_for(
        "paper_typing.type_in",
        code=sitting.event.code,
        uid=sitting.uid,
        person=enrolment.uid,
        formulir=form if sitting.crossed else None,
    )


def _people(
    event: Event, search: str, now: datetime, sheet: PaperSheet | None
) -> list[PaperPerson]:
    """Who is called so; for a blank sheet only who may meet its items."""
    lines, _ = roster.roster_lines(
        db.session, event, Wanted(search), now, offset=0, limit=MOST_FOUND
    )
    named = [line.enrolment for line in lines]
    if sheet is not None:
        served = [each for each in named if each.status is sheet.status]
        named = open_to(db.session, sheet.sitting, sheet.form, served)
    return papers.with_attempts(db.session, named)


@bp.get("/kegiatan/<code>/sesi/<uid>/kertas")
@requires(Permission.MANAGE_EVENTS)
def sheets(code: str, uid: str) -> ResponseReturnValue:
    """The sheets of everybody, of a unit or of one person, or blank ones; first the choice."""
    sitting = sitting_or_404(code, uid)
    _refuse_without_form(sitting)
    statuses = papers.statuses_served(db.session, sitting)
    printed, total = _printed(sitting, statuses)
    page = render_template(
        "events/paper_sheets/sheets.html",
        event=sitting.event,
        sitting=sitting,
        statuses=statuses,
        most=MOST_BLANK,
        choices=_choices(sitting),
        sheets=printed,
        page=Page(page_number(), total, SHEETS_A_PAGE),
        items={
            which: papers.paper_items(db.session, sitting, *which)
            for which in {(sheet.status, sheet.form) for sheet in printed}
        },
        qr=lambda sheet: qr_svg(sheet.code, QR_PIXELS),
    )
    if printed:
        log_apart(Action.PAPERS_OPENED, ("sitting", sitting.uid), again=False)
    return page


def _refuse_without_form(sitting: Sitting) -> None:
    """Answer 409 for a sitting that cannot be taken on paper."""
    if not sitting.phase.counted or sitting.prepared_at is None:
        sentence = "latihan dan sesi yang belum disiapkan tidak dicetak di kertas"
        abort(409, description=f"{sitting.label}: {sentence}.")
    refusal = papers.paper_refusal(db.session, sitting)
    if refusal:
        abort(409, description=refusal)


def _printed(sitting: Sitting, statuses: list[Status]) -> tuple[list[PaperSheet], int]:
    """The sheets this request asks for, and how many there are on all its pages."""
    status, asked = request.args.get("kosong", ""), request.args.get("banyak", "")
    if status in statuses and asked.isdecimal():
        blank = papers.blank_sheets(db.session, sitting, Status(status), int(asked[:4]), card_key())
        return blank, len(blank)
    unit, person = request.args.get("unit"), request.args.get("orang")
    if not (unit or person or "semua" in request.args):
        return [], 0
    people, total = roster.enrolments_for_cards(
        db.session,
        sitting.event,
        unit_uid=unit,
        uid=person,
        offset=(page_number() - 1) * SHEETS_A_PAGE,
        limit=SHEETS_A_PAGE,
    )
    return papers.sheets_of(db.session, sitting, people, card_key()), total


def _choices(sitting: Sitting) -> list[dict[str, Any]]:
    """Links that choose whose sheets: everybody's, or one unit's."""
    here: dict[str, Any] = {"code": sitting.event.code, "uid": sitting.uid}
    chosen = request.args.get("unit")
    everybody = {
        "text": "Semua orang",
        "url": url_for("paper_sheets.sheets", semua="ya", **here),
        "current": "semua" in request.args,
    }
    return [everybody] + [
        {
            "text": f"{name} {number}",
            "url": url_for("paper_sheets.sheets", unit=uid, **here),
            "current": uid == chosen,
        }
        for uid, name, number in roster.units_on(db.session, sitting.event)
    ]
