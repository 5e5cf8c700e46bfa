"""Reports of an event: the list, the overview, and results per unit."""

from collections.abc import Iterator
from datetime import UTC, datetime
from fractions import Fraction
from typing import NamedTuple

from flask import Blueprint, render_template, request
from flask.typing import ResponseReturnValue

from quiz.assessment.analysis.statistics.change import PairedChange
from quiz.assessment.analysis.unit_report import UnitRow
from quiz.database import db
from quiz.exports.misread_sentences import HOW
from quiz.permissions import Permission
from quiz.queries.events import events
from quiz.queries.events.attendance import box_of
from quiz.queries.scores import reports, standings
from quiz.queries.scores.caveats import PURPOSE
from quiz.queries.scores.finding import finding
from quiz.queries.scores.misread import caveats_of, misread
from quiz.web.access import requires
from quiz.web.loaders.events import event_or_404
from quiz.web.loaders.scores import counted_sitting_or_404
from quiz.web.paging import PAGE_SIZE, Page, page_number

bp = Blueprint("reports", __name__)


@bp.get("/laporan")
@requires(Permission.SEE_REPORTS)
def index() -> ResponseReturnValue:
    archived = request.args.get("tampil") == "arsip"
    number = page_number()
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
    event = event_or_404(code)
    sittings = standings.counted_sittings(db.session, event)
    return render_template(
        "scores/reports/overview.html",
        event=event,
        reports=reports.sitting_totals(db.session, sittings, now),
        box=box_of(db.session, event),
        purpose=PURPOSE,
        now=now,
    )


class Bar(NamedTuple):
    """A row of the chart of means."""

    name: str
    note: str | None
    mean: Fraction | None
    low: float | None
    high: float | None
    n: int
    of: int


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
        report=report,
        finding=finding(report),
        purpose=PURPOSE,
        bars=[_bar(row) for row in report.units.rows if row.mean is not None],
        changes=list(_moves(report)),
    )


class Move(NamedTuple):
    """A row of the chart of changes."""

    name: str
    note: str | None
    before: Fraction
    after: Fraction
    mean: Fraction
    low: float | None
    high: float | None


def _moves(report: reports.SittingReport) -> Iterator[Move]:
    """The change in everything, then in each topic by name."""
    whole = report.change.found.whole if report.change else None
    if report.change is None or whole is None:
        return
    found = report.change.found
    yield _move("Semua topik", whole)
    for code in sorted(found.topics, key=lambda code: (report.topic(code) or "").casefold()):
        yield _move(report.topic(code) or code, found.topics[code])


def _move(name: str, found: PairedChange) -> Move:
    note = f"{found.n} orang"
    return Move(name, note, found.before, found.after, found.change, found.low, found.high)


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
        rows=misread(db.session, sitting, now),
        caveats=caveats_of(db.session, sitting),
        how=HOW,
        purpose=PURPOSE,
        now=now,
    )


def _bar(row: UnitRow) -> Bar:
    return Bar(
        name=row.name,
        note=f"gabungan {len(row.pooled)} unit" if row.pooled else None,
        mean=row.mean,
        low=row.low,
        high=row.high,
        n=row.submitted,
        of=row.invited,
    )
