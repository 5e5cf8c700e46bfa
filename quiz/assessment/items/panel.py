"""What a panel says of the options of a judgement item, and the key that follows from it.

Raters give each option 1 to 5 without seeing one another. The agreed value is the commonest one,
from three raters on: keys of the modal category were more valid than raw consensus, and a mode
takes no steps of a scale for equal. Two values that tie settle nothing.
"""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace

from quiz.assessment.items.item import Item
from quiz.assessment.items.types.judgement import HIGHEST, LOWEST, weight_of

FEWEST_RATERS = 3

Ratings = Mapping[int, int]
"""Place of an option (from 1, the author's order) → the value one rater gave it, 1 to 5."""


@dataclass(frozen=True)
class RatedOption:
    """One option: how often each value was given, and the agreed one; None when there is none."""

    place: int
    counts: Mapping[int, int]
    agreed: int | None


@dataclass(frozen=True)
class Panel:
    """Everything the raters say of an item."""

    raters: int
    options: tuple[RatedOption, ...]

    @property
    def enough(self) -> bool:
        """Whether there are raters enough for a key."""
        return self.raters >= FEWEST_RATERS

    @property
    def tied(self) -> tuple[int, ...]:
        """The places of options on which enough raters do not agree."""
        return tuple(o.place for o in self.options if self.enough and o.agreed is None)

    @property
    def settled(self) -> bool:
        """Whether a key follows: every option has an agreed value, and not all the same."""
        agreed = {option.agreed for option in self.options}
        return None not in agreed and len(agreed) > 1


def panel(item: Item, ratings: Iterable[Ratings]) -> Panel:
    """What these ratings together say of the item's options."""
    given = list(ratings)
    return Panel(
        len(given),
        tuple(
            _rated(place, Counter(one[place] for one in given), len(given))
            for place in range(1, len(item.options) + 1)
        ),
    )


def keyed_by(item: Item, found: Panel) -> Item | None:
    """The item with the agreed values as weights, marked as rated; None when nothing is settled.

    The mark holds how many raters there were: that is part of what the version says.
    """
    if not found.settled:
        return None
    options = tuple(
        replace(option, weight=weight_of(rated.agreed or LOWEST))
        for option, rated in zip(item.options, found.options, strict=True)
    )
    return replace(item, options=options, extra={**item.extra, "panel": {"raters": found.raters}})


def _rated(place: int, counts: Counter[int], raters: int) -> RatedOption:
    commonest = counts.most_common(2)
    tied = len(commonest) == 2 and commonest[0][1] == commonest[1][1]
    agreed = commonest[0][0] if raters >= FEWEST_RATERS and not tied else None
    return RatedOption(place, {v: counts[v] for v in range(LOWEST, HIGHEST + 1)}, agreed)
