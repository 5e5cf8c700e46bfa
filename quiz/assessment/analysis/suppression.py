"""Which results may be shown, so that nobody's can be worked out from those that are.

One pure function decides it for every page and every file.

The rule. How many people submitted is shown for every unit, so a shown mean gives away a shown
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

from collections.abc import Iterable
from dataclasses import dataclass, replace


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
    withheld = [group for group in groups if group.n and not group.shown]
    shown = [group for group in groups if group.shown]
    exposed = len(withheld) == 1 or 0 < sum(group.n for group in withheld) < minimum
    if exposed and shown:
        smallest = min(shown, key=lambda group: (group.n, group.units))
        groups[groups.index(smallest)] = replace(smallest, shown=False)
    return groups


def _alone_or_pooled(units: Iterable[UnitSize], minimum: int) -> list[Group]:
    alone = []
    pools: dict[str, list[UnitSize]] = {}
    for unit in sorted(units, key=lambda unit: unit.code):
        if unit.n >= minimum:
            alone.append(Group(unit.kind, (unit.code,), unit.n, shown=True))
        else:
            pools.setdefault(unit.kind, []).append(unit)
    return sorted(
        alone + [_pool(kind, members, minimum) for kind, members in pools.items()],
        key=lambda group: group.units,
    )


def _pool(kind: str, members: list[UnitSize], minimum: int) -> Group:
    n = sum(unit.n for unit in members)
    return Group(kind, tuple(unit.code for unit in members), n, shown=n >= minimum)
