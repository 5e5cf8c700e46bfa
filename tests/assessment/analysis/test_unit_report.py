from collections.abc import Iterable
from fractions import Fraction
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quiz.assessment.analysis.headline import Headline, headline
from quiz.assessment.analysis.suppression import OFFICE_MINIMUM
from quiz.assessment.analysis.unit_report import (
    AttemptFact,
    UnitReport,
    UnitRow,
    unit_report,
)
from tests.assessment.subtraction import exposed

NAMES = {
    "KEC": ("Kantor Kecamatan", "kantor", "Kantor kecamatan"),
    "PKM": ("puskesmas", "kesehatan", "UPT kesehatan"),
    "D1": ("Desa Satu", "desa", "Pemerintah desa"),
    "D2": ("Desa Dua", "desa", "Pemerintah desa"),
    "D3": ("Desa Tiga", "desa", "Pemerintah desa"),
}


def fact(unit: str = "KEC", percent: float | None = 80, **changes: Any) -> AttemptFact:
    """One submitted attempt; passing from 70; `percent` None is an attempt without a score."""
    name, kind, kind_name = NAMES[unit]
    score = None if percent is None else Fraction(percent)
    fields: dict[str, Any] = {
        "person": "",
        "unit_code": unit,
        "unit_name": name,
        "kind_code": kind,
        "kind_name": kind_name,
        "invited": True,
        "attended": True,
        "worked": True,
        "state": "submitted",
        "percent": score,
        "passed": None if score is None else score >= 70,
        "topic_scores": {},
    }
    return AttemptFact(**(fields | changes))


def facts(unit: str, *percents: float) -> list[AttemptFact]:
    return [fact(unit, percent) for percent in percents]


def row(report: UnitReport, code: str) -> UnitRow:
    (found,) = [row for row in (*report.rows, *report.participation) if row.code == code]
    return found


def covered(row: UnitRow) -> tuple[str, ...]:
    return row.pooled or (row.code,)


def of(row: UnitRow, person: AttemptFact) -> bool:
    return not row.code or person.unit_code in covered(row)


enrolments = st.lists(
    st.builds(
        fact,
        st.sampled_from(sorted(NAMES)),
        st.integers(0, 100),
        state=st.sampled_from(["none", "empty", "running", "submitted", "submitted", "submitted"]),
        attended=st.booleans(),
        invited=st.booleans(),
    ),
    max_size=40,
)


@given(enrolments, st.sampled_from([2, 3, 5, 10]))
def test_no_withheld_figure_follows_from_the_printed_rows_and_total(
    people: list[AttemptFact], minimum: int
) -> None:
    report = unit_report(people, minimum)

    sizes = {unit: 0 for unit in NAMES}
    for person in people:
        sizes[person.unit_code] += person.state == "submitted"
    printed = [covered(row) for row in report.rows if row.mean is not None]
    printed += [tuple(NAMES)] * (report.total.mean is not None)
    assert exposed(printed, sizes, minimum) == []


@given(enrolments, st.sampled_from([2, 5, 10]))
def test_results_are_shown_or_withheld_whole(people: list[AttemptFact], minimum: int) -> None:
    report = unit_report(people, minimum)

    for each in (*report.rows, *report.participation, report.total):
        shown = each.mean is not None
        assert shown == (each.passed is not None)
        scores = {p.percent for p in people if p.state == "submitted" and of(each, p)}
        assert (each.low is not None) == (shown and len(scores) > 1) == (each.high is not None)
        assert each.withheld == (each.submitted > 0 and not shown)
        assert not shown or each.submitted >= minimum


@given(enrolments)
def test_participation_adds_up_to_everybody(people: list[AttemptFact]) -> None:
    report = unit_report(people)

    for count in ("invited", "attended", "submitted", "empty", "running"):
        total = getattr(report.total, count)
        assert sum(getattr(each, count) for each in report.rows) == total
        alone = [each for each in report.rows if not each.pooled]
        assert sum(getattr(e, count) for e in (*alone, *report.participation)) == total
    units = {code for each in report.rows for code in covered(each)}
    assert units == {person.unit_code for person in people}


