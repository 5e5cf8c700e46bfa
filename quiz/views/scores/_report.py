"""What the pages of a report share, live or of an edition."""

from collections.abc import Iterator
from fractions import Fraction
from typing import Any, NamedTuple

from quiz.assessment.analysis.display import ShownChange
from quiz.assessment.analysis.sitting_report import SittingReport
from quiz.assessment.analysis.unit_report import UnitRow
from quiz.queries.scores.caveats import PURPOSE
from quiz.queries.scores.finding import finding


class Bar(NamedTuple):
    """A row of the chart of means."""

    name: str
    note: str | None
    mean: Fraction | None
    low: float | None
    high: float | None
    n: int
    of: int


class Move(NamedTuple):
    """A row of the chart of changes."""

    name: str
    note: str
    shown: ShownChange


def report_context(report: SittingReport) -> dict[str, Any]:
    """What the template of a report per unit is given: the report, what it
    found, its charts, its purpose."""
    return {
        "report": report,
        "finding": finding(report),
        "bars": [_bar(row) for row in report.units.rows if row.mean is not None],
        "changes": list(_moves(report)),
        "purpose": PURPOSE,
    }


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


def _moves(report: SittingReport) -> Iterator[Move]:
    """The change in everything, then in each topic by name."""
    change = report.change
    if change is None or change.shown is None:
        return
    note = f"{change.found.counted} orang"
    yield Move("Semua topik", note, change.shown.whole)
    topics = change.shown.topics
    for code in sorted(topics, key=lambda code: (report.topic(code) or "").casefold()):
        yield Move(report.topic(code) or code, note, topics[code])
