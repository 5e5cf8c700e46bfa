"""The trend over events, per kind of unit."""

from collections.abc import Iterator
from datetime import UTC, datetime
from fractions import Fraction
from typing import NamedTuple

from flask import Blueprint, render_template
from flask.typing import ResponseReturnValue

from quiz.database import db
from quiz.exports.documents.trend_report import before_words
from quiz.exports.trend_figures import ALONE, HOW, OTHER_ITEMS, TITLE, WITHHELD, point_name
from quiz.permissions import Permission
from quiz.queries.scores.caveats import PURPOSE
from quiz.queries.scores.groups.trend import Line, trend
from quiz.web.access import requires

bp = Blueprint("trend", __name__)


class Bar(NamedTuple):
    """A row of a kind's chart: one event."""

    name: str
    note: str
    mean: Fraction | None
    low: float | None
    high: float | None
    n: int
    of: int


@bp.get("/laporan/tren")
@requires(Permission.SEE_REPORTS)
def page() -> ResponseReturnValue:
    found = trend(db.session, datetime.now(UTC))
    return render_template(
        "scores/trend/page.html",
        title=TITLE,
        trend=found,
        charts=[(line, list(_bars(line))) for line in found.lines],
        alone=ALONE,
        other_items=OTHER_ITEMS,
        below=f"{HOW} {WITHHELD} {PURPOSE}",
    )


def _bars(line: Line) -> Iterator[Bar]:
    for point in line.points:
        mean, low, high = point.after.found or (None, None, None)
        counted = point.after.n, point.invited
        yield Bar(point_name(point), before_words(point), mean, low, high, *counted)
