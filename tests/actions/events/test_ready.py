"""The ready package: quiz, pre-test and post-test at once, or nothing."""

from datetime import datetime, timedelta

import pytest
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from quiz.actions.events.ready import Package, make_ready
from quiz.assessment.forms.form import Gap
from quiz.assessment.items.item import ASN, EVERYBODY, Status
from quiz.models import Event, Quiz, Sitting
from quiz.models.events.events import DEFAULT_MODES, Phase
from quiz.models.refusals import Refused
from quiz.queries.events.prepared import stored_form
from quiz.queries.events.ready import FOLLOW_UP, TITLE
from tests.conftest import BOTH_DATABASES
from tests.factories import Make

PNS, KADES = Status.PNS, Status.KEPALA_DESA


def fill_bank(make: Make, count: int, **changes: object) -> None:
    for _ in range(count):
        make.bank_item(make.item(references=(), **changes))


def event_of(make: Make, *statuses: Status, **changes: object) -> Event:
    event = make.event(starts_at=make.now + timedelta(days=1), **_end(make), **changes)
    for status in statuses:
        make.enrolment(event, make.user(status=status))
    return event


def _end(make: Make) -> dict[str, object]:
    return {"ends_at": make.now + timedelta(days=1, hours=3, minutes=15)}


def package(make: Make, event: Event, seed: str = "benih") -> Package:
    made = make_ready(make.session, event, make.now, seed)
    assert isinstance(made, Package), made
    make.session.commit()
    return made


def asked(make: Make, sitting: Sitting) -> set[str]:
    return {uid for slot in stored_form(make.session, sitting) for uid in slot.versions.values()}


@pytest.mark.parametrize("database_url", BOTH_DATABASES, indirect=True)
def test_both_sittings_are_prepared_and_share_no_item(session: Session, make: Make) -> None:
    fill_bank(make, 30)
    event = event_of(make, PNS, KADES)

    made = package(make, event)

    pre, post = made.sittings
    assert (pre.phase, post.phase) == (Phase.PRE, Phase.POST)
    assert all(sitting.prepared_at == make.now for sitting in made.sittings)
    assert all(sitting.feedback_mode is DEFAULT_MODES[sitting.phase] for sitting in made.sittings)
    assert event.starts_at < pre.opens_at < pre.closes_at
    assert pre.closes_at < post.opens_at < post.closes_at < event.ends_at
    assert len(asked(make, pre)) == len(asked(make, post)) == 15
    assert asked(make, pre).isdisjoint(asked(make, post))
    assert not any(slot.anchor for slot in stored_form(session, post))


def test_without_a_roster_the_sittings_wait_to_be_prepared(make: Make) -> None:
    fill_bank(make, 30)

    made = package(make, event_of(make))

    assert [sitting.prepared_at for sitting in made.sittings] == [None, None]
    assert made.prepared is False


def test_without_a_roster_the_bank_must_serve_everybody(make: Make) -> None:
    fill_bank(make, 30, audience=ASN)

    gaps = make_ready(make.session, event_of(make), make.now, "benih")

    assert isinstance(gaps, list)
    assert {status for gap in gaps for status in gap.statuses} == set(EVERYBODY - ASN)


def test_gaps_leave_nothing_behind(session: Session, make: Make) -> None:
    fill_bank(make, 28)
    event = event_of(make, PNS)

    gaps = make_ready(session, event, make.now, "benih")

    assert gaps == [Gap(15, "makna", None, None, (PNS,))] * 2
    assert [session.scalar(select(func.count()).select_from(t)) for t in (Quiz, Sitting)] == [0, 0]


def test_a_second_event_takes_the_same_quiz_while_the_bank_is_the_same(make: Make) -> None:
    fill_bank(make, 30)
    first = package(make, event_of(make, PNS))

    second = package(make, event_of(make, PNS))

    assert (second.quiz, second.new_quiz) == (first.quiz, False)


