"""The shape of a distribution of scores, by Fisher's k-statistics.

Exact until the last step. Source: Fisher (1930), Proceedings of the London Mathematical Society 30,
199; the same as Moodle's and as scipy's with bias=False.
"""

import math
from collections.abc import Sequence
from fractions import Fraction

from quiz.assessment.analysis.statistics.means import mean


def skewness(values: Sequence[Fraction]) -> float | None:
    """g1 = k3 / k2^1.5, unbounded: below 0 the longer tail is among the low scores.

    None for fewer than three values, or when all are the same.
    """
    n = len(values)
    if n < 3 or len(set(values)) < 2:
        return None
    second, third = (_power(values, power) for power in (2, 3))
    k2, k3 = second / (n - 1), n * third / ((n - 1) * (n - 2))
    return float(k3) / math.pow(k2, 1.5)


def kurtosis(values: Sequence[Fraction]) -> float | None:
    """g2 = k4 / k2², unbounded: 0 for a normal distribution, below 0 for a flatter one.

    None for fewer than four values, or when all are the same.
    """
    n = len(values)
    if n < 4 or len(set(values)) < 2:
        return None
    second, fourth = (_power(values, power) for power in (2, 4))
    k2 = second / (n - 1)
    k4 = n * (n + 1) * fourth - 3 * (n - 1) * second**2
    return float(k4 / ((n - 1) * (n - 2) * (n - 3)) / k2**2)


def _power(values: Sequence[Fraction], power: int) -> Fraction:
    """The sum of powers of the deviations from the mean."""
    centre = mean(values)
    return sum(((value - centre) ** power for value in values), Fraction(0))
