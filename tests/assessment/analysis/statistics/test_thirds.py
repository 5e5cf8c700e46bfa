"""Thirds of a group by a score."""

from collections import Counter
from fractions import Fraction

from hypothesis import given
from hypothesis import strategies as st

from quiz.assessment.analysis.statistics.thirds import THIRDS, thirds

groups = st.dictionaries(st.integers(), st.fractions(0, 1, max_denominator=8), max_size=40)


def by_score(*scores: int) -> list[str]:
    found = thirds({place: Fraction(score) for place, score in enumerate(scores)})
    return [found[place] for place in range(len(scores))]


def test_thirty_different_scores_make_three_tens() -> None:
    found = by_score(*range(30))

    assert found == ["low"] * 10 + ["middle"] * 10 + ["high"] * 10


def test_equals_are_never_parted() -> None:
    assert by_score(1, 2, 2, 2, 2, 3) == ["low", "middle", "middle", "middle", "middle", "high"]


def test_two_of_three_who_are_alike_are_a_third_of_their_own() -> None:
    assert by_score(1, 1, 2) == ["low", "low", "high"]
    assert by_score(1, 2, 2) == ["low", "high", "high"]


def test_a_group_of_equals_is_all_middle() -> None:
    assert by_score(7, 7, 7) == ["middle", "middle", "middle"]


def test_of_two_one_is_low_and_one_is_high() -> None:
    assert by_score(5, 1) == ["high", "low"]


def test_nobody_has_no_third() -> None:
    assert thirds({}) == {}


@given(groups)
def test_a_higher_score_is_never_in_a_lower_third(scores: dict[int, Fraction]) -> None:
    found = thirds(scores)

    ordered = sorted(scores, key=lambda person: scores[person])
    places = [THIRDS.index(found[person]) for person in ordered]
    assert places == sorted(places)


@given(groups)
def test_turning_the_scores_round_turns_the_thirds_round(scores: dict[int, Fraction]) -> None:
    turned = thirds({person: -score for person, score in scores.items()})

    counted, counted_turned = Counter(thirds(scores).values()), Counter(turned.values())
    assert counted["low"] == counted_turned["high"]
    assert counted["middle"] == counted_turned["middle"]
