"""Which places on a roster may be one person's: read off names, units, positions and NIPs."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from enum import IntEnum

from quiz.exchange.rosters.likeness import LikeIndex
from quiz.exchange.rosters.names import full_words, like_names, plain_words


class Sign(IntEnum):
    """Why two places may be one person's, the surest first."""

    ONE_PERSON = 1
    """They are known to be one, by a merge at another event."""

    SAME_NAME = 2
    LIKE_NAME = 3
    OTHER_UNIT = 4
    """The same name in two units."""

    OTHER_POSITION = 5
    """The same name in one unit with positions that differ: more likely two people."""


@dataclass(frozen=True)
class Place:
    """A place on a roster. ``name`` is normalised, ``person`` whose it is after all merges."""

    key: int
    person: int
    name: str
    unit: int
    nip: str | None = None
    position: str | None = None


@dataclass(frozen=True)
class Double:
    """Two places that may be one person's, in the order of the roster."""

    one: Place
    other: Place
    sign: Sign


def likely_doubles(places: Sequence[Place]) -> list[Double]:
    """Every pair that may be one person, the surest first. Two NIPs are two people."""
    found: dict[tuple[int, int], Double] = {}
    order = {place.key: number for number, place in enumerate(places)}
    for one, other in _worth_comparing(places):
        first, second = sorted((one, other), key=lambda place: order[place.key])
        sign = sign_of(first, second)
        if sign is not None:
            found[first.key, second.key] = Double(first, second, sign)
    return sorted(found.values(), key=lambda each: (each.sign, order[each.one.key]))


def sign_of(one: Place, other: Place) -> Sign | None:
    """Why the two may be one person's; None where nothing says so."""
    if one.person == other.person:
        return Sign.ONE_PERSON
    if one.nip and other.nip:
        return None
    differ = _other_position(one, other)
    if one.name == other.name:
        if one.unit == other.unit:
            return Sign.OTHER_POSITION if differ else Sign.SAME_NAME
        return None if differ else Sign.OTHER_UNIT
    if one.unit == other.unit and not differ and like_names(one.name, other.name):
        return Sign.LIKE_NAME
    return None


def _other_position(one: Place, other: Place) -> bool:
    """Whether both positions are known and share no word."""
    words = set(plain_words(one.position or "")), set(plain_words(other.position or ""))
    return bool(words[0] and words[1]) and not words[0] & words[1]


def _worth_comparing(places: Iterable[Place]) -> Iterator[tuple[Place, Place]]:
    """Pairs that share person or name, and those of a unit whose names share something."""
    alike: defaultdict[object, list[Place]] = defaultdict(list)
    units: defaultdict[int, LikeIndex[Place]] = defaultdict(LikeIndex)
    for place in places:
        words = full_words(place.name)
        near = units[place.unit].worth_comparing(words)
        for other in {*alike[place.name], *alike[place.person], *near}:
            yield other, place
        alike[place.name].append(place)
        alike[place.person].append(place)
        units[place.unit].add(words, place)
