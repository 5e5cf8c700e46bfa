"""Movement on what was covered beside the rest."""

from fractions import Fraction

import pytest

from quiz.assessment.analysis.display import Direction
from quiz.assessment.analysis.groups.movement import Parts, Sides, movement, parts

NOTHING = (Fraction(0), Fraction(0))


def side(covered: list[int], rest: list[int], of: int = 4) -> dict[str, Parts]:
    """A person per number: so many points of ``of`` in each part."""
    return {
        f"p{place}": Parts((Fraction(mine), Fraction(of)), (Fraction(other), Fraction(of)))
        for place, (mine, other) in enumerate(zip(covered, rest, strict=True))
    }


def people(of: Sides) -> list[str]:
    return sorted(of)


def test_both_changes_and_each_persons_difference() -> None:
    before = side([1] * 12, [2] * 12)
    after = side([3] * 6 + [2] * 6, [2] * 12)

    found = movement(people(before), before, after)

    assert found is not None
    assert (found.n, found.covered.change, found.rest.change) == (12, Fraction(75, 2), 0)
    assert found.difference.mean == Fraction(75, 2)
    assert found.difference.low == pytest.approx(29.2, abs=0.1)
    assert found.shown.direction is Direction.UP


def test_what_goes_both_ways_cannot_be_told_apart() -> None:
    before = side([2] * 12, [2] * 12)
    after = side([3, 1] * 6, [2] * 12)

    found = movement(people(before), before, after)

    assert found is not None
    assert found.shown.direction is Direction.UNCLEAR


def test_where_all_moved_alike_there_is_no_verdict() -> None:
    before, after = side([1] * 12, [2] * 12), side([2] * 12, [3] * 12)

    found = movement(people(before), before, after)

    assert found is not None
    assert (found.difference.low, found.shown.direction) == (None, None)


def test_fewer_than_ten_say_nothing() -> None:
    before = side([1] * 9, [2] * 9)

    assert movement(people(before), before, before) is None


@pytest.mark.parametrize("lacking", [0, 1])
def test_one_who_was_not_asked_both_silences_all_so_that_nobody_follows(lacking: int) -> None:
    before = side([1] * 12, [2] * 12)
    one = list(before["p0"])
    one[lacking] = NOTHING

    assert movement(people(before), before, before | {"p0": Parts(*one)}) is None
    assert movement(people(before), before | {"p0": Parts(*one)}, before) is None


def test_people_beside_those_of_the_change_do_not_count() -> None:
    before = side([1] * 14, [2] * 14)

    found = movement(people(before)[:11], before, before)

    assert found is not None
    assert found.n == 11


def test_an_item_is_covered_with_any_of_its_passages() -> None:
    items = [("v1", Fraction(1), Fraction(1)), ("v2", Fraction(0), Fraction(2))]

    found = parts(items, frozenset({"v2"}))

    assert found == Parts((Fraction(0), Fraction(2)), (Fraction(1), Fraction(1)))
    assert found.asked
    assert not parts(items, frozenset()).asked
