"""Results of whole groups, for speakers and checkers: an event's people together, no units."""

from datetime import UTC, datetime

from flask import Blueprint, render_template
from flask.typing import ResponseReturnValue

from quiz.assessment.analysis.suppression import SPEAKER_MINIMUM
from quiz.database import db
from quiz.permissions import Permission
from quiz.queries.events import events
from quiz.queries.scores.caveats import PURPOSE
from quiz.queries.scores.groups.group import group_report
from quiz.queries.scores.standings import counted_sittings
from quiz.web.access import requires
from quiz.web.loaders.events import event_or_404
from quiz.web.loaders.scores import counted_sitting_or_404
from quiz.web.paging import PAGE_SIZE, Page, page_number

bp = Blueprint("groups", __name__)


@bp.get("/kelompok")
@requires(Permission.SEE_GROUP_FIGURES)
def index() -> ResponseReturnValue:
    number = page_number()
    rows, total = events.event_rows(
        db.session,
        "",
        datetime.now(UTC),
        offset=(number - 1) * PAGE_SIZE,
        limit=PAGE_SIZE,
    )
    return render_template("scores/groups/index.html", rows=rows, page=Page(number, total))


@bp.get("/kelompok/<code>")
@requires(Permission.SEE_GROUP_FIGURES)
def page(code: str) -> ResponseReturnValue:
    now = datetime.now(UTC)
    event = event_or_404(code)
    if not counted_sittings(db.session, event):
        return render_template("scores/groups/without.html", event=event)
    sittings, sitting = counted_sitting_or_404(event, now)
    return render_template(
        "scores/groups/page.html",
        event=event,
        sittings=sittings,
        sitting=sitting,
        group=group_report(db.session, sitting, now),
        minimum=SPEAKER_MINIMUM,
        purpose=PURPOSE,
    )
