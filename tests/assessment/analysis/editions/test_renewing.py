"""What several editions tell together, by everything a reader could subtract."""

from collections.abc import Sequence
from dataclasses import replace
from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from quiz.assessment.analysis.editions.renewing import Facts, Renewal, joined, renewal
from quiz.assessment.analysis.unit_report import AttemptFact, told_rows, unit_report
from tests.assessment.editions import Sum, exposed_people

MINIMUM = 3
KINDS = {"A": "desa", "B": "desa", "C": "kantor", "D": "upt"}


def fact(person: str, unit: str, points: int | None, topic: int = 0) -> AttemptFact:
    """Somebody of a unit with so many points, or without any result."""
    percent = None if points is None else Fraction(10 * points)
    topics = {} if points is None else {"t": (Fraction(topic), Fraction(10))}
    return AttemptFact(
        person=person,
        unit_code=unit,
        unit_name=unit,
        kind_code=KINDS[unit],
        kind_name=KINDS[unit],
        invited=True,
        attended=True,
        worked=points is not None,
        state="none" if points is None else "submitted",
        percent=percent,
        passed=None if points is None else points >= 7,
        topic_scores=topics,
    )


@st.composite
def halls(draw: st.DrawFn) -> list[list[AttemptFact]]:
    """A sitting at up to three moments: results and units change, people come and go."""
    units = draw(st.lists(st.sampled_from("ABCD"), min_size=3, max_size=9))
    values = st.none() | st.integers(0, 3)
    standing = [fact(f"p{n}", unit, draw(values)) for n, unit in enumerate(units)]
    moments = [standing]
    for _ in range(draw(st.integers(1, 2))):
        standing = list(standing)
        for place in draw(st.lists(st.integers(0, len(units) - 1), max_size=7)):
            one = standing[place]
            unit = draw(st.just(one.unit_code) | st.sampled_from("ABCD"))
            standing[place] = fact(one.person, unit, draw(values))
        moments.append(standing)
    return moments


def editions(moments: Sequence[Facts], minimum: int = MINIMUM) -> list[Facts]:
    """The facts each edition tells, published at each moment; pools stay as they were."""
    told: list[Facts] = []
    for live in moments:
        told.append(renewal(live, told, pools(told, minimum), minimum).facts)
    return told


def pools(told: Sequence[Facts], minimum: int) -> list[tuple[str, ...]]:
    bound: list[tuple[str, ...]] = []
    for facts in told:
        rows = told_rows(facts, minimum, bound).groups
        bound = [group.units for group in rows if group.pooled]
    return bound


def known(told: Sequence[Facts], minimum: int) -> list[Sum]:
    """Every row and total that some edition shows; a result told again is the same result."""
    sums = []
    for number, facts in enumerate(told):
        groups = told_rows(facts, minimum, pools(told[:number], minimum)).groups
        shown = [group.units for group in groups if group.shown]
        results = [one for one in facts if one.percent is not None]
        if len(results) >= minimum:
            shown.append(tuple(KINDS))
        sums += [
            {(one.person, one.percent): 1 for one in results if one.unit_code in units}
            for units in shown
        ]
    return sums


@settings(max_examples=300)
@given(halls())
def test_editions_together_tell_of_no_fewer_than_the_minimum(
    moments: list[list[AttemptFact]],
) -> None:
    told = editions(moments)

    assert exposed_people(known(told, MINIMUM), MINIMUM) == []


@given(halls())
def test_what_is_told_is_told_of_everybody_once(moments: list[list[AttemptFact]]) -> None:
    *_, last = editions(moments)

    people = [one.person for one in last]
    assert sorted(people) == sorted(one.person for one in moments[0])


def test_taking_over_everything_would_expose_somebody() -> None:
    first = [fact(f"p{n}", "C", n) for n in range(5)]
    second = [fact("p0", "C", 9), *first[1:]]

    assert exposed_people(known([first, second], MINIMUM), MINIMUM) != []


@pytest.mark.parametrize(("changed", "kept"), [(4, {"C"}), (5, set())])
def test_a_row_is_told_anew_from_five_other_results(changed: int, kept: set[str]) -> None:
    first = [fact(f"p{n}", "C", n) for n in range(8)]
    live = [fact(f"p{n}", "C", 9) for n in range(changed)] + first[changed:]

    found = renewal(live, [first])

    assert found.kept == kept
    assert sorted(found.facts, key=lambda one: one.person) == (first if kept else live)


def test_the_total_is_made_of_what_the_rows_keep_and_take_over() -> None:
    first = [fact(f"c{n}", "C", 2) for n in range(6)] + [fact(f"d{n}", "D", 4) for n in range(6)]
    live = [replace(one, percent=Fraction(80)) for one in first]
    live = [one for one in live if one.person != "c0"] + [first[0]]
    live[0] = first[1]

    found = renewal(live, [first])

    assert found.kept == {"C"}
    assert unit_report(found.facts).total.mean == Fraction(50)


def test_a_correction_taken_back_may_be_told() -> None:
    first = [fact(f"p{n}", "C", n) for n in range(8)]
    corrected = [fact(f"p{n}", "C", 9) for n in range(5)] + first[5:]

    assert renewal(first, [first, corrected]) == Renewal(first)


def test_a_correction_taken_back_hides_no_other_behind_it() -> None:
    first = [fact(f"p{n}", "C", n) for n in range(8)]
    corrected = [fact(f"p{n}", "C", 9) for n in range(5)] + first[5:]
    live = [*first[:7], fact("p7", "C", 0)]

    assert renewal(live, [first, corrected]).kept == {"C"}


def test_somebody_moved_to_another_unit_keeps_both_as_told() -> None:
    first = [fact(f"c{n}", "C", 2) for n in range(6)] + [fact(f"d{n}", "D", 4) for n in range(6)]
    live = [replace(first[0], unit_code="D"), *first[1:]]

    found = renewal(live, [first])

    assert (found.kept, list(found.facts)) == ({"C", "D"}, first)


def test_who_comes_late_to_a_unit_of_its_own_is_told_from_five() -> None:
    first = [fact(f"c{n}", "C", 2) for n in range(6)] + [fact("d0", "D", None)]
    few = [*first[:6], *(fact(f"d{n}", "D", 4) for n in range(4))]
    enough = [*first[:6], *(fact(f"d{n}", "D", 4) for n in range(5))]

    assert renewal(few, [first]).kept == {"D"}
    assert renewal(enough, [first]).kept == frozenset()


def test_nothing_told_before_holds_nothing_back() -> None:
    live = [fact(f"p{n}", "C", n) for n in range(5)]

    assert renewal(live, []) == renewal(live, [live[:4]]) == Renewal(live)


def test_one_topic_that_changed_for_a_few_keeps_the_row() -> None:
    first = [fact(f"p{n}", "C", 2, topic=2) for n in range(8)]
    live = [replace(one, percent=Fraction(50)) for one in first]
    live[0] = replace(live[0], topic_scores={"t": (Fraction(3), Fraction(10))})

    assert renewal(live, [first]).kept == {"C"}


def test_sets_that_touch_become_one() -> None:
    assert joined(["AB", "CD", "BE", ""]) == [frozenset("CD"), frozenset("ABE")]
