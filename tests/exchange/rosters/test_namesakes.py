"""What stands beside a name that two people of a unit share."""

import pytest

from quiz.exchange.rosters.namesakes import Listed, told_apart, with_words

UNIT = "Puskesmas Rekaan"


def siti(key: int, position: str | None = None, unit: str = UNIT) -> Listed:
    return Listed(key, "siti aminah", unit, position)


@pytest.mark.parametrize(
    ("people", "words"),
    [
        ([siti(1), Listed(2, "budi", UNIT)], {}),
        ([siti(1), siti(2, unit="Desa Rekaan")], {}),
        ([siti(1, "Bidan"), siti(2, "Perawat")], {1: "Bidan", 2: "Perawat"}),
        ([siti(1, "Bidan"), siti(2)], {1: "Bidan", 2: "jabatan tidak tercatat"}),
        ([siti(1), siti(2)], {1: "nomor 1", 2: "nomor 2"}),
        ([siti(1, "Bidan"), siti(2, "BIDAN")], {1: "Bidan, nomor 1", 2: "BIDAN, nomor 2"}),
        (
            [siti(1, "Bidan"), siti(2, "Perawat"), siti(3, "Bidan")],
            {1: "Bidan, nomor 1", 2: "Perawat", 3: "Bidan, nomor 2"},
        ),
        (
            [siti(1), siti(2, "Bidan"), siti(3)],
            {
                1: "jabatan tidak tercatat, nomor 1",
                2: "Bidan",
                3: "jabatan tidak tercatat, nomor 2",
            },
        ),
    ],
)
def test_namesakes_of_a_unit_are_told_apart_by_position_else_by_number(
    people: list[Listed], words: dict[int, str]
) -> None:
    assert told_apart(people) == words


def test_the_number_follows_who_came_first_and_not_the_order_of_the_list() -> None:
    assert told_apart([siti(2), siti(1)]) == {1: "nomor 1", 2: "nomor 2"}


@pytest.mark.parametrize(
    ("words", "name"), [("Bidan", "Siti Aminah (Bidan)"), (None, "Siti Aminah")]
)
def test_the_words_stand_in_brackets_behind_the_name(words: str | None, name: str) -> None:
    assert with_words("Siti Aminah", words) == name
