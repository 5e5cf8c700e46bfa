import itertools

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from quiz.assessment.analysis.suppression import (
    Group,
    UnitSize,
    hidden_among_rows,
    shown_parts,
    steps_hide,
    suppress,
)
from tests.assessment.subtraction import derivable, exposed

KINDS = ("desa", "kantor", "upt")


@st.composite
def tables(draw: st.DrawFn) -> list[UnitSize]:
    sizes = draw(st.lists(st.tuples(st.sampled_from(KINDS), st.integers(0, 9)), max_size=7))
    return [UnitSize(f"U{place}", kind, n) for place, (kind, n) in enumerate(sizes)]


def units(*sizes: tuple[str, int]) -> list[UnitSize]:
    return [UnitSize("ABCDEFGH"[place], kind, n) for place, (kind, n) in enumerate(sizes)]


def known(groups: list[Group], table: list[UnitSize], minimum: int) -> list[tuple[str, ...]]:
    """What a reader sees: every shown row, and the total when there are enough for it."""
    rows = [group.units for group in groups if group.shown]
    total = tuple(unit.code for unit in table)
    return rows + [total] * (sum(unit.n for unit in table) >= minimum)


@given(tables(), st.integers(1, 8))
def test_nothing_about_fewer_than_the_minimum_follows_from_what_is_shown(
    table: list[UnitSize], minimum: int
) -> None:
    groups = suppress(table, minimum)

    sizes = {unit.code: unit.n for unit in table}
    assert exposed(known(groups, table, minimum), sizes, minimum) == []


@given(tables(), st.integers(1, 8))
def test_no_withheld_row_follows_from_what_is_shown(table: list[UnitSize], minimum: int) -> None:
    groups = suppress(table, minimum)

    counted = [unit.code for unit in table if unit.n]
    seen = [[u for u in of if u in counted] for of in known(groups, table, minimum)]
    hidden = [[u for u in group.units if u in counted] for group in groups if not group.shown]
    assert [of for of in hidden if of and derivable(seen, of, counted)] == []


@given(tables(), st.integers(1, 8))
def test_every_unit_is_in_exactly_one_group_of_its_own_kind(
    table: list[UnitSize], minimum: int
) -> None:
    groups = suppress(table, minimum)

    by_code = {unit.code: unit for unit in table}
    assert sorted(code for group in groups for code in group.units) == sorted(by_code)
    for group in groups:
        assert {by_code[code].kind for code in group.units} == {group.kind}
        assert group.n == sum(by_code[code].n for code in group.units)
        assert group.n >= minimum or not group.shown


def least_withheld(table: list[UnitSize], minimum: int) -> int:
    """The fewest people that any pools within kinds could withhold, by trying every set of units.

    What is withheld is nobody or at least `minimum`; what a kind keeps can be pooled and shown.
    """
    best = sum(unit.n for unit in table)
    for many in range(len(table) + 1):
        for left_out in itertools.combinations(table, many):
            kept = [unit for unit in table if unit not in left_out]
            people = [sum(unit.n for unit in kept if unit.kind == kind) for kind in KINDS]
            n = sum(unit.n for unit in left_out)
            if all(of == 0 or of >= minimum for of in (*people, n)):
                best = min(best, n)
    return best


@settings(deadline=None)
@given(tables(), st.integers(1, 8))
def test_no_other_pools_withhold_fewer_people(table: list[UnitSize], minimum: int) -> None:
    groups = suppress(table, minimum)

    withheld = sum(group.n for group in groups if not group.shown)
    assert withheld == least_withheld(table, minimum)


@given(tables(), st.data(), st.integers(1, 8))
def test_what_was_pooled_stays_pooled_and_still_exposes_nobody(
    table: list[UnitSize], data: st.DataObject, minimum: int
) -> None:
    before = [group.units for group in suppress(table, minimum) if group.pooled]
    sizes = {unit.code: data.draw(st.integers(0, 9)) for unit in table}
    later = [UnitSize(unit.code, unit.kind, sizes[unit.code]) for unit in table]

    groups = suppress(later, minimum, before)

    assert all(any(set(pool) <= set(group.units) for group in groups) for pool in before)
    assert sorted(code for group in groups for code in group.units) == sorted(sizes)
    assert exposed(known(groups, later, minimum), sizes, minimum) == []


