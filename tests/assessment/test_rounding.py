"""Numbers round once, and agree with the verdict beside them."""

from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quiz.assessment.rounding import Number, round_half_up, whole_percent


@pytest.mark.parametrize(
    ("value", "places", "rounded"),
    [
        (Fraction(1, 2), 0, "1"),
        (Fraction(3, 2), 0, "2"),
        (Fraction(5, 2), 0, "3"),
        (Fraction(-5, 2), 0, "-3"),
        (Fraction(1, 8), 2, "0.13"),
        (Fraction(245, 10), 0, "25"),
        (Fraction(6665, 100), 1, "66.7"),
        (Fraction(6664999999999, 100000000000), 1, "66.6"),
        (2.675, 2, "2.68"),
        (1.005, 2, "1.01"),
        (Decimal("0.05"), 1, "0.1"),
        (7, 1, "7.0"),
        (Fraction(-1, 100), 1, "0.0"),
        (Fraction(2, 3) * 10**20, 1, "66666666666666666666.7"),
    ],
)
def test_exact_halves_round_away_from_zero(value: Number, places: int, rounded: str) -> None:
    assert str(round_half_up(value, places)) == rounded


@given(value=st.fractions(-1000, 1000, max_denominator=10_000), places=st.integers(0, 6))
def test_rounding_moves_a_value_by_half_a_unit_at_most(value: Fraction, places: int) -> None:
    rounded = Fraction(round_half_up(value, places))

    assert abs(rounded - value) <= Fraction(1, 2 * 10**places)
    assert (rounded * 10**places).denominator == 1


@pytest.mark.parametrize("value", [float("nan"), float("inf")])
def test_what_is_no_number_is_not_rounded(value: float) -> None:
    with pytest.raises(ValueError, match="Invalid literal"):
        round_half_up(value)


def test_negative_places_are_refused() -> None:
    with pytest.raises(ValueError, match=r"^places must not be negative: -1$"):
        round_half_up(1, -1)


@pytest.mark.parametrize(
    ("percent", "mark", "shown"),
    [
        (Fraction(6972, 100), 70, 69),
        (Fraction(1600, 23), 70, 69),
        (Fraction(1000, 15), 67, 66),
        (Fraction(69999, 1000), 70, 69),
        (Fraction(695, 10), 70, 69),
        (Fraction(70), 70, 70),
        (Fraction(7049, 100), 70, 70),
        (Fraction(7050, 100), 70, 71),
        (Fraction(6940, 100), 70, 69),
        (Fraction(9999, 100), 100, 99),
        (Fraction(695, 10), None, 70),
        (Fraction(1391, 20), Fraction(139, 2), 70),
        (Fraction(1389, 20), Fraction(139, 2), 69),
        (Fraction(6972, 100), 71, 70),
    ],
)
def test_a_percent_never_seems_to_reach_a_mark_it_does_not(
    percent: Fraction, mark: int | Fraction | None, shown: int
) -> None:
    assert whole_percent(percent, mark) == shown
    assert mark is None or (shown >= mark) == (percent >= mark)
