"""What of an item's analysis may be shown, so that nothing is said of fewer than five people.

Pages are added and subtracted, one sitting from all of them, one version from another, today's
look from last week's. So everything shown is about whole sittings, and never taken apart:

1. A sitting counts with all who met the version in it, or not at all (`countable_versions`). How
   hard an item was and whom it told apart is shown of any such sittings.
2. Who chose what is shown of blocks of sittings: in the order they closed, sittings are added up
   until every number is 0 or OFFICE_MINIMUM and more. A block stays as it is for good.
3. Thirds and sureness cut smaller, so they are shown of blocks made from whole blocks.
"""

from collections import Counter
from collections.abc import Callable, Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from itertools import chain
from typing import Any, TypeVar

from quiz.assessment.analysis.correlation import Correlation
from quiz.assessment.analysis.item_analysis import (
    Difficulty,
    Facility,
    ItemAnalysis,
    Meeting,
    analyse,
)
from quiz.assessment.analysis.item_flags import Flag, flags
from quiz.assessment.analysis.suppression import OFFICE_MINIMUM, shown_parts
from quiz.assessment.items.item import Item, Option
from quiz.assessment.items.types import ITEM_TYPES

Version = TypeVar("Version", bound=Hashable)
Numbers = Mapping[Any, int]
Block = tuple[Meeting, ...]
Row = tuple[Option, Mapping[Any, int]]


@dataclass(frozen=True)
class Group:
    """Everybody who met one version in one sitting.

    `countable` as `countable_versions` says. `first`: most of them had not met the version in an
    earlier sitting, so that the group counts where sittings are pooled.
    """

    sitting: str
    meetings: Block
    countable: bool = True
    first: bool = True


@dataclass(frozen=True)
class Figures:
    """What may be shown of a version over some sittings, from `n` people in `sittings` of them.

    `n` is None where people met it and none may be counted; then there is nothing else either.
    """

    n: int | None
    sittings: int
    scale: str
    facility: Facility | None
    guess: Fraction | None
    discrimination: Correlation | None
    difficulty: Difficulty | None
    flags: tuple[Flag, ...]


@dataclass(frozen=True)
class Choices:
    """Analyses whose counts may be shown: of options, of thirds, of sureness; None for none yet."""

    options: ItemAnalysis | None
    thirds: ItemAnalysis | None
    sureness: ItemAnalysis | None

    @property
    def by_option(self) -> list[Row]:
        """Each option with how many chose it."""
        rows = self.options.options if self.options else ()
        return [(counts.option, {"all": counts.chosen}) for counts in rows]

    @property
    def by_third(self) -> list[Row]:
        """Each option with how many of each third chose it."""
        rows = self.thirds.options if self.thirds else ()
        return [(counts.option, counts.by_third) for counts in rows]

    @property
    def by_sureness(self) -> list[Row]:
        """Each option with how many chose it how surely."""
        rows = self.sureness.options if self.sureness else ()
        return [(counts.option, counts.by_sureness) for counts in rows]


def countable_versions(places: Iterable[Mapping[Version, int]]) -> frozenset[Version]:
    """Versions of a sitting's form that may be analysed.

    `places` holds, for each position, how many people met which version there: the report shows
    the sum over all of them, so versions at one position are parts of a whole.
    """
    listed = list(places)
    left_out = {version for place in listed for version in place.keys() - shown_parts(place)}
    return frozenset(chain.from_iterable(listed)) - left_out


def figures(item: Item, groups: Sequence[Group]) -> Figures:
    """The figures of `item`, as it counts now, over these sittings of its version."""
    counted = [group for group in groups if group.countable and group.first]
    found = analyse(item, list(chain.from_iterable(group.meetings for group in counted)))
    return Figures(
        n=None if groups and not counted else found.n,
        sittings=len(counted),
        scale=found.scale,
        facility=found.facility,
        guess=found.guess,
        discrimination=found.discrimination,
        difficulty=found.difficulty,
        flags=tuple(flags(found)),
    )