@given(enrolments)
def test_total_does_not_depend_on_what_is_withheld(people: list[AttemptFact]) -> None:
    report = unit_report(people)

    percents = [p.percent for p in people if p.state == "submitted" and p.percent is not None]
    if report.settled and len(percents) >= OFFICE_MINIMUM:
        assert report.total.mean == sum(percents) / len(percents)
        assert report.total.passed == sum(percent >= 70 for percent in percents)
    else:
        assert report.total.mean is None


@given(enrolments, enrolments)
def test_two_looks_before_everybody_is_done_differ_in_participation_alone(
    first: list[AttemptFact], later: list[AttemptFact]
) -> None:
    looks = [unit_report(first, closed=False), unit_report([*first, *later], closed=False)]
    looks.append(unit_report([*first, fact(state="running"), *later]))

    for look in looks:
        for each in (*look.rows, look.total):
            assert {each.mean, each.low, each.high, each.passed} == {None}
            assert {each.weakest_topic, each.kind_weakest_topic} == {None}
            assert (each.pooled, each.withheld) == ((), each.submitted > 0)
    assert looks[0].participation == ()
    assert sum(row.submitted for row in looks[0].rows) == looks[0].total.submitted


def test_unit_with_five_results_has_its_own_row() -> None:
    report = unit_report(facts("KEC", 60, 65, 70, 75, 80))

    assert len(report.rows) == 1
    kec = report.rows[0]
    assert (kec.code, kec.name, kec.kind, kec.kind_name) == ("KEC", *NAMES["KEC"])
    assert (kec.mean, kec.passed, kec.pooled, kec.withheld) == (70, 3, (), False)
    assert (kec.low, kec.high) == pytest.approx((60.18378, 79.81622), abs=1e-5)


def test_four_results_are_withheld_and_participation_is_not() -> None:
    report = unit_report([*facts("KEC", 60, 65, 70, 75), fact("KEC", None, state="none")])

    (kec,) = report.rows
    assert (kec.invited, kec.attended, kec.submitted, kec.withheld) == (5, 5, 4, True)
    assert (kec.mean, kec.low, kec.high, kec.passed, kec.weakest_topic) == (None,) * 5
    assert report.total.mean is None


def test_another_minimum_holds_as_strictly() -> None:
    people = facts("KEC", *[80] * 9)

    assert unit_report(people, 10).rows[0].mean is None
    assert unit_report([*people, fact()], 10).rows[0].mean == 80


def test_small_units_of_a_kind_are_pooled_in_a_row_that_names_them() -> None:
    people = [
        *facts("D2", 60, 70),
        *facts("D1", 80, 90),
        *facts("D3", 100),
        *facts("KEC", *[50] * 5),
    ]

    report = unit_report(people)

    pool = row(report, "desa")
    assert (pool.name, pool.pooled) == ("Pemerintah desa", ("D2", "D1", "D3"))
    assert pool.pooled_names == ("Desa Dua", "Desa Satu", "Desa Tiga")
    assert (pool.submitted, pool.mean, pool.passed) == (5, 80, 4)
    assert [each.code for each in report.participation] == ["D2", "D1", "D3"]
    assert [each.submitted for each in report.participation] == [2, 2, 1]
    assert {each.mean for each in report.participation} == {None}


def test_single_small_unit_of_a_kind_stands_under_its_own_name() -> None:
    report = unit_report([*facts("D1", 80), *facts("PKM", 70, 70), *facts("KEC", *[50] * 5)])

    assert [each.code for each in report.rows] == ["D1", "KEC", "PKM"]
    assert report.participation == ()


def test_row_is_given_up_when_its_figure_would_expose_another() -> None:
    report = unit_report([*facts("KEC", *[80] * 7), *facts("D1", 10, 20, 30)])

    assert [(each.code, each.mean, each.withheld) for each in report.rows] == [
        ("D1", None, True),
        ("KEC", None, True),
    ]
    assert report.total.mean == 62


def test_rows_are_alphabetical_whatever_the_results_and_the_case() -> None:
    people: Iterable[AttemptFact] = [
        *facts("PKM", *[90] * 5),
        *facts("KEC", *[10] * 5),
        *facts("D3", *[50] * 5),
    ]

    report = unit_report(people)

    assert [each.name for each in report.rows] == ["Desa Tiga", "Kantor Kecamatan", "puskesmas"]


