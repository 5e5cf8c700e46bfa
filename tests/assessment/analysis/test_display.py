"""Words beside numbers: taken on what is shown."""

from decimal import Decimal
from fractions import Fraction
from typing import Any, NamedTuple

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
    shown_changes,
)
from quiz.assessment.analysis.statistics.change import PairedChange
from quiz.assessment.rounding import whole_percent


class Ends(NamedTuple):
    low: float | None
    high: float | None


@pytest.mark.parametrize(
    ("low", "high", "word"),
    [
        (0, 9, "belum dapat dibedakan"),
        (1, 9, "naik"),
        (Decimal("0.1"), 9, "naik"),
        (-9, -1, "turun"),
        (None, None, None),
    ],
)
def test_a_direction_in_words(low: Any, high: Any, word: str | None) -> None:
    assert direction(low, high) == word


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


def change(before: str, after: str, half: str | None = None, n: int = 3000) -> PairedChange:
    """Of ``n`` people, with an interval of ``half`` points either way."""
    ends = (Fraction(before), Fraction(after))
    moved = ends[1] - ends[0]
    low, high = (None, None) if half is None else (moved - Fraction(half), moved + Fraction(half))
    as_float = [None if end is None else float(end) for end in (low, high)]
    return PairedChange(n, *ends, moved, *as_float, None)


def told(*changes: PairedChange, mark: int = 70) -> list[tuple[str, ...]]:
    shown = shown_changes(changes, (mark, mark))
    return [
        (*(str(part) for part in each[:5]), each.direction or "tanpa putusan") for each in shown
    ]


def test_a_rise_between_means_that_look_alike_is_shown_in_tenths() -> None:
    assert told(change("60.6", "61.4", "0.2")) == [("60.6", "61.4", "0.8", "0.6", "1.0", "naik")]


def test_whole_numbers_that_add_up_stay_whole() -> None:
    assert told(change("60.6", "72.6", "1.2")) == [("61", "73", "12", "11", "13", "naik")]


def test_changes_that_stand_together_carry_the_same_digits() -> None:
    found = shown_changes([change("60.6", "61.4", "0.2"), change("50", "62", "1")])

    assert [each.places for each in found] == [1, 1]


def test_few_people_carry_no_third_digit_and_what_is_shown_still_adds_up() -> None:
    assert told(change("60.6", "61.4", "0.2", n=49)) == [
        ("61", "61", "0", "0", "1", "belum dapat dibedakan")
    ]
    assert told(change("61.4", "62.6", "7", n=7)) == [
        ("61", "63", "2", "-6", "8", "belum dapat dibedakan")
    ]


def test_what_tenths_cannot_bear_out_is_not_claimed() -> None:
    assert told(change("60.63", "60.64", "0.005")) == [
        ("60.6", "60.6", "0.0", "0.0", "0.0", "belum dapat dibedakan")
    ]


def test_a_mean_in_tenths_does_not_seem_to_reach_its_mark_either() -> None:
    assert told(change("69.35", "69.97", "0.1"))[0][:3] == ("69.4", "69.9", "0.5")


means = st.fractions(0, 100, max_denominator=600)


@given(
    st.lists(st.tuples(means, means, st.none() | st.floats(0.001, 12)), min_size=1, max_size=5),
    st.sampled_from([5, 49, 50, 3000]),
    st.integers(50, 90),
)
def test_what_is_shown_of_a_change_bears_itself_out(
    drawn: list[tuple[Fraction, Fraction, float | None]], n: int, mark: int
) -> None:
    exact = [
        change(str(before), str(after), None if half is None else str(Fraction(half)), n)
        for before, after, half in drawn
    ]

    found = shown_changes(exact, (mark, mark))

    assert len({each.places for each in found}) == 1
    assert n >= 50 or not found[0].places
    for each, shown in zip(exact, found, strict=True):
        step = Fraction(1, 10**shown.places)
        assert shown.after - shown.before == shown.change
        assert abs(Fraction(shown.before) - each.before) < step
        assert abs(Fraction(shown.change) - each.change) < 2 * step
        assert (shown.before >= mark, shown.after >= mark) == tuple(
            whole_percent(mean, mark) >= mark for mean in (each.before, each.after)
        )
        if shown.low is None or shown.high is None:
            assert (each.low, shown.direction) == (None, None)
            continue
        assert shown.low <= shown.change <= shown.high
        assert (shown.direction is Direction.UP) == (shown.low > 0)
        assert (shown.direction is Direction.DOWN) == (shown.high < 0)
        assert shown.direction is not Direction.UP or each.low > 0
        assert shown.direction is not Direction.DOWN or each.high < 0
