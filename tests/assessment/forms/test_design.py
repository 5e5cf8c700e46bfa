"""What two tests are to each other, and what has to be said of it."""

import pytest

from quiz.assessment.forms.design import Design, Kind, Side, design, design_words
from quiz.assessment.forms.form import Group
from quiz.assessment.items.item import Level, Status

PNS, KADES = Status.PNS, Status.KEPALA_DESA


def side(*items: int, village: tuple[int, ...] = (), level: Level = Level.MEMAHAMI) -> Side:
    group = Group("makna", level, "single_choice")
    return Side((group,) * len(items), {PNS: frozenset(items), KADES: frozenset(village or items)})


@pytest.mark.parametrize(
    ("paths", "crossed", "found"),
    [
        ([(side(1, 2), side(3, 4)), (side(3, 4), side(1, 2))], True, Design(Kind.CROSSED, 0, 2)),
        ([(side(1, 2), side(3, 2)), (side(3, 2), side(1, 2))], True, Design(Kind.CROSSED, 1, 2)),
        ([(side(1, 2), side(1, 2)), (side(1, 2), side(1, 2))], True, Design(Kind.SAME, 2, 2)),
        ([(side(1, 2), side(3, 4))], False, Design(Kind.PARALLEL, 0, 2)),
        ([(side(1, 2), side(2, 3))], False, Design(Kind.PARALLEL, 1, 2)),
        ([(side(1, 2), side(2, 1))], False, Design(Kind.SAME, 2, 2)),
        ([(side(1, 2), side(1, 2, 3))], False, Design(Kind.UNLIKE, 2, 3)),
        ([(side(1), side(1, level=Level.MENGINGAT))], False, Design(Kind.UNLIKE, 1, 1)),
        ([(side(1, village=(8,)), side(2, village=(8,)))], False, Design(Kind.SAME, 1, 1)),
    ],
)
def test_the_design_follows_from_what_each_is_asked_twice(paths, crossed, found) -> None:
    assert design(paths, crossed=crossed) == found


def test_who_takes_the_second_test_only_meets_nothing_twice() -> None:
    first = Side(side(1, 2).groups, {PNS: frozenset({1, 2})})
    second = Side(side(1, 3).groups, {KADES: frozenset({1, 3})})
    nobody = Side(side(1, 2).groups, {})

    assert design([(first, second)], crossed=False) == Design(Kind.PARALLEL, 0, 2)
    assert design([(first, nobody)], crossed=False) == Design(Kind.PARALLEL, 0, 2)


@pytest.mark.parametrize(
    ("found", "said", "unsaid"),
    [
        (Design(Kind.CROSSED, 0, 15), ["disilang", "formulir A"], ["jangkar", "mengingat"]),
        (Design(Kind.CROSSED, 2, 15), ["disilang", "2 dari 15 soal", "jangkar"], []),
        (Design(Kind.PARALLEL, 0, 15), ["tanpa disilang", "kesukaran"], ["jangkar"]),
        (Design(Kind.PARALLEL, 3, 15), ["tanpa disilang", "3 dari 15 soal"], []),
        (Design(Kind.SAME, 15, 15), ["soal yang sama", "mengingat soal"], ["jangkar"]),
        (Design(Kind.UNLIKE, 0, 15), ["tidak dapat dibandingkan"], ["jangkar"]),
    ],
)
def test_each_design_is_said_in_its_own_words(found, said, unsaid) -> None:
    words = design_words(found, "Pre-test", "Post-test")

    assert all(part in words for part in said)
    assert not any(part in words for part in unsaid)
    assert words.endswith(".")
