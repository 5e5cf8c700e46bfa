"""What only a statistician asks of a sitting, and from how many people it may be told.

Moments are told of everybody together and of many, so that no set of a few scores can be solved
from them; the comparison of a unit's share that passed with the rest is made of counts that the
report shows anyway.
"""

import itertools
from collections import defaultdict
from collections.abc import Collection, Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import NamedTuple

from quiz.assessment.analysis.display import (
    NOT_APART,
    SMALLEST_CALIBRATION,
    SMALLEST_DISTRIBUTION,
    SMALLEST_ITEM_CHANGE,
    Direction,
    direction,
)
from quiz.assessment.analysis.statistics.calibration import Level, calibration
from quiz.assessment.analysis.statistics.change import mcnemar
from quiz.assessment.analysis.statistics.means import mean, sample_sd
from quiz.assessment.analysis.statistics.moments import kurtosis, skewness
from quiz.assessment.analysis.statistics.proportions import Difference, newcombe
from quiz.assessment.analysis.suppression import OFFICE_MINIMUM
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
        way = direction(round_half_up(self.difference.low), round_half_up(self.difference.high))
        if way is Direction.UP:
            return "lebih banyak"
        return "lebih sedikit" if way is Direction.DOWN else NOT_APART


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


class Answer(NamedTuple):
    """Somebody's answer to an item: how sure they were (None: not said), the share of its point.

    The share is None for a blank, which is nobody's sureness.
    """

    person: Hashable
    item: Hashable
    sureness: int | None
    share: Fraction | None


class Sureness(NamedTuple):
    """Levels that may be told, and the share of all `n` answers that were very sure and wrong; None
    where that level may not."""

    levels: tuple[Level, ...]
    misconception: Fraction | None
    n: int


def sureness(asked: Sequence[Answer]) -> Sureness | None:
    """How right each level of sureness was.

    A level is told from SMALLEST_CALIBRATION answers of OFFICE_MINIMUM people, what is left out is
    of as many people, and none at all where levels and items together would tell of fewer. None
    without a level. `asked` holds blanks too, which stand in an item's figures and in no level.
    """
    answers = [one for one in asked if one.share is not None]
    told = _told_levels(answers)
    shown = told and all(
        _hidden_among_items(asked, levels)
        for many in range(1, len(told) + 1)
        for levels in itertools.combinations(told, many)
    )
    if not shown:
        return None
    found = calibration(
        [(one.sureness, one.share) for one in answers if one.share is not None], VERY_SURE
    )
    told_of_surest = VERY_SURE in told or all(one.sureness != VERY_SURE for one in answers)
    return Sureness(
        tuple(level for level in found.levels if level.sureness in told),
        found.misconception if told_of_surest else None,
        len(answers),
    )


def _told_levels(answers: Iterable[Answer]) -> list[int | None]:
    people: defaultdict[int | None, list[Hashable]] = defaultdict(list)
    for one in answers:
        people[one.sureness].append(one.person)
    told = sorted(
        (
            level
            for level, of in people.items()
            if len(of) >= SMALLEST_CALIBRATION and len(set(of)) >= OFFICE_MINIMUM
        ),
        key=lambda level: len(set(people[level])),
    )
    while told and 0 < len(_union(people, people.keys() - set(told))) < OFFICE_MINIMUM:
        told.pop(0)
    return told


def _union(
    people: Mapping[int | None, Sequence[Hashable]], levels: Iterable[int | None]
) -> set[Hashable]:
    return {person for level in levels for person in people[level]}


def _hidden_among_items(asked: Iterable[Answer], levels: Collection[int | None]) -> bool:
    """Whether nothing is left of a few people when the sums over items are taken from that over
    these levels.

    Of each item either the answers of these levels are left or the others: whichever are fewer, and
    never both of a few.
    """
    items: defaultdict[Hashable, tuple[set[Hashable], set[Hashable]]] = defaultdict(
        lambda: (set(), set())
    )
    for one in asked:
        inside = one.share is not None and one.sureness in levels
        items[one.item][inside].add(one.person)
    parted = [sorted(sides, key=len) for sides in items.values()]
    if any(fewer and len(more) < OFFICE_MINIMUM for fewer, more in parted):
        return False
    people = set().union(*(fewer for fewer, _ in parted))
    return not people or len(people) >= OFFICE_MINIMUM


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
