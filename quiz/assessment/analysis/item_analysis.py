"""How an item did: how hard it was, whom it told apart, and who chose what.

Formulas and when to show them follow the classical theory of tests; each function names its own.
Nothing here knows a name: a person is only a meeting with the item.
"""

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from fractions import Fraction
from typing import NamedTuple

from quiz.assessment.analysis.display import (
    SMALLEST_DISCRIMINATION,
    SMALLEST_DISTRACTORS,
    Difficulty,
    difficulty,
)
from quiz.assessment.analysis.statistics.correlation import Correlation, correlation_within
from quiz.assessment.analysis.statistics.discrimination import (
    UpperLower,
    distractor,
    efficiency,
    upper_lower,
)
from quiz.assessment.analysis.statistics.means import mean, scaled, scaled_interval
from quiz.assessment.analysis.statistics.proportions import wilson
from quiz.assessment.analysis.statistics.thirds import THIRDS, Third, thirds
from quiz.assessment.analysis.suppression import OFFICE_MINIMUM
from quiz.assessment.items.item import SURENESS, VERY_SURE, Chosen, Item, Option
from quiz.assessment.items.types import ITEM_TYPES


@dataclass(frozen=True, slots=True)
class Meeting:
    """One person's meeting with the item, answered or not.

    `sitting` names the group the person is compared within. `share` is what was earned of the
    point, 0 to 1, None when the item is void; `rest` what the person earned on all other items of
    the same scale, None where there are none.
    """

    sitting: str
    chosen: Chosen
    confidence: int | None
    share: Fraction | None
    rest: Fraction | None

    @property
    def sure_wrong(self) -> bool:
        """Whether the person was very sure and did not earn the whole point."""
        return self.confidence == VERY_SURE and self.share is not None and self.share < 1


Placed = tuple[Meeting, Third | None]


class Facility(NamedTuple):
    """Mean share of the point earned, 0 to 1, with its 95 % interval, from `n` people.

    `right` is how many earned the whole point. The ends are None below OFFICE_MINIMUM people.
    """

    value: Fraction
    low: float | None
    high: float | None
    right: int
    n: int


class Expert(NamedTuple):
    """Further figures of one sitting's people: the 27 % groups and discriminative efficiency."""

    upper_lower: UpperLower | None
    efficiency: float | None


@dataclass(frozen=True)
class OptionCounts:
    """Who of the `answered` chose an option. `by_third` and `by_sureness` count people; None is
    "did not say".
    """

    option: Option
    answered: Sequence[Placed] = field(repr=False)
    chosen: int
    by_third: Mapping[Third, int]
    by_sureness: Mapping[int | None, int]

    @property
    def functioning(self) -> bool | None:
        """Whether a distractor draws those who know less. Costs people.

        None of a key, of several sittings together, below SMALLEST_DISTRACTORS answers, and where
        nothing can be told.
        """
        return _functioning(self.option, self.answered)


@dataclass(frozen=True)
class ItemAnalysis:
    """What is known of one item version from the `n` people of `meetings`.

    A blank counts as wrong in `facility`, and in no count of options. `answered_by_third` and
    `answered_by_sureness` are what the options' counts are shares of. `guess` is what blind
    choosing earns, None where several options may be chosen. `sure_wrong` people of the
    `answered` were very sure and did not earn the whole point.
    """

    meetings: Sequence[Meeting] = field(repr=False)
    answered: int
    blank: int
    scale: str
    multiple: bool
    facility: Facility | None
    guess: Fraction | None
    discrimination: Correlation | None
    options: tuple[OptionCounts, ...]
    answered_by_third: Mapping[Third, int]
    answered_by_sureness: Mapping[int | None, int]
    sure_wrong: int

    @property
    def n(self) -> int:
        return len(self.meetings)

    @property
    def expert(self) -> Expert | None:
        """Figures for who knows them. Costs people."""
        return expert(self.meetings)

    @property
    def difficulty(self) -> Difficulty | None:
        """The facility in a word; None for too few people, a void item, and for judgement."""
        facility = self.facility
        if facility is None or facility.n < OFFICE_MINIMUM or self.scale != "knowledge":
            return None
        return difficulty(facility.value)

    @property
    def asks_sureness(self) -> bool:
        """Whether anybody said how sure they were, beyond the one mark "ragu-ragu"."""
        return any(self.answered_by_sureness.get(level) for level in (2, 3))


