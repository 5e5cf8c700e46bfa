"""What has changed in the same people from one measurement to another."""

import math
from collections.abc import Sequence
from fractions import Fraction
from itertools import chain
from typing import NamedTuple

from quiz.assessment.analysis.statistics.distributions import binomial_distribution
from quiz.assessment.analysis.statistics.means import (
    Scaled,
    mean,
    scaled,
    scaled_interval,
    variance,
)

Pair = tuple[Fraction, Fraction]
"""One person before and after, on the same scale."""

GAIN_CEILING = 95
"""From this mean before, in percent, there is too little left to gain for a share of it."""


class PairedChange(NamedTuple):
    """Means before and after and the mean change of `n` matched people, in percent.

    `low` and `high` are the 95 % interval of the change, `effect` is d_z = mean / s of the changes;
    all three are None where the changes do not vary or there is only one.
    """

    n: int
    before: Fraction
    after: Fraction
    change: Fraction
    low: float | None
    high: float | None
    effect: float | None


def paired_change(pairs: Sequence[Pair]) -> PairedChange | None:
    """The change of matched people: mean(d) ± t(0.975; n - 1) s_d / sqrt(n), and d_z.

    The change is from -100 to 100, d_z without bounds. None without pairs. Sources: Student (1908);
    Cohen (1988), Statistical Power Analysis, 2.3.5, for d_z.
    """
    if not pairs:
        return None
    n = len(pairs)
    every, denominator = scaled(chain.from_iterable(pairs))
    before, after = every[0::2], every[1::2]
    changes = Scaled([new - old for old, new in zip(before, after, strict=True)], denominator)
    found = scaled_interval(changes, clip=(-100, 100))
    return PairedChange(
        n=n,
        before=Fraction(sum(before), n * denominator),
        after=Fraction(sum(after), n * denominator),
        change=found.mean,
        low=found.low,
        high=found.high,
        effect=None if found.low is None else float(found.mean) / math.sqrt(variance(changes)),
    )


def normalised_gain(pairs: Sequence[Pair]) -> Fraction | None:
    """Hake's gain of the group: (mean after - mean before) / (100 - mean before), at most 1.

    Of matched people only, each in percent; below 0 where the group fell. None without pairs and
    from a mean of GAIN_CEILING before. Source: Hake (1998), American Journal of Physics 66, 64.
    """
    if not pairs:
        return None
    before = mean([pair[0] for pair in pairs])
    after = mean([pair[1] for pair in pairs])
    return None if before >= GAIN_CEILING else (after - before) / (100 - before)


def mcnemar(gained: int, lost: int) -> float:
    """The exact two-sided probability that as uneven a change is chance, 0 to 1.

    `gained` people were wrong before and right after, `lost` the other way round; who did not
    change says nothing. min(1, 2 P(Bin(gained + lost, 1/2) <= the smaller)); 1 where nobody
    changed. Raises ValueError for negative counts. Source: McNemar (1947), Psychometrika 12, 153.
    """
    if min(gained, lost) < 0:
        raise ValueError(f"{gained} and {lost} are no counts")
    return min(1.0, 2 * binomial_distribution(min(gained, lost), gained + lost))
