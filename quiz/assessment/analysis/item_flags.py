"""What in an item's analysis deserves a look, most urgent first.

The page says it in words without a number: a flag tells only that a share was reached.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction

from quiz.assessment.analysis.display import SMALLEST_DISTRACTORS
from quiz.assessment.analysis.item_analysis import ItemAnalysis, OptionCounts
from quiz.assessment.analysis.statistics.correlation import Correlation
from quiz.assessment.analysis.suppression import OFFICE_MINIMUM
from quiz.assessment.rounding import round_half_up, whole_percent

TOP_SHARE = Fraction(1, 3)
"""A distractor that this share of the high third chose may be right."""

SURE_WRONG_SHARE = Fraction(1, 5)
"""From this share of answers that are very sure and wrong there is a misconception to teach."""

BLANK_SHARE = Fraction(1, 5)
"""From this share of people who skipped an item it may be too long or unclear."""


class FlagKind(StrEnum):
    """What is wrong; the order is the order of urgency."""

    KEY_IN_DOUBT = "kunci"
    NEGATIVE = "negatif"
    BELOW_GUESSING = "menebak"
    SURE_BUT_WRONG = "yakin"
    SKIPPED = "dilewati"
    UNUSED = "tidak_dipilih"

    @property
    def label(self) -> str:
        """A few Indonesian words, for a filter."""
        return _LABELS[self]


_LABELS = {
    FlagKind.KEY_IN_DOUBT: "Periksa kunci",
    FlagKind.NEGATIVE: "Daya pembeda negatif",
    FlagKind.BELOW_GUESSING: "Lebih sukar daripada menebak",
    FlagKind.SURE_BUT_WRONG: "Yakin tetapi keliru",
    FlagKind.SKIPPED: "Banyak dilewati",
    FlagKind.UNUSED: "Pengecoh tidak dipilih",
}


@dataclass(frozen=True)
class Flag:
    """One reason to look at an item.

    `count` of `of` people; `options` are the ids it is about; `value` is the share of the point
    that was earned and `line` what blind choosing earns; `correlation` is the discrimination.
    """

    kind: FlagKind
    count: int = 0
    of: int = 0
    options: tuple[str, ...] = ()
    value: Fraction | None = None
    line: Fraction | None = None
    correlation: Correlation | None = None

    @property
    def share(self) -> Fraction:
        """`count` of `of`, 0 to 1; 0 of nobody."""
        return Fraction(self.count, self.of) if self.of else Fraction(0)


def flags(analysis: ItemAnalysis) -> list[Flag]:
    """Every reason to look at the item, most urgent first.

    Only knowledge items have any: a dilemma has no wrong answer. Distractors and guessing are
    looked at from SMALLEST_DISTRACTORS answers on, the rest from OFFICE_MINIMUM people concerned.
    What a flag compares is what its reader sees: whole percents, a correlation of two decimals.
    """
    if analysis.scale != "knowledge" or analysis.facility is None:
        return []
    found = [*_by_count(analysis)]
    if analysis.answered >= SMALLEST_DISTRACTORS:
        found += [*_keys_in_doubt(analysis), *_below_guessing(analysis), *_unused(analysis)]
    if analysis.discrimination is not None and round_half_up(analysis.discrimination.r, 2) < 0:
        found.append(Flag(FlagKind.NEGATIVE, correlation=analysis.discrimination))
    return sorted(found, key=urgency)


def urgency(flag: Flag) -> tuple[int, Fraction]:
    """Sorts flags: by kind, then the larger share first."""
    return list(FlagKind).index(flag.kind), -flag.share


def most_urgent_first(found: Iterable[Flag]) -> tuple[int, int]:
    """Sorts items by their flags: the most urgent kind first, then the more flags first."""
    listed = list(found)
    kinds = [urgency(flag)[0] for flag in listed]
    return min(kinds, default=len(FlagKind)), -len(listed)


def _keys_in_doubt(analysis: ItemAnalysis) -> Iterator[Flag]:
    """Distractors of which the high third thinks as well as of the key.

    At least TOP_SHARE of it chose them (and OFFICE_MINIMUM people in all), and either no smaller
    share than in the low third, or no fewer than chose a key: a distractor that works is left
    behind by those who know.
    """
    high, low = analysis.answered_by_third["high"], analysis.answered_by_third["low"]
    if high < OFFICE_MINIMUM:
        return
    keys = [counts.by_third["high"] for counts in analysis.options if counts.option.is_key]
    for counts in _distractors(analysis):
        chose = counts.by_third["high"]
        share_low = Fraction(counts.by_third["low"], low) if low else Fraction(0)
        not_left_behind = Fraction(chose, high) >= share_low or chose >= max(keys, default=0)
        enough = counts.chosen >= OFFICE_MINIMUM and Fraction(chose, high) >= TOP_SHARE
        if enough and not_left_behind:
            yield Flag(FlagKind.KEY_IN_DOUBT, chose, high, (counts.option.id,))


def _below_guessing(analysis: ItemAnalysis) -> Iterator[Flag]:
    facility = analysis.facility
    guess = analysis.guess
    if facility is None or guess is None:
        return
    if whole_percent(100 * facility.value) < whole_percent(100 * guess):
        yield Flag(FlagKind.BELOW_GUESSING, of=facility.n, value=facility.value, line=guess)


def _unused(analysis: ItemAnalysis) -> Iterator[Flag]:
    """Distractors that nobody chose, unless that would say what a few wrong ones did choose."""
    unused = tuple(c.option.id for c in _distractors(analysis) if not c.chosen)
    wrong = sum(counts.chosen for counts in _distractors(analysis))
    if unused and not 0 < wrong < OFFICE_MINIMUM:
        yield Flag(FlagKind.UNUSED, 0, analysis.answered, unused)


def _by_count(analysis: ItemAnalysis) -> Iterator[Flag]:
    sure_wrong = Flag(FlagKind.SURE_BUT_WRONG, analysis.sure_wrong, analysis.answered)
    skipped = Flag(FlagKind.SKIPPED, analysis.blank, analysis.n)
    for flag, from_share in ((sure_wrong, SURE_WRONG_SHARE), (skipped, BLANK_SHARE)):
        if flag.count >= OFFICE_MINIMUM and flag.share >= from_share:
            yield flag


def _distractors(analysis: ItemAnalysis) -> list[OptionCounts]:
    return [counts for counts in analysis.options if counts.option.weight == 0]