def analyse(item: Item, meetings: Sequence[Meeting]) -> ItemAnalysis:
    """The analysis of `item`, as it counts now, from everybody who met this version."""
    placed = list(zip(meetings, _thirds(meetings), strict=True))
    answered = [(meeting, third) for meeting, third in placed if meeting.chosen]
    return ItemAnalysis(
        meetings=meetings,
        answered=len(answered),
        blank=len(meetings) - len(answered),
        scale=ITEM_TYPES[item.type].scale,
        multiple=ITEM_TYPES[item.type].multiple,
        facility=facility(meetings),
        guess=guess_line(item),
        discrimination=discrimination(meetings),
        options=tuple(_counts(option, answered) for option in item.options),
        answered_by_third=_by_third(answered),
        answered_by_sureness=_by_sureness(answered),
        sure_wrong=sum(meeting.sure_wrong for meeting, _ in answered),
    )


def facility(meetings: Sequence[Meeting]) -> Facility | None:
    """Mean points / maximum: Wilson's interval when all points are 0 or 1, else Student's t.

    None without a meeting that counts, as when the item is void.
    """
    earned = scaled(m.share for m in meetings if m.share is not None)
    n, right = len(earned.numerators), earned.numerators.count(earned.denominator)
    if not n:
        return None
    low: float | None
    high: float | None
    if n < OFFICE_MINIMUM:
        low, high = None, None
    elif earned.denominator == 1:
        low, high = wilson(right, n)
    else:
        _, low, high = scaled_interval(earned, clip=(0, 1))
    return Facility(Fraction(sum(earned.numerators), n * earned.denominator), low, high, right, n)


def guess_line(item: Item) -> Fraction | None:
    """What choosing one option blindly earns: the mean weight, 1 / options with one key.

    None where several options may be chosen, or where no choice is wrong.
    """
    kind = ITEM_TYPES[item.type]
    if kind.multiple or kind.scale != "knowledge" or not item.options:
        return None
    return mean([option.weight for option in item.options])


def discrimination(meetings: Sequence[Meeting]) -> Correlation | None:
    """Corrected item-rest correlation within sittings; None below SMALLEST_DISCRIMINATION people.

    r = cov(x, X - x) / (s_x s_{X-x}): the item itself is left out of the rest, so that it does
    not correlate with itself. None too when item or rest does not vary.
    """
    groups: defaultdict[str, list[tuple[Fraction, Fraction]]] = defaultdict(list)
    for meeting in meetings:
        if meeting.rest is not None and meeting.share is not None:
            groups[meeting.sitting].append((meeting.share, meeting.rest))
    if sum(map(len, groups.values())) < SMALLEST_DISCRIMINATION:
        return None
    return correlation_within(groups.values())


def expert(meetings: Sequence[Meeting]) -> Expert | None:
    """Figures for who knows them, of one sitting; None below SMALLEST_DISCRIMINATION people."""
    pairs = [(m.share, m.rest) for m in meetings if m.share is not None and m.rest is not None]
    if len({m.sitting for m in meetings}) != 1 or len(pairs) < SMALLEST_DISCRIMINATION:
        return None
    return Expert(upper_lower(pairs), efficiency(pairs))


def _functioning(option: Option, answered: Sequence[Placed]) -> bool | None:
    choices = [(option.id in m.chosen, m.rest) for m, _ in answered if m.rest is not None]
    one_sitting = len({m.sitting for m, _ in answered}) == 1
    if option.weight or not one_sitting or len(choices) < SMALLEST_DISTRACTORS:
        return None
    found = distractor(choices)
    return None if found.point_biserial is None else found.functioning


def _thirds(meetings: Sequence[Meeting]) -> list[Third | None]:
    """Each meeting's third of the rest scores of its own sitting; None without a rest."""
    rests: defaultdict[str, dict[int, Fraction]] = defaultdict(dict)
    for place, meeting in enumerate(meetings):
        if meeting.rest is not None:
            rests[meeting.sitting][place] = meeting.rest
    found: dict[int, Third] = {}
    for group in rests.values():
        found |= thirds(group)
    return [found.get(place) for place in range(len(meetings))]


def _counts(option: Option, answered: Sequence[Placed]) -> OptionCounts:
    chose = [(meeting, third) for meeting, third in answered if option.id in meeting.chosen]
    return OptionCounts(option, answered, len(chose), _by_third(chose), _by_sureness(chose))


def _by_third(answered: Sequence[Placed]) -> dict[Third, int]:
    counted = Counter(third for _, third in answered)
    return {third: counted[third] for third in THIRDS}


def _by_sureness(answered: Sequence[Placed]) -> dict[int | None, int]:
    counted = Counter(meeting.confidence for meeting, _ in answered)
    return {level: counted[level] for level in (*SURENESS, None)}
