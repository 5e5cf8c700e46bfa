"""Which versions of a form may be told of beside the report's rows of people.

Rows are parts of everybody, and the people who met one version at a position are others: a version
less the rows of those who met it can leave a few. It takes the same measure on both sides. Rows
tell of topics and of whole scores, so only where each position of a topic was met in several
versions that are told do these add up to what rows tell; one position that everybody met alike, or
of which nothing is told, keeps them apart.
"""

import itertools
from collections import Counter, defaultdict
from collections.abc import Collection, Hashable, Iterable, Iterator, Mapping, Sequence
from typing import NamedTuple

from quiz.assessment.analysis.suppression import OFFICE_MINIMUM, hidden_among_rows

Version = str
Person = Hashable


class Standing(NamedTuple):
    """The row of the report a person stands in, and whether the change counts them.

    All rows that are withheld are one row.
    """

    row: Hashable
    counted: bool


class Place(NamedTuple):
    """A position of a form: the topics asked there, and how many people met which version."""

    topics: frozenset[str]
    met: Mapping[Version, int]

    def parted(self, told: Collection[Version]) -> bool:
        """Whether its versions were met by different people and some are told of."""
        return len(self.met) > 1 and not self.met.keys().isdisjoint(told)


Places = Mapping[int, Place]
"""By position, of what a report sums over."""

Meeting = tuple[int, Version, Standing]
"""Somebody's, with the version at a position."""

Items = Sequence[Sequence[str]]
"""What a score says of each: position, version, topic, scale, points and maximum."""


def places_of(scores: Iterable[Items]) -> tuple[Places, list[Mapping[Version, int]]]:
    """The positions that count for a report, and how many met which version at every one."""
    topics: defaultdict[int, set[str]] = defaultdict(set)
    counting: defaultdict[int, Counter[Version]] = defaultdict(Counter)
    every: defaultdict[int, Counter[Version]] = defaultdict(Counter)
    listed = Counter(
        (position, version, topic, scale, most)
        for items in scores
        for position, version, topic, scale, _points, most in items
    )
    for (position, version, topic, scale, most), n in listed.items():
        every[int(position)][version] += n
        if _counts(scale, most):
            counting[int(position)][version] += n
            topics[int(position)].add(topic)
    places = {at: Place(frozenset(topics[at]), met) for at, met in counting.items()}
    return places, list(every.values())


def meetings_at(scores: Iterable[tuple[Items, Standing]]) -> Iterator[Meeting]:
    """Each meeting that counts for a report."""
    for items, standing in scores:
        for position, version, _topic, scale, _points, most in items:
            if _counts(scale, most):
                yield int(position), version, standing


def _counts(scale: str, most: str) -> bool:
    """Whether an item stands in scores: knowledge that no ruling has taken out."""
    return scale == "knowledge" and most != "0"


def crossing(places: Places, told: Collection[Version]) -> list[list[int]]:
    """The positions of each topic of which versions that are told add up to all that was asked."""
    by_topic: defaultdict[str, list[int]] = defaultdict(list)
    for position, place in sorted(places.items()):
        for topic in place.topics:
            by_topic[topic].append(position)
    return [
        positions
        for _, positions in sorted(by_topic.items())
        if all(places[position].parted(told) for position in positions)
    ]


def beside_rows(
    told: frozenset[Version],
    places: Places,
    met: Iterable[Meeting],
    minimum: int = OFFICE_MINIMUM,
) -> frozenset[Version]:
    """Those of the versions `told` of which nothing can be taken apart with the report's rows.

    Where a topic's versions single out fewer than `minimum` people of a row, its first position is
    not told of.
    """
    cells = _cells(told, met)
    hidden = {
        positions[0]
        for positions in crossing(places, told)
        if not all(_hide(cells[position], minimum) for position in positions)
    }
    return told.difference(*(places[position].met for position in hidden))


def beside_change(
    told: frozenset[Version], met: Iterable[Meeting], minimum: int = OFFICE_MINIMUM
) -> bool:
    """Whether the change may be told of some positions alone, beside the versions `told` there."""
    together = ((at, version, Standing(None, one.counted)) for at, version, one in met)
    return all(_hide(cells, minimum) for cells in _cells(told, together).values())


Cells = Mapping[tuple[Standing, Version], int]
"""How many of a standing met which version; those not told of are one, without a name."""


def _cells(told: Collection[Version], met: Iterable[Meeting]) -> dict[int, Cells]:
    cells: defaultdict[int, Counter[tuple[Standing, Version]]] = defaultdict(Counter)
    for position, version, standing in met:
        cells[position][standing, version if version in told else ""] += 1
    return dict(cells)


def _hide(cells: Cells, minimum: int) -> bool:
    """Whether no sum over versions, with the change or without, leaves fewer than `minimum`.

    One version more or less than the others says all that larger multiples of it would.
    """
    first, *others = sorted({version for _, version in cells})
    for often in itertools.product((0, 1, -1), repeat=len(others)):
        times = {first: 0, **dict(zip(others, often, strict=True))}
        for of_change in (0, 1) if any(often) else ():
            people: Counter[tuple[Hashable, Hashable]] = Counter()
            for (standing, version), n in cells.items():
                people[standing.row, times[version] + of_change * standing.counted] += n
            if not hidden_among_rows(people, minimum):
                return False
    return True
