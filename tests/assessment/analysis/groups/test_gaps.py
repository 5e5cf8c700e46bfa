"""Which passages a speaker should dwell on, and what follows from what is told of them."""

import itertools
from collections import Counter
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quiz.assessment.analysis.groups.gaps import (
    Encounter,
    Resting,
    share,
    shares_by_status,
    weakest,
)
from quiz.assessment.analysis.suppression import OFFICE_MINIMUM, SPEAKER_MINIMUM, Step
from quiz.assessment.items.item import Status
from tests.assessment.subtraction import exposed


def met(
    version: str, right: int, wrong: int, status: Status = Status.PNS, start: int = 0
) -> list[Encounter]:
    """So many people with the version right and wrong, numbered from ``start``."""
    return [
        Encounter(start + place, status, version, Fraction(place < right))
        for place in range(right + wrong)
    ]


def test_confident_errors_come_first_then_the_lowest_and_five_at_most() -> None:
    resting = [Resting(f"v{n}", (f"P{n}",), sure=n == 6) for n in range(1, 8)]
    crowd = [one for n in range(1, 8) for one in met(f"v{n}", n, 10)]

    found = weakest(resting, crowd)

    assert [gap.passages for gap in found] == [("P6",), ("P1",), ("P2",), ("P3",), ("P4",)]


@pytest.mark.parametrize(("right", "wrong", "shown"), [(2, 8, 1), (2, 7, 0), (8, 2, 0)])
def test_only_what_ten_have_met_and_is_not_easy(right: int, wrong: int, shown: int) -> None:
    assert len(weakest([Resting("v", ("P",))], met("v", right, wrong))) == shown


def test_passages_of_the_same_versions_are_one_and_parts_of_one_before_are_none() -> None:
    resting = [Resting("v1", ("B", "A", "C")), Resting("v2", ("C", "D"))]
    crowd = met("v1", 6, 6) + met("v2", 2, 10)

    found = weakest(resting, crowd)

    assert [gap.passages for gap in found] == [("D",), ("C",)]
    assert found[1].share == share(crowd)


def test_two_items_on_one_passage_are_one_person() -> None:
    both = [*met("v1", 5, 5), *met("v2", 5, 5)]

    found = share(both)

    assert (found.n, found.value) == (10, Fraction(1, 2))
    assert found.low is not None and found.high is not None
    assert (found.low, found.high) == pytest.approx((0.123, 0.877), abs=0.001)
    assert share(met("v1", 5, 5)).low == pytest.approx(0.237, abs=0.001)


def test_how_many_were_sure_and_wrong_is_the_sum_of_steps_or_nothing() -> None:
    resting = [Resting("v1", ("P",), True, Step(3, 7)), Resting("v2", ("P",), False, Step(8, 12))]
    crowd = met("v1", 1, 10) + met("v2", 1, 10)

    assert weakest(resting, crowd)[0].sure_wrong == Step(11, 19)
    assert weakest([*resting, Resting("v3", ("P",))], crowd)[0].sure_wrong is None


def test_statuses_are_named_where_they_can_be_told_apart() -> None:
    crowd = met("v", 3, 17) + met("v", 15, 5, Status.KEPALA_DESA, 100)

    (gap,) = weakest([Resting("v", ("P",))], crowd)

    assert gap.apart == (Status.PNS, Status.KEPALA_DESA)


@pytest.mark.parametrize("others", [9, 2])
def test_a_status_of_fewer_than_ten_is_not_named_nor_found_by_subtraction(others: int) -> None:
    crowd = met("v", 3, 17) + met("v", others, 0, Status.KEPALA_DESA, 100)

    (gap,) = weakest([Resting("v", ("P",))], crowd)

    assert gap.apart is None
    assert shares_by_status(crowd) == {}


STATUSES = (Status.PNS, Status.PPPK, Status.KEPALA_DESA)
ASKED = (("v1",), ("v2",), ("v1", "v2"))
RESTS_ON = {"v1": ("P", "Q"), "v2": ("P",)}


@given(st.lists(st.integers(0, 14), min_size=9, max_size=9))
def test_passages_and_statuses_together_expose_nobody(numbers: list[int]) -> None:
    kinds = itertools.product(STATUSES, ASKED)
    crowd = [kind for kind, n in zip(kinds, numbers, strict=True) for _ in range(n)]
    encounters = [
        Encounter(person, status, version, Fraction(person % 3, 2))
        for person, (status, versions) in enumerate(crowd)
        for version in versions
    ]
    sizes = Counter(f"{one.version} {one.status}" for one in encounters)
    of_version = {v: [cell for cell in sizes if cell.startswith(v)] for v in RESTS_ON}
    countable = [v for v in RESTS_ON if sum(sizes[cell] for cell in of_version[v]) >= 5]
    known = [of_version[v] for v in countable]
    for passage in "PQ":
        versions = [v for v in countable if passage in RESTS_ON[v]]
        here = [one for one in encounters if one.version in versions]
        known.append([cell for v in versions for cell in of_version[v]])
        known += [
            [f"{v} {status}" for v in versions if f"{v} {status}" in sizes]
            for status in shares_by_status(here)
        ]

    assert exposed(known, sizes, OFFICE_MINIMUM) == []


def test_speakers_see_nothing_of_fewer_than_the_office() -> None:
    assert SPEAKER_MINIMUM > OFFICE_MINIMUM