@pytest.mark.parametrize("change", ["count", "limit", "mark", "retired"])
def test_a_quiz_somebody_has_changed_is_left_alone(make: Make, change: str) -> None:
    fill_bank(make, 40)
    first = package(make, event_of(make, PNS))
    if change == "count":
        first.quiz.slots[0].count = 3
    if change == "limit":
        first.quiz.time_limit_minutes = 30
    if change == "mark":
        first.quiz.pass_mark = 80
    if change == "retired":
        first.quiz.retired_at = make.now
    make.session.commit()

    second = package(make, event_of(make, PNS))

    assert (second.new_quiz, second.quiz.title) == (True, f"{TITLE} (2)")


@pytest.mark.parametrize("phase", [Phase.PRE, Phase.POST])
def test_an_event_with_a_test_is_refused(make: Make, phase: Phase) -> None:
    fill_bank(make, 30)
    event = event_of(make, PNS)
    make.sitting(event, phase, prepared=False)

    with pytest.raises(Refused, match="sudah punya pre-test atau post-test"):
        make_ready(make.session, event, make.now, "benih")


def test_practice_does_not_stand_in_the_way(make: Make) -> None:
    fill_bank(make, 30)
    event = event_of(make, PNS)
    make.sitting(event, Phase.PRACTICE, prepared=False)

    assert package(make, event).prepared


def test_an_event_that_is_over_is_refused(make: Make) -> None:
    fill_bank(make, 30)
    event = make.event(starts_at=make.now - timedelta(hours=8), ends_at=make.now)

    with pytest.raises(Refused, match="sudah selesai"):
        make_ready(make.session, event, make.now, "benih")


def test_an_event_too_short_for_both_is_refused(make: Make) -> None:
    fill_bank(make, 30)
    event = make.event(starts_at=make.now, ends_at=make.now + timedelta(minutes=45))

    with pytest.raises(Refused, match="terlalu pendek"):
        make_ready(make.session, event, make.now, "benih")


def days_after(event: Event, *days: int) -> list[tuple[datetime, datetime]]:
    begins = [event.ends_at + timedelta(days=each) for each in days]
    return [(begin, begin + timedelta(hours=36)) for begin in begins]


def test_follow_ups_ask_what_the_tests_did_not_where_the_bank_is_wide_enough(make: Make) -> None:
    fill_bank(make, 40)
    event = event_of(make, PNS, KADES)
    windows = days_after(event, 7, 40)

    made = make_ready(make.session, event, make.now, "benih", windows)

    assert isinstance(made, Package)
    make.session.commit()
    pre, post, first, second = made.sittings
    assert [(s.phase, s.opens_at, s.closes_at) for s in (first, second)] == [
        (Phase.FOLLOW_UP, *window) for window in windows
    ]
    forms = [asked(make, sitting) for sitting in made.sittings]
    assert [len(form) for form in forms] == [15, 15, 5, 5]
    assert len(set().union(*forms)) == 40
    assert (pre.quiz, first.quiz) == (post.quiz, second.quiz)
    assert [quiz.title for quiz in made.new_quizzes] == [TITLE, FOLLOW_UP.title]


def test_a_bank_just_wide_enough_for_the_tests_repeats_items_in_the_follow_ups(
    session: Session, make: Make
) -> None:
    fill_bank(make, 30)
    event = event_of(make, PNS)

    made = make_ready(session, event, make.now, "benih", days_after(event, 7, 40))

    assert isinstance(made, Package)
    *_, first, second = made.sittings
    for follow_up in (first, second):
        assert [slot.anchor for slot in stored_form(session, follow_up)] == [True] * 5


def test_a_second_event_takes_both_quizzes_again(make: Make) -> None:
    fill_bank(make, 40)
    one, two = event_of(make, PNS), event_of(make, PNS)

    made = [
        make_ready(make.session, each, make.now, "benih", days_after(each, 7, 40))
        for each in (one, two)
    ]

    assert isinstance(made[1], Package)
    assert made[1].new_quizzes == []
