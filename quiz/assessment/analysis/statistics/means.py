"""Means of small groups and how far they can be trusted."""

import math
from collections.abc import Sequence
from fractions import Fraction
from typing import NamedTuple

from quiz.assessment.analysis.statistics.distributions import t_quantile


class MeanInterval(NamedTuple):
    """An exact mean with its 95 % interval, in the units of the values.

    The ends are None where the values say nothing of their spread: there are fewer than two, or
    all are the same.
    """

    mean: Fraction
    low: float | None
    high: float | None


def mean(values: Sequence[Fraction]) -> Fraction:
    """The exact arithmetic mean. Raises ValueError without values."""
    if not values:
        raise ValueError("no values")
    return total(values) / len(values)


def total(values: Sequence[Fraction]) -> Fraction:
    """The exact sum, 0 of no values: of whole numbers over one denominator, ten times as fast."""
    numerators, denominator = _over_one_denominator(values)
    return Fraction(sum(numerators), denominator)


def sample_sd(values: Sequence[Fraction]) -> float:
    """The standard deviation with n - 1, >= 0. Raises ValueError for fewer than two values."""
    if len(values) < 2:
        raise ValueError("fewer than two values")
    n = len(values)
    scaled, denominator = _over_one_denominator(values)
    squares = n * sum(value * value for value in scaled) - sum(scaled) ** 2
    return math.sqrt(Fraction(squares, n * (n - 1) * denominator**2))


def mean_interval(values: Sequence[Fraction], clip: tuple[float, float] = (0, 100)) -> MeanInterval:
    """The mean and mean ± t(0.975; n - 1) s / sqrt(n), the ends held within `clip`.

    Five people who all have 80 do not prove that everybody would: without any spread there is no
    interval, rather than one of no width. Raises ValueError without values. Source: Student (1908).
    """
    centre = mean(values)
    if len(set(values)) < 2:
        return MeanInterval(centre, None, None)
    half = t_quantile(0.975, len(values) - 1) * sample_sd(values) / math.sqrt(len(values))
    least, most = clip
    return MeanInterval(centre, max(least, float(centre) - half), min(most, float(centre) + half))


def _over_one_denominator(values: Sequence[Fraction]) -> tuple[list[int], int]:
    common = math.lcm(*{value.denominator for value in values})
    return [value.numerator * (common // value.denominator) for value in values], common
