"""Nothing about one to four people follows from anything the analysis pages show."""

import itertools
from collections.abc import Sequence
from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from quiz.assessment.analysis.disclosure import (
    Choices,
    Group,
    OptionRow,
    choices,
    countable_versions,
    figures,
)
from quiz.assessment.analysis.item_flags import FlagKind
from quiz.assessment.analysis.suppression import Step, step_of
from quiz.assessment.items.item import Item
from tests.assessment.meetings import crowd, meeting
from tests.assessment.samples import item, options
from tests.assessment.subtraction import exposed

ITEM = item()
Hall = Sequence[Sequence[tuple[str, int | None]]]

people = st.tuples(st.sampled_from(["", "a", "a", "b", "b", "c"]), st.sampled_from([None, 1, 3]))
halls = st.lists(st.lists(people, min_size=1, max_size=12), min_size=1, max_size=5)


def groups(of: Item, hall: Hall) -> list[Group]:
    """A group for each sitting, everybody in it new to the version."""
    return [
        Group(
            str(number),
            tuple(meeting(of, chosen, None, sure, str(number)) for chosen, sure in sitting),
            countable=len(sitting) >= 5,
        )
        for number, sitting in enumerate(hall)
    ]


def steps(found: Choices) -> list[Step | None]:
    """Every count that is told."""
    cells = [
        [row.chosen, *row.by_third.values(), *row.by_sureness.values()] for row in found.options
    ]
    columns = [*found.thirds.values(), *found.sureness.values(), found.blank, found.sure_wrong]
    return [*itertools.chain.from_iterable(cells), *columns]


@pytest.mark.parametrize(
    ("n", "step"),
    [(0, (0, 2)), (2, (0, 2)), (3, (3, 7)), (7, (3, 7)), (8, (8, 12)), (50, (48, 52))],
)
def test_a_step_holds_its_number_and_no_single_one(n: int, step: tuple[int, int]) -> None:
    assert step_of(n) == step


@settings(deadline=None)
@given(halls)
def test_sums_and_differences_of_figures_are_of_five_people_and_more(hall: Hall) -> None:
    met = groups(ITEM, hall)
    sizes = {group.sitting: len(group.meetings) for group in met}

    earlier = [figures(ITEM, met[:today]) for today in range(1, len(met) + 1)]
    shown = [group.sitting for group in met if figures(ITEM, [group]).n is not None]

    counted = [[g.sitting for g in met[:n] if g.countable] for n in range(1, len(met) + 1)]
    assert shown == counted[-1]
    assert [look.n for look in earlier] == [sum(sizes[c] for c in some) or None for some in counted]
    assert exposed([*((name,) for name in shown), *map(tuple, counted)], sizes, 5) == []


@settings(deadline=None)
@given(halls)
def test_no_count_that_is_told_is_had_exactly_from_the_others_and_the_known_sum(
    hall: Hall,
) -> None:
    """Of all that fits what is shown, nothing leaves exactly one to four people in a place."""
    met = groups(ITEM, hall)
    found, shown = choices(ITEM, met), figures(ITEM, met)
    if found is None or shown.facility is None:
        assert sum(len(group.meetings) for group in met if group.countable) < 5
        return

    told = [row.chosen for row in found.options if not row.option.is_key] + [found.blank]
    wrong = shown.facility.n - shown.facility.right
    if 0 < wrong < 5:
        assert told == [None] * 4
    if None not in told:
        ranges = [range(step.low, step.high + 1) for step in told if step]
        fitting = [c for c in itertools.product(*ranges) if sum(c) == wrong]
        for place in range(len(told)):
            possible = {combination[place] for combination in fitting}
            assert len(possible) > 1 or not 0 < min(possible) < 5


