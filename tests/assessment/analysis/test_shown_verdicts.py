"""What a sentence compares is what its reader sees: rounded numbers never contradict a verdict."""

from dataclasses import replace
from fractions import Fraction
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from quiz.assessment.analysis.headline import headline
from quiz.assessment.analysis.item_analysis import Facility, analyse
from quiz.assessment.analysis.item_flags import FlagKind, flags
from quiz.assessment.analysis.statistics.correlation import Correlation
from quiz.assessment.analysis.unit_report import AttemptFact, unit_report
from quiz.assessment.rounding import round_half_up, whole_percent
from tests.assessment.meetings import crowd
from tests.assessment.samples import item

ITEM = item()
SHARES = st.fractions(0, 1, max_denominator=400)


def fact(unit: str, percent: Fraction) -> AttemptFact:
    fields: dict[str, Any] = {"person": "", "invited": True, "attended": True, "worked": True}
    names = {"unit_code": unit, "unit_name": f"Unit {unit}", "kind_code": unit, "kind_name": unit}
    return AttemptFact(
        state="submitted", percent=percent, passed=None, topic_scores={}, **names, **fields
    )


near = st.integers(60, 80).map(Fraction) | st.fractions(60, 80, max_denominator=30)
reports = st.lists(
    st.builds(fact, st.sampled_from(["A", "B", "C"]), near), min_size=5, max_size=40
).map(unit_report)


@given(reports, st.integers(50, 90))
def test_a_unit_is_called_different_exactly_when_what_is_shown_says_so(
    report: Any, mark: int
) -> None:
    def shown(percent: Any) -> int:
        return whole_percent(percent, mark)

    found = headline(report, shown)

    compared = [row for row in report.rows if row.low is not None and row.high is not None]
    if report.total.mean is None or len(compared) < 2:
        assert (found.distinguishable, found.different) == (None, ())
        return
    overall = shown(report.total.mean)
    for row in compared:
        assert (row in found.different) == (not shown(row.low) <= overall <= shown(row.high))
        assert row not in found.different or not row.low <= report.total.mean <= row.high
    assert found.distinguishable is bool(found.different)


@given(SHARES)
def test_the_word_for_how_hard_an_item_is_agrees_with_its_percent(share: Fraction) -> None:
    analysis = replace(
        analyse(ITEM, crowd(ITEM, "aaabb", "aabbc", "aaabd")),
        facility=Facility(share, 0.0, 1.0, 5, 15),
    )

    shown = whole_percent(100 * share)
    assert analysis.difficulty == ("mudah" if shown > 70 else "sulit" if shown < 30 else "sedang")


@given(SHARES, st.floats(-1, 1))
def test_no_flag_compares_what_looks_equal(share: Fraction, r: float) -> None:
    analysis = replace(
        analyse(ITEM, crowd(ITEM, "aabbccddca", "aabbccddba", "aaaabbbbcd")),
        facility=Facility(share, 0.0, 1.0, 5, 30),
        discrimination=Correlation(r, -1.0, 1.0, 30),
    )

    found = {flag.kind for flag in flags(analysis)}

    assert (FlagKind.BELOW_GUESSING in found) == (whole_percent(100 * share) < 25)
    assert (FlagKind.NEGATIVE in found) == (round_half_up(r, 2) < 0)
