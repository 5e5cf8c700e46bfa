"""Correlation of two measures within groups, with Fisher's interval."""

import math
from collections.abc import Iterable, Sequence
from fractions import Fraction
from operator import mul
from typing import NamedTuple

from quiz.assessment.analysis.statistics.distributions import Z_95
from quiz.assessment.analysis.statistics.means import scaled

Pair = tuple[Fraction, Fraction]


class Correlation(NamedTuple):
    """A correlation from -1 to 1 with its 95 % interval, from `n` pairs."""

    r: float
    low: float
    high: float
    n: int


def correlation_within(groups: Iterable[Sequence[Pair]]) -> Correlation | None:
    """The correlation of pairs about the means of their own group.

    With one group it is Pearson's. With several it is the partial correlation given the group, so
    what merely differs between groups (before and after a talk) makes no correlation. Fisher's
    interval is tanh(atanh r ± 1.96 / sqrt(n - 3 - (groups - 1))): each group beyond the first
    costs one (Fisher 1924, "The distribution of the partial correlation coefficient").

    None when either measure varies in no group, or when too few pairs are left for an interval.
    """
    filled = [group for group in groups if group]
    n = sum(len(group) for group in filled)
    freedom = n - 3 - (len(filled) - 1)
    if freedom < 1:
        return None
    xs = [x for group in filled for x in _centred([x for x, _ in group])]
    ys = [y for group in filled for y in _centred([y for _, y in group])]
    if not (any(xs) and any(ys)):
        return None
    products = math.fsum(map(mul, xs, ys))
    squares = math.fsum(map(mul, xs, xs)) * math.fsum(map(mul, ys, ys))
    r = max(-1.0, min(1.0, products / math.sqrt(squares)))
    low, high = fisher_interval(r, freedom)
    return Correlation(r, low, high, n)


def fisher_interval(r: float, freedom: int) -> tuple[float, float]:
    """tanh(atanh r ± 1.96 / sqrt(freedom)); the point itself for r = ±1. `freedom` is at least 1.

    Source: Fisher (1915); freedom is n - 3 for a correlation of n pairs.
    """
    if abs(r) >= 1:
        return r, r
    half = Z_95 / math.sqrt(freedom)
    return math.tanh(math.atanh(r) - half), math.tanh(math.atanh(r) + half)


def _centred(values: Sequence[Fraction]) -> list[float]:
    """Values less their mean, subtracted exactly so that no ghost of it is left."""
    numerators, denominator = scaled(values)
    n, whole = len(numerators), sum(numerators)
    less = {value: (n * value - whole) / (n * denominator) for value in set(numerators)}
    return [less[value] for value in numerators]