@settings(deadline=None)
@given(halls)
def test_every_count_is_a_step_and_groups_of_a_few_are_not_taken_apart(hall: Hall) -> None:
    found = choices(ITEM, groups(ITEM, hall))
    if found is None:
        return

    assert {step for step in steps(found) if step} <= {step_of(n) for n in range(70)}
    met = [m for g in groups(ITEM, hall) if g.countable for m in g.meetings]
    for row in found.options:
        chose = [m for m in met if row.option.id in m.chosen]
        if 0 < len(chose) < 5:
            assert {*row.by_third.values(), *row.by_sureness.values()} <= {None}
    for level, column in found.sureness.items():
        answered = [m for m in met if m.chosen and m.confidence == level]
        assert (column is None) == (0 < len(answered) < 5)


@pytest.mark.parametrize(
    ("chosen", "told"),
    [
        ("aaaaabbbbb", [(3, 7), (3, 7), (0, 2), (0, 2)]),
        ("aaaaaaaabc", [(8, 12), None, None, None]),
        ("aaaaaaaaaa", [(8, 12), (0, 2), (0, 2), (0, 2)]),
        ("abbbcccddd", [(0, 2), None, None, None]),
        ("abbbbcccdd", [(0, 2), (3, 7), (3, 7), (0, 2)]),
    ],
    ids=["enough", "two wrong", "all right", "three each of nine", "not to be told apart"],
)
def test_distractors_are_told_where_steps_hide_how_few(
    chosen: str, told: list[tuple[int, int] | None]
) -> None:
    found = choices(ITEM, groups(ITEM, [[(letter, None) for letter in chosen]]))

    assert found is not None
    assert [row.chosen for row in found.options] == told


FEW, SOME, TEN = Step(0, 2), Step(3, 7), Step(8, 12)
THIRTY = Group("pre", tuple(crowd(ITEM, "aabbbbbbcc", "aaaaaabbb-", "aaaaaaaaab", sure=3)))


def test_figures_of_thirty_are_told_whole() -> None:
    found = figures(ITEM, [THIRTY])

    assert (found.n, found.sittings, found.scale) == (30, 1, "knowledge")
    assert found.facility is not None
    assert (found.facility.value, found.guess) == (Fraction(17, 30), Fraction(1, 4))
    assert found.difficulty == "sedang"
    assert found.discrimination is not None
    assert found.discrimination.r == pytest.approx(0.55617, abs=1e-5)
    assert [flag.kind for flag in found.flags] == [FlagKind.SURE_BUT_WRONG, FlagKind.UNUSED]


def test_choices_of_thirty_are_told_but_for_what_two_of_them_chose() -> None:
    found = choices(ITEM, [THIRTY])

    assert found is not None
    nobody = {1: FEW, 2: FEW, None: FEW}
    none = {1: None, 2: None, 3: None, None: None}
    assert list(map(told_of, found.options)) == [
        (Step(13, 17), None, [FEW, SOME, TEN], {**nobody, 3: Step(13, 17)}),
        (TEN, True, [SOME, SOME, FEW], {**nobody, 3: TEN}),
        (FEW, None, [None, None, None], none),
        (FEW, None, [FEW, FEW, FEW], {**nobody, 3: FEW}),
    ]
    assert (found.blank, found.sure_wrong) == (FEW, TEN)
    assert found.thirds == {"low": TEN, "middle": TEN, "high": TEN}
    assert found.sureness == {**nobody, 3: Step(28, 32)}
    assert found.expert is not None


def told_of(row: OptionRow) -> tuple[object, ...]:
    return row.chosen, row.functioning, list(row.by_third.values()), dict(row.by_sureness)


def test_without_rests_and_sureness_there_are_no_columns() -> None:
    found = choices(ITEM, groups(ITEM, [[(letter, None) for letter in "aaaaabbbbb"]]))
    plain = tuple(meeting(ITEM, letter, None) for letter in "aaaaabbbbb")

    assert found is not None
    assert (found.sureness, found.sure_wrong) == ({}, None)
    bare = choices(ITEM, [Group("pre", plain)])
    assert bare is not None
    assert bare.thirds == {}


