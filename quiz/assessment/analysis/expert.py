"""What only a statistician asks of a sitting, and from how many people it may be told.

Moments are told of everybody together and of many, so that no set of a few scores can be solved
from them; the comparison of a unit's share that passed with the rest is made of counts that the
report shows anyway.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import NamedTuple

from quiz.assessment.analysis.display import (
    NOT_APART,
    SMALLEST_CALIBRATION,
    SMALLEST_DISTRIBUTION,
    SMALLEST_ITEM_CHANGE,
)
from quiz.assessment.analysis.statistics.calibration import Level, calibration
from quiz.assessment.analysis.statistics.change import mcnemar
from quiz.assessment.analysis.statistics.means import mean, sample_sd
from quiz.assessment.analysis.statistics.moments import kurtosis, skewness
from quiz.assessment.analysis.statistics.proportions import Difference, newcombe
from quiz.assessment.analysis.unit_report import UnitReport, UnitRow
from quiz.assessment.items.item import VERY_SURE
from quiz.assessment.rounding import round_half_up

STRONG, WEAK = 0.01, 0.05
"""Below the first p is strong evidence, below the second weak: words instead of stars."""


class Distribution(NamedTuple):
    """Scores of everybody, in percent; the shape by k-statistics, None where all are the same."""

    n: int
    mean: Fraction
    sd: float
    skewness: float | None
    kurtosis: float | None


def distribution(percents: Sequence[Fraction]) -> Distribution | None:
    """The shape of a sitting's scores; None for fewer than SMALLEST_DISTRIBUTION."""
    if len(percents) < SMALLEST_DISTRIBUTION:
        return None
    return Distribution(
        len(percents), mean(percents), sample_sd(percents), skewness(percents), kurtosis(percents)
    )


class Beside(NamedTuple):
    """A row's share that passed beside that of everybody else, in points of percent."""

    row: UnitRow
    rest: tuple[int, int]
    difference: Difference

    @property
    def words(self) -> str:
        """On the interval as it is shown, whole."""
        low, high = (round_half_up(end) for end in (self.difference.low, self.difference.high))
        if low <= 0 <= high:
            return NOT_APART
        return "lebih banyak" if low > 0 else "lebih sedikit"


def beside_the_rest(report: UnitReport) -> list[Beside]:
    """Each row with a count of those who passed, beside the rest; never two units.

    Only where the rest are at least the report's minimum. By Newcombe's method 10.
    """
    total = report.total
    found = []
    for row in report.rows:
        if row.passed is None or total.passed is None:
            continue
        passed, rest = total.passed - row.passed, total.submitted - row.submitted
        if rest >= report.minimum:
            apart = newcombe(row.passed, row.submitted, passed, rest)
            found.append(Beside(row, (passed, rest), Difference(*(100 * each for each in apart))))
    return found


class Sureness(NamedTuple):
    """Levels with enough answers, and the share of all answers that were very sure and wrong."""

    levels: tuple[Level, ...]
    misconception: Fraction
    n: int


def sureness(responses: Sequence[tuple[int | None, Fraction]]) -> Sureness | None:
    """How right each level of sureness was, from sureness and share of the point of each answer.

    None for fewer than SMALLEST_CALIBRATION answers; so is a level. Blanks do not belong here.
    """
    if len(responses) < SMALLEST_CALIBRATION:
        return None
    found = calibration(responses, VERY_SURE)
    levels = tuple(level for level in found.levels if level.n >= SMALLEST_CALIBRATION)
    return Sureness(levels, found.misconception, len(responses))


@dataclass(frozen=True)
class ItemChange:
    """An item the same people met twice: of `n`, `gained` were right only the second time."""

    code: str
    n: int
    gained: int
    lost: int

    @property
    def p(self) -> float:
        """Exact, two-sided, 0 to 1 (McNemar, 1947)."""
        return mcnemar(self.gained, self.lost)

    @property
    def words(self) -> str:
        """Which way, and how strong the evidence is."""
        if self.gained == self.lost or self.p >= WEAK:
            return NOT_APART
        way = "tepat" if self.gained > self.lost else "keliru"
        evidence = "kuat" if self.p < STRONG else "lemah"
        return f"lebih banyak yang menjadi {way}, bukti {evidence}"


Right = Mapping[int, bool]
"""Person → whether they earned the whole point."""


def item_changes(before: Mapping[str, Right], after: Mapping[str, Right]) -> list[ItemChange]:
    """The items (by code) that at least SMALLEST_ITEM_CHANGE people met in both tests."""
    found = []
    for code in sorted(before.keys() & after.keys()):
        people = before[code].keys() & after[code].keys()
        if len(people) >= SMALLEST_ITEM_CHANGE:
            pairs = [(before[code][person], after[code][person]) for person in people]
            gained, lost = (pairs.count(pair) for pair in ((False, True), (True, False)))
            found.append(ItemChange(code, len(people), gained, lost))
    return found


def by_item(met: Iterable[tuple[int, str, bool]]) -> dict[str, dict[int, bool]]:
    """Code → person → right, from triples of person, code and right."""
    found: defaultdict[str, dict[int, bool]] = defaultdict(dict)
    for person, code, right in met:
        found[code][person] = right
    return dict(found)
