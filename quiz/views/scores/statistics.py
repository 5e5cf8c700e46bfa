"""The page for statisticians: shape of the scores, sureness, pass shares, items met twice."""

from datetime import UTC, datetime

from flask import Blueprint, render_template
from flask.typing import ResponseReturnValue

from quiz.assessment.analysis import display
from quiz.database import db
from quiz.permissions import Permission
from quiz.queries.scores import reports
from quiz.queries.scores.caveats import PURPOSE
from quiz.queries.scores.expert import sitting_figures
from quiz.web.access import requires
from quiz.web.loaders.events import event_or_404
from quiz.web.loaders.scores import counted_sitting_or_404

bp = Blueprint("statistics", __name__)


@bp.get("/laporan/<code>/statistik")
@requires(Permission.SEE_REPORTS)
def page(code: str) -> ResponseReturnValue:
    now = datetime.now(UTC)
    event = event_or_404(code)
    sittings, sitting = counted_sitting_or_404(event, now)
    report = reports.sitting_report(db.session, sitting, now)
    return render_template(
        "scores/statistics/page.html",
        event=event,
        sittings=sittings,
        sitting=sitting,
        report=report,
        figures=sitting_figures(db.session, sitting, report, now),
        display=display,
        purpose=PURPOSE,
    )
