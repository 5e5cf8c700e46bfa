"""The one sentence that sums a report up, as facts."""

from collections.abc import Callable
from dataclasses import dataclass
from fractions import Fraction

from quiz.assessment.analysis.display import apart
from quiz.assessment.analysis.unit_report import UnitReport, UnitRow
from quiz.assessment.rounding import Number, whole_percent


@dataclass(frozen=True)
class Headline:
    """The facts of the report's one sentence; numbers are None when withheld.

    `different` are the rows whose interval does not hold the overall mean, both as shown.
    `distinguishable` is False when there is none ("belum dapat dibedakan"), None when fewer than
    two of the `compared` rows can be. Of many, one in twenty differs by chance.
    """

    compared: int
    submitted: int
    mean: Fraction | None
    low: float | None
    high: float | None
    passed: int | None
    weakest_topic: str | None
    distinguishable: bool | None
    different: tuple[UnitRow, ...] = ()


def headline(report: UnitReport, shown: Callable[[Number], int] = whole_percent) -> Headline:
    """The facts of the one sentence that sums the report up.

    `shown` rounds a percent as the page does: what is compared is what its reader sees.
    """
    total = report.total
    compared = [row for row in report.rows if row.low is not None and row.high is not None]
    comparable = total.mean is not None and len(compared) >= 2
    different = tuple(
        row
        for row in compared
        if total.mean is not None and comparable and apart(row, total.mean, shown)
    )
    return Headline(
        compared=len(compared),
        submitted=total.submitted,
        mean=total.mean,
        low=total.low,
        high=total.high,
        passed=total.passed,
        weakest_topic=total.weakest_topic,
        distinguishable=bool(different) if comparable else None,
        different=different,
    )
