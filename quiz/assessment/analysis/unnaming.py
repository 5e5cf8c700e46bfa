"""What may be kept beside an attempt once nobody is to be known by it.

A kind of unit or a status that fewer than five people share would tell who they were, and so would
an item that only they met. So nothing is kept that fewer than five had in common.
"""

from collections import Counter
from collections.abc import Hashable, Mapping, Sequence
from typing import TypeVar

from quiz.assessment.analysis.suppression import OFFICE_MINIMUM
from quiz.assessment.items.item import Chosen, Status

Key = TypeVar("Key", bound=Hashable)

Given = tuple[int, str, Chosen, int | None]
"""Position, version uid, what was chosen, how sure the person was."""

Kept = tuple[int, str | None, Chosen, int | None]
"""The same; nothing but the position where the version was met by too few."""


def coarsened(
    people: Sequence[tuple[str, Status]],
) -> list[tuple[str | None, Status | None]]:
    """Kind of unit and status of each, as far as five at least share them.

    Statuses that few of a kind have become one, without a name; then kinds. Where what has no name
    is still too small, the smallest of the others joins it.
    """
    statuses: dict[str, Counter[Status]] = {}
    for kind, status in people:
        statuses.setdefault(kind, Counter())[status] += 1
    joined = {(kind, each) for kind, found in statuses.items() for each in _too_few(found)}
    first = [(kind, None if (kind, status) in joined else status) for kind, status in people]
    nameless = _too_few(Counter(first))
    return [(None, None) if each in nameless else each for each in first]


def _too_few(counts: Mapping[Key, int]) -> set[Key]:
    """What has to become one: all below OFFICE_MINIMUM, and the smallest others until that is
    enough."""
    by_size = sorted(counts, key=lambda key: (counts[key], str(key)))
    joined: set[Key] = set()
    for key in by_size:
        if counts[key] >= OFFICE_MINIMUM and (
            not joined or sum(counts[each] for each in joined) >= OFFICE_MINIMUM
        ):
            break
        joined.add(key)
    return joined


def without_rare_versions(attempts: Sequence[Sequence[Given]]) -> list[list[Kept]]:
    """What was given in the attempts at one sitting, but for items that fewer than five met."""
    met = Counter(version for given in attempts for _, version, *_ in given)
    return [
        [each if met[each[1]] >= OFFICE_MINIMUM else (each[0], None, (), None) for each in given]
        for given in attempts
    ]
