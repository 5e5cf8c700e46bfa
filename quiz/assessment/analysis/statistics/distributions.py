"""Probabilities and quantiles of the beta family (Student's t, F, binomial), by mpmath.

All follow from the regularised incomplete beta function I(x; a, b); Abramowitz and Stegun (1964),
26.5 to 26.7, has the relations. Values are right to at least 12 digits.
"""

import math
from functools import lru_cache
from threading import Lock
from typing import Any

import mpmath

Z_95 = 1.959963984540054
"""The 97.5 % point of the normal distribution, for two-sided 95 % intervals."""

_EXACT = mpmath.mp.clone()
_EXACT.dps = 25
_ONE_AT_A_TIME = Lock()  # a context of mpmath changes its own precision while it works


def t_distribution(t: float, df: int) -> float:
    """Student's t with `df` degrees of freedom (>= 1): the probability below t, 0 to 1.

    1 - I(df / (df + t²); df/2, 1/2) / 2 for t >= 0. Raises ValueError for fewer degrees.
    """
    _need(df >= 1, f"df={df}")
    tail = beta_distribution(df / (df + t * t), df / 2, 0.5) / 2
    return 1 - tail if t >= 0 else tail


def t_quantile(p: float, df: int) -> float:
    """The point of Student's t with probability p below it, for p from 1e-6 to 1 - 1e-6.

    Raises ValueError for another p, and for fewer than one degree of freedom.
    """
    _need(df >= 1 and 1e-6 <= p <= 1 - 1e-6, f"p={p}, df={df}")
    if p == 0.5:
        return 0.0
    rest = beta_quantile(2 * min(p, 1 - p), df / 2, 0.5)
    return math.copysign(math.sqrt(df * (1 / rest - 1)), p - 0.5)


def f_quantile(p: float, d1: int, d2: int) -> float:
    """The point of the F distribution with probability p below it; d1, d2 >= 1.

    F = d2 x / (d1 (1 - x)) with x of Beta(d1/2, d2/2). Raises ValueError for p outside 1e-6 to
    1 - 1e-6, and for fewer than one degree of freedom.
    """
    _need(min(d1, d2) >= 1, f"d1={d1}, d2={d2}")
    x = beta_quantile(p, d1 / 2, d2 / 2)
    return d2 * x / (d1 * (1 - x))


def binomial_distribution(k: int, n: int, p: float = 0.5) -> float:
    """The probability of at most k successes in n trials of probability p, 0 to 1.

    I(1 - p; n - k, k + 1). Raises ValueError for p outside 0 to 1 or a negative n.
    """
    _need(n >= 0 and 0 <= p <= 1, f"n={n}, p={p}")
    if k < 0 or k >= n:
        return float(k >= n)
    return beta_distribution(1 - p, n - k, k + 1)


def beta_distribution(x: float, a: float, b: float) -> float:
    """The regularised incomplete beta function I(x; a, b), 0 to 1, for a, b > 0.

    Raises ValueError for other a or b.
    """
    _need(a > 0 and b > 0, f"a={a}, b={b}")
    with _ONE_AT_A_TIME:
        return float(_below(_EXACT.mpf(x), a, b))


@lru_cache(maxsize=1024)
def beta_quantile(p: float, a: float, b: float) -> float:
    """The x with I(x; a, b) = p, 0 to 1. Raises ValueError for p outside 1e-6 to 1 - 1e-6.

    Cached; costs some milliseconds the first time.
    """
    _need(a > 0 and b > 0 and 1e-6 <= p <= 1 - 1e-6, f"p={p}, a={a}, b={b}")
    with _ONE_AT_A_TIME:
        return float(
            _EXACT.findroot(
                lambda x: _below(x, a, b) - p,
                _bracket(p, a, b),
                solver="pegasus",
                tol=1e-22,
                verify=False,  # its steps have to be that small, not the squares of its values
                maxsteps=200,
            )
        )


def _below(x: Any, a: float, b: float) -> Any:
    """I(x; a, b) as x^a (1 - x)^b / (a B(a, b)) ₂F₁(a + b, 1; a + 1; x), DLMF 8.17.8.

    All terms of the series are positive; beyond the mean the other tail is the shorter one.
    """
    if x <= 0 or x >= 1:
        return _EXACT.mpf(x >= 1)
    if x > (a + 1) / (a + b + 2):
        return 1 - _below(1 - x, b, a)
    shape, other = _EXACT.mpf(a), _EXACT.mpf(b)
    front = shape * _EXACT.log(x) + other * _EXACT.log1p(-x) - _EXACT.log(shape)
    front += _EXACT.loggamma(shape + other) - _EXACT.loggamma(shape) - _EXACT.loggamma(other)
    return _EXACT.exp(front) * _EXACT.hyp2f1(shape + other, 1, shape + 1, x)


def _bracket(p: float, a: float, b: float) -> tuple[Any, Any]:
    """Two points with the quantile between them, found by steps outwards from the mean."""
    mean = _EXACT.mpf(a) / (a + b)
    step = _EXACT.sqrt(mean * (1 - mean) / (a + b + 1))
    low = high = mean
    while _below(low, a, b) > p:
        low, high, step = max(low - step, _EXACT.zero), low, 2 * step
    while _below(high, a, b) < p:
        low, high, step = high, min(high + step, _EXACT.one), 2 * step
    return (low, high) if low != high else (mean - mean / 2, mean + (1 - mean) / 2)


def _need(holds: bool, what: str) -> None:
    if not holds:
        raise ValueError(f"{what} is out of range")