def test_what_five_chose_is_taken_apart_and_a_column_of_four_is_not() -> None:
    met = [meeting(ITEM, "b", None, 3)] * 5 + [meeting(ITEM, "a", None, 1)] * 4
    met += [meeting(ITEM, "a", None, 2)] * 6

    found = choices(ITEM, [Group("pre", tuple(met))])

    assert found is not None
    assert found.sureness == {1: None, 2: SOME, 3: SOME, None: FEW}
    assert dict(found.options[1].by_sureness) == {1: None, 2: FEW, 3: SOME, None: FEW}
    assert found.sure_wrong == SOME


def test_how_many_were_sure_and_wrong_goes_with_its_column() -> None:
    met = [meeting(ITEM, "b", None, 3)] * 3 + [meeting(ITEM, "b", None, 2)] * 6

    found = choices(ITEM, [Group("pre", tuple(met))])

    assert found is not None
    assert (found.sureness[3], found.sure_wrong) == (None, None)


def test_five_people_are_enough_to_be_told_of() -> None:
    assert choices(ITEM, groups(ITEM, [[("a", None)] * 5])) is not None
    assert choices(ITEM, groups(ITEM, [[("a", None)] * 4])) is None


def test_blanks_are_a_part_of_what_was_wrong() -> None:
    few = choices(ITEM, groups(ITEM, [[(letter, None) for letter in ["a"] * 9 + ["", "", "b"]]]))
    many = choices(ITEM, groups(ITEM, [[(letter, None) for letter in ["a"] * 9 + [""] * 6]]))

    assert few is not None
    assert many is not None
    assert ([row.chosen for row in few.options], few.blank) == ([TEN, None, None, None], None)
    assert ([row.chosen for row in many.options], many.blank) == ([TEN, FEW, FEW, FEW], SOME)


@pytest.mark.parametrize(
    ("of", "chosen", "told"),
    [
        (item(options=options(1, 1, 0, 0)), "aaaaaaaabbbcccccc", [None, None, SOME, FEW]),
        (item(options=options(1, 1, 0, 0)), "aaaaaaaaabbbcccccc", [TEN, SOME, SOME, FEW]),
        (item("multiple_choice"), "aaaaaaaabbbcccccc", [TEN, SOME, SOME, FEW]),
        (item("judgement"), "aaaaaaaabbb", [None] * 5),
        (item("judgement"), "aaaaaaaaabbb", [TEN, SOME, FEW, FEW, FEW]),
    ],
    ids=["keys apart", "keys", "each for itself", "no wrong apart", "no wrong"],
)
def test_what_sums_are_known_depends_on_the_kind_of_item(
    of: Item, chosen: str, told: list[Step | None]
) -> None:
    found = choices(of, [Group("pre", tuple(meeting(of, letter, None) for letter in chosen))])

    assert found is not None
    assert [row.chosen for row in found.options] == told


@given(st.dictionaries(st.sampled_from("ABCD"), st.integers(1, 12), min_size=1))
def test_versions_at_one_position_hide_each_other_from_the_total(place: dict[str, int]) -> None:
    shown = countable_versions([place])

    known = [(version,) for version in shown] + ([tuple(place)] if sum(place.values()) >= 5 else [])
    assert exposed(known, place, 5) == []


def test_nine_and_two_people_at_one_position_hide_each_other_and_nobody_else() -> None:
    places = [{"common": 11}, {"A": 9, "B": 2}, {"C": 6, "D": 5}]

    assert countable_versions(places) == {"common", "C", "D"}


def test_a_sitting_most_of_whom_had_met_the_version_is_not_added_to_the_others() -> None:
    before, after = groups(ITEM, [[("a", None)] * 6, [("b", None)] * 7])
    again = Group(after.sitting, after.meetings, first=False)

    assert (figures(ITEM, [before, again]).n, figures(ITEM, [before, after]).n) == (6, 13)
