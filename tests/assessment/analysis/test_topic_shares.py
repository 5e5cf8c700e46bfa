from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quiz.assessment.analysis.topic_shares import shown_topics, topic_shares, weakest
from tests.assessment.subtraction import exposed

MINIMUM = 5
ONE = (Fraction(1), Fraction(1))
HALF = (Fraction(1), Fraction(2))


def test_shares_are_points_over_what_could_be_had() -> None:
    people = [{"makna": ONE, "sanksi": HALF}] * 5

    assert topic_shares(people, MINIMUM) == {"makna": 100, "sanksi": 50}


def test_a_topic_of_too_few_hides_the_others_too() -> None:
    people = [{"makna": ONE}] * 6 + [{"makna": ONE, "sanksi": HALF}] * 4

    assert topic_shares(people, MINIMUM) == {}


def test_void_topics_were_asked_of_nobody() -> None:
    people = [{"makna": ONE, "sanksi": (Fraction(0), Fraction(0))}] * 5

    assert topic_shares(people, MINIMUM) == {"makna": 100}


def test_rows_tell_no_topics_where_the_rest_could_be_read_off() -> None:
    row = [{"makna": ONE, "sanksi": HALF}] * 6
    rest = [{"makna": ONE, "sanksi": HALF}] * 2 + [{"makna": ONE}] * 4

    assert shown_topics([row, rest], [True, False], MINIMUM) == (
        [{}, {}],
        {"makna": 100, "sanksi": 50},
    )


def test_a_row_tells_its_topics_where_it_is_shown() -> None:
    row, other = [{"makna": ONE}] * 5, [{"makna": HALF}] * 5

    assert shown_topics([row, other], [True, False], MINIMUM) == (
        [{"makna": 100}, {}],
        {"makna": Fraction(200, 3)},
    )


def test_the_weakest_is_the_lowest_as_shown_and_of_equal_ones_the_first() -> None:
    near = {"sanksi": Fraction(499, 10), "makna": Fraction(503, 10)}
    assert weakest(near | {"alasan": Fraction(80)}) == "makna"
    assert weakest({"sanksi": Fraction(49), "makna": Fraction(503, 10)}) == "sanksi"
    assert weakest({}) is None


@pytest.mark.parametrize(
    "shares", [("499/10", "503/10"), ("100", "100"), ("100",), ("0", "0", "0")]
)
def test_nothing_is_weakest_where_all_look_the_same(shares: tuple[str, ...]) -> None:
    assert weakest({str(place): Fraction(share) for place, share in enumerate(shares)}) is None


def test_a_single_topic_is_the_weakest_unless_everything_was_right() -> None:
    assert weakest({"makna": Fraction(60)}) == "makna"


asked = st.fixed_dictionaries({}, optional={"makna": st.just(ONE), "sanksi": st.just(HALF)})
halls = st.lists(st.tuples(st.lists(asked, max_size=9), st.booleans()), max_size=4)


@given(halls)
def test_no_topic_of_a_few_follows_from_rows_and_total(
    hall: list[tuple[list[dict[str, tuple[Fraction, Fraction]]], bool]],
) -> None:
    rows = [people for people, _ in hall]

    told, of_all = shown_topics(rows, [shown for _, shown in hall], MINIMUM)

    for topic in ("makna", "sanksi"):
        sizes = {str(place): sum(topic in one for one in row) for place, row in enumerate(rows)}
        known = [[str(place)] for place, shares in enumerate(told) if topic in shares]
        known += [list(sizes)] * (topic in of_all)
        assert exposed(known, sizes, MINIMUM) == []