def test_started_without_any_response_is_shown_apart_and_has_no_score() -> None:
    people = [
        *facts("KEC", *[80] * 5),
        fact(percent=0, state="empty"),
    ]

    kec = unit_report(people).rows[0]

    assert (kec.submitted, kec.empty, kec.running, kec.mean) == (5, 1, 0, 80)


def test_walked_in_counts_as_attended_and_not_as_invited() -> None:
    people = [fact(invited=False), fact(attended=False, state="none"), fact()]

    total = unit_report(people).total

    assert (total.invited, total.attended, total.submitted) == (2, 2, 2)


def test_quiz_without_a_pass_mark_has_no_pass_count() -> None:
    report = unit_report([fact(passed=None) for _ in range(5)])

    assert (report.total.mean, report.total.passed) == (80, None)


def test_submitted_without_a_percent_shows_participation_only() -> None:
    report = unit_report([fact(percent=None) for _ in range(6)])

    assert (report.total.submitted, report.total.mean, report.total.withheld) == (6, None, False)


def test_weakest_topic_has_the_lowest_share_of_its_points_over_the_group() -> None:
    first = {"makna": (Fraction(1), Fraction(2)), "dasar": (Fraction(4), Fraction(4))}
    second = {"makna": (Fraction(2), Fraction(2)), "dasar": (Fraction(1), Fraction(4))}
    people = [fact(topic_scores=first)] + [fact(topic_scores=second) for _ in range(4)]

    assert unit_report(people).rows[0].weakest_topic == "dasar"


def test_of_equally_weak_topics_the_first_by_code_is_named_and_void_ones_are_not() -> None:
    scores = {
        "sanksi": (Fraction(0), Fraction(1)),
        "dasar": (Fraction(0), Fraction(2)),
        "akhlak": (Fraction(0), Fraction(0)),
        "makna": (Fraction(1), Fraction(1)),
    }

    assert unit_report([fact(topic_scores=scores)] * 5).total.weakest_topic == "dasar"


def test_unit_without_results_of_its_own_is_told_its_kinds_weakest_topic() -> None:
    weak = {"sanksi": (Fraction(0), Fraction(1)), "makna": (Fraction(1), Fraction(1))}
    people = [fact(unit, topic_scores=weak) for unit in ("D1", "D1", "D2", "D2", "D2")]
    people += [fact("D3", None, state="none"), fact("PKM", topic_scores=weak)]
    people += [fact("KEC", topic_scores=weak)] * 6

    report = unit_report(people)

    told = {each.code: each.kind_weakest_topic for each in (*report.rows, *report.participation)}
    assert told == {
        "D1": "sanksi",
        "D2": "sanksi",
        "D3": "sanksi",
        "KEC": None,
        "PKM": None,
    }


def test_finding_says_units_cannot_be_told_apart_when_every_interval_holds_the_mean() -> None:
    people = [*facts("KEC", 60, 70, 80, 90, 100), *facts("PKM", 50, 60, 70, 80, 90)]

    found = headline(unit_report(people))

    assert found == Headline(
        compared=2,
        submitted=10,
        mean=Fraction(75),
        low=found.low,
        high=found.high,
        passed=7,
        weakest_topic=None,
        distinguishable=False,
    )
    assert (found.low, found.high) == pytest.approx((63.6892, 86.3108), abs=1e-4)


def test_finding_says_units_differ_when_one_interval_misses_the_mean() -> None:
    people = [*facts("KEC", 88, 89, 90, 91, 92), *facts("PKM", 48, 49, 50, 51, 52)]

    assert headline(unit_report(people)).distinguishable is True


@pytest.mark.parametrize("people", [[], facts("KEC", *[80] * 5), facts("KEC", 80)])
def test_finding_compares_nothing_with_fewer_than_two_rows(people: list[AttemptFact]) -> None:
    assert headline(unit_report(people)).distinguishable is None


def test_report_on_nobody_is_empty() -> None:
    report = unit_report([])

    assert (report.rows, report.participation) == ((), ())
    assert (report.total.invited, report.total.mean, report.total.withheld) == (0, None, False)
