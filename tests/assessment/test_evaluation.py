from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quiz.assessment.evaluation import BATCH, Box, Pile

sheets = st.builds(
    Pile.of_sheet,
    st.lists(st.integers(1, 5), min_size=3, max_size=3),
    st.sampled_from(["", "Waktu diskusi ditambah.", "Ruang panas.", "Bagus."]),
)


def box_of(given_in: list[Pile]) -> Box:
    box = Box()
    for sheet in given_in:
        box = box.put_in(sheet)
    return box


@given(st.lists(sheets, max_size=23))
def test_only_whole_batches_are_read_and_none_is_lost(handed_in: list[Pile]) -> None:
    box = box_of(handed_in)

    assert box.sheets == len(handed_in)
    assert box.read.sheets == len(handed_in) // BATCH * BATCH
    assert box.sealed.sheets < BATCH


@given(st.lists(sheets, max_size=14), sheets)
def test_one_sheet_more_changes_nothing_or_comes_with_four_others(
    handed_in: list[Pile], one_more: Pile
) -> None:
    before, after = box_of(handed_in), box_of([*handed_in, one_more])

    assert after.read == before.read or after.read.sheets - before.read.sheets == BATCH


@given(st.lists(sheets, min_size=BATCH, max_size=BATCH).flatmap(st.permutations))
def test_a_batch_says_nothing_of_the_order_its_sheets_came_in(shuffled: list[Pile]) -> None:
    assert box_of(shuffled) == box_of(sorted(shuffled, key=repr))


def test_every_remark_of_a_batch_is_read_in_no_order_that_says_anything() -> None:
    written = [f"Catatan {letter}." for letter in "ABCDE"]

    read = box_of([Pile.of_sheet([5, 5, 5], remark) for remark in written]).read.remarks

    assert sorted(read) == written
    assert list(read) not in (written, written[::-1])
    assert read == box_of([Pile.of_sheet([1, 1, 1], each) for each in written[::-1]]).read.remarks


@given(st.lists(sheets, max_size=12))
def test_what_is_stored_is_what_is_read_back(handed_in: list[Pile]) -> None:
    pile = box_of(handed_in).read

    assert Pile.from_stored(pile.stored) == pile


def test_ratings_are_told_with_their_mean_and_how_many_gave_each() -> None:
    ratings = ([5, 1, 3], [5, 2, 3], [4, 1, 3], [4, 1, 3], [2, 5, 3])
    useful, clear, orderly = box_of([Pile.of_sheet(each, "") for each in ratings]).read.rated

    assert (useful.mean, clear.mean, orderly.mean) == (4, 2, 3)
    assert list(useful.by_rating.values()) == [0, 1, 0, 2, 2]
    assert orderly.by_rating["Cukup setuju"] == 5
    assert useful.words == "Isi kegiatan berguna untuk pekerjaan saya"


def test_means_are_exact() -> None:
    three = Pile.of_sheet([5, 5, 5], "") + Pile.of_sheet([4, 4, 4], "") + Pile.of_sheet([4] * 3, "")

    assert three.rated[0].mean == Fraction(13, 3)


def test_nothing_is_told_of_no_sheet() -> None:
    assert Box().read.rated == []


@pytest.mark.parametrize("ratings", [[1, 2], [1, 2, 6], [0, 1, 2], [1, 2, 3, 4]])
def test_what_is_no_rating_is_refused(ratings: list[int]) -> None:
    with pytest.raises(ValueError, match="3 ratings"):
        Pile.of_sheet(ratings, "")
