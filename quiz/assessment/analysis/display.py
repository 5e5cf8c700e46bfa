"""When a figure is shown, and in which words: the one place for both.

A verdict is taken on the numbers as they are shown, so what is printed never contradicts the word
beside it. Whole percents everywhere, but for changes of TENTHS_FROM people and more whose whole
numbers would not add up: fewer carry no third digit.
"""

from collections.abc import Callable, Iterable
from decimal import Decimal
from enum import StrEnum
from fractions import Fraction
from typing import NamedTuple, Protocol

from quiz.assessment.rounding import Number, round_half_up, shown_percent, whole_percent

NOT_ENOUGH = "belum cukup peserta"
NOT_APART = "belum dapat dibedakan"

SMALLEST_DISTRACTORS = 20
"""Answers from which shares of options are shown; below, only counts."""

SMALLEST_DISCRIMINATION = 30
"""People from which discrimination is shown; below, it says how many are missing."""

SMALLEST_RELIABILITY, FEWEST_ITEMS = 30, 8
"""People and items from which alpha is shown."""

SMALLEST_DISTRIBUTION = 30
"""People from which the shape of their scores is told."""

SMALLEST_CALIBRATION = 10
"""Answers from which a level of sureness is shown."""

SMALLEST_ITEM_CHANGE = 20
"""People who met an item twice, from whom its change is told, in words."""

EASY, HARD = 70, 30
"""Above EASY percent, as shown, an item is easy, below HARD hard: the convention of Indonesian
school practice (Arikunto, Dasar-Dasar Evaluasi Pendidikan)."""

TENTHS_FROM = 50
"""People from whom a change may carry a third digit."""

LOW_GAIN, HIGH_GAIN = Fraction(3, 10), Fraction(7, 10)
"""Below the first a gain is low, from the second on high (Hake, 1998)."""

Shown = Callable[[Number], Number]
"""Rounds a number as the page does."""


class Interval(Protocol):
    """Something with the two ends of an interval; None where there is none."""

    @property
    def low(self) -> float | None: ...

    @property
    def high(self) -> float | None: ...


class Difficulty(StrEnum):
    """Facility in a word."""

    EASY = "mudah"
    MEDIUM = "sedang"
    HARD = "sulit"


class Direction(StrEnum):
    """A mean change in a word."""

    UP = "naik"
    DOWN = "turun"
    UNCLEAR = NOT_APART


class GainBand(StrEnum):
    """Hake's gain in a word."""

    LOW = "rendah"
    MEDIUM = "sedang"
    HIGH = "tinggi"


def difficulty(share: Number) -> Difficulty:
    """The word for a share of the point earned, 0 to 1."""
    shown = whole_percent(100 * Fraction(share))
    if shown > EASY:
        return Difficulty.EASY
    return Difficulty.HARD if shown < HARD else Difficulty.MEDIUM


def apart(interval: Interval, other: Number, shown: Shown) -> bool:
    """Whether a figure differs from another: its interval does not hold it, both as shown.

    What has no interval differs from nothing.
    """
    if interval.low is None or interval.high is None:
        return False
    return not shown(interval.low) <= shown(other) <= shown(interval.high)


def direction(low: Number | None, high: Number | None) -> Direction | None:
    """Whether a change can be told from none, by the ends of its interval as they are shown.

    None without an interval, as where everybody changed alike.
    """
    if low is None or high is None:
        return None
    if low <= 0 <= high:
        return Direction.UNCLEAR
    return Direction.UP if low > 0 else Direction.DOWN


class ExactChange(Interval, Protocol):
    """The means of `n` people before and after, and the interval of their difference."""

    @property
    def n(self) -> int: ...
    @property
    def before(self) -> Fraction: ...
    @property
    def after(self) -> Fraction: ...


class ShownChange(NamedTuple):
    """A change with `places` decimals: `change` is after - before, and lies from `low` to `high`.

    The ends are None where there is no interval.
    """

    before: Decimal
    after: Decimal
    change: Decimal
    low: Decimal | None
    high: Decimal | None
    places: int

    @property
    def direction(self) -> Direction | None:
        """The change in a word, as its ends are shown."""
        return direction(self.low, self.high)


def shown_changes(
    changes: Iterable[ExactChange], marks: tuple[Number | None, Number | None] = (None, None)
) -> list[ShownChange]:
    """Changes that stand together as they are shown; all with as many decimals.

    In whole numbers, unless there one would look like more or less than it is, or like none: then,
    of TENTHS_FROM people and more, in tenths. Where digits do not suffice the interval is shown as
    wide as what is shown needs, so that a change may go unclaimed and is never overclaimed. Neither
    mean seems to reach its pass mark, of `marks`, without reaching it.
    """
    exact = list(changes)
    whole = [_shown(each, marks, 0) for each in exact]
    if all(map(_faithful, exact, whole)):
        return whole
    return [_shown(each, marks, 1) for each in exact]


def _shown(
    exact: ExactChange, marks: tuple[Number | None, Number | None], places: int
) -> ShownChange:
    before = shown_percent(exact.before, marks[0], places)
    after = shown_percent(exact.after, marks[1], places)
    low = high = None
    if exact.low is not None and exact.high is not None:
        low = min(round_half_up(exact.low, places), after - before)
        high = max(round_half_up(exact.high, places), after - before)
    return ShownChange(before, after, after - before, low, high, places)


def _faithful(exact: ExactChange, shown: ShownChange) -> bool:
    """Whether more digits would tell nothing else, or may not be shown."""
    return exact.n < TENTHS_FROM or (
        shown.change == round_half_up(exact.after - exact.before)
        and shown.direction is direction(exact.low, exact.high)
    )


def gain_band(gain: Fraction) -> GainBand:
    """The word for Hake's gain, as it is shown with two decimals."""
    shown = round_half_up(gain, 2)
    if shown >= HIGH_GAIN:
        return GainBand.HIGH
    return GainBand.LOW if shown < LOW_GAIN else GainBand.MEDIUM
