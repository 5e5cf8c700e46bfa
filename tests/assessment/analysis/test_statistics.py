"""Golden values: tables of Student's t; Newcombe (1998), table I, for Wilson's interval."""

import math
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quiz.assessment.analysis.statistics import (
    incomplete_beta,
    mean,
    mean_interval,
    sample_sd,
    t_distribution,
    t_quantile,
    wilson,
)

percents = st.lists(st.fractions(0, 100, max_denominator=20), min_size=2, max_size=30)


def fractions(*values: float) -> list[Fraction]:
    return [Fraction(value) for value in values]


@pytest.mark.parametrize(
    ("p", "df", "quantile"),
    [
        (0.975, 1, 12.706204736432095),
        (0.975, 2, 4.302652729911275),
        (0.975, 3, 3.182446305284263),
        (0.975, 4, 2.7764451051977987),
        (0.975, 9, 2.2621571627409915),
        (0.975, 30, 2.0422724563012373),
        (0.975, 49, 2.0095752371292397),
        (0.975, 100, 1.9839715185235518),
        (0.995, 7, 3.4994832973505026),
        (0.95, 5, 2.015048373333024),
        (0.5, 5, 0.0),
        (0.025, 4, -2.7764451051977987),
    ],
)
def test_t_quantile_agrees_with_the_tables(p: float, df: int, quantile: float) -> None:
    assert t_quantile(p, df) == pytest.approx(quantile, rel=1e-9, abs=1e-9)


@given(st.floats(0.001, 0.999))
def test_t_quantile_agrees_with_the_closed_forms_for_1_and_2(p: float) -> None:
    one = math.tan(math.pi * (p - 0.5))
    two = (2 * p - 1) * math.sqrt(2 / (4 * p * (1 - p)))

    assert t_quantile(p, 1) == pytest.approx(one, rel=1e-7, abs=1e-7)
    assert t_quantile(p, 2) == pytest.approx(two, rel=1e-7, abs=1e-7)


@given(st.floats(0.001, 0.999), st.integers(1, 500))
def test_t_quantile_undoes_the_distribution(p: float, df: int) -> None:
    assert t_distribution(t_quantile(p, df), df) == pytest.approx(p, abs=1e-10)


def test_t_quantile_nears_the_normal_one() -> None:
    assert t_quantile(0.975, 1_000_000) == pytest.approx(1.959966356, rel=1e-8)


@pytest.mark.parametrize(("p", "df"), [(0, 5), (1, 5), (0.975, 0), (-0.1, 3)])
def test_t_quantile_refuses_what_has_no_quantile(p: float, df: int) -> None:
    with pytest.raises(ValueError, match="out of range"):
        t_quantile(p, df)


@pytest.mark.parametrize(
    ("a", "b", "x", "value"),
    [
        (2, 3, 0.5, 0.6875),
        (0.5, 0.5, 0.5, 0.5),
        (1, 1, 0.3, 0.3),
        (5, 1, 0.2, 0.00032),
        (2, 3, 0, 0.0),
        (2, 3, 1, 1.0),
    ],
)
def test_incomplete_beta_agrees_with_exact_values(
    a: float, b: float, x: float, value: float
) -> None:
    assert incomplete_beta(a, b, x) == pytest.approx(value, rel=1e-12)


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
    with pytest.raises(ValueError, match="no proportion"):
        wilson(k, n)


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


def test_one_value_has_a_mean_and_no_interval() -> None:
    assert mean_interval(fractions(80)) == (80, None, None)


def test_no_values_have_no_mean() -> None:
    with pytest.raises(ValueError, match="no values"):
        mean_interval([])
    with pytest.raises(ValueError, match="fewer than two"):
        sample_sd(fractions(1))


@given(percents)
def test_interval_holds_the_mean_and_stays_on_the_scale(values: list[Fraction]) -> None:
    centre, low, high = mean_interval(values)

    assert low is not None
    assert high is not None
    assert 0 <= low <= float(centre) <= high <= 100
