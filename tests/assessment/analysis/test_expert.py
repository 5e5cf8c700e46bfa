"""Figures for a statistician: from how many people they are told, and in which words."""

from collections import Counter
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quiz.assessment.analysis.expert import (
    Answer,
    ItemChange,
    beside_the_rest,
    distribution,
    item_changes,
    sureness,
)
from quiz.assessment.analysis.unit_report import AttemptFact, unit_report
from tests.assessment.together import Sum, exposed_alike


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


def said(person: int, item: str, level: int | None, right: bool = True) -> Answer:
    return Answer(person, item, level, Fraction(right))


def test_a_level_of_sureness_is_told_from_ten_answers_of_five_people() -> None:
    sure = [said(n, item, 3, right=n < 4) for n in range(5) for item in "ABC"]
    unsure = [said(n, item, 1) for n in range(5, 10) for item in "ABC"]

    found = sureness(sure + unsure)

    assert found is not None
    assert [(level.sureness, level.n, level.right) for level in found.levels] == [
        (1, 15, 15),
        (3, 15, 12),
    ]
    assert (found.misconception, found.n) == (Fraction(3, 30), 30)
    assert sureness([said(n, "A", 3) for n in range(9)]) is None
    assert sureness([said(n, str(m), 3) for n in range(4) for m in range(9)]) is None


def test_a_level_of_one_person_takes_another_with_it() -> None:
    many = [said(n, item, 3) for n in range(10) for item in "ABCDEFGHIJKL"]
    fewer = [said(n, item, 2) for n in range(10, 16) for item in "ABCDEFGHIJKL"]
    alone = [said(20, item, 1) for item in "ABCDEFGHIJKL"]

    found = sureness(many + fewer + alone)

    assert found is not None
    assert [level.sureness for level in found.levels] == [3]


def test_how_many_were_sure_and_wrong_is_not_told_of_a_few() -> None:
    many = [said(n, item, 1) for n in range(8) for item in "ABC"]
    others = [said(n, item, 2) for n in range(8, 14) for item in "ABC"]
    sure = [said(n, "A", 3, right=False) for n in range(20, 22)]

    found = sureness(many + others + sure)

    assert found is not None
    assert ([level.sureness for level in found.levels], found.misconception) == ([1], None)


def test_a_level_said_at_one_item_alone_is_not_told_beside_that_item() -> None:
    there = [said(n, "A", None, right=n % 2 == 0) for n in range(12)]
    two_sure = [said(n, "A", 3) for n in (12, 13)]
    elsewhere = [said(n, "B", 3) for n in range(14)]

    assert sureness(there + two_sure + elsewhere) is None


answers = st.lists(
    st.tuples(
        st.sampled_from([1, 2, 3, 6, 12]),
        st.lists(st.sampled_from([0, 1, 3, None]), min_size=2, max_size=2),
    ),
    min_size=1,
    max_size=6,
)


@given(answers)
def test_levels_and_items_together_tell_of_no_fewer_than_five(
    groups: list[tuple[int, list[int | None]]],
) -> None:
    """A group of people says the same of each item; 0 is a blank."""
    people = [(place, says) for place, (n, says) in enumerate(groups) for _ in range(n)]
    given_ = [
        Answer((place, number), item, level or None, None if level == 0 else Fraction(1))
        for number, (place, says) in enumerate(people)
        for item, level in zip("AB", says, strict=True)
    ]

    found = sureness(given_)

    known: list[Sum] = [
        Counter((one.person[0], item) for one in given_ if one.item == item) for item in "AB"
    ]
    known = [each for each in known if sum(each.values()) >= 5]
    shown = {level.sureness for level in found.levels} if found else set()
    known += [
        Counter(
            (one.person[0], one.item)
            for one in given_
            if one.sureness == level and one.share is not None
        )
        for level in shown
    ]
    sizes = Counter(place for place, _ in people)
    once = [{column: 1 for column in each} for each in known]
    assert exposed_alike(once, sizes, 5) == []


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
