"""What is kept of an attempt without a name is shared by five people at least."""

from collections import Counter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quiz.assessment.analysis.unnaming import coarsened, without_rare_versions
from quiz.assessment.items.item import Status

PNS, PPPK, KADES, BPD = Status.PNS, Status.PPPK, Status.KEPALA_DESA, Status.BPD

Person = tuple[str, Status]
Shared = tuple[str | None, Status | None]

halls = st.lists(
    st.tuples(st.sampled_from(["desa", "kantor", "upt"]), st.sampled_from([PNS, PPPK, KADES])),
    max_size=40,
)


def hall(*groups: tuple[int, str, Status]) -> list[Person]:
    """So many people of a kind and status."""
    return [(kind, status) for n, kind, status in groups for _ in range(n)]


def kept(*groups: tuple[int, str, Status]) -> list[tuple[Shared, int]]:
    """What each group becomes, and how many people."""
    people = hall(*groups)
    told = dict(zip(people, coarsened(people), strict=True))
    return [(told[kind, status], n) for n, kind, status in groups]


@given(halls)
def test_nobody_shares_kind_and_status_with_fewer_than_four_others(people: list[Person]) -> None:
    told = Counter(coarsened(people))

    assert told.total() == len(people)
    assert all(n >= 5 for n in told.values()) or len(told) == 1


@given(halls)
def test_what_is_told_of_somebody_is_true(people: list[Person]) -> None:
    for (kind, status), (kind_told, status_told) in zip(people, coarsened(people), strict=True):
        assert kind_told in (kind, None)
        assert status_told in (status, None)
        assert kind_told is not None or status_told is None


def test_five_who_share_both_keep_both() -> None:
    assert kept((5, "desa", KADES), (6, "kantor", PNS)) == [
        (("desa", KADES), 5),
        (("kantor", PNS), 6),
    ]


def test_small_statuses_of_a_kind_become_one_and_cost_no_large_one() -> None:
    assert kept((3, "desa", KADES), (2, "desa", BPD), (9, "desa", PNS)) == [
        (("desa", None), 3),
        (("desa", None), 2),
        (("desa", PNS), 9),
    ]


def test_a_single_small_status_takes_in_the_smallest_of_the_others() -> None:
    assert kept((4, "desa", KADES), (6, "desa", BPD), (5, "desa", PPPK), (9, "desa", PNS)) == [
        (("desa", None), 4),
        (("desa", BPD), 6),
        (("desa", None), 5),
        (("desa", PNS), 9),
    ]


def test_of_equals_the_first_by_its_word_is_taken_in() -> None:
    assert kept((1, "desa", KADES), (5, "desa", PPPK), (5, "desa", PNS)) == [
        (("desa", None), 1),
        (("desa", PPPK), 5),
        (("desa", None), 5),
    ]


def test_a_kind_of_a_few_loses_its_name_with_the_smallest_of_the_other_kinds() -> None:
    assert kept((2, "desa", KADES), (7, "kantor", PNS), (5, "upt", PNS)) == [
        ((None, None), 2),
        (("kantor", PNS), 7),
        ((None, None), 5),
    ]


def test_nobody_is_nobody() -> None:
    assert coarsened([]) == []


@pytest.mark.parametrize(("people", "stays"), [(4, False), (5, True)])
def test_an_item_is_kept_where_five_met_it(people: int, stays: bool) -> None:
    common, own = (1, "v1", ("a",), 3), (2, "v2", ("b", "c"), None)

    found = without_rare_versions([[common, own]] * people + [[common]] * (5 - people))

    assert found[0] == [common, own if stays else (2, None, (), None)]
    assert [len(attempt) for attempt in found] == [2] * people + [1] * (5 - people)
