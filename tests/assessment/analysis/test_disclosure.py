"""Nothing about one to four people follows from anything the analysis pages show."""

import itertools
from collections import Counter
from collections.abc import Iterator, Sequence

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from quiz.assessment.analysis.disclosure import (
    Group,
    blocks,
    choices,
    countable_versions,
    figures,
)
from quiz.assessment.analysis.item_analysis import ItemAnalysis, Meeting, analyse
from quiz.assessment.items.item import Item
from tests.assessment.meetings import meeting
from tests.assessment.samples import item
from tests.assessment.subtraction import derivable, exposed

ITEMS = {"single": item(), "multiple": item(type="multiple_choice")}

people = st.tuples(
    st.sampled_from(["", "a", "a", "a", "b", "b", "c", "ab"]), st.sampled_from([None, 1, 3])
)
halls = st.lists(st.lists(people, min_size=1, max_size=30), min_size=1, max_size=4)


def groups(of: Item, hall: Sequence[Sequence[tuple[str, int | None]]]) -> list[Group]:
    """A group for each sitting, everybody in it new to the version."""
    return [
        Group(
            str(number),
            tuple(
                meeting(
                    of, letters[:1] if of is ITEMS["single"] else letters, None, sure, str(number)
                )
                for letters, sure in sitting
            ),
            countable=len(sitting) >= 5,
        )
        for number, sitting in enumerate(hall)
    ]


def looks(of: Item, met: list[Group]) -> Iterator[ItemAnalysis]:
    """Each table of options that a page ever shows: of all sittings or one, today or earlier."""
    for today in range(1, len(met) + 1):
        for sitting in (None, *(group.sitting for group in met[:today])):
            found = choices(of, met[:today], sitting)
            yield from filter(None, (found.options, found.sureness))


def who(of: Item, met: list[Group]) -> list[tuple[str, ...]]:
    """The sittings each of these tables is about, as their sizes and counts give them away."""
    found = set()
    for today in range(1, len(met) + 1):
        shown = blocks([g.meetings for g in met[:today] if g.countable], lambda b: numbers(of, b))
        found |= {tuple(sorted({m.sitting for m in block})) for block in shown}
    return sorted(found)


def numbers(of: Item, meetings: Sequence[Meeting]) -> Counter[str]:
    """The numbers of a table of options."""
    found = analyse(of, meetings)
    counted = Counter({counts.option.id: counts.chosen for counts in found.options})
    counted["blank"] = found.blank
    if of is ITEMS["multiple"]:
        counted.update({f"not {c.option.id}": found.answered - c.chosen for c in found.options})
    return counted


@settings(deadline=None)
@given(st.sampled_from(sorted(ITEMS)), halls)
def test_every_number_of_every_table_is_none_or_at_least_five(
    kind: str, hall: list[list[tuple[str, int | None]]]
) -> None:
    of = ITEMS[kind]

    for table in looks(of, groups(of, hall)):
        cells = [table.blank, table.answered, *(counts.chosen for counts in table.options)]
        assert all(n == 0 or n >= 5 for n in cells)


@settings(deadline=None)
@given(st.sampled_from(sorted(ITEMS)), halls)
def test_so_is_every_number_had_by_adding_and_subtracting_them(
    kind: str, hall: list[list[tuple[str, int | None]]]
) -> None:
    of = ITEMS[kind]
    met = groups(of, hall)
    known = who(of, met)
    names = [group.sitting for group in met]

    for many in range(1, len(names) + 1):
        for some in itertools.combinations(names, many):
            if derivable(known, some, names):
                them = [m for group in met if group.sitting in some for m in group.meetings]
                assert all(n == 0 or n >= 5 for n in numbers(of, them).values())


@settings(deadline=None)
@given(halls)
def test_the_figures_of_all_sittings_and_of_each_hide_the_small_ones(
    hall: list[list[tuple[str, int | None]]],
) -> None:
    of = ITEMS["single"]
    met = groups(of, hall)
    sizes = {group.sitting: len(group.meetings) for group in met}

    everything = figures(of, met)
    shown = [group.sitting for group in met if figures(of, [group]).n is not None]

    counted = [group.sitting for group in met if group.countable]
    assert shown == counted
    assert everything.n == (sum(sizes[name] for name in counted) or None)
    assert exposed([(name,) for name in shown] + [tuple(counted)], sizes, 5) == []


@given(st.dictionaries(st.sampled_from("ABCD"), st.integers(1, 12), min_size=1))
def test_versions_at_one_position_hide_each_other_from_the_total(place: dict[str, int]) -> None:
    shown = countable_versions([place])

    known = [(version,) for version in shown] + ([tuple(place)] if sum(place.values()) >= 5 else [])
    assert exposed(known, place, 5) == []


def test_nine_and_two_people_at_one_position_hide_each_other_and_nobody_else() -> None:
    places = [{"common": 11}, {"A": 9, "B": 2}, {"C": 6, "D": 5}]

    assert countable_versions(places) == {"common", "C", "D"}


def test_a_sitting_most_of_whom_had_met_the_version_counts_only_by_itself() -> None:
    of = ITEMS["single"]
    before, after = groups(of, [[("a", None)] * 6, [("b", None)] * 7])
    again = Group(after.sitting, after.meetings, first=False)

    found = choices(of, [before, again], again.sitting).options

    assert figures(of, [before, again]).n == 6
    assert found is not None
    assert found.n == 7


@pytest.mark.parametrize("sittings", [["ab", "cccc", "bbbbb"], ["aab", "bb", "a"]])
def test_a_later_sitting_changes_no_block(sittings: list[str]) -> None:
    of = ITEMS["single"]
    met = [g.meetings for g in groups(of, [[(x, None) for x in s * 2] for s in sittings])]

    shorter = blocks(met[:-1], lambda block: numbers(of, block))

    assert blocks(met, lambda block: numbers(of, block))[: len(shorter)] == shorter
