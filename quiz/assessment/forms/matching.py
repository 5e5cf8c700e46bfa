"""Seating guests at places they fit, preferring the first guests.

Used to fill a form: places are its positions, guests the items (or sets of items) on offer.
"""

from collections import deque
from collections.abc import Callable, Collection, Hashable, Iterable, Sequence
from typing import Generic, TypeVar

Place = TypeVar("Place", bound=Hashable)
Guest = TypeVar("Guest")

MOST_TRIES = 64


def _never(one: object, other: object) -> bool:
    return False


def seat(
    places: Iterable[Place],
    guests: Sequence[Guest],
    fits: Callable[[Guest, Place], bool],
    apart: Callable[[Guest, Guest], bool] = _never,
) -> dict[Place, Guest]:
    """As many places filled as can be, each by one guest, by the most preferred guests.

    `guests` stand in order of preference. Taking them in turn and keeping each one for whom an
    augmenting path exists is the greedy algorithm on a transversal matroid (Edmonds and
    Fulkerson 1965): no other filling has more places filled, and none replaces a seated guest by
    a more preferred one. Cost: guests x places x places at worst.

    No two guests that are to be kept `apart` are seated. Where that leaves a place empty, the
    seating is tried again without those who kept out a guest that could have filled it: some
    full seating holds such a guest and not them, if there is a full seating. At most `MOST_TRIES`
    times, then the fullest seating found is given.
    """
    order = list(places)
    best: dict[Place, Guest] = {}
    waiting, known = deque([frozenset[int]()]), {frozenset[int]()}
    for _ in range(MOST_TRIES):
        if not waiting:
            break
        out = waiting.popleft()
        found = _Seating(order, guests, fits, apart)
        refused = found.seat_all(out)
        if len(found.seated) > len(best):
            best = {place: guests[guest] for place, guest in found.seated.items()}
        if len(best) == len(order):
            break
        for guest, by in refused.items():
            without = out | by
            if without not in known and found.could_seat(guest):
                known.add(without)
                waiting.append(without)
    return best


class _Seating(Generic[Place, Guest]):
    """Who sits where, by the numbers of the guests."""

    def __init__(
        self,
        order: Sequence[Place],
        guests: Sequence[Guest],
        fits: Callable[[Guest, Place], bool],
        apart: Callable[[Guest, Guest], bool],
    ) -> None:
        self.order, self.guests, self.fits, self.apart = order, guests, fits, apart
        self.seated: dict[Place, int] = {}

    def seat_all(self, out: Collection[int]) -> dict[int, frozenset[int]]:
        """Seat whoever can be but those left `out`; who was refused, and by whom."""
        refused = {}
        for guest in range(len(self.guests)):
            if len(self.seated) == len(self.order):
                break
            if guest in out:
                continue
            by = self._kept_out_by(guest)
            if by:
                refused[guest] = by
            else:
                self._augment(guest, set())
        return refused

    def could_seat(self, guest: int) -> bool:
        """Whether one more place would be filled by a guest that was refused."""
        before = dict(self.seated)
        found = self._augment(guest, set())
        self.seated = before
        return found

    def _kept_out_by(self, guest: int) -> frozenset[int]:
        me = self.guests[guest]
        return frozenset(
            other for other in self.seated.values() if self.apart(me, self.guests[other])
        )

    def _augment(self, guest: int, tried: set[Place]) -> bool:
        for place in self.order:
            if place in tried or not self.fits(self.guests[guest], place):
                continue
            tried.add(place)
            if place not in self.seated or self._augment(self.seated[place], tried):
                self.seated[place] = guest
                return True
        return False
