import pytest
from hypothesis import given
from hypothesis import strategies as st

from quiz.assessment.analysis.suppression import Group, UnitSize, suppress
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


@given(tables(), st.integers(1, 8))
def test_at_most_one_row_with_enough_results_is_given_up(
    table: list[UnitSize], minimum: int
) -> None:
    groups = suppress(table, minimum)

    given_up = [group for group in groups if group.n >= minimum and not group.shown]
    assert len(given_up) <= 1
    assert all(given_up[0].n <= group.n for group in groups if given_up and group.shown)


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


def test_showing_the_larger_of_that_pair_would_expose_the_smaller() -> None:
    assert exposed([("A",), ("A", "B")], {"A": 7, "B": 3}, 5) == [("B",)]


def test_small_units_of_a_kind_are_shown_as_one() -> None:
    groups = suppress(units(("desa", 3), ("desa", 2), ("desa", 8), ("desa", 0)), 5)

    assert groups == [
        Group("desa", ("A", "B", "D"), 5, shown=True),
        Group("desa", ("C",), 8, shown=True),
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


def test_groups_in_which_nobody_submitted_hide_nothing_and_cost_nothing() -> None:
    groups = suppress(units(("desa", 0), ("kantor", 6)), 5)

    assert [group.shown for group in groups] == [False, True]


@pytest.mark.parametrize("table", [[], units(("desa", 0)), units(("desa", 4))])
def test_too_few_people_altogether_show_nothing(table: list[UnitSize]) -> None:
    assert [group for group in suppress(table, 5) if group.shown] == []
