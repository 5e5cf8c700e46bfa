"""How alike a person's score would come out again: alpha, and the error of one score."""

import math
from collections.abc import Sequence
from fractions import Fraction
from itertools import chain
from typing import NamedTuple

from quiz.assessment.analysis.statistics.distributions import f_quantile
from quiz.assessment.analysis.statistics.means import Scaled, scaled, variance


class Reliability(NamedTuple):
    """Cronbach's alpha of `k` items answered by `n` people, with Feldt's 95 % interval.

    `alpha` is at most 1 and may be negative: then items contradict each other. `sem` is the
    standard error of measurement of one person's total, in the items' points.
    """

    alpha: float
    low: float
    high: float
    sem: float
    n: int
    k: int

    def error_of_mean(self, people: int) -> float:
        """The error of measurement of the mean total of so many people: SEM / sqrt(n)."""
        return self.sem / math.sqrt(people)


def reliability(rows: Sequence[Sequence[Fraction]]) -> Reliability | None:
    """Alpha of persons by items, each a person's points, a blank being 0; KR-20 for 0 and 1.

    k/(k-1) (1 - Σ s_j² / s_X²), all variances with the same denominator; interval
    1 - (1-a) F(.975; n-1, (n-1)(k-1)) to 1 - (1-a) F(.025; …). None for fewer than two people or
    items, and where all totals are the same. Raises ValueError for rows of unequal length.
    Sources: Kuder and Richardson (1937); Cronbach (1951); Feldt (1965), Psychometrika 30, 357.
    """
    k = len(rows[0]) if rows else 0
    if any(len(row) != k for row in rows):
        raise ValueError("every person needs points for every item")
    every, denominator = scaled(chain.from_iterable(rows))
    columns = [every[place::k] for place in range(k)]
    totals = [sum(person) for person in zip(*columns, strict=True)]
    if k < 2 or len(set(totals)) < 2:
        return None
    n = len(rows)
    whole = float(variance(Scaled(totals, denominator)))
    items = math.fsum(float(variance(Scaled(column, denominator))) for column in columns)
    alpha = k / (k - 1) * (1 - items / whole)
    error = max(0.0, 1 - alpha)
    degrees = n - 1, (n - 1) * (k - 1)
    return Reliability(
        alpha=1 - error,
        low=1 - error * f_quantile(0.975, *degrees),
        high=1 - error * f_quantile(0.025, *degrees),
        sem=math.sqrt(whole * error),
        n=n,
        k=k,
    )