@given(tables(), st.integers(1, 8), st.data())
def test_order_of_the_units_does_not_matter(
    table: list[UnitSize], minimum: int, data: st.DataObject
) -> None:
    shuffled = data.draw(st.permutations(table))

    assert suppress(shuffled, minimum) == suppress(table, minimum)


def test_pair_of_which_one_is_too_small_withholds_both() -> None:
    groups = suppress(units(("kantor", 7), ("desa", 3)), 5)

    assert groups == [
        Group("kantor", ("A",), 7, shown=False),
        Group("desa", ("B",), 3, shown=False),
    ]


def test_a_kind_with_just_enough_people_is_withheld_for_one_with_too_few() -> None:
    groups = suppress(units(("kantor", 5), ("desa", 3)), 5)

    assert [group.shown for group in groups] == [False, False]


def test_showing_the_larger_of_that_pair_would_expose_the_smaller() -> None:
    assert exposed([("A",), ("A", "B")], {"A": 7, "B": 3}, 5) == [("B",)]


def test_small_units_of_a_kind_are_shown_as_one() -> None:
    groups = suppress(units(("desa", 3), ("desa", 2), ("desa", 8), ("desa", 0)), 5)

    assert groups == [
        Group("desa", ("A", "B"), 5, shown=True),
        Group("desa", ("C",), 8, shown=True),
        Group("desa", ("D",), 0, shown=False),
    ]


def test_two_small_groups_that_hide_each_other_cost_no_other_row() -> None:
    groups = suppress(units(("desa", 3), ("upt", 2), ("kantor", 8)), 5)

    assert [group.shown for group in groups] == [False, False, True]


def test_two_small_groups_that_are_too_few_together_cost_the_smallest_row() -> None:
    groups = suppress(units(("desa", 1), ("upt", 2), ("kantor", 8), ("kantor", 6)), 5)

    assert [(group.units, group.shown) for group in groups] == [
        (("A",), False),
        (("B",), False),
        (("C",), True),
        (("D",), False),
    ]


def test_of_two_smallest_rows_the_first_by_code_is_given_up() -> None:
    groups = suppress(units(("desa", 1), ("kantor", 6), ("kantor", 6)), 5)

    assert [group.shown for group in groups] == [False, False, True]


def test_of_equal_choices_the_one_with_fewer_rows_is_given_up() -> None:
    table = units(("desa", 1), ("kantor", 3), ("kantor", 3), ("kantor", 6), ("kantor", 9))

    groups = suppress(table, 5)

    assert [(group.units, group.shown) for group in groups] == [
        (("A",), False),
        (("B", "C"), True),
        (("D",), False),
        (("E",), True),
    ]


@pytest.mark.parametrize(("minimum", "people"), [(1, (1, 6)), (5, (5, 5))])
def test_units_with_just_enough_stand_alone(minimum: int, people: tuple[int, int]) -> None:
    groups = suppress(units(*(("desa", n) for n in people)), minimum)

    assert [(group.units, group.n, group.shown) for group in groups] == [
        (("A",), people[0], True),
        (("B",), people[1], True),
    ]


def test_groups_in_which_nobody_submitted_hide_nothing_and_cost_nothing() -> None:
    groups = suppress(units(("desa", 0), ("kantor", 6)), 5)

    assert [group.shown for group in groups] == [False, True]


@pytest.mark.parametrize("table", [[], units(("desa", 0)), units(("desa", 4))])
def test_too_few_people_altogether_show_nothing(table: list[UnitSize]) -> None:
    assert [group for group in suppress(table, 5) if group.shown] == []


