"""Means of units drawn towards the mean of all, as far as their own people are few.

Source: Bühlmann and Straub (1970), Mitteilungen der Vereinigung schweizerischer
Versicherungsmathematiker 70, 111, with one observation of weight 1 for each person; the idea of
Efron and Morris (1977), Scientific American 236, 119.
"""

import math
from collections.abc import Hashable, Mapping
from typing import Generic, NamedTuple, TypeVar

from quiz.assessment.analysis.statistics.distributions import Z_95

Unit = TypeVar("Unit", bound=Hashable)

FEWEST_UNITS = 4


class Raw(NamedTuple):
    """What is known of a unit: its people, their mean, and their standard deviation with n - 1."""

    n: int
    mean: float
    sd: float


class Drawn(NamedTuple):
    """A unit's mean drawn towards the mean of all, with its 95 % interval about the unit.

    `weight`, 0 to 1, is how much of it is the unit's own. Between its own mean and that of all.
    """

    mean: float
    low: float
    high: float
    weight: float


class UnitMeans(NamedTuple, Generic[Unit]):
    """`within` and `between` are the variances of people in a unit and of units' true means, >= 0.

    Where `between` is 0 no difference of units can be detected, and `units` is empty.
    """

    within: float
    between: float
    overall: float
    units: Mapping[Unit, Drawn]


def unit_means(units: Mapping[Unit, Raw]) -> UnitMeans[Unit] | None:
    """The empirical-Bayes means of units; None for fewer than FEWEST_UNITS or one person in each.

    s_w² = SS_within / (N-J); τ² = max(0, N/(N² - Σn²) [Σ n (m - M)² - (J-1) s_w²]);
    Z = n / (n + s_w²/τ²); EB = Z m + (1-Z) µ with µ = Σ Z m / Σ Z; interval EB ± 1.96
    sqrt((1-Z) τ²). It needs nothing but n, mean and spread of the units, so of units whose interval
    is shown it tells nothing that was hidden. Raises ValueError for a unit without people.
    """
    if any(unit.n < 1 for unit in units.values()):
        raise ValueError("a unit without people has no mean")
    people = sum(unit.n for unit in units.values())
    if len(units) < FEWEST_UNITS or people == len(units):
        return None
    within = math.fsum((u.n - 1) * u.sd**2 for u in units.values()) / (people - len(units))
    centre = math.fsum(u.n * u.mean for u in units.values()) / people
    spread = math.fsum(u.n * (u.mean - centre) ** 2 for u in units.values())
    spread -= (len(units) - 1) * within
    between = people / (people**2 - sum(u.n**2 for u in units.values())) * spread
    if between <= 0:
        return UnitMeans(within, 0.0, centre, {})
    weights = {unit: raw.n / (raw.n + within / between) for unit, raw in units.items()}
    overall = math.fsum(weights[unit] * raw.mean for unit, raw in units.items())
    overall /= math.fsum(weights.values())
    drawn = {unit: _drawn(raw, weights[unit], overall, between) for unit, raw in units.items()}
    return UnitMeans(within, between, overall, drawn)


def _drawn(raw: Raw, weight: float, overall: float, between: float) -> Drawn:
    centre = weight * raw.mean + (1 - weight) * overall
    half = Z_95 * math.sqrt((1 - weight) * between)
    return Drawn(centre, centre - half, centre + half, weight)
