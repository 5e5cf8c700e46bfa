"""Golden values: pingouin 0.7 and girth 0.8 (cronbach_alpha), Feldt's interval with scipy's F."""

import random
from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from quiz.assessment.analysis.statistics.reliability import reliability

RIGHT = (
    "11101101",
    "10101001",
    "11111111",
    "00100001",
    "11001000",
    "11111011",
    "00001000",
    "10111101",
    "11100111",
    "01000001",
)
QUARTERS = ("2433", "4421", "1012", "4344", "3332", "0121")


def points(rows: tuple[str, ...], of: int = 1) -> list[list[Fraction]]:
    return [[Fraction(int(cell), of) for cell in row] for row in rows]


def test_kr20_agrees_with_pingouin_and_girth() -> None:
    found = reliability(points(RIGHT))

    assert found is not None
    assert found.alpha == pytest.approx(0.7749659863945577)
    assert (found.low, found.high) == pytest.approx((0.4771402567421441, 0.9346569246303467))
    assert found.sem == pytest.approx(1.1457305148674417)
    assert (found.n, found.k) == (10, 8)
    assert found.error_of_mean(4) == pytest.approx(1.1457305148674417 / 2)


def test_kr20_is_the_formula_with_p_and_q() -> None:
    rows = points(RIGHT)
    shares = [sum(column) / 10 for column in zip(*rows, strict=True)]
    totals = [sum(row) for row in rows]
    centre = sum(totals) / 10
    whole = sum((total - centre) ** 2 for total in totals) / 10

    found = reliability(rows)

    assert found is not None
    assert found.alpha == pytest.approx(
        float(Fraction(8, 7) * (1 - sum(p * (1 - p) for p in shares) / whole))
    )


def test_partial_credit_gives_alpha() -> None:
    found = reliability(points(QUARTERS, 4))

    assert found is not None
    assert found.alpha == pytest.approx(0.8188286808976463)
    assert (found.low, found.high) == pytest.approx((0.3520561135132072, 0.9718140975484514))
    assert found.sem == pytest.approx(0.47943832878808434)


def test_items_that_contradict_each_other_have_a_negative_alpha() -> None:
    found = reliability(points(("10", "01", "10", "11", "01")))

    assert found is not None
    assert found.alpha == pytest.approx(-4)
    assert found.low < -4 < found.high < 1


def test_items_that_all_agree_have_an_alpha_of_one() -> None:
    assert reliability(points(("111", "000", "111"))) == (1, 1, 1, 0, 3, 3)


@pytest.mark.parametrize(
    "rows", [(), ("101",), ("1", "0", "1"), ("11", "11", "11"), ("00", "00"), ("10", "01")]
)
def test_without_people_items_or_variance_there_is_none(rows: tuple[str, ...]) -> None:
    assert reliability(points(rows)) is None


def test_a_missing_cell_is_refused() -> None:
    with pytest.raises(ValueError, match=r"^every person needs points for every item$"):
        reliability(points(("10", "1")))


matrices = st.integers(2, 6).flatmap(
    lambda k: st.lists(st.lists(st.integers(0, 1), min_size=k, max_size=k), min_size=2, max_size=12)
)


@settings(deadline=None, max_examples=50)
@given(matrices, st.randoms())
def test_alpha_is_at_most_one_in_its_interval_and_knows_no_order(
    cells: list[list[int]], rng: random.Random
) -> None:
    rows = [[Fraction(cell) for cell in row] for row in cells]
    found = reliability(rows)
    shuffled = reliability(rng.sample(rows, len(rows)))

    assert (found is None) == (shuffled is None)
    if found is not None and shuffled is not None:
        assert found.low <= found.alpha <= found.high <= 1
        assert found.alpha == pytest.approx(shuffled.alpha)
        assert found.sem >= 0
