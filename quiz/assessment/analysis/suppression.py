"""Which figures may be shown, so that none of fewer than five people follows from those that are.

`shown_parts` decides it wherever a whole is shown in parts; `suppress` is that rule for the units
of a report, which are pooled first.

The report. How many people submitted is shown for every unit, so a shown mean gives away a shown
sum. Therefore:

1. A unit with at least `minimum` results stands alone.
2. Smaller units are pooled by kind; a pool with at least `minimum` results is shown as one.
3. A pool that is still too small is withheld.
4. The total minus all that is shown is the sum of all that is withheld. If that would be a single
   group or fewer than `minimum` people, the smallest group shown is withheld too (of two equal
   ones the first by the codes of its units). The total stays: it says most and exposes least.

What this cannot hide: when everybody in a shown group passed, or nobody did, that says so of
each of them, as it does of the members of a unit standing alone.
"""

from collections.abc import Hashable, Iterable, Mapping
from dataclasses import dataclass, replace
from typing import NamedTuple, TypeVar

OFFICE_MINIMUM = 5
"""Least number of people in a figure on screen and on papers for the event's own offices."""

STEP = 5

Part = TypeVar("Part", bound=Hashable)


class Step(NamedTuple):
    """A count of people told in steps of five: it is between these two, ends included."""

    low: int
    high: int


def step_of(n: int) -> Step:
    """0 to 2, 3 to 7, 8 to 12 and so on: no number of one to four people is told from another."""
    middle = (n + STEP // 2) // STEP * STEP
    return Step(max(0, middle - STEP // 2), middle + STEP // 2)


@dataclass(frozen=True)
class UnitSize:
    """A unit and the number of people in it with a result."""

    code: str
    kind: str
    n: int


@dataclass(frozen=True)
class Group:
    """Units whose results stand in one row, `n` of them; they are withheld unless `shown`."""

    kind: str
    units: tuple[str, ...]
    n: int
    shown: bool

    @property
    def pooled(self) -> bool:
        """Whether it is more than one unit."""
        return len(self.units) > 1


def suppress(units: Iterable[UnitSize], minimum: int) -> list[Group]:
    """The rows in which results may be shown: every unit is in exactly one, ordered by code.

    `minimum` is the least number of people (1 or more). The total over all units may be shown
    exactly when it holds at least `minimum`. Nothing about fewer people than that can be had by
    adding and subtracting shown rows and the total.
    """
    groups = _alone_or_pooled(units, minimum)
    shown = shown_parts({group: group.n for group in groups}, minimum)
    return [replace(group, shown=bool(group.n) and group in shown) for group in groups]


def shown_parts(parts: Mapping[Part, int], minimum: int = OFFICE_MINIMUM) -> frozenset[Part]:
    """Which parts of a whole may be shown when the whole is; each has so many people.

    Parts of nobody and of at least `minimum`; of a whole with fewer people, none at all. What is
    left out is at least two parts and `minimum` people, if need be with the smallest that could
    be shown (of equal ones the first).
    """
    if 0 < sum(parts.values()) < minimum:
        return frozenset()
    shown = [part for part, n in parts.items() if n == 0 or n >= minimum]
    left_out = [n for part, n in parts.items() if part not in shown]
    people = [part for part in shown if parts[part]]
    if people and (len(left_out) == 1 or 0 < sum(left_out) < minimum):
        shown.remove(min(people, key=lambda part: parts[part]))
    return frozenset(shown)


def steps_hide(parts: Mapping[Part, int], minimum: int = OFFICE_MINIMUM) -> bool:
    """Whether these parts may be told in steps although their sum is known.

    Of fewer than `minimum` people in several parts, and where the sum leaves a part no other
    number than one below `minimum`, they may not.
    """
    total = sum(parts.values())
    if len(parts) < 2 or total == 0:
        return True
    if total < minimum:
        return False
    steps = [step_of(n) for n in parts.values()]
    lows, highs = sum(step.low for step in steps), sum(step.high for step in steps)
    least = (max(step.low, total - (highs - step.high)) for step in steps)
    most = (min(step.high, total - (lows - step.low)) for step in steps)
    return not any(low == high and 0 < low < minimum for low, high in zip(least, most, strict=True))


def _alone_or_pooled(units: Iterable[UnitSize], minimum: int) -> list[Group]:
    alone = []
    pools: dict[str, list[UnitSize]] = {}
    for unit in sorted(units, key=lambda unit: unit.code):
        if unit.n >= minimum:
            alone.append(Group(unit.kind, (unit.code,), unit.n, shown=False))
        else:
            pools.setdefault(unit.kind, []).append(unit)
    return sorted(
        alone + [_pool(kind, members) for kind, members in pools.items()],
        key=lambda group: group.units,
    )


def _pool(kind: str, members: list[UnitSize]) -> Group:
    n = sum(unit.n for unit in members)
    return Group(kind, tuple(unit.code for unit in members), n, shown=False)
