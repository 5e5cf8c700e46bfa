"""Golden values: scipy 1.16 (ttest_rel, binomtest); Hake (1998) for his gain."""

from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from quiz.assessment.analysis.statistics.change import (
    mcnemar,
    normalised_gain,
    paired_change,
)

BEFORE = (40, 55, 60, 50, 70, 65, 45, 80)
AFTER = (60, 60, 75, 70, 70, 85, 55, 90)
PAIRS = [(Fraction(x), Fraction(y)) for x, y in zip(BEFORE, AFTER, strict=True)]

percents = st.fractions(0, 100, max_denominator=20)
pairs = st.lists(st.tuples(percents, percents), min_size=1, max_size=20)


def test_change_agrees_with_the_paired_t_test() -> None:
    found = paired_change(PAIRS)

    assert found is not None
    assert (found.n, found.before, found.after, found.change) == (
        8,
        Fraction(465, 8),
        Fraction(565, 8),
        Fraction(25, 2),
    )
    assert (found.low, found.high) == pytest.approx((6.180275858630754, 18.819724141369246))
    assert found.effect == pytest.approx(1.653594569415369)


@settings(deadline=None)
@given(pairs)
def test_change_is_the_difference_of_the_means_and_lies_in_its_interval(
    people: list[tuple[Fraction, Fraction]],
) -> None:
    found = paired_change(people)

    assert found is not None
    assert found.change == found.after - found.before
    if found.low is not None and found.high is not None:
        assert -100 <= found.low <= float(found.change) <= found.high <= 100
    turned = paired_change([(after, before) for before, after in reversed(people)])
    assert turned is not None
    assert turned.change == -found.change


@pytest.mark.parametrize("people", [PAIRS[:1], [(Fraction(50), Fraction(60))] * 9])
def test_change_without_spread_has_no_interval(people: list[tuple[Fraction, Fraction]]) -> None:
    found = paired_change(people)

    assert found is not None
    assert (found.low, found.high, found.effect) == (None, None, None)


def test_nobody_has_no_change_and_no_gain() -> None:
    assert (paired_change([]), normalised_gain([])) == (None, None)


@pytest.mark.parametrize(
    ("before", "after", "gain"),
    [
        (40, 70, Fraction(1, 2)),
        (0, 100, Fraction(1)),
        (50, 50, Fraction(0)),
        (80, 70, Fraction(-1, 2)),
        (94, 97, Fraction(1, 2)),
        (95, 97, None),
        (100, 100, None),
    ],
)
def test_gain_is_the_share_of_what_could_be_gained(
    before: int, after: int, gain: Fraction | None
) -> None:
    assert normalised_gain([(Fraction(before), Fraction(after))] * 6) == gain


@given(pairs)
def test_gain_is_never_above_one(people: list[tuple[Fraction, Fraction]]) -> None:
    found = normalised_gain(people)

    assert found is None or found <= 1


@pytest.mark.parametrize(
    ("gained", "lost", "p"),
    [
        (8, 2, 0.109375),
        (12, 1, 0.00341796875),
        (5, 5, 1.0),
        (25, 10, 0.016673847800120715),
        (0, 0, 1.0),
        (0, 6, 0.03125),
    ],
)
def test_mcnemar_agrees_with_the_exact_binomial_test(gained: int, lost: int, p: float) -> None:
    assert mcnemar(gained, lost) == pytest.approx(p, rel=1e-9)


@given(st.integers(0, 40), st.integers(0, 40))
def test_mcnemar_is_a_probability_and_knows_no_side(gained: int, lost: int) -> None:
    assert 0 < mcnemar(gained, lost) == mcnemar(lost, gained) <= 1


def test_mcnemar_refuses_negative_counts() -> None:
    with pytest.raises(ValueError, match=r"^-1 and 3 are no counts$"):
        mcnemar(-1, 3)
