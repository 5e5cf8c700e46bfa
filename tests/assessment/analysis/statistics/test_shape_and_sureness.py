"""Golden values: scipy 1.16 (skew and kurtosis with bias=False; binomtest for Wilson)."""

import random
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quiz.assessment.analysis.statistics.calibration import calibration
from quiz.assessment.analysis.statistics.moments import kurtosis, skewness

ONE, NOTHING, HALF = Fraction(1), Fraction(0), Fraction(1, 2)


@pytest.mark.parametrize(
    ("values", "skew", "excess"),
    [
        (
            (40, 55, 60, 60, 65, 70, 75, 80, 80, 95),
            -0.06387732949474038,
            0.30929646164021163,
        ),
        ((0, 10, 10, 20, 100), 2.070462910540048, 4.416436587902041),
        ((1, 2, 3), 0.0, None),
        ((0, 0, 1), 1.7320508075688772, None),
        ((0, 0, 0, 1), 2.0, 4.0),
        ((5, 5, 5, 5, 5), None, None),
        ((1, 2), None, None),
        ((), None, None),
    ],
)
def test_moments_agree_with_scipy(
    values: tuple[int, ...], skew: float | None, excess: float | None
) -> None:
    exact = [Fraction(value) for value in values]

    assert skewness(exact) == (None if skew is None else pytest.approx(skew, abs=1e-12))
    assert kurtosis(exact) == (None if excess is None else pytest.approx(excess, abs=1e-12))


@given(st.lists(st.integers(0, 20).map(Fraction), max_size=15), st.randoms())
def test_moments_turn_with_the_values_and_know_no_order(
    values: list[Fraction], rng: random.Random
) -> None:
    turned = [20 - value for value in rng.sample(values, len(values))]
    skew, excess = skewness(values), kurtosis(values)

    assert skewness(turned) == (None if skew is None else pytest.approx(-skew))
    assert kurtosis(turned) == (None if excess is None else pytest.approx(excess))


def test_each_level_has_its_share_and_interval() -> None:
    found = calibration([(3, ONE)] * 17 + [(3, NOTHING)] * 23 + [(1, HALF)] * 2 + [(None, ONE)], 3)

    assert [(level.sureness, level.n, level.right) for level in found.levels] == [
        (1, 2, 0),
        (3, 40, 17),
        (None, 1, 1),
    ]
    assert found.levels[0].share == HALF
    assert (found.levels[1].low, found.levels[1].high) == pytest.approx(
        (0.28509392559950375, 0.5780493145800892)
    )
    assert found.misconception == Fraction(23, 43)


def test_no_responses_have_no_levels() -> None:
    assert calibration([], 3) == ((), 0)


@pytest.mark.parametrize(("share", "wrong"), [(ONE, 0), (HALF, 1), (NOTHING, 1)])
def test_only_the_whole_point_is_no_misconception(share: Fraction, wrong: int) -> None:
    assert calibration([(3, share)] * 4, 3).misconception == wrong


answers = st.lists(
    st.tuples(st.sampled_from([1, 2, 3, None]), st.fractions(0, 1, max_denominator=4)), max_size=30
)


@given(answers, st.randoms())
def test_levels_hold_every_response_once_in_any_order(
    given_: list[tuple[int | None, Fraction]], rng: random.Random
) -> None:
    found = calibration(given_, 3)

    assert sum(level.n for level in found.levels) == len(given_)
    assert 0 <= found.misconception <= 1
    assert all(0 <= level.low <= level.high <= 1 for level in found.levels)
    assert calibration(rng.sample(given_, len(given_)), 3) == found
