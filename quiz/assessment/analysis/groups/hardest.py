"""What each kind of unit finds hardest: an order of items, and no figure.

An order cannot be added or subtracted. Even so it is told only where its shares could be: the share
of everybody who met an item is told, and kinds are parts of that whole (`shown_parts`), with as
many people as may be spoken of in public.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from fractions import Fraction
from typing import NamedTuple

from quiz.assessment.analysis.display import Difficulty, difficulty
from quiz.assessment.analysis.sitting_report import ItemKey
from quiz.assessment.analysis.statistics.means import mean
from quiz.assessment.analysis.suppression import PUBLIC_MINIMUM, shown_parts
from quiz.assessment.rounding import whole_percent

MOST = 10
"""So many items are worth talking about."""


class Answered(NamedTuple):
    """What one person of a kind of unit earned of an item's point, 0 to 1."""

    kind: str
    item: ItemKey
    share: Fraction


def hardest_by_kind(
    answered: Iterable[Answered], minimum: int = PUBLIC_MINIMUM
) -> dict[str, tuple[ItemKey, ...]]:
    """Kind → the items that are not easy to it, MOST at most: the lowest share as shown first,
    equals by code.

    Kinds that may be told of at no item are left out; each person met each item once. Cost: linear
    in `answered`.
    """
    by_item: defaultdict[ItemKey, defaultdict[str, list[Fraction]]] = defaultdict(
        lambda: defaultdict(list)
    )
    for kind, item, share in answered:
        by_item[item][kind].append(share)
    found: defaultdict[str, dict[ItemKey, Fraction]] = defaultdict(dict)
    for item, kinds in by_item.items():
        for kind in shown_parts({kind: len(shares) for kind, shares in kinds.items()}, minimum):
            found[kind][item] = mean(kinds[kind])
    return {kind: _hardest(shares) for kind, shares in found.items()}


def _hardest(shares: Mapping[ItemKey, Fraction]) -> tuple[ItemKey, ...]:
    hard = [item for item, share in shares.items() if difficulty(share) is not Difficulty.EASY]
    return tuple(sorted(hard, key=lambda item: (whole_percent(100 * shares[item]), item))[:MOST])
