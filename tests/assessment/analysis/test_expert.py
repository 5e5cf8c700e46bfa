"""Figures for a statistician: from how many people they are told, and in which words."""

from fractions import Fraction

import pytest

from quiz.assessment.analysis.expert import (
    ItemChange,
    beside_the_rest,
    distribution,
    item_changes,
    sureness,
)
from quiz.assessment.analysis.unit_report import AttemptFact, unit_report


def fact(person: int, unit: str, percent: int) -> AttemptFact:
    return AttemptFact(
        person=str(person),
        unit_code=unit,
        unit_name=unit,
        kind_code=unit,
        kind_name=unit,
        invited=True,
        attended=True,
        worked=True,
        state="submitted",
        percent=Fraction(percent),
        passed=percent >= 70,
        topic_scores={},
    )


def test_the_shape_of_scores_is_told_from_thirty_people() -> None:
    percents = [Fraction(number) for number in range(30)]

    assert distribution(percents[:29]) is None
    found = distribution(percents)
    assert found is not None
    assert (found.n, found.mean, found.skewness) == (30, Fraction(29, 2), pytest.approx(0))
    assert found.kurtosis == pytest.approx(-1.2)


def test_scores_that_are_all_the_same_have_no_shape() -> None:
    found = distribution([Fraction(70)] * 30)

    assert found is not None
    assert (found.sd, found.skewness, found.kurtosis) == (0, None, None)


def test_a_row_stands_beside_everybody_else() -> None:
    people = [fact(number, "A", 90) for number in range(10)]
    people += [fact(number, "B", 40 + 5 * (number % 2)) for number in range(10, 30)]

    found = {each.row.name: each for each in beside_the_rest(unit_report(people))}

    assert found["A"].rest == (0, 20)
    assert found["B"].rest == (10, 10)
    assert (found["A"].words, found["B"].words) == ("lebih banyak", "lebih sedikit")
    assert found["A"].difference.value == pytest.approx(100)
    assert found["A"].difference.low == pytest.approx(-found["B"].difference.high)


def test_what_cannot_be_told_apart_is_not() -> None:
    people = [
        fact(number, "A" if number < 10 else "B", 60 + 20 * (number % 2)) for number in range(20)
    ]

    assert {each.words for each in beside_the_rest(unit_report(people))} == {
        "belum dapat dibedakan"
    }


def test_no_row_stands_beside_fewer_than_the_minimum() -> None:
    people = [fact(number, "A", 60) for number in range(10)]
    people += [fact(number, "B", 80) for number in range(10, 13)]

    assert beside_the_rest(unit_report(people)) == []


def test_a_level_of_sureness_is_told_from_ten_answers() -> None:
    responses = [(3, Fraction(1))] * 12 + [(3, Fraction(0))] * 3 + [(1, Fraction(1))] * 9

    found = sureness(responses)

    assert sureness(responses[:9]) is None
    assert found is not None
    assert [(level.sureness, level.n, level.right) for level in found.levels] == [(3, 15, 12)]
    assert (found.misconception, found.n) == (Fraction(3, 24), 24)


@pytest.mark.parametrize(
    ("gained", "lost", "words"),
    [
        (0, 0, "belum dapat dibedakan"),
        (6, 5, "belum dapat dibedakan"),
        (5, 0, "belum dapat dibedakan"),
        (6, 0, "lebih banyak yang menjadi tepat, bukti lemah"),
        (8, 0, "lebih banyak yang menjadi tepat, bukti kuat"),
        (0, 8, "lebih banyak yang menjadi keliru, bukti kuat"),
    ],
)
def test_the_change_of_an_item_in_words(gained: int, lost: int, words: str) -> None:
    assert ItemChange("MKN-001", 20, gained, lost).words == words


def test_only_those_who_met_an_item_twice_count() -> None:
    before = {"A": dict.fromkeys(range(25), False), "B": dict.fromkeys(range(25), False)}
    after = {"A": dict.fromkeys(range(3, 40), True), "B": dict.fromkeys(range(6, 40), True)}

    [found] = item_changes(before, after)

    assert (found.code, found.n, found.gained, found.lost) == ("A", 22, 22, 0)