def choices(item: Item, groups: Sequence[Group], sitting: str | None = None) -> Choices:
    """Who chose what, of all sittings or of one; `groups` are all of the version, as they closed.

    Of one sitting only where it is a block by itself.
    """
    own = [group for group in groups if group.countable and group.sitting == sitting]
    pooled = [group for group in groups if group.countable and group.first]
    counted = own if own and not own[0].first else pooled
    by_options = _blocks_of(item, counted)
    found = (
        by_options,
        blocks(by_options, lambda of: _by_third(item, of)),
        blocks(by_options, lambda of: _by_sureness(item, of)),
    )
    wanted = None if sitting is None else [group.meetings for group in own]
    return Choices(*(_of_blocks(item, each, wanted) for each in found))


def told_sittings(item: Item, groups: Sequence[Group]) -> frozenset[str]:
    """The sittings of which it is shown, together, who chose what."""
    pooled = [group for group in groups if group.countable and group.first]
    told = chain.from_iterable(_blocks_of(item, pooled))
    return frozenset(meeting.sitting for meeting in told)


def _blocks_of(item: Item, groups: Iterable[Group]) -> list[Block]:
    return blocks([group.meetings for group in groups], lambda of: _options(item, of))


def blocks(sittings: Sequence[Block], numbers: Callable[[Block], Numbers]) -> list[Block]:
    """Sittings added up, in this order, until every one of their `numbers` may be shown.

    One that may be shown by itself stands by itself; what is not enough yet is left out. A later
    sitting changes no block.
    """
    found: list[Block] = []
    waiting: Block = ()
    so_far: Counter[Any] = Counter()
    for sitting in sittings:
        own = numbers(sitting)
        if _fits(own):
            found.append(sitting)
            continue
        waiting += sitting
        so_far.update(own)
        if _fits(so_far):
            found.append(waiting)
            waiting, so_far = (), Counter()
    return found


def _fits(numbers: Numbers) -> bool:
    return all(n == 0 or n >= OFFICE_MINIMUM for n in numbers.values())


def _of_blocks(
    item: Item, found: Sequence[Block], wanted: Sequence[Block] | None
) -> ItemAnalysis | None:
    """The analysis of all blocks, or of the wanted one if it is among them."""
    of = [block for block in found if wanted is None or block in wanted]
    return analyse(item, list(chain.from_iterable(of))) if of else None


def _options(item: Item, meetings: Block) -> Numbers:
    found = analyse(item, meetings)
    counted = {counts.option.id: counts.chosen for counts in found.options}
    return _with_rest(item, counted, found.answered) | {"blank": found.blank}


def _by_third(item: Item, meetings: Block) -> Numbers:
    found = analyse(item, meetings)
    numbers: Counter[Any] = Counter()
    for third, answered in found.answered_by_third.items():
        counted = {counts.option.id: counts.by_third[third] for counts in found.options}
        numbers.update(_in_column(third, _with_rest(item, counted, answered)))
    for counts in found.options:
        numbers["none", counts.option.id] = counts.chosen - sum(counts.by_third.values())
    return numbers


def _by_sureness(item: Item, meetings: Block) -> Numbers:
    found = analyse(item, meetings)
    numbers: Counter[Any] = Counter()
    for level, answered in found.answered_by_sureness.items():
        counted = {counts.option.id: counts.by_sureness[level] for counts in found.options}
        numbers.update(_in_column(level, _with_rest(item, counted, answered)))
    numbers.update(
        ("right" if meeting.points == meeting.maximum else "wrong", meeting.confidence)
        for meeting in meetings
        if meeting.chosen
    )
    return numbers


def _with_rest(item: Item, counted: Numbers, answered: int) -> dict[Any, int]:
    """The counts; where several options may be chosen also how many left each one out."""
    numbers: dict[Any, int] = dict(counted)
    if ITEM_TYPES[item.type].multiple:
        numbers |= {("not", option): answered - n for option, n in counted.items()}
    return numbers


def _in_column(column: object, numbers: Numbers) -> dict[Any, int]:
    return {(column, key): n for key, n in numbers.items()}
