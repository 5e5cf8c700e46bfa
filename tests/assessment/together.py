"""The attack of a reader who adds and subtracts whatever is shown, of groups of people alike."""

import itertools
from collections.abc import Collection, Hashable, Iterable, Iterator, Mapping

Alike = Hashable
"""People who stand in the same known sums, in each as often."""

Sum = Mapping[tuple[Alike, Hashable], int]
"""A known sum: how often each measure of the people alike is in it."""

PRIME = 2**127 - 1
"""Larger than any minor of fifty rows of small whole numbers, so ranks modulo it are exact."""


def exposed_alike(
    known: Iterable[Sum], sizes: Mapping[Alike, int], minimum: int
) -> list[tuple[Alike, ...]]:
    """The sets of fewer than ``minimum`` people of whose results alone some sum follows.

    It does when leaving their columns out costs rank: then the known sums can be combined so that
    everybody else's results drop out and theirs do not.
    """
    rows = [each for each in known if each]
    columns = sorted({column for each in rows for column in each}, key=repr)
    whole = _rank(rows, columns)
    return [
        few
        for few in _sets_of_few(sizes, minimum)
        if _rank(rows, [column for column in columns if column[0] not in few]) < whole
    ]


def _sets_of_few(sizes: Mapping[Alike, int], minimum: int) -> Iterator[tuple[Alike, ...]]:
    """Sets of people alike with fewer than ``minimum`` in them, none a part of another."""
    small = [alike for alike, n in sizes.items() if 0 < n < minimum]
    found: list[set[Alike]] = []
    for many in range(min(len(small), minimum - 1), 0, -1):
        for few in itertools.combinations(small, many):
            if sum(sizes[alike] for alike in few) < minimum and not any(
                found_ >= set(few) for found_ in found
            ):
                found.append(set(few))
                yield few


def _rank(rows: Iterable[Sum], columns: Collection[tuple[Alike, Hashable]]) -> int:
    left = [[row.get(column, 0) for column in columns] for row in rows]
    rank = 0
    for place in range(len(columns)):
        pivot = next((row for row in left if row[place]), None)
        if pivot is None:
            continue
        left.remove(pivot)
        rank += 1
        inverse = pow(pivot[place], -1, PRIME)
        for row in left:
            if row[place]:
                factor = row[place] * inverse % PRIME
                row[:] = [(a - factor * b) % PRIME for a, b in zip(row, pivot, strict=True)]
    return rank
