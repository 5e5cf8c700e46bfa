"""Golden values: Anscombe (1973), first data set, as R's cor.test gives them."""

import math
from fractions import Fraction

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from quiz.assessment.analysis.statistics.correlation import correlation_within, fisher_interval

ANSCOMBE_X = (10, 8, 13, 9, 11, 14, 6, 4, 12, 7, 5)
ANSCOMBE_Y = (8.04, 6.95, 7.58, 8.81, 8.33, 9.96, 7.24, 4.26, 10.84, 4.82, 5.68)
ANSCOMBE = [(Fraction(x), Fraction(y)) for x, y in zip(ANSCOMBE_X, ANSCOMBE_Y, strict=True)]

pairs = st.lists(
    st.tuples(st.integers(0, 5).map(Fraction), st.integers(0, 5).map(Fraction)),
    min_size=4,
    max_size=12,
)


def pearson(xs: list[float], ys: list[float]) -> float:
    n = len(xs)
    x_mean, y_mean = sum(xs) / n, sum(ys) / n
    products = sum((x - x_mean) * (y - y_mean) for x, y in zip(xs, ys, strict=True))
    x_squares = sum((x - x_mean) ** 2 for x in xs)
    y_squares = sum((y - y_mean) ** 2 for y in ys)
    return products / math.sqrt(x_squares * y_squares)


def test_one_group_gives_pearsons_correlation_and_fishers_interval() -> None:
    found = correlation_within([ANSCOMBE])

    assert found is not None
    assert found.r == pytest.approx(0.8164205163448, rel=1e-12)
    assert (found.low, found.high) == pytest.approx((0.4243912, 0.9506933), abs=1e-7)
    assert found.n == 11


@given(pairs, pairs, st.integers(-20, 20))
def test_two_groups_give_the_partial_correlation(
    first: list[tuple[Fraction, Fraction]],
    second: list[tuple[Fraction, Fraction]],
    shift: int,
) -> None:
    moved = [((x + shift) / 3, y + shift) for x, y in second]
    found = correlation_within([first, moved])
    xs = [float(x) for x, _ in first + moved]
    ys = [float(y) for _, y in first + moved]
    group = [0.0] * len(first) + [1.0] * len(moved)
    assume(found is not None and len(set(xs)) > 1 and len(set(ys)) > 1)
    xy, xg, yg = pearson(xs, ys), pearson(xs, group), pearson(ys, group)
    assume(abs(xg) < 0.999 and abs(yg) < 0.999)

    partial = (xy - xg * yg) / math.sqrt((1 - xg**2) * (1 - yg**2))

    assert found is not None
    assert found.r == pytest.approx(partial, abs=1e-6)


def test_a_difference_between_groups_makes_no_correlation() -> None:
    square = [(Fraction(x), Fraction(y)) for x in (0, 1) for y in (0, 1)]
    higher = [(x + 10, y + 10) for x, y in square]

    found = correlation_within([square, higher])

    assert found is not None
    assert (found.r, found.n) == (0, 8)
    assert found.high == pytest.approx(math.tanh(1.959963984540054 / 2))


@pytest.mark.parametrize("constant", [0, 1])
def test_what_varies_in_no_group_has_no_correlation(constant: int) -> None:
    third = Fraction(1, 3)
    moving = [Fraction(n) for n in range(5)]
    group = [(third, value) if constant == 0 else (value, third) for value in moving]

    assert correlation_within([group, [(2 * x, 2 * y) for x, y in group]]) is None


def test_four_pairs_are_the_fewest_with_a_correlation() -> None:
    found = correlation_within([ANSCOMBE[:4]])

    assert found is not None
    assert found.n == 4
    assert correlation_within([ANSCOMBE[:3]]) is None


@pytest.mark.parametrize(
    ("xs", "share", "r"), [((1, 4, 0, 2), Fraction(1, 3), 1), ((0, 3, 3, 3), Fraction(-1, 7), -1)]
)
def test_what_rises_and_falls_together_correlates_by_one_and_no_more(
    xs: tuple[int, ...], share: Fraction, r: int
) -> None:
    """The sums of floats alone would say a little more."""
    assert correlation_within([[(Fraction(x), share * x) for x in xs]]) == (r, r, r, 4)


def test_groups_of_one_leave_no_correlation() -> None:
    assert correlation_within([[pair] for pair in ANSCOMBE]) is None


def test_nobody_has_no_correlation() -> None:
    assert correlation_within([[], []]) is None


@pytest.mark.parametrize("r", [1.0, -1.0])
def test_a_perfect_correlation_is_its_own_interval(r: float) -> None:
    assert fisher_interval(r, 10) == (r, r)


@given(st.floats(-0.999, 0.999), st.integers(1, 1000))
def test_the_interval_holds_its_point_and_narrows_with_more_people(r: float, n: int) -> None:
    low, high = fisher_interval(r, n)
    closer_low, closer_high = fisher_interval(r, n + 1)

    assert -1 <= low <= closer_low <= r <= closer_high <= high <= 1
