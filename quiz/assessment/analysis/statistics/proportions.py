"""Proportions of people: one, and the difference of two."""

import math
from typing import NamedTuple

from quiz.assessment.analysis.statistics.distributions import Z_95


class Difference(NamedTuple):
    """A difference of two proportions, -1 to 1, with its 95 % interval."""

    value: float
    low: float
    high: float


def wilson(k: int, n: int, z: float = Z_95) -> tuple[float, float]:
    """Wilson's score interval (1927) for k of n, each end from 0 to 1.

    (p + z²/2n ± z sqrt(p(1-p)/n + z²/4n²)) / (1 + z²/n); for none or all of n the end on that side
    is exactly 0 or 1. Raises ValueError unless 0 <= k <= n and n > 0.
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


def newcombe(k1: int, n1: int, k2: int, n2: int) -> Difference:
    """k1/n1 - k2/n2 of two separate groups, with Newcombe's hybrid score interval.

    With Wilson's (l, u) of each: d - sqrt((p1-l1)² + (u2-p2)²) to d + sqrt((u1-p1)² + (p2-l2)²).
    Raises ValueError unless both are proportions. Source: Newcombe (1998), Statistics in Medicine
    17, 873, method 10.
    """
    (low1, high1), (low2, high2) = wilson(k1, n1), wilson(k2, n2)
    p1, p2 = k1 / n1, k2 / n2
    value = p1 - p2
    return Difference(
        value,
        value - math.hypot(p1 - low1, high2 - p2),
        value + math.hypot(high1 - p1, p2 - low2),
    )
