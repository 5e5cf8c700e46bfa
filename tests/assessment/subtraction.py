"""The attack a curious reader of a report can make: adding and subtracting what is shown."""

import itertools
from collections.abc import Collection, Iterable, Mapping, Sequence
from fractions import Fraction


def derivable(
    known: Iterable[Collection[str]], wanted: Collection[str], all_: Sequence[str]
) -> bool:
    """Whether the sum over the wanted units follows from the sums over the known sets of units.

    By elimination: the wanted 0/1 vector lies in the span of the known ones or it does not.
    """
    rows = [[Fraction(unit in of) for unit in all_] for of in known]
    target = [Fraction(unit in wanted) for unit in all_]
    for column in range(len(all_)):
        pivot = next((row for row in rows if row[column]), None)
        if pivot is None:
            continue
        rows.remove(pivot)
        rows = [_cleared(row, pivot, column) for row in rows]
        target = _cleared(target, pivot, column)
    return not any(target)


def exposed(
    known: Sequence[Collection[str]], sizes: Mapping[str, int], minimum: int
) -> list[tuple[str, ...]]:
    """Every set of units with 1 to `minimum` - 1 results whose sum follows from what is known."""
    counted = [unit for unit, n in sizes.items() if n]
    relevant = [[unit for unit in of if sizes[unit]] for of in known]
    return [
        few
        for many in range(1, len(counted) + 1)
        for few in itertools.combinations(counted, many)
        if sum(sizes[unit] for unit in few) < minimum and derivable(relevant, few, counted)
    ]


def _cleared(row: list[Fraction], pivot: list[Fraction], column: int) -> list[Fraction]:
    factor = row[column] / pivot[column]
    return [value - factor * of_pivot for value, of_pivot in zip(row, pivot, strict=True)]
