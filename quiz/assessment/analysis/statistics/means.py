"""Means of small groups and how far they can be trusted."""

import math
from collections.abc import Iterable, Sequence
from fractions import Fraction
from typing import NamedTuple

from quiz.assessment.analysis.statistics.distributions import t_quantile


class Scaled(NamedTuple):
    """Exact values as whole numbers over one denominator, which add up ten times as fast."""

    numerators: list[int]
    denominator: int


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
    """The exact sum, 0 of no values."""
    numerators, denominator = scaled(values)
    return Fraction(sum(numerators), denominator)


def sample_sd(values: Sequence[Fraction]) -> float:
    """The standard deviation with n - 1, >= 0. Raises ValueError for fewer than two values."""
    return math.sqrt(variance(scaled(values)))


def variance(values: Scaled) -> Fraction:
    """The exact variance with n - 1, >= 0. Raises ValueError for fewer than two values."""
    numerators, denominator = values
    n = len(numerators)
    if n < 2:
        raise ValueError("fewer than two values")
    squares = n * sum(value * value for value in numerators) - sum(numerators) ** 2
    return Fraction(squares, n * (n - 1) * denominator**2)


def mean_interval(values: Sequence[Fraction], clip: tuple[float, float] = (0, 100)) -> MeanInterval:
    """The mean and mean ± t(0.975; n - 1) s / sqrt(n), the ends held within `clip`.

    Five people who all have 80 do not prove that everybody would: without any spread there is no
    interval, rather than one of no width. Raises ValueError without values. Source: Student (1908).
    """
    if not values:
        raise ValueError("no values")
    return scaled_interval(scaled(values), clip)


def scaled_interval(values: Scaled, clip: tuple[float, float]) -> MeanInterval:
    """The same of at least one value that is scaled already."""
    n = len(values.numerators)
    centre = Fraction(sum(values.numerators), n * values.denominator)
    if len(set(values.numerators)) < 2:
        return MeanInterval(centre, None, None)
    half = t_quantile(0.975, n - 1) * math.sqrt(variance(values)) / math.sqrt(n)
    least, most = clip
    return MeanInterval(centre, max(least, float(centre) - half), min(most, float(centre) + half))


def scaled(values: Iterable[Fraction]) -> Scaled:
    """The values over their least common denominator."""
    ratios = [value.as_integer_ratio() for value in values]
    common = math.lcm(*{denominator for _, denominator in ratios})
    return Scaled([top * (common // denominator) for top, denominator in ratios], common)
