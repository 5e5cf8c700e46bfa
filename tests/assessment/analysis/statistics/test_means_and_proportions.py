"""Golden values: Newcombe (1998), Statistics in Medicine 17, 857, table I, for Wilson's interval,
and 17, 873, table II, for the difference of two proportions."""

import math
import random
import statistics
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quiz.assessment.analysis.statistics.means import (
    mean,
    mean_interval,
    sample_sd,
    scaled,
    variance,
)
from quiz.assessment.analysis.statistics.proportions import newcombe, wilson

percents = st.lists(st.fractions(0, 100, max_denominator=20), min_size=2, max_size=30)


def fractions(*values: float) -> list[Fraction]:
    return [Fraction(value) for value in values]


@pytest.mark.parametrize(
    ("k", "n", "low", "high"),
    [
        (81, 263, 0.2553, 0.3662),
        (15, 148, 0.0624, 0.1605),
        (0, 20, 0.0, 0.1611),
        (1, 29, 0.0061, 0.1718),
    ],
)
def test_wilson_agrees_with_published_values(k: int, n: int, low: float, high: float) -> None:
    assert wilson(k, n) == pytest.approx((low, high), abs=5e-5)


def test_three_of_three_leave_room_down_to_44_percent() -> None:
    low, high = wilson(3, 3)

    assert low == pytest.approx(3 / (3 + 1.959963984540054**2))
    assert high == 1


@given(st.integers(1, 200), st.data())
def test_wilson_holds_the_share_and_stays_within_0_and_1(n: int, data: st.DataObject) -> None:
    k = data.draw(st.integers(0, n))

    low, high = wilson(k, n)

    assert 0 <= low <= k / n <= high <= 1


@pytest.mark.parametrize(("k", "n"), [(0, 0), (4, 3), (-1, 3)])
def test_wilson_refuses_what_is_no_proportion(k: int, n: int) -> None:
    with pytest.raises(ValueError, match=f"^{k} of {n} is no proportion$"):
        wilson(k, n)


@pytest.mark.parametrize(
    ("first", "second", "low", "high"),
    [
        ((56, 70), (48, 80), 0.0524, 0.3339),
        ((9, 10), (3, 10), 0.1705, 0.8090),
        ((6, 7), (2, 7), 0.0582, 0.8062),
        ((5, 56), (0, 29), -0.0381, 0.1926),
    ],
)
def test_newcombe_agrees_with_published_values(
    first: tuple[int, int], second: tuple[int, int], low: float, high: float
) -> None:
    found = newcombe(*first, *second)

    assert (found.low, found.high) == pytest.approx((low, high), abs=5e-5)
    assert found.value == pytest.approx(first[0] / first[1] - second[0] / second[1])


counts = st.integers(1, 60).flatmap(lambda n: st.tuples(st.integers(0, n), st.just(n)))


@given(counts, counts)
def test_newcombe_holds_the_difference_and_turns_with_the_groups(
    first: tuple[int, int], second: tuple[int, int]
) -> None:
    found, turned = newcombe(*first, *second), newcombe(*second, *first)

    assert -1 <= found.low <= found.value <= found.high <= 1
    assert (turned.low, turned.high) == pytest.approx((-found.high, -found.low))


def test_newcombe_needs_people_in_both_groups() -> None:
    with pytest.raises(ValueError, match=r"^0 of 0 is no proportion$"):
        newcombe(1, 2, 0, 0)


def test_mean_is_exact() -> None:
    assert mean([Fraction(1, 3), Fraction(1, 3), Fraction(1, 3), Fraction(1)]) == Fraction(1, 2)


def test_sample_sd_divides_by_n_minus_1() -> None:
    assert sample_sd(fractions(2, 4, 4, 4, 5, 5, 7, 9)) == pytest.approx(math.sqrt(32 / 7))


def test_mean_interval_of_five_people() -> None:
    centre, low, high = mean_interval(fractions(60, 65, 70, 75, 80))

    assert centre == 70
    assert (low, high) == pytest.approx((60.18378, 79.81622), abs=1e-5)


def test_mean_interval_is_clipped() -> None:
    assert mean_interval(fractions(0, 100)) == (50, 0, 100)
    assert mean_interval(fractions(0, 100), clip=(-math.inf, math.inf)).low == pytest.approx(
        50 - 12.706204736432095 * 50
    )


@pytest.mark.parametrize("values", [(80,), (80, 80), (100,) * 12, (0,) * 12])
def test_values_without_spread_have_a_mean_and_no_interval(values: tuple[float, ...]) -> None:
    assert mean_interval(fractions(*values)) == (values[0], None, None)


def test_no_values_have_no_mean() -> None:
    with pytest.raises(ValueError, match=r"^no values$"):
        mean([])
    with pytest.raises(ValueError, match=r"^no values$"):
        mean_interval([])
    with pytest.raises(ValueError, match=r"^fewer than two values$"):
        sample_sd(fractions(1))


@given(percents, st.randoms())
def test_interval_holds_the_mean_stays_on_the_scale_and_knows_no_order(
    values: list[Fraction], random: random.Random
) -> None:
    found = mean_interval(values)

    assert (found.low is None) == (found.high is None) == (len(set(values)) == 1)
    if found.low is not None and found.high is not None:
        assert 0 <= found.low <= float(found.mean) <= found.high <= 100
    assert mean_interval(random.sample(values, len(values))) == found


@given(percents)
def test_values_over_one_denominator_keep_their_size_and_their_exact_variance(
    values: list[Fraction],
) -> None:
    numerators, denominator = scaled(values)

    assert [Fraction(each, denominator) for each in numerators] == values
    assert variance(scaled(values)) == statistics.variance(values)
