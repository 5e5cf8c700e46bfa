"""Words beside numbers: taken on what is shown."""

from fractions import Fraction
from typing import NamedTuple

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quiz.assessment.analysis.display import (
    Difficulty,
    Direction,
    GainBand,
    apart,
    difficulty,
    direction,
    gain_band,
)
from quiz.assessment.rounding import round_half_up, whole_percent


class Ends(NamedTuple):
    low: float | None
    high: float | None


@given(st.floats(-100, 100), st.floats(0, 60))
def test_a_direction_is_named_only_where_the_shown_ends_leave_no_zero(
    low: float, width: float
) -> None:
    found = direction(Ends(low, low + width))

    ends = round_half_up(low), round_half_up(low + width)
    assert (found is Direction.UP) == (ends[0] > 0)
    assert (found is Direction.DOWN) == (ends[1] < 0)


@pytest.mark.parametrize(
    ("low", "high", "word"),
    [(0.4, 9, "belum dapat dibedakan"), (0.5, 9, "naik"), (-9, -0.5, "turun"), (None, None, None)],
)
def test_a_direction_in_words(low: float | None, high: float | None, word: str | None) -> None:
    assert direction(Ends(low, high)) == word


def test_what_has_no_interval_differs_from_nothing() -> None:
    assert not apart(Ends(None, None), 5, whole_percent)


def test_an_interval_that_touches_as_shown_differs_from_nothing() -> None:
    assert not apart(Ends(50.4, 60), 50.2, whole_percent)
    assert apart(Ends(50.6, 60), 50.2, whole_percent)


@pytest.mark.parametrize(
    ("gain", "band"),
    [
        ("0.294", GainBand.LOW),
        ("0.295", GainBand.MEDIUM),
        ("0.695", GainBand.HIGH),
        ("-1", "rendah"),
    ],
)
def test_gain_bands_follow_two_decimals(gain: str, band: str) -> None:
    assert gain_band(Fraction(gain)) == band


@given(st.fractions(0, 1, max_denominator=400))
def test_difficulty_follows_the_whole_percent(share: Fraction) -> None:
    shown = whole_percent(100 * share)

    assert (difficulty(share) is Difficulty.EASY) == (shown > 70)
    assert (difficulty(share) is Difficulty.HARD) == (shown < 30)