def test_a_small_unit_is_pooled_with_the_smallest_of_its_kind() -> None:
    groups = suppress(units(("sekolah", 6), ("sekolah", 4), ("sekolah", 9), ("kantor", 8)), 5)

    assert groups == [
        Group("sekolah", ("A", "B"), 10, shown=True),
        Group("sekolah", ("C",), 9, shown=True),
        Group("kantor", ("D",), 8, shown=True),
    ]


def test_a_kind_with_too_few_people_costs_a_small_unit_rather_than_a_large_one() -> None:
    groups = suppress(units(("desa", 3), ("sekolah", 6), ("sekolah", 4), ("kantor", 8)), 5)

    assert [(group.units, group.shown) for group in groups] == [
        (("A",), False),
        (("B",), True),
        (("C",), False),
        (("D",), True),
    ]


def test_a_unit_too_small_in_the_next_sitting_joins_the_pool_of_its_kind() -> None:
    first = suppress(units(("desa", 3), ("desa", 2), ("desa", 8)), 5)
    pools = [group.units for group in first if group.pooled]

    then = suppress(units(("desa", 7), ("desa", 6), ("desa", 4)), 5, pools)

    assert then == [Group("desa", ("A", "B", "C"), 17, shown=True)]


def test_hundreds_of_units_are_pooled_at_once() -> None:
    table = [UnitSize(f"U{n:03}", f"jenis-{n % 9}", 1 + n % 40) for n in range(400)]
    table += [UnitSize("X", "sendiri", 2)]

    groups = suppress(table, 5)

    assert sum(group.n for group in groups if not group.shown) == 5


@pytest.mark.parametrize(
    ("parts", "shown"),
    [
        ({}, ""),
        ({"A": 0, "B": 0}, "AB"),
        ({"A": 5}, "A"),
        ({"A": 4}, ""),
        ({"A": 4, "B": 0}, ""),
        ({"A": 1, "B": 0}, ""),
        ({"A": 5, "B": 0}, "AB"),
        ({"A": 9, "B": 2}, ""),
        ({"A": 9, "B": 2, "C": 3}, "A"),
        ({"A": 9, "B": 2, "C": 2}, ""),
        ({"A": 9, "B": 6, "C": 6, "D": 1}, "AC"),
        ({"A": 9, "B": 6, "C": 6, "D": 1, "E": 4}, "ABC"),
        ({"A": 6, "B": 0, "C": 1}, "B"),
    ],
)
def test_a_part_too_small_is_left_out_with_another(parts: dict[str, int], shown: str) -> None:
    assert shown_parts(parts) == set(shown)


@pytest.mark.parametrize(
    ("counts", "hide"),
    [
        ((), True),
        ((3,), True),
        ((0, 0), True),
        ((1, 3), False),
        ((4, 0), False),
        ((5, 0), True),
        ((3, 3, 3), False),
        ((2, 2, 2), False),
        ((7, 7), True),
        ((8, 3), False),
        ((8, 0), True),
        ((9, 3), True),
        ((8, 3, 3), False),
        ((8, 8, 8), True),
        ((2, 7), False),
    ],
)
def test_steps_hide_unless_their_sum_leaves_one_way(counts: tuple[int, ...], hide: bool) -> None:
    assert steps_hide(dict(enumerate(counts))) is hide


@pytest.mark.parametrize(
    ("people", "hidden"),
    [
        ({}, True),
        ({("A", 1): 3, ("B", 1): 4}, True),
        ({("A", 1): 5, ("A", 0): 2}, False),
        ({("A", 1): 5, ("A", 0): 4}, False),
        ({("A", 1): 5, ("A", 0): 5}, True),
        ({("A", 1): 6, ("A", 0): 3, ("B", 1): 2, ("B", 0): 9}, True),
        ({("A", 1): 6, ("A", 0): 2, ("B", 1): 2, ("B", 0): 9}, False),
    ],
)
def test_rows_taken_from_a_sum_leave_nobody_or_enough(
    people: dict[tuple[str, int], int], hidden: bool
) -> None:
    assert hidden_among_rows(people) is hidden
