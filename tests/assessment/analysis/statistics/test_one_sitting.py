"""Every statistic of one small sitting, as scipy has it; and what is left of each at its edges."""

from fractions import Fraction

import pytest

from quiz.assessment.analysis.statistics.calibration import calibration
from quiz.assessment.analysis.statistics.change import mcnemar, normalised_gain, paired_change
from quiz.assessment.analysis.statistics.correlation import correlation_within
from quiz.assessment.analysis.statistics.discrimination import distractor, efficiency, upper_lower
from quiz.assessment.analysis.statistics.means import mean_interval
from quiz.assessment.analysis.statistics.moments import kurtosis, skewness
from quiz.assessment.analysis.statistics.proportions import newcombe, wilson
from quiz.assessment.analysis.statistics.reliability import reliability

MARKS = (
    "1110010011111101111100111010110011111001011001001110101110011101"
    "1110010000100000111101111011010011111011110110001100101011110110"
    "1111101010100010111110000111101100000001000000001111101011110011"
)
"""Twenty-four people at eight items each, right or wrong."""

ROWS = [[Fraction(int(mark)) for mark in MARKS[of : of + 8]] for of in range(0, len(MARKS), 8)]
EXACT = 1e-4


def item_and_rest(place: int) -> list[tuple[Fraction, Fraction]]:
    return [(row[place], sum(row, Fraction(0)) - row[place]) for row in ROWS]


def test_reliability_with_feldts_interval_and_sem() -> None:
    found = reliability(ROWS)

    assert found is not None
    assert (found.alpha, found.low, found.high, found.sem) == pytest.approx(
        (0.593437945791726, 0.29104248759677553, 0.799046171068816, 1.2445533509971605), abs=EXACT
    )


@pytest.mark.parametrize(
    ("place", "r", "low", "high", "of_most", "difference", "sizes"),
    [
        (2, 0.3032519, -0.1141031, 0.6296260, 0.3647059, Fraction(19, 60), (12, 5)),
        (5, -0.1456634, -0.5185878, 0.2738232, -0.1940299, Fraction(-1, 20), (10, 4)),
    ],
)
def test_discrimination_in_three_ways_and_its_distractor(
    place: int,
    r: float,
    low: float,
    high: float,
    of_most: float,
    difference: Fraction,
    sizes: tuple[int, int],
) -> None:
    pairs = item_and_rest(place)

    found, parted = correlation_within([pairs]), upper_lower(pairs)

    assert found is not None and parted is not None
    assert (found.r, found.low, found.high) == pytest.approx((r, low, high), abs=EXACT)
    assert efficiency(pairs) == pytest.approx(of_most, abs=EXACT)
    assert (parted.difference, (parted.upper, parted.lower)) == (difference, sizes)
    wrong = distractor([(item == 0, rest) for item, rest in pairs])
    assert wrong.point_biserial == pytest.approx(-r, abs=EXACT)


def test_mean_and_shape_of_the_scores() -> None:
    percents = [100 * sum(row, Fraction(0)) / 8 for row in ROWS]

    found = mean_interval(percents)

    assert (found.mean, found.low, found.high) == (
        Fraction(925, 16),
        pytest.approx(47.5099885730, abs=EXACT),
        pytest.approx(68.1150114270, abs=EXACT),
    )
    assert skewness(percents) == pytest.approx(-0.9131050525, abs=EXACT)
    assert kurtosis(percents) == pytest.approx(0.2290257458, abs=EXACT)


def test_change_gain_and_mcnemar() -> None:
    before, after = (40, 50, 60, 45, 70, 55), (60, 55, 75, 70, 65, 80)
    pairs = [(Fraction(b), Fraction(a)) for b, a in zip(before, after, strict=True)]

    found = paired_change(pairs)

    assert found is not None
    assert (found.change, found.low, found.high, found.effect) == (
        Fraction(85, 6),
        pytest.approx(1.5661533479, abs=EXACT),
        pytest.approx(26.7671799854, abs=EXACT),
        pytest.approx(1.1798729562, abs=EXACT),
    )
    assert normalised_gain(pairs) == Fraction(17, 56)
    assert mcnemar(9, 3) == pytest.approx(0.14599609375)


@pytest.mark.parametrize(
    ("k", "n", "low", "high"),
    [
        (0, 1, 0.0, 0.7934506856),
        (1, 1, 0.2065493144, 1.0),
        (0, 5, 0.0, 0.4344824648),
        (5, 5, 0.5655175352, 1.0),
        (7, 11, 0.3538011745, 0.8483352890),
    ],
)
def test_wilson_at_its_edges(k: int, n: int, low: float, high: float) -> None:
    assert wilson(k, n) == pytest.approx((low, high), abs=EXACT)


@pytest.mark.parametrize(
    ("groups", "expected"),
    [
        ((8, 11, 27, 37), (-0.0024570025, -0.3176167251, 0.2345288619)),
        ((5, 5, 0, 6), (1.0, 0.4159316234, 1.0)),
        ((0, 5, 0, 6), (0.0, -0.3903342989, 0.4344824648)),
        ((1, 1, 1, 1), (0.0, -0.7934506856, 0.7934506856)),
    ],
)
def test_newcombe_at_its_edges(
    groups: tuple[int, int, int, int], expected: tuple[float, float, float]
) -> None:
    assert tuple(newcombe(*groups)) == pytest.approx(expected, abs=EXACT)


def test_calibration_of_partial_credit_and_of_those_who_did_not_say() -> None:
    whole, half, none = Fraction(1), Fraction(1, 2), Fraction(0)

    found = calibration([(3, whole)] * 7 + [(3, none)] * 3 + [(1, half)] * 4 + [(None, whole)], 3)

    assert [(level.sureness, level.right, level.share) for level in found.levels] == [
        (1, 0, half),
        (3, 7, Fraction(7, 10)),
        (None, 1, whole),
    ]
    assert found.levels[1][-2:] == pytest.approx((0.3967781475, 0.8922087326), abs=EXACT)
    assert found.misconception == Fraction(3, 15)


@pytest.mark.parametrize("people", [0, 1, 5])
@pytest.mark.parametrize("share", [Fraction(0), Fraction(1, 2), Fraction(1)])
def test_where_nobody_differs_there_is_a_mean_at_most(people: int, share: Fraction) -> None:
    """All right, all wrong, all with the same part of the credit; nobody, one, some."""
    pairs = [(share, share)] * people

    assert correlation_within([pairs]) is efficiency(pairs) is upper_lower(pairs) is None
    assert reliability([[share] * 8] * people) is None
    assert skewness([share] * people) is kurtosis([share] * people) is None
    change = paired_change([(100 * share, 100 * share)] * people)
    assert (change is None) == (people == 0)
    assert change is None or (change.change, change.low, change.effect) == (0, None, None)
    if people:
        assert mean_interval([share] * people) == (share, None, None)
    gain = normalised_gain([(100 * share, 100 * share)] * people)
    assert gain == (None if people == 0 or share == 1 else 0)
