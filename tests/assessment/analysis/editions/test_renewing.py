"""What several editions tell together, by everything a reader could subtract."""

from collections.abc import Sequence
from dataclasses import replace
from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from quiz.assessment.analysis.change_report import ChangeReport, Work, Works, change_report
from quiz.assessment.analysis.editions.renewing import (
    Facts,
    Renewal,
    fresh_results,
    joined,
    renewal,
    same_results,
)
from quiz.assessment.analysis.suppression import OFFICE_MINIMUM
from quiz.assessment.analysis.unit_report import AttemptFact, Rows, told_rows, unit_report
from tests.assessment.editions import Sum, exposed_people

MINIMUM = 3
KINDS = {"A": "desa", "B": "desa", "C": "kantor", "D": "upt"}


def fact(person: str, unit: str, points: int | None, topic: int | None = 0) -> AttemptFact:
    """Somebody of a unit with so many points, or without any result; ``topic``: of one topic."""
    percent = None if points is None else Fraction(10 * points)
    topics = {} if points is None or topic is None else {"t": (Fraction(topic), Fraction(10))}
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
    topics = st.none() | st.integers(0, 2)
    standing = [fact(f"p{n}", unit, draw(values), draw(topics)) for n, unit in enumerate(units)]
    moments = [standing]
    for _ in range(draw(st.integers(1, 2))):
        standing = list(standing)
        for place in draw(st.lists(st.integers(0, len(units) - 1), max_size=7)):
            one = standing[place]
            unit = draw(st.just(one.unit_code) | st.sampled_from("ABCD"))
            standing[place] = fact(one.person, unit, draw(values), draw(topics))
        moments.append(standing)
    return moments


def editions(moments: Sequence[Facts], minimum: int = MINIMUM) -> list[tuple[Facts, Rows]]:
    """The facts and rows each edition tells, published at each moment; pools stay as they were."""
    told: list[tuple[Facts, Rows]] = []
    for live in moments:
        bound = [group.units for group in told[-1][1].groups if group.pooled] if told else []
        found = renewal(live, told, bound, minimum)
        rows = told[-1][1] if found.whole else told_rows(found.facts, minimum, bound)
        told.append((found.facts, rows))
    return told


def test_a_result_is_fresh_that_stands_in_no_edition_before() -> None:
    first = [fact("a", "A", 1), fact("b", "A", 2), fact("c", "B", 3)]
    second = [fact("a", "A", 5), fact("b", "A", 2), fact("c", "B", None)]
    now = [fact("a", "A", 1), fact("b", "A", 6), fact("c", "B", 3), fact("d", "B", 3)]

    assert fresh_results(now, [first, second]) == 2
    assert fresh_results(now, []) == 4


def once(facts: Facts) -> tuple[Facts, Rows]:
    """These facts as a first edition tells them."""
    return facts, told_rows(facts, OFFICE_MINIMUM)


def known(told: Sequence[tuple[Facts, Rows]], minimum: int) -> list[Sum]:
    """Every row and total that some edition shows; a result told again is the same result."""
    sums = []
    for facts, rows in told:
        shown = [group.units for group in rows.groups if group.shown]
        results = [one for one in facts if one.percent is not None]
        if len(results) >= minimum:
            shown.append(tuple(KINDS))
        sums += [
            {(one.person, one.percent): 1 for one in results if one.unit_code in units}
            for units in shown
        ]
    return sums


