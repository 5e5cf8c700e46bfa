"""The trend over events, per kind of unit."""

from collections.abc import Iterator
from datetime import UTC, datetime
from fractions import Fraction
from typing import NamedTuple

from flask import Blueprint, render_template
from flask.typing import ResponseReturnValue

from quiz.assessment.analysis.groups.kinds import KindMean
from quiz.database import db
from quiz.formats import date_id, decimal_id
from quiz.permissions import Permission
from quiz.queries.scores.caveats import PURPOSE
from quiz.queries.scores.groups.trend import LATEST, Line, Point, trend
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
        trend=found,
        charts=[(line, list(_bars(line))) for line in found.lines],
        latest=LATEST,
        purpose=PURPOSE,
    )


def _bars(line: Line) -> Iterator[Bar]:
    for point in line.points:
        found = point.after.found
        mean, low, high = (None, None, None) if found is None else found
        name = f"{point.event.code}, {date_id(point.event.starts_at)}"
        yield Bar(name, _before(point), mean, low, high, point.after.n, point.invited)


def _before(point: Point) -> str:
    """What the same kind knew before, in words."""
    if point.before is None:
        return "tanpa pre-test setara"
    return f"pre-test {_words(point.before)}"


def _words(mean: KindMean) -> str:
    if mean.found is None:
        return "tidak ditampilkan" if mean.n else "tanpa hasil"
    centre, low, high = mean.found
    ends = ""
    if low is not None and high is not None:
        ends = f" ({decimal_id(low, 0)} sampai {decimal_id(high, 0)})"
    return f"{decimal_id(centre, 0)}{ends}, {mean.n} orang"
