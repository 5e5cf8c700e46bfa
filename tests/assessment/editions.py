"""The attack a reader of several editions can make: adding and subtracting what all told."""

import itertools
from collections.abc import Collection, Iterable, Mapping
from fractions import Fraction

Sum = Mapping[tuple[str, object], int]
"""A known sum: how often each result, which is a person's in one of their values, is in it."""


def exposed_people(known: Iterable[Sum], minimum: int) -> list[tuple[str, ...]]:
    """Every set of fewer than ``minimum`` people of whose results alone some sum follows.

    It does when the known sums can be combined so that everybody else's results drop out and
    theirs do not: when leaving their columns out costs rank.
    """
    rows = [each for each in known if each]
    columns = sorted({column for each in rows for column in each}, key=repr)
    people = sorted({person for person, _ in columns})
    whole = _rank(rows, columns)
    return [
        few
        for few in itertools.combinations(people, min(minimum - 1, len(people)))
        if _rank(rows, [column for column in columns if column[0] not in few]) < whole
    ]


def _rank(rows: Iterable[Sum], columns: Collection[tuple[str, object]]) -> int:
    left = [[Fraction(row.get(column, 0)) for column in columns] for row in rows]
    rank = 0
    for place in range(len(columns)):
        pivot = next((row for row in left if row[place]), None)
        if pivot is not None:
            left.remove(pivot)
            rank += 1
            left = [
                [a - row[place] / pivot[place] * b for a, b in zip(row, pivot, strict=True)]
                if row[place]
                else row
                for row in left
            ]
    return rank
