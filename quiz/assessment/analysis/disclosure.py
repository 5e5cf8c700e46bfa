"""What of an item's analysis may be shown, so that nothing is said of fewer than five people.

Pages are added and subtracted: one sitting from all of them, one version from the sum the report
shows, today's look from last week's. Therefore:

1. A sitting counts with all who met the version in it, or not at all (`countable_versions`). So
   every mean, and every difference of two, is of at least OFFICE_MINIMUM people.
2. Who chose what is told in steps of five (`Step`), so that no sum or difference of counts tells
   of one to four; nothing where even the steps would (`_told`).
3. Thirds and sureness are told only of options and columns with OFFICE_MINIMUM answers.
"""

from collections.abc import Collection, Hashable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from itertools import chain
from typing import TypeVar

from quiz.assessment.analysis.display import Difficulty
from quiz.assessment.analysis.item_analysis import (
    Expert,
    Facility,
    ItemAnalysis,
    Meeting,
    OptionCounts,
    analyse,
)
from quiz.assessment.analysis.item_flags import Flag, flags
from quiz.assessment.analysis.statistics.correlation import Correlation
from quiz.assessment.analysis.statistics.thirds import Third
from quiz.assessment.analysis.suppression import (
    OFFICE_MINIMUM,
    Step,
    shown_parts,
    step_of,
    steps_hide,
)
from quiz.assessment.items.item import VERY_SURE, Item, Option

Version = TypeVar("Version", bound=Hashable)
Column = TypeVar("Column", bound=Hashable)
BLANK = ""
"""Stands among options for having chosen none."""


@dataclass(frozen=True)
class Group:
    """Everybody who met one version in one sitting.

    `countable` as `countable_versions` says. `first`: most of them had not met the version in an
    earlier sitting, so that the group counts where sittings are pooled.
    """

    sitting: str
    meetings: tuple[Meeting, ...]
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
class OptionRow:
    """One option: how many chose it, and how many of each third and sureness; None is withheld.

    `functioning` is told of distractors that OFFICE_MINIMUM people chose.
    """

    option: Option
    chosen: Step | None
    functioning: bool | None
    by_third: Mapping[Third, Step | None]
    by_sureness: Mapping[int | None, Step | None]


@dataclass(frozen=True)
class Choices:
    """Who chose what, in steps of five. A column that may be told of has its answers, else None.

    `expert` are further figures, for who knows them.
    """

    options: tuple[OptionRow, ...]
    blank: Step | None
    thirds: Mapping[Third, Step | None]
    sureness: Mapping[int | None, Step | None]
    sure_wrong: Step | None
    expert: Expert | None


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
    found = analyse(item, _meetings(groups))
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


def choices(item: Item, groups: Sequence[Group]) -> Choices | None:
    """Who chose what in these sittings; None where they have too few people to count."""
    found = analyse(item, _meetings(groups))
    if found.n < OFFICE_MINIMUM:
        return None
    told = _told(found)
    thirds = _columns(found.answered_by_third if any(found.answered_by_third.values()) else {})
    sureness = _columns(found.answered_by_sureness if found.asks_sureness else {})
    return Choices(
        options=tuple(_row(counts, told, thirds, sureness) for counts in found.options),
        blank=step_of(found.blank) if BLANK in told else None,
        thirds=thirds,
        sureness=sureness,
        sure_wrong=step_of(found.sure_wrong) if sureness.get(VERY_SURE) else None,
        expert=found.expert,
    )


def _meetings(groups: Iterable[Group]) -> list[Meeting]:
    counted = (group.meetings for group in groups if group.countable and group.first)
    return list(chain.from_iterable(counted))


def _columns(answered: Mapping[Column, int]) -> dict[Column, Step | None]:
    return {
        column: step_of(n) if n == 0 or n >= OFFICE_MINIMUM else None
        for column, n in answered.items()
    }


def _row(
    counts: OptionCounts,
    told: Collection[str],
    thirds: Mapping[Third, Step | None],
    sureness: Mapping[int | None, Step | None],
) -> OptionRow:
    whole = counts.option.id in told
    parted = whole and (counts.chosen == 0 or counts.chosen >= OFFICE_MINIMUM)
    return OptionRow(
        counts.option,
        step_of(counts.chosen) if whole else None,
        counts.functioning if parted and counts.chosen else None,
        {column: _cell(counts.by_third[column], parted, thirds[column]) for column in thirds},
        {
            column: _cell(counts.by_sureness[column], parted, sureness[column])
            for column in sureness
        },
    )


def _cell(n: int, parted: bool, column: Step | None) -> Step | None:
    return step_of(n) if parted and column is not None else None


def _told(found: ItemAnalysis) -> frozenset[str]:
    """The options, and BLANK, of which it may be told how many chose them.

    How many had it right is known, so those who had it wrong are a whole of their own.
    """
    return frozenset(chain.from_iterable(part for part in _wholes(found) if steps_hide(part)))


def _wholes(found: ItemAnalysis) -> Iterator[dict[str, int]]:
    """Counts whose sum is known, by option: of one option each where several may be chosen."""
    chosen = {counts.option.id: counts.chosen for counts in found.options}
    keys = {counts.option.id for counts in found.options if counts.option.is_key}
    if found.multiple:
        yield from ({option: n} for option, n in chosen.items())
        yield {BLANK: found.blank}
    elif found.scale == "knowledge":
        yield from ({option: chosen[option]} for option in keys if len(keys) == 1)
        yield {option: n for option, n in chosen.items() if option in keys and len(keys) > 1}
        yield {option: n for option, n in chosen.items() if option not in keys} | {
            BLANK: found.blank
        }
    else:
        yield chosen | {BLANK: found.blank}
