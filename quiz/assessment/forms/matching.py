"""Seating guests at places they fit, preferring the first guests.

Used to fill a form: places are its positions, guests the items (or sets of items) on offer.
"""

from collections.abc import Callable, Hashable, Iterable, Sequence
from typing import TypeVar

Place = TypeVar("Place", bound=Hashable)
Guest = TypeVar("Guest")


def seat(
    places: Iterable[Place], guests: Sequence[Guest], fits: Callable[[Guest, Place], bool]
) -> dict[Place, Guest]:
    """As many places filled as can be, each by one guest, by the most preferred guests.

    `guests` stand in order of preference. Taking them in turn and keeping each one for whom an
    augmenting path exists is the greedy algorithm on a transversal matroid (Edmonds and
    Fulkerson 1965): no other filling has more places filled, and none replaces a seated guest by
    a more preferred one. Cost: guests x places x places at worst.
    """
    order = list(places)
    seated: dict[Place, int] = {}

    def augment(guest: int, tried: set[Place]) -> bool:
        for place in order:
            if place in tried or not fits(guests[guest], place):
                continue
            tried.add(place)
            if place not in seated or augment(seated[place], tried):
                seated[place] = guest
                return True
        return False

    for guest in range(len(guests)):
        if len(seated) == len(order):
            break
        augment(guest, set())
    return {place: guests[guest] for place, guest in seated.items()}
