"""Means of kinds of unit over events, and what follows from them beside the report."""

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quiz.assessment.analysis.groups.kinds import Against, against, kind_means
from quiz.assessment.analysis.statistics.means import MeanInterval
from quiz.assessment.analysis.suppression import UnitSize, suppress
from tests.assessment.subtraction import exposed

MINIMUM = 5


def crowd(**kinds: int) -> list[tuple[str, Fraction]]:
    return [(kind, Fraction(50 + place)) for kind, n in kinds.items() for place in range(n)]


def test_each_kind_with_enough_people_has_its_mean() -> None:
    found = kind_means(crowd(desa=5, upt=6))

    assert {kind: (one.n, one.found and one.found.mean) for kind, one in found.items()} == {
        "desa": (5, Fraction(52)),
        "upt": (6, Fraction(105, 2)),
    }


@pytest.mark.parametrize(("small", "told"), [((3,), False), ((3, 2), True), ((4, 4), True)])
def test_a_few_of_small_kinds_silence_all_unless_they_hide_each_other(
    small: tuple[int, ...], told: bool
) -> None:
    sizes = {"desa": 9} | {f"k{place}": n for place, n in enumerate(small)}

    found = kind_means(crowd(**sizes))

    assert (found["desa"].found is not None) is told
    assert all(found[kind].found is None for kind in sizes if kind != "desa")


@given(st.lists(st.tuples(st.sampled_from("XYZ"), st.integers(0, 7)), min_size=1, max_size=7))
def test_kinds_beside_the_rows_of_the_report_expose_nobody(units: list[tuple[str, int]]) -> None:
    names = {f"{kind}{place}": (kind, n) for place, (kind, n) in enumerate(units)}
    sizes = {name: n for name, (_, n) in names.items()}
    rows = suppress([UnitSize(name, kind, n) for name, (kind, n) in names.items()], MINIMUM)
    results = [(kind, Fraction(50)) for kind, n in names.values() for _ in range(n)]
    told = [kind for kind, one in kind_means(results).items() if one.found is not None]

    known = [row.units for row in rows if row.shown]
    known += [tuple(name for name in names if names[name][0] == kind) for kind in told]
    if len(results) >= MINIMUM:
        known.append(tuple(names))

    assert exposed(known, sizes, MINIMUM) == []


@pytest.mark.parametrize(
    ("ends", "word"),
    [
        ([(40, 50), (51, 60)], Against.HIGHER),
        ([(51, 60), (40, 50)], Against.LOWER),
        ([(40, 50), (50.4, 60)], Against.UNCLEAR),
        ([(10, 20), (40, 50), (45, 60)], Against.UNCLEAR),
        ([(40, 50)], None),
        ([(40, 50), (None, None)], None),
    ],
)
def test_the_last_stands_beside_the_one_before_as_their_intervals_are_shown(
    ends: list[tuple[float | None, float | None]], word: Against | None
) -> None:
    assert against([MeanInterval(Fraction(50), low, high) for low, high in ends]) is word
