"""Low, middle and high third of a group by a score, without parting equals."""

from collections import Counter
from collections.abc import Hashable, Mapping, Sequence
from fractions import Fraction
from itertools import accumulate
from typing import Literal, TypeVar

from quiz.assessment.analysis.statistics.means import scaled

Third = Literal["low", "middle", "high"]
THIRDS: tuple[Third, ...] = ("low", "middle", "high")

Person = TypeVar("Person", bound=Hashable)


def thirds(scores: Mapping[Person, Fraction]) -> dict[Person, Third]:
    """Each person's third of this group.

    A person stands at the share of the group below them plus half of those with the same score;
    up to 1/3 is low, from 2/3 on is high. So equals are never parted, a group of equals is all
    middle, and with ties the thirds are not of equal size: print how many are in each.
    """
    ranks = scaled(scores.values()).numerators
    third = {rank: _third(standing) for rank, standing in _standing(ranks).items()}
    return {person: third[rank] for person, rank in zip(scores, ranks, strict=True)}


def _standing(ranks: Sequence[int]) -> dict[int, Fraction]:
    """Score → share of the group below it, half of its equals counted as below."""
    counted = sorted(Counter(ranks).items())
    upto = accumulate(count for _, count in counted)
    n = len(ranks)
    return {
        rank: Fraction(2 * total - count, 2 * n)
        for (rank, count), total in zip(counted, upto, strict=True)
    }


def _third(standing: Fraction) -> Third:
    if standing <= Fraction(1, 3):
        return "low"
    return "high" if standing >= Fraction(2, 3) else "middle"
