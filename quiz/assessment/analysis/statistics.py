"""Means, intervals and proportions for small groups, by the standard library alone."""

import math
from collections.abc import Sequence
from fractions import Fraction
from functools import lru_cache
from typing import NamedTuple

Z_95 = 1.959963984540054
"""The 97.5 % point of the normal distribution, for two-sided 95 % intervals."""

_STEPS = 500
_TINY = 1e-300


class MeanInterval(NamedTuple):
    """An exact mean with its 95 % interval; the ends are None for fewer than two values."""

    mean: Fraction
    low: float | None
    high: float | None


def mean(values: Sequence[Fraction]) -> Fraction:
    """The exact arithmetic mean. Raises ValueError without values."""
    if not values:
        raise ValueError("no values")
    return sum(values, Fraction(0)) / len(values)


def sample_sd(values: Sequence[Fraction]) -> float:
    """The standard deviation with n - 1. Raises ValueError for fewer than two values."""
    if len(values) < 2:
        raise ValueError("fewer than two values")
    centre = mean(values)
    squares = sum(((value - centre) ** 2 for value in values), Fraction(0))
    return math.sqrt(squares / (len(values) - 1))


def mean_interval(values: Sequence[Fraction], clip: tuple[float, float] = (0, 100)) -> MeanInterval:
    """The mean and mean ± t(0.975; n - 1) s / sqrt(n), the ends held within `clip`.

    Raises ValueError without values.
    """
    centre = mean(values)
    if len(values) < 2:
        return MeanInterval(centre, None, None)
    half = t_quantile(0.975, len(values) - 1) * sample_sd(values) / math.sqrt(len(values))
    least, most = clip
    return MeanInterval(centre, max(least, float(centre) - half), min(most, float(centre) + half))


def wilson(k: int, n: int, z: float = Z_95) -> tuple[float, float]:
    """Wilson's score interval (1927) for k of n, each end from 0 to 1.

    (p + z²/2n ± z sqrt(p(1-p)/n + z²/4n²)) / (1 + z²/n). Raises ValueError unless 0 <= k <= n > 0.
    """
    if not 0 <= k <= n or n == 0:
        raise ValueError(f"{k} of {n} is no proportion")
    p = k / n
    centre = p + z * z / (2 * n)
    half = z * math.sqrt(p * (1 - p) / n + z * z / (4 * n * n))
    scale = 1 + z * z / n
    low = 0.0 if k == 0 else (centre - half) / scale
    high = 1.0 if k == n else (centre + half) / scale
    return low, high


@lru_cache(maxsize=512)
def t_quantile(p: float, df: int) -> float:
    """Student's t with `df` degrees of freedom (>= 1): the point with probability p below it.

    By bisection on the distribution function, to about 12 digits, for p from 1e-6 to 1 - 1e-6.
    Raises ValueError outside.
    """
    if not 1e-6 <= p <= 1 - 1e-6 or df < 1:
        raise ValueError(f"p={p}, df={df} is out of range")
    if p < 0.5:
        return -t_quantile(1 - p, df)
    low, high = 0.0, 1.0
    while t_distribution(high, df) < p:
        low, high = high, 2 * high
    while high - low > 1e-13 * high:
        middle = (low + high) / 2
        if middle in (low, high):
            break
        low, high = (middle, high) if t_distribution(middle, df) < p else (low, middle)
    return (low + high) / 2


def t_distribution(t: float, df: int) -> float:
    """Student's t: the probability below t, 1 - I(df / (df + t²); df/2, 1/2) / 2 for t >= 0.

    Source: Abramowitz and Stegun (1964), 26.7.1 and 26.5.27.
    """
    tail = incomplete_beta(df / 2, 0.5, df / (df + t * t)) / 2
    return 1 - tail if t >= 0 else tail


def incomplete_beta(a: float, b: float, x: float) -> float:
    """The regularised incomplete beta function I(x; a, b) for a, b > 0 and 0 <= x <= 1.

    Source: the continued fraction DLMF 8.17.22 with the symmetry 8.17.4, evaluated by Lentz's
    method as in Press et al., Numerical Recipes (3rd ed., 2007), 6.4.
    """
    if x <= 0 or x >= 1:
        return float(x >= 1)
    if x > (a + 1) / (a + b + 2):
        return 1 - incomplete_beta(b, a, 1 - x)
    front = math.lgamma(a + b) - math.lgamma(a) - math.lgamma(b)
    front += a * math.log(x) + b * math.log1p(-x)
    return math.exp(front) / a * _beta_fraction(a, b, x)


def _beta_fraction(a: float, b: float, x: float) -> float:
    c, d = 1.0, 1 / _off_zero(1 - (a + b) * x / (a + 1))
    value = d
    for m in range(1, _STEPS):
        even = m * (b - m) * x / ((a + 2 * m - 1) * (a + 2 * m))
        odd = -(a + m) * (a + b + m) * x / ((a + 2 * m) * (a + 2 * m + 1))
        for term in (even, odd):
            d = 1 / _off_zero(1 + term * d)
            c = _off_zero(1 + term / c)
            value *= c * d
        if abs(c * d - 1) < 1e-15:
            break
    return value


def _off_zero(value: float) -> float:
    return value if abs(value) > _TINY else _TINY
