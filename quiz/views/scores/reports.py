"""Reports of an event: the list, the overview, and results per unit."""

from datetime import UTC, datetime

from flask import Blueprint, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from quiz.database import db
from quiz.exports.misread_sentences import HOW
from quiz.permissions import Permission
from quiz.queries.events import events
from quiz.queries.events.attendance import box_of
from quiz.queries.scores import reports, standings
from quiz.queries.scores.caveats import PURPOSE
from quiz.queries.scores.editions import published
from quiz.queries.scores.groups.gap_board import ticks_of
from quiz.queries.scores.items.misread import caveats_of, misread
from quiz.views.scores._report import report_context
from quiz.web.access import can, requires
from quiz.web.loaders.events import event_or_404
from quiz.web.loaders.scores import counted_sitting_or_404
from quiz.web.paging import PAGE_SIZE, Page, page_number

bp = Blueprint("reports", __name__)


@bp.get("/laporan")
@requires(Permission.SEE_EDITIONS)
def index() -> ResponseReturnValue:
    """Every event for those who see live figures, else those that have an edition."""
    number = page_number()
    if not can(Permission.SEE_REPORTS):
        found, total = published.events_with_editions(
            db.session, offset=(number - 1) * PAGE_SIZE, limit=PAGE_SIZE
        )
        page = Page(number, total)
        return render_template("scores/reports/published.html", rows=found, page=page)
    archived = request.args.get("tampil") == "arsip"
    rows, total = events.event_rows(
        db.session,
        "",
        datetime.now(UTC),
        archived=archived,
        offset=(number - 1) * PAGE_SIZE,
        limit=PAGE_SIZE,
    )
    return render_template(
        "scores/reports/index.html",
        rows=rows,
        page=Page(number, total),
        archived=archived,
        counts=events.event_counts(db.session),
    )


@bp.get("/laporan/<code>")
@requires(Permission.SEE_REPORTS)
def overview(code: str) -> ResponseReturnValue:
    now = datetime.now(UTC)
    event = event_or_404(code, erased_too=True)
    if event.erased_words:
        return redirect(url_for("events.page", code=event.code))
    sittings = standings.counted_sittings(db.session, event)
    return render_template(
        "scores/reports/overview.html",
        event=event,
        reports=reports.sitting_totals(db.session, sittings, now),
        box=box_of(db.session, event),
        editions=published.editions(db.session, event),
        purpose=PURPOSE,
        now=now,
    )


@bp.get("/laporan/<code>/unit")
@requires(Permission.SEE_REPORTS)
def units(code: str) -> ResponseReturnValue:
    now = datetime.now(UTC)
    event = event_or_404(code)
    sittings, sitting = counted_sitting_or_404(event, now)
    report = reports.sitting_report(db.session, sitting, now)
    return render_template(
        "scores/reports/units.html",
        event=event,
        sittings=sittings,
        sitting=sitting,
        ticks=ticks_of(db.session, event) if report.change else (),
        **report_context(report),
    )


@bp.get("/laporan/<code>/kalimat")
@requires(Permission.SEE_REPORTS)
def sentences(code: str) -> ResponseReturnValue:
    now = datetime.now(UTC)
    event = event_or_404(code)
    sittings, sitting = counted_sitting_or_404(event, now)
    return render_template(
        "scores/reports/sentences.html",
        event=event,
        sittings=sittings,
        sitting=sitting,
        rows=[each.plain for each in misread(db.session, sitting, now)],
        caveats=caveats_of(db.session, sitting),
        how=HOW,
        purpose=PURPOSE,
        now=now,
    )
