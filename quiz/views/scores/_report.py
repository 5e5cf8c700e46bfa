"""What the pages of a report share, live or of an edition."""

from collections.abc import Iterator
from fractions import Fraction
from typing import Any, NamedTuple

from quiz.assessment.analysis.sitting_report import SittingReport
from quiz.assessment.analysis.statistics.change import PairedChange
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
    note: str | None
    before: Fraction
    after: Fraction
    mean: Fraction
    low: float | None
    high: float | None


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
