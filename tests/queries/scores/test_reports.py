"""The report on a sitting, from rows to what may be shown, on both databases."""

from dataclasses import replace
from datetime import datetime, timedelta
from fractions import Fraction

import pytest
from sqlalchemy.orm import Session

from quiz.models import Sitting
from quiz.models.events.events import Phase
from quiz.queries.scores.reports import (
    chosen_sitting,
    sitting_report,
    sitting_totals,
    topic_scores,
)
from quiz.queries.scores.standings import counted_sittings
from tests.factories import Make

HOUR = timedelta(hours=1)


def _answer(make: Make, sitting: Sitting, unit_name: str, kind: str, *rights: int) -> None:
    unit = make.unit(unit_name, kind)
    for right in rights:
        enrolment = make.enrolment(sitting.event, unit=unit, checked_in_at=make.now)
        make.finished(sitting, enrolment, right=right)


def test_results_stand_alone_from_five_and_small_units_are_pooled(
    session: Session, make: Make
) -> None:
    sitting = make.sitting(pass_mark=60, closes_at=make.now)
    _answer(make, sitting, "Kantor A", "kecamatan", 1, 2, 3, 3, 3)
    _answer(make, sitting, "Desa B", "desa", 3, 3)
    _answer(make, sitting, "Desa C", "desa", 0, 0, 3)

    report = sitting_report(session, sitting, make.now).units

    assert [(r.name, r.pooled_names, r.submitted, r.mean, r.passed) for r in report.rows] == [
        ("Kantor A", (), 5, 80, 4),
        ("Pemerintah desa", ("Desa B", "Desa C"), 5, 60, 3),
    ]
    assert [(r.name, r.submitted, r.mean) for r in report.participation] == [
        ("Desa B", 2, None),
        ("Desa C", 3, None),
    ]
    assert (report.total.submitted, report.total.mean) == (10, 70)


def test_results_wait_until_the_sitting_has_closed_and_nobody_is_awaited(
    session: Session, make: Make
) -> None:
    sitting = make.sitting()
    _answer(make, sitting, "Kantor A", "kecamatan", 3, 3, 3, 3, 3)
    awaited = make.attempt(sitting)
    make.response(awaited, 1)

    def mean(now: datetime) -> Fraction | None:
        session.expire_all()
        return sitting_report(session, sitting, now).units.total.mean

    while_open = mean(make.now)
    sitting.close_now(make.now)
    session.commit()
    while_awaited = mean(make.now + HOUR / 60)

    assert (while_open, while_awaited) == (None, None)
    assert mean(make.now + HOUR) is not None


def test_the_overview_says_of_everybody_what_the_report_says(session: Session, make: Make) -> None:
    sitting = make.sitting(pass_mark=60)
    _answer(make, sitting, "Kantor A", "kecamatan", 1, 2, 3, 3)
    _answer(make, sitting, "Desa B", "desa", 0)
    late = make.attempt(sitting, after_release=True)
    make.response(late, 1)
    make.response(make.attempt(sitting), 1)
    ends = sitting.closes_at

    for now in (make.now, ends, ends + HOUR):
        session.expire_all()
        [said] = sitting_totals(session, [sitting], now)
        whole = sitting_report(session, sitting, now)
        assert said.units.total == replace(whole.units.total, topics={}, weakest_topic=None)
        assert (said.units.settled, said.units.minimum) == (
            whole.units.settled,
            whole.units.minimum,
        )
        assert (said.sitting, said.as_of, said.caveats) == (sitting, now, whole.caveats)
    assert (said.units.total.submitted, said.units.total.mean) == (6, Fraction(500, 9))


def test_participation_counts_everybody_on_the_roster(session: Session, make: Make) -> None:
    sitting = make.sitting()
    unit = make.unit("Kantor A", "kecamatan")
    make.enrolment(sitting.event, unit=unit)
    make.enrolment(sitting.event, unit=unit, checked_in_at=make.now, walked_in=True)
    make.attempt(sitting, make.enrolment(sitting.event, unit=unit, checked_in_at=make.now))

    [row] = sitting_report(session, sitting, make.now).units.rows

    assert (row.invited, row.attended, row.submitted, row.running) == (3, 2, 0, 1)
    assert (row.mean, row.withheld) == (None, False)


def test_names_are_those_of_the_day_although_the_unit_changed_since(
    session: Session, make: Make
) -> None:
    sitting = make.sitting()
    _answer(make, sitting, "UPT Lama", "upt-teknis", 1, 1, 1, 1, 1)
    [unit] = {enrolment.unit for enrolment in sitting.event.enrolments}
    unit.name, unit.kind = "UPT Baru", make.kind("desa")
    make.kind("upt-teknis").name = "UPT lapangan"
    session.commit()

    [row] = sitting_report(session, sitting, make.now).units.rows

    assert (row.code, row.name, row.kind, row.kind_name) == (
        unit.code,
        "UPT Lama",
        "upt-teknis",
        "UPT teknis",
    )


