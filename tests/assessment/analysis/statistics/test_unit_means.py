"""Golden values: the formulas in numpy, and the analysis of variance (scipy's f_oneway), which a
balanced design reduces them to."""

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quiz.assessment.analysis.statistics.means import mean, sample_sd
from quiz.assessment.analysis.statistics.unit_means import Raw, unit_means

UNEQUAL = {
    "A": Raw(5, 70, 8),
    "B": Raw(12, 61, 12),
    "C": Raw(7, 80, 10),
    "D": Raw(30, 66, 14),
    "E": Raw(1, 90, 0),
}


def raw(*values: int) -> Raw:
    exact = [Fraction(value) for value in values]
    return Raw(len(exact), float(mean(exact)), sample_sd(exact))


def test_units_of_different_size_agree_with_numpy() -> None:
    found = unit_means(UNEQUAL)

    assert found is not None
    assert (found.within, found.between, found.overall) == pytest.approx(
        (162.48, 44.89527806925499, 70.14046330626726)
    )
    assert [each.mean for each in found.units.values()] == pytest.approx(
        [70.05897945756, 63.1179307647, 76.6397739224, 66.4457201273, 74.4399122594]
    )
    assert [each.weight for each in found.units.values()] == pytest.approx(
        [0.5801077226, 0.7682906551, 0.659190266, 0.8923501806, 0.2164929132]
    )
    assert [each.high - each.mean for each in found.units.values()] == pytest.approx(
        [8.5097610905, 6.3215008198, 7.6666284965, 4.3087875062, 11.6243824052]
    )


def test_equal_units_agree_with_the_analysis_of_variance() -> None:
    found = unit_means(
        {
            "A": raw(60, 70, 80, 75, 65),
            "B": raw(50, 55, 45, 60, 40),
            "C": raw(90, 85, 95, 80, 100),
            "D": raw(70, 65, 75, 60, 80),
        }
    )

    assert found is not None
    assert (found.within, found.between) == pytest.approx((62.5, 254.16666666666666))


def test_units_that_differ_less_than_their_people_cannot_be_told_apart() -> None:
    found = unit_means({name: Raw(6, 70, 15) for name in "ABCD"})

    assert found is not None
    assert found == (pytest.approx(225), 0, 70, {})


def test_units_that_differ_exactly_as_much_as_their_people_cannot_be_told_apart() -> None:
    means = {"A": 0, "B": 0, "C": 2, "D": 2}

    assert unit_means({name: Raw(3, of, 2) for name, of in means.items()}) == (4, 0, 1, {})


def test_people_who_agree_within_units_keep_their_own_mean() -> None:
    found = unit_means({name: Raw(5, 60 + place / 2, 0) for place, name in enumerate("ABCD")})

    assert found is not None
    assert [(each.mean, each.weight) for each in found.units.values()] == [
        (60, 1),
        (60.5, 1),
        (61, 1),
        (61.5, 1),
    ]


@pytest.mark.parametrize(
    "units",
    [
        {},
        {"A": Raw(5, 70, 8)},
        {n: Raw(9, 70, 8) for n in "ABC"},
        {n: Raw(1, 7, 0) for n in "ABCD"},
    ],
)
def test_too_few_units_or_people_have_none(units: dict[str, Raw]) -> None:
    assert unit_means(units) is None


def test_a_unit_of_nobody_is_refused() -> None:
    with pytest.raises(ValueError, match=r"^a unit without people has no mean$"):
        unit_means({"A": Raw(0, 0, 0)})


sizes = st.lists(
    st.builds(Raw, st.integers(2, 40), st.floats(0, 100), st.floats(0.1, 40)),
    min_size=4,
    max_size=9,
)


@given(sizes)
def test_means_lie_between_their_own_and_that_of_all(units: list[Raw]) -> None:
    found = unit_means(dict(enumerate(units)))

    assert found is not None
    assert found.between >= 0
    for place, drawn in found.units.items():
        ends = sorted((units[place].mean, found.overall))
        assert ends[0] - 1e-9 <= drawn.mean <= ends[1] + 1e-9
        assert 0 <= drawn.weight <= 1
        assert drawn.low <= drawn.mean <= drawn.high


def test_more_people_count_for_more() -> None:
    few, many = unit_means(UNEQUAL), unit_means(UNEQUAL | {"A": Raw(500, 70, 8)})

    assert few is not None
    assert many is not None
    assert many.units["A"].weight > few.units["A"].weight
    assert many.units["A"].mean == pytest.approx(70, abs=0.5)
