"""Golden values: scipy 1.16 (pointbiserialr), numpy's covariances."""

import random
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quiz.assessment.analysis.statistics.discrimination import (
    distractor,
    efficiency,
    upper_lower,
)

ITEM = (1, 1, 1, 0, 1, 0, 1, 0, 0, 0, 1, 0)
REST = (9, 8, 8, 7, 6, 6, 5, 5, 4, 3, 2, 1)
PAIRS = [(Fraction(x), Fraction(y, 10)) for x, y in zip(ITEM, REST, strict=True)]

people = st.lists(
    st.tuples(st.fractions(0, 1, max_denominator=4), st.fractions(0, 1, max_denominator=6)),
    max_size=25,
)


def test_upper_and_lower_27_percent_by_hand() -> None:
    # round(0.27 × 12) = 3 in each: 9, 8, 8 all right; 3, 2, 1 one of three
    assert upper_lower(PAIRS) == (Fraction(2, 3), 3, 3)


def test_ties_at_a_border_move_up() -> None:
    tied = [(Fraction(1), Fraction(rest)) for rest in (1, 2, 3, 3, 4, 5, 6, 7, 7, 8, 9)]
    lower = [(Fraction(0), Fraction(rest)) for rest in (1, 2, 2, 2, 5, 6, 7, 7, 8, 9, 9)]

    assert upper_lower(tied) == (0, 4, 2)
    assert upper_lower(lower) == (0, 3, 1)


@pytest.mark.parametrize("n", [0, 1, 2, 30])
def test_equals_cannot_be_parted(n: int) -> None:
    assert upper_lower([(Fraction(1), Fraction(1, 2))] * n) is None


@pytest.mark.parametrize("share", [0, 1])
def test_all_right_or_all_wrong_makes_no_difference(share: int) -> None:
    found = upper_lower([(Fraction(share), rest) for _, rest in PAIRS])

    assert found is not None
    assert found.difference == 0


def test_efficiency_is_the_covariance_over_the_highest_possible() -> None:
    assert efficiency(PAIRS) == pytest.approx(0.5)


def test_efficiency_of_an_item_that_sorts_as_the_rest_does_is_one() -> None:
    assert efficiency([(rest, rest) for _, rest in PAIRS]) == pytest.approx(1)


def test_rests_of_two_kinds_are_enough() -> None:
    two = [(Fraction(0), Fraction(1, 2)), (Fraction(1), Fraction(1)), (Fraction(1), Fraction(1))]

    assert efficiency(two) == pytest.approx(1)
    assert distractor([(share == 0, rest) for share, rest in two]).point_biserial == (
        pytest.approx(-1)
    )


@pytest.mark.parametrize("pairs", [[], PAIRS[:1], [(Fraction(1), rest) for _, rest in PAIRS]])
def test_without_variance_there_is_no_efficiency(pairs: list[tuple[Fraction, Fraction]]) -> None:
    assert efficiency(pairs) is None


@given(people, st.randoms())
def test_bounds_and_order(pairs: list[tuple[Fraction, Fraction]], rng: random.Random) -> None:
    shuffled = rng.sample(pairs, len(pairs))

    found, share = upper_lower(pairs), efficiency(pairs)

    assert found is None or -1 <= found.difference <= 1
    assert found is None or min(found.upper, found.lower) >= 1
    assert share is None or share <= 1
    assert (upper_lower(shuffled), efficiency(shuffled)) == (found, share)


def test_a_distractor_of_the_weaker_functions() -> None:
    found = distractor([(not right, rest) for right, rest in PAIRS])

    assert (found.n, found.chosen, found.share) == (12, 6, Fraction(1, 2))
    assert found.point_biserial == pytest.approx(-0.4180398085749707)
    assert found.functioning


def test_a_distractor_of_the_stronger_does_not_function() -> None:
    found = distractor([(bool(right), rest) for right, rest in PAIRS])

    assert found.point_biserial == pytest.approx(0.4180398085749707)
    assert not found.functioning


def test_a_distractor_hardly_anybody_chooses_does_not_function() -> None:
    found = distractor([(place == 0, Fraction(place)) for place in range(21)])

    assert found.point_biserial is not None
    assert found.point_biserial < 0
    assert not found.functioning


@pytest.mark.parametrize("chosen", [True, False])
@pytest.mark.parametrize("n", [0, 1, 12])
def test_what_everybody_or_nobody_chose_correlates_with_nothing(chosen: bool, n: int) -> None:
    found = distractor([(chosen, rest) for _, rest in PAIRS[:n]])

    assert (found.n, found.chosen, found.point_biserial) == (n, n * chosen, None)
    assert not found.functioning


@given(st.lists(st.tuples(st.booleans(), st.fractions(0, 1, max_denominator=6)), max_size=25))
def test_point_biserial_stays_within_its_bounds(choices: list[tuple[bool, Fraction]]) -> None:
    found = distractor(choices)

    assert found.point_biserial is None or -1.0000001 <= found.point_biserial <= 1.0000001
