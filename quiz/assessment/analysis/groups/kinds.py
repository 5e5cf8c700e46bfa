"""Means of kinds of unit, told where the report's rows already tell them.

The report shows each row of a kind that has enough people, unless units were given up for kinds
that have too few. So where the people of all such small kinds together are nobody or enough, a
kind's mean is a sum of rows that are shown, and nothing new; where they are not, no kind is told.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from enum import StrEnum
from fractions import Fraction
from typing import NamedTuple

from quiz.assessment.analysis.display import NOT_APART
from quiz.assessment.analysis.statistics.means import MeanInterval, mean_interval
from quiz.assessment.analysis.suppression import OFFICE_MINIMUM
from quiz.assessment.rounding import whole_percent


class KindMean(NamedTuple):
    """How many of a kind have a result, and their mean on 0 to 100; None where it is withheld."""

    n: int
    found: MeanInterval | None


class Against(StrEnum):
    """A mean beside the one before it, in a word."""

    HIGHER = "lebih tinggi"
    LOWER = "lebih rendah"
    UNCLEAR = NOT_APART


def kind_means(
    results: Iterable[tuple[str, Fraction]], minimum: int = OFFICE_MINIMUM
) -> Mapping[str, KindMean]:
    """Kind → its mean, from the kind and the percent of everybody in one settled sitting."""
    by_kind: defaultdict[str, list[Fraction]] = defaultdict(list)
    for kind, percent in results:
        by_kind[kind].append(percent)
    small = sum(len(of) for of in by_kind.values() if len(of) < minimum)
    told = small == 0 or small >= minimum
    return {
        kind: KindMean(len(of), mean_interval(of) if told and len(of) >= minimum else None)
        for kind, of in by_kind.items()
    }


def against(means: Sequence[MeanInterval]) -> Against | None:
    """The last of several means beside the one before: apart where their intervals, as shown, do
    not meet. None for fewer than two, and where one has no interval."""
    if len(means) < 2:
        return None
    before, after = means[-2:]
    if before.low is None or before.high is None or after.low is None or after.high is None:
        return None
    if whole_percent(after.low) > whole_percent(before.high):
        return Against.HIGHER
    if whole_percent(after.high) < whole_percent(before.low):
        return Against.LOWER
    return Against.UNCLEAR
