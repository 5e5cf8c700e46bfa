"""Whether an item tells those who know more from those who know less.

Each person is a pair: the share of the item's point earned, and what they earned on the rest. The
corrected item-rest correlation stands in `correlation.py`.
"""

import math
from collections.abc import Sequence
from fractions import Fraction
from itertools import compress
from operator import mul
from typing import NamedTuple

from quiz.assessment.analysis.statistics.means import mean, scaled
from quiz.assessment.rounding import round_half_up

Pair = tuple[Fraction, Fraction]
"""Share of the item's point, and of the rest."""

OUTER_SHARE = Fraction(27, 100)

FUNCTIONING_SHARE = Fraction(1, 20)
"""A distractor that fewer choose does no work (Haladyna and Downing, 1993)."""


class UpperLower(NamedTuple):
    """Mean share of the point in the upper group minus that in the lower, -1 to 1, and both n."""

    difference: Fraction
    upper: int
    lower: int


class Distractor(NamedTuple):
    """How an option works among `n` who answered: the share that chose it, 0 to 1.

    `point_biserial`, -1 to 1, correlates choosing it with the rest; None where nobody or everybody
    chose it or the rest does not vary. It is `functioning` when FUNCTIONING_SHARE chose it, and
    rather those who know less.
    """

    n: int
    chosen: int
    point_biserial: float | None

    @property
    def share(self) -> Fraction:
        return Fraction(self.chosen, self.n) if self.n else Fraction(0)

    @property
    def functioning(self) -> bool:
        negative = self.point_biserial is not None and self.point_biserial < 0
        return negative and self.share >= FUNCTIONING_SHARE


def upper_lower(pairs: Sequence[Pair]) -> UpperLower | None:
    """The item in the upper 27 % by the rest, minus the lower 27 %.

    Groups of round(0.27 n), equals never parted: whoever ties with a border moves up, so the upper
    group may be larger and the lower smaller. None where one of them is empty, as with fewer than
    two people or when all rests are the same. Source: Kelley (1939), Journal of Educational
    Psychology 30, 17.
    """
    size = int(round_half_up(OUTER_SHARE * len(pairs)))
    if not size:
        return None
    rests = scaled(rest for _, rest in pairs).numerators
    ranked = sorted(rests)
    ranks = list(zip((item for item, _ in pairs), rests, strict=True))
    upper = [item for item, rest in ranks if rest >= ranked[-size]]
    lower = [item for item, rest in ranks if rest < ranked[size]]
    if not lower:
        return None
    return UpperLower(mean(upper) - mean(lower), len(upper), len(lower))


def efficiency(pairs: Sequence[Pair]) -> float | None:
    """Discriminative efficiency: the covariance of item and rest as a share of the highest these
    two lists could have, both sorted. At most 1; below 0 where the item tells the wrong way.

    None where one of them does not vary. Source: Moodle's quiz statistics ("Discriminative
    efficiency").
    """
    items, rests = (scaled(pair[place] for pair in pairs).numerators for place in (0, 1))
    if len(set(items)) < 2 or len(set(rests)) < 2:
        return None
    return _products(items, rests) / _products(sorted(items), sorted(rests))


def distractor(choices: Sequence[tuple[bool, Fraction]]) -> Distractor:
    """How one option works, from everybody who answered: whether they chose it, and their rest.

    Point-biserial (M_chose - M_others) / s × sqrt(q (1 - q)) with the population's s.
    """
    rests, denominator = scaled(rest for _, rest in choices)
    chose = list(compress(rests, (chosen for chosen, _ in choices)))
    n, n_chose, n_others = len(rests), len(chose), len(rests) - len(chose)
    if not n_chose or not n_others or len(set(rests)) < 2:
        return Distractor(n, n_chose, None)
    q = Fraction(n_chose, n)
    spread = math.sqrt(Fraction(_products(rests, rests), (n * denominator) ** 2))
    apart = float(
        Fraction(sum(chose), n_chose * denominator)
        - Fraction(sum(rests) - sum(chose), n_others * denominator)
    )
    return Distractor(n, n_chose, apart / spread * math.sqrt(q * (1 - q)))


def _products(xs: Sequence[int], ys: Sequence[int]) -> int:
    """The covariance times n squared, exactly."""
    together: int = sum(map(mul, xs, ys))
    return len(xs) * together - sum(xs) * sum(ys)
