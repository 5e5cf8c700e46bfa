"""What kinds of unit find hardest: an order, told where shares could be told."""

from fractions import Fraction

import pytest

from quiz.assessment.analysis.groups.hardest import MOST, Answered, hardest_by_kind
from quiz.assessment.analysis.sitting_report import ItemKey


def answers(kind: str, right: dict[str, int], people: int = 10) -> list[Answered]:
    """So many people of the kind met each item, and so many had it right."""
    return [
        Answered(kind, ItemKey(code, 1), Fraction(place < right[code]))
        for code in right
        for place in range(people)
    ]


def codes(found: dict[str, tuple[ItemKey, ...]]) -> dict[str, str]:
    return {kind: " ".join(item.code for item in order) for kind, order in found.items()}


def test_each_kind_has_its_own_order_the_hardest_first_and_nothing_easy() -> None:
    answered = answers("desa", {"A": 3, "B": 0, "C": 8}) + answers("upt", {"A": 7, "B": 9, "C": 1})

    assert codes(hardest_by_kind(answered)) == {"desa": "B A", "upt": "C A"}


def test_equals_as_shown_stand_by_code() -> None:
    answered = answers("desa", {"B": 100, "A": 101, "C": 100}, 300)

    assert codes(hardest_by_kind(answered)) == {"desa": "B C A"}
    assert codes(hardest_by_kind(answers("desa", {"B": 501, "A": 502}, 1000))) == {"desa": "A B"}


def test_a_kind_to_which_nothing_is_hard_is_told_of() -> None:
    assert hardest_by_kind(answers("desa", {"A": 10, "B": 8})) == {"desa": ()}


@pytest.mark.parametrize(
    ("sizes", "told"),
    [
        ({"desa": 10}, {"desa"}),
        ({"desa": 9}, set()),
        ({"desa": 30, "upt": 12}, {"desa", "upt"}),
        ({"desa": 30, "upt": 9}, set()),
        ({"desa": 30, "upt": 12, "camat": 9}, {"desa"}),
        ({"desa": 30, "upt": 12, "camat": 9, "sekolah": 1}, {"desa", "upt"}),
        ({"desa": 30, "upt": 12, "camat": 5, "sekolah": 4}, {"desa"}),
    ],
)
def test_nothing_of_fewer_than_ten_could_be_subtracted_from_everybody(
    sizes: dict[str, int], told: set[str]
) -> None:
    answered = [one for kind, n in sizes.items() for one in answers(kind, {"A": 0}, n)]

    assert set(hardest_by_kind(answered)) == told


def test_an_item_that_few_of_another_kind_met_is_in_no_order() -> None:
    answered = answers("desa", {"A": 0, "B": 1}) + answers("upt", {"A": 0}, 3)

    assert codes(hardest_by_kind(answered)) == {"desa": "B"}


def test_no_more_items_than_are_worth_talking_about() -> None:
    [order] = hardest_by_kind(answers("desa", {f"{n:02}": 0 for n in range(MOST + 3)})).values()

    assert [item.code for item in order] == [f"{n:02}" for n in range(MOST)]