def test_unsigned_items_of_the_form_are_counted(session: Session, make: Make) -> None:
    signed = make.bank_item(signed_at=make.now)
    unsigned = [make.bank_item() for _ in range(2)]
    superseded = make.bank_item(signed_at=make.now)
    sitting = make.sitting(items=[signed, *unsigned, superseded])
    newer = make.item(code=superseded.code, stem="Lain?")
    superseded.publish(superseded.version_of(newer, make.now))
    superseded.signed_at = make.now
    session.commit()

    assert sitting_report(session, sitting, make.now).caveats.unsigned == 3


def test_the_weakest_topic_comes_from_the_stored_items(session: Session, make: Make) -> None:
    items = [make.bank_item(make.item(topic=topic)) for topic in ("makna", "mengapa")]
    make.topic("mengapa", name="Mengapa netralitas penting")
    sitting = make.sitting(items=items, closes_at=make.now)
    _answer(make, sitting, "Kantor A", "kecamatan", 1, 1, 1, 1, 2)

    report = sitting_report(session, sitting, make.now)

    assert report.topic(report.units.rows[0].weakest_topic) == "Mengapa netralitas penting"


def test_void_items_and_judgement_do_not_enter_topics() -> None:
    items = [
        [1, "u", "makna", "knowledge", "1/2", "1"],
        [2, "v", "makna", "knowledge", "0", "0"],
        [3, "w", "desa", "judgement", "1", "1"],
        [4, "x", "void", "knowledge", "0", "0"],
    ]

    assert {t: (str(p), str(m)) for t, (p, m) in topic_scores(items).items()} == {  # type: ignore[arg-type]
        "makna": ("1/2", "1")
    }


def _chosen(session: Session, make: Make, sitting: Sitting, uid: str | None = None) -> str | None:
    sittings = counted_sittings(session, sitting.event)
    found = chosen_sitting(session, sittings, uid, make.now)
    return found and found.phase.value


def test_the_latest_sitting_with_results_is_looked_at_first(session: Session, make: Make) -> None:
    pre = make.sitting(opens_at=make.now - 2 * HOUR)
    post = make.sitting(pre.event, Phase.POST)
    make.sitting(
        pre.event, Phase.FOLLOW_UP, opens_at=make.now + HOUR, closes_at=make.now + 2 * HOUR
    )
    without = _chosen(session, make, pre)
    make.finished(pre)
    with_pre = _chosen(session, make, pre)
    make.response(make.attempt(post))
    running_post = _chosen(session, make, pre)
    make.finished(post)

    assert (without, with_pre, running_post, _chosen(session, make, pre)) == (
        "post",
        "pre",
        "pre",
        "post",
    )


@pytest.mark.parametrize("lacking", ["after_release", "voided_at", "removed_at"])
def test_what_stands_in_no_figure_makes_no_sitting_one_with_results(
    session: Session, make: Make, lacking: str
) -> None:
    pre = make.sitting(opens_at=make.now - 2 * HOUR)
    post = make.sitting(pre.event, Phase.POST)
    make.finished(pre)
    attempt = make.finished(post)
    if lacking == "after_release":
        attempt.after_release = True
    elif lacking == "voided_at":
        attempt.voided_at, attempt.voided_by = make.now, make.user()
    else:
        attempt.enrolment.removed_at = make.now
    session.flush()

    assert _chosen(session, make, pre) == "pre"


def test_of_two_that_opened_together_post_comes_before_pre(session: Session, make: Make) -> None:
    post = make.sitting(phase=Phase.POST)
    make.sitting(post.event, Phase.PRE)

    assert _chosen(session, make, post) == "post"


def test_responses_closed_by_time_are_results(session: Session, make: Make) -> None:
    pre = make.sitting(opens_at=make.now - 2 * HOUR, closes_at=make.now - HOUR)
    make.sitting(pre.event, Phase.POST)
    make.response(make.attempt(pre, started_at=make.now - 2 * HOUR))

    assert _chosen(session, make, pre) == "pre"


def test_an_address_may_name_any_counted_sitting_and_no_other(session: Session, make: Make) -> None:
    pre = make.sitting()
    practice = make.sitting(pre.event, Phase.PRACTICE)
    elsewhere = make.sitting()

    chosen = [_chosen(session, make, pre, each.uid) for each in (pre, practice, elsewhere)]

    assert chosen == ["pre", None, None]


def test_an_event_without_sittings_has_none_to_look_at(session: Session, make: Make) -> None:
    assert chosen_sitting(session, [], None, make.now) is None
