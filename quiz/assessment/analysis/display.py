"""When a figure is shown, and in which words: the one place for both.

A verdict is taken on the numbers as they are shown, so what is printed never contradicts the word
beside it. Whole percents everywhere: fewer than fifty people carry no third digit.
"""

from collections.abc import Callable
from enum import StrEnum
from fractions import Fraction
from typing import Protocol

from quiz.assessment.rounding import Number, round_half_up, whole_percent

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


def direction(change: Interval) -> Direction | None:
    """Whether a change, in percent, can be told from none; its interval as shown, whole.

    None without an interval, as where everybody changed alike.
    """
    if change.low is None or change.high is None:
        return None
    if not apart(change, 0, round_half_up):
        return Direction.UNCLEAR
    return Direction.UP if change.low > 0 else Direction.DOWN


def gain_band(gain: Fraction) -> GainBand:
    """The word for Hake's gain, as it is shown with two decimals."""
    shown = round_half_up(gain, 2)
    if shown >= HIGH_GAIN:
        return GainBand.HIGH
    return GainBand.LOW if shown < LOW_GAIN else GainBand.MEDIUM
