"""Serving every status at one position of a form by few items, leaving most for the others."""

from collections.abc import Collection, Iterable, Sequence

from quiz.assessment.forms.form import Candidate
from quiz.assessment.forms.ties import Ties, fitting, variants_of
from quiz.assessment.items.item import Status

Versions = dict[Status, Candidate]
"""For each status the item it is asked."""


def cover(
    pool: Sequence[Candidate],
    wanted: Sequence[Status],
    roster: Collection[Status],
    used: Collection[str],
) -> Versions:
    """Items from `pool` for as many of the wanted statuses as can be, by few items.

    The status with the fewest items is served first, by the item that serves most of those
    still wanted and whose audience wastes least of the roster; then by one whose code is not in
    `used`; then by the first in the pool. Where audiences are nested or apart (ASN, village
    officials, one status …) no other choice leaves more covers in the pool. Whoever can is asked
    a variant of a scene that others are asked already.
    """
    choices = {status: [c for c in pool if status in c.audience] for status in wanted}
    served: Versions = {}
    for status in sorted(wanted, key=lambda status: len(choices[status])):
        fits = fitting(choices[status], served.values())
        if status in served or not fits:
            continue
        fits = variants_of(fits, served.values()) or fits
        best = _best(fits, [s for s in wanted if s not in served], roster, used)
        for other in wanted:
            if other in best.audience:
                served.setdefault(other, best)
    return served


def codes(versions: Versions) -> set[str]:
    """The codes of the items in it."""
    return {candidate.item_code for candidate in versions.values()}


def without(pool: Sequence[Candidate], taken: Collection[str]) -> list[Candidate]:
    """The candidates whose item code is not among those taken."""
    return [candidate for candidate in pool if candidate.item_code not in taken]


def apart(pool: Sequence[Candidate], there: Iterable[Candidate]) -> list[Candidate]:
    """The candidates that may stand in a form beside those that are there."""
    placed = Ties.of(there)
    return [candidate for candidate in pool if not Ties.of([candidate]).apart_from(placed)]


def _best(
    choices: Sequence[Candidate],
    wanted: Collection[Status],
    roster: Collection[Status],
    used: Collection[str],
) -> Candidate:
    def cost(candidate: Candidate) -> tuple[int, int, bool]:
        serves = candidate.audience.intersection(wanted)
        wastes = candidate.audience.intersection(roster) - serves
        return -len(serves), len(wastes), candidate.item_code in used

    return min(choices, key=cost)