def known_of_the_topic(told: Sequence[tuple[Facts, Rows]]) -> list[Sum]:
    """The same of the topic's points, of the rows that tell topics."""
    sums = []
    for facts, rows in told:
        asked = [one for one in facts if "t" in one.topic_scores]
        shown = [g.units for g, topics in zip(rows.groups, rows.topics, strict=True) if topics]
        if rows.everybody:
            shown.append(tuple(KINDS))
        sums += [
            {(one.person, one.topic_scores["t"]): 1 for one in asked if one.unit_code in units}
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
    assert exposed_people(known_of_the_topic(told), MINIMUM) == []


@given(halls())
def test_what_is_told_is_told_of_everybody_once(moments: list[list[AttemptFact]]) -> None:
    *_, (last, _) = editions(moments)

    people = [one.person for one in last]
    assert sorted(people) == sorted(one.person for one in moments[0])


def test_taking_over_everything_would_expose_somebody() -> None:
    first = [fact(f"p{n}", "C", n) for n in range(5)]
    second = [fact("p0", "C", 9), *first[1:]]

    told = [(facts, told_rows(facts, MINIMUM)) for facts in (first, second)]
    assert exposed_people(known(told, MINIMUM), MINIMUM) != []


@pytest.mark.parametrize(("changed", "kept"), [(4, {"C"}), (5, set())])
def test_a_row_is_told_anew_from_five_other_results(changed: int, kept: set[str]) -> None:
    first = [fact(f"p{n}", "C", n) for n in range(8)]
    live = [fact(f"p{n}", "C", 9) for n in range(changed)] + first[changed:]

    found = renewal(live, [once(first)])

    assert found.kept == kept
    assert sorted(found.facts, key=lambda one: one.person) == (first if kept else live)


def test_the_total_is_made_of_what_the_rows_keep_and_take_over() -> None:
    first = [fact(f"c{n}", "C", 2) for n in range(6)] + [fact(f"d{n}", "D", 4) for n in range(6)]
    live = [replace(one, percent=Fraction(80)) for one in first]
    live = [one for one in live if one.person != "c0"] + [first[0]]
    live[0] = first[1]

    found = renewal(live, [once(first)])

    assert found.kept == {"C"}
    assert unit_report(found.facts).total.mean == Fraction(50)


def test_a_correction_taken_back_may_be_told() -> None:
    first = [fact(f"p{n}", "C", n) for n in range(8)]
    corrected = [fact(f"p{n}", "C", 9) for n in range(5)] + first[5:]

    assert renewal(first, [once(first), once(corrected)]) == Renewal(first)


def test_a_correction_taken_back_hides_no_other_behind_it() -> None:
    first = [fact(f"p{n}", "C", n) for n in range(8)]
    corrected = [fact(f"p{n}", "C", 9) for n in range(5)] + first[5:]
    live = [*first[:7], fact("p7", "C", 0)]

    assert renewal(live, [once(first), once(corrected)]).kept == {"C"}


def test_somebody_moved_to_another_unit_keeps_both_as_told() -> None:
    first = [fact(f"c{n}", "C", 2) for n in range(6)] + [fact(f"d{n}", "D", 4) for n in range(6)]
    live = [replace(first[0], unit_code="D"), *first[1:]]

    found = renewal(live, [once(first)])

    assert (found.kept, list(found.facts)) == ({"C", "D"}, first)


def test_who_comes_late_to_a_unit_of_its_own_is_told_from_five() -> None:
    first = [fact(f"c{n}", "C", 2) for n in range(6)] + [fact("d0", "D", None)]
    few = [*first[:6], *(fact(f"d{n}", "D", 4) for n in range(4))]
    enough = [*first[:6], *(fact(f"d{n}", "D", 4) for n in range(5))]

    assert renewal(few, [once(first)]).kept == {"D"}
    assert renewal(enough, [once(first)]).kept == frozenset()


def test_nothing_told_before_holds_nothing_back() -> None:
    live = [fact(f"p{n}", "C", n) for n in range(5)]

    assert renewal(live, []) == renewal(live, [once(live[:4])]) == Renewal(live)


def test_one_topic_that_changed_for_a_few_keeps_the_row() -> None:
    first = [fact(f"p{n}", "C", 2, topic=2) for n in range(8)]
    live = [replace(one, percent=Fraction(50)) for one in first]
    live[0] = replace(live[0], topic_scores={"t": (Fraction(3), Fraction(10))})

    assert renewal(live, [once(first)]).kept == {"C"}


@st.composite
def pairs(draw: st.DrawFn) -> list[tuple[list[AttemptFact], list[AttemptFact]]]:
    """A pre-test and a post-test as they stood at two moments; nobody changes their unit."""
    units = draw(st.lists(st.sampled_from("CD"), min_size=6, max_size=9))
    values = st.none() | st.integers(0, 9)

    def sitting() -> list[AttemptFact]:
        return [fact(f"p{n}", unit, draw(values)) for n, unit in enumerate(units)]

    def later(standing: list[AttemptFact]) -> list[AttemptFact]:
        changed = set(draw(st.lists(st.integers(0, len(units) - 1), max_size=8)))
        return [
            fact(one.person, one.unit_code, draw(values)) if place in changed else one
            for place, one in enumerate(standing)
        ]

    first = sitting(), sitting()
    return [first, (later(first[0]), later(first[1]))]


def change_of(tests: Sequence[Facts], minimum: int) -> tuple[ChangeReport, Works, Works]:
    found = []
    for facts in tests:
        groups = told_rows(facts, minimum).groups
        rows = {unit: group.units for group in groups if group.shown for unit in group.units}
        found.append(
            {
                one.person: Work(rows.get(one.unit_code), one.percent, one.topic_scores)
                for one in facts
                if one.percent is not None
            }
        )
    return change_report(*found, minimum), found[0], found[1]


@settings(max_examples=300)
@given(pairs())
def test_a_change_and_all_rows_of_both_tests_tell_of_no_fewer_than_the_minimum(
    moments: list[tuple[list[AttemptFact], list[AttemptFact]]],
) -> None:
    sides = [editions([moment[side] for moment in moments]) for side in (0, 1)]
    first, *works = change_of([side[0][0] for side in sides], MINIMUM)

    sums: list[Sum] = []
    for place, (side, work) in enumerate(zip(sides, works, strict=True)):
        sums += [
            {(person, (place, value)): n for (person, value), n in each.items()}
            for each in known(side, MINIMUM)
        ]
        sums.append({(person, (place, work[person].percent)): 1 for person in first.people})
    assert exposed_people(sums, MINIMUM) == []


def test_a_result_another_unit_or_person_is_not_the_same() -> None:
    first = [fact("a", "C", 2), fact("b", "C", 3), fact("c", "D", None)]

    assert same_results(first, [first[1], first[0], replace(first[2], attended=False)])
    for other in (fact("b", "C", 4), fact("b", "D", 3), fact("d", "C", 3), fact("b", "C", 3, 1)):
        assert not same_results(first, [first[0], other, first[2]])


def test_sets_that_touch_become_one() -> None:
    assert joined(["AB", "CD", "BE", ""]) == [frozenset("CD"), frozenset("ABE")]
