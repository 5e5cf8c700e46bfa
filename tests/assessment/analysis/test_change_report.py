"""What a reader can make of changes, rows, totals and topics together."""

from collections import Counter
from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from quiz.assessment.analysis.change_report import ChangeReport, Work, change_report
from quiz.assessment.analysis.suppression import UnitSize, suppress
from tests.assessment.subtraction import exposed

MINIMUM = 5
BOTH_TOPICS = {"makna": (Fraction(1), Fraction(2)), "sanksi": (Fraction(2), Fraction(2))}


def works(rows: str, start: int = 0, percent: int = 50) -> dict[str, Work]:
    """A person per letter, which is their row."""
    return {
        f"p{start + place}": Work(row, Fraction(percent + place % 7), BOTH_TOPICS)
        for place, row in enumerate(rows)
    }


def test_everybody_in_both_is_counted_where_nobody_did_one_only() -> None:
    found = change_report(works("AAAAABBBBB"), works("AAAAABBBBB", percent=70))

    assert (found.counted, found.left_out, found.only_before, found.only_after) == (10, 0, 0, 0)
    assert found.whole is not None
    assert found.whole.change == 20
    assert found.whole.low is None


def test_a_few_more_are_left_out_with_late_ones() -> None:
    before = works("A" * 20 + "B" * 20)
    after = works("A" * 22 + "B" * 21, percent=60)
    after = {uid: Work(w.row, w.percent, w.topics) for uid, w in after.items()}

    found = change_report(before, after)

    assert (found.only_before, found.only_after) == (0, 3)
    assert (found.counted, found.left_out) == (35, 5)


def test_five_who_did_one_only_hide_each_other() -> None:
    before = works("A" * 20) | {f"q{n}": Work("A", Fraction(9), BOTH_TOPICS) for n in range(5)}

    found = change_report(before, works("A" * 20))

    assert (found.counted, found.left_out) == (20, 0)


@pytest.mark.parametrize("rows", ["", "AAAA"])
def test_too_few_have_no_change(rows: str) -> None:
    found = change_report(works(rows), works(rows))

    assert (found.counted, found.whole, found.gain, dict(found.topics)) == (0, None, None, {})


def test_topics_are_told_only_where_everybody_was_asked_each() -> None:
    before, after = works("A" * 12), works("A" * 12)
    partly = after | {"p0": Work("A", Fraction(50), {"makna": (Fraction(1), Fraction(2))})}

    assert set(change_report(before, after).topics) == {"makna", "sanksi"}
    assert change_report(before, partly).topics == {}


def everybody_counted(found: ChangeReport, before: dict[str, Work], after: dict[str, Work]) -> int:
    return found.counted + found.left_out + found.only_before + found.only_after


people = st.lists(st.tuples(st.sampled_from("ABCD"), st.booleans(), st.booleans()), max_size=30)


@settings(deadline=None)
@given(people)
def test_rows_totals_and_change_together_expose_nobody(
    crowd: list[tuple[str, bool, bool]],
) -> None:
    bound: list[tuple[str, ...]] = []
    sides = []
    for side in (1, 2):
        sizes = Counter(one[0] for one in crowd if one[side])
        groups = suppress([UnitSize(u, "desa", sizes[u]) for u in "ABCD"], MINIMUM, bound)
        bound = [group.units for group in groups if group.pooled]
        row_of = {u: g.units if g.shown else () for g in groups for u in g.units}
        sides.append(
            {
                f"p{place}": Work(row_of[one[0]], Fraction(50 + place), BOTH_TOPICS)
                for place, one in enumerate(crowd)
                if one[side]
            }
        )
    before, after = sides

    found = change_report(before, after, MINIMUM)

    assert everybody_counted(found, before, after) == len(before.keys() | after.keys())
    if found.whole is None:
        return
    total = sum((before[uid].percent for uid in before.keys() & after.keys()), Fraction(0))
    if not found.left_out:
        assert found.whole.before * found.counted == total
    for side in sides:
        inside = set(found.people)
        classes = Counter((work.row, uid in inside) for uid, work in side.items())
        rows = {row for row, _ in classes if row}
        known = [[c for c in classes if c[0] == row] for row in rows]
        known += [list(classes), [c for c in classes if c[1]]]
        names = {c: str(c) for c in classes}
        assert (
            exposed(
                [[names[c] for c in of] for of in known],
                {names[c]: n for c, n in classes.items()},
                MINIMUM,
            )
            == []
        )
