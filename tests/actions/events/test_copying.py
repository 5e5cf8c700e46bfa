"""An event used again: what comes along, what does not, and at what times."""

from datetime import timedelta

import pytest
from sqlalchemy.orm import Session

from quiz.actions.events.copying import copy_people, copy_sittings, swapped_quizzes
from quiz.assessment.items.item import Status
from quiz.formats import parse_wita
from quiz.models import Event, Sitting
from quiz.models.events.events import FeedbackMode, Phase
from tests.factories import Make

WEEK, HOUR, MINUTE = timedelta(days=7), timedelta(hours=1), timedelta(minutes=1)

START = parse_wita("2026-11-20", "08.00")

OF_THE_DAY = {
    "id",
    "uid",
    "event_id",
    "opens_at",
    "closes_at",
    "released_at",
    "prepared_at",
    "seed",
    "time_limit_minutes",
    "pass_mark",
    "shuffle_items",
    "shuffle_options",
}
"""What a sitting has of its own day, or of its preparation."""


def event_at(make: Make, start: object = START) -> Event:
    return make.event(starts_at=start, ends_at=start + 3 * HOUR)  # type: ignore[operator]


def planned(make: Make, event: Event, phase: Phase, opens: int, closes: int, **more: object):  # type: ignore[no-untyped-def]
    """A sitting that opens and closes so many minutes after the event has begun."""
    times = {
        "opens_at": event.starts_at + opens * MINUTE,
        "closes_at": event.starts_at + closes * MINUTE,
    }
    return make.sitting(event, phase, **(times | more))


def minutes(sitting: Sitting) -> tuple[float, float]:
    start = sitting.event.starts_at
    return (sitting.opens_at - start) / MINUTE, (sitting.closes_at - start) / MINUTE


def test_sittings_are_as_far_from_the_beginning_as_they_were(session: Session, make: Make) -> None:
    source, event = event_at(make), event_at(make, START + WEEK + 2 * HOUR)
    planned(make, source, Phase.PRE, 25, 50)
    planned(make, source, Phase.FOLLOW_UP, 7 * 24 * 60, 9 * 24 * 60)

    made = copy_sittings(session, source, event)

    assert [(each.phase, minutes(each)) for each in made] == [
        (Phase.PRE, (25, 50)),
        (Phase.FOLLOW_UP, (7 * 24 * 60, 9 * 24 * 60)),
    ]
    assert [(each.prepared_at, each.released_at) for each in made] == [(None, None)] * 2


def test_everything_that_was_planned_comes_along(session: Session, make: Make) -> None:
    source = event_at(make)
    chosen = {"feedback_mode": FeedbackMode.AFTER_CLOSE, "grace_minutes": 3}
    before = planned(make, source, Phase.POST, 25, 50, asks_confidence=True, **chosen)

    [made] = copy_sittings(session, source, event_at(make))

    for column in set(Sitting.__table__.columns.keys()) - OF_THE_DAY:
        assert getattr(made, column) == getattr(before, column), column


@pytest.mark.parametrize(
    ("was", "becomes"),
    [
        ((25, 50), (25, 50)),
        ((27.2, 41.9), (25, 50)),  # opened by hand, closed by hand after a quarter of an hour
        ((30, 31), (30, 55)),  # closed at once by mistake
        ((-10, 15), (-10, 15)),
        ((25, 73.5), (25, 75)),  # extended
    ],
)
def test_windows_of_a_day_that_went_its_own_way_become_plans_again(
    session: Session, make: Make, was: tuple[float, float], becomes: tuple[float, float]
) -> None:
    source = event_at(make)
    planned(make, source, Phase.PRE, *was, quiz=make.quiz(time_limit_minutes=20))  # type: ignore[arg-type]

    [made] = copy_sittings(session, source, event_at(make, START + WEEK))

    assert minutes(made) == becomes


def test_no_copied_sitting_outlives_the_cards(session: Session, make: Make) -> None:
    source = event_at(make)
    opens = source.admits_until - HOUR
    make.sitting(source, Phase.FOLLOW_UP, opens_at=opens, closes_at=source.admits_until)
    shorter = make.event(starts_at=START + WEEK, ends_at=START + WEEK + HOUR)

    [made] = copy_sittings(session, source, shorter)

    assert (made.opens_at, made.closes_at) == (shorter.admits_until - HOUR, shorter.admits_until)


def test_a_sitting_of_a_retired_quiz_stays_behind(session: Session, make: Make) -> None:
    source = event_at(make)
    planned(make, source, Phase.PRE, 25, 50, quiz=make.quiz(retired_at=make.now))
    planned(make, source, Phase.POST, 125, 150)

    assert [made.phase for made in copy_sittings(session, source, event_at(make))] == [Phase.POST]


def test_swapped_tests_change_quizzes_and_nothing_else_does(session: Session, make: Make) -> None:
    source = event_at(make)
    first, second, third = make.quiz(), make.quiz(), make.quiz()
    planned(make, source, Phase.PRE, 25, 50, quiz=first)
    planned(make, source, Phase.POST, 125, 150, quiz=second)
    planned(make, source, Phase.FOLLOW_UP, 300, 350, quiz=third)

    made = copy_sittings(session, source, event_at(make), swapped=True)

    assert [each.quiz for each in made] == [second, first, third]


def test_tests_of_one_quiz_or_with_one_missing_are_not_swapped(make: Make) -> None:
    one, alone, same = event_at(make), event_at(make), make.quiz()
    planned(make, one, Phase.PRE, 25, 50, quiz=same)
    planned(make, one, Phase.POST, 125, 150, quiz=same)
    planned(make, alone, Phase.PRE, 25, 50)

    assert [swapped_quizzes(event.sittings) for event in (one, alone)] == [{}, {}]


def test_people_come_with_cards_of_their_own_and_without_attendance(
    session: Session, make: Make
) -> None:
    source, event = event_at(make), event_at(make, START + WEEK)
    before = make.enrolment(source, checked_in_at=make.now, walked_in=True, extra_percent=30)
    make.enrolment(source, removed_at=make.now)

    [made], left_out = copy_people(session, source, event, make.key)
    session.commit()

    assert (made.user, made.event, left_out) == (before.user, event, [])
    assert (made.checked_in_at, made.walked_in, made.extra_percent) == (None, False, 30)
    assert made.code_index != before.code_index


def test_people_come_as_they_are_today(session: Session, make: Make) -> None:
    source, event = event_at(make), event_at(make, START + WEEK)
    today = make.unit("UPT Hari Ini")
    moved = make.enrolment(source, make.user(unit=make.unit("UPT Dahulu")))
    moved.user.unit, moved.user.status = today, Status.PPPK
    old = make.unit("UPT Lama")
    in_merged = make.enrolment(source, make.user(unit=old))
    old.merge_into(today)
    session.commit()

    made, _ = copy_people(session, source, event, make.key)

    assert [(each.unit_name, each.status) for each in made] == [
        ("UPT Hari Ini", Status.PPPK),
        ("UPT Hari Ini", in_merged.status),
    ]


def test_one_person_under_two_records_comes_once(session: Session, make: Make) -> None:
    source, event = event_at(make), event_at(make, START + WEEK)
    kept, double = make.enrolment(source), make.enrolment(source)
    double.user.merged_into = kept.user
    session.commit()

    made, _ = copy_people(session, source, event, make.key)

    assert [each.user for each in made] == [kept.user]


def test_people_of_a_retired_unit_are_named_and_stay_behind(session: Session, make: Make) -> None:
    source, event = event_at(make), event_at(make, START + WEEK)
    make.enrolment(source, make.user("Rini Rekaan"), make.unit(retired_at=make.now))

    assert copy_people(session, source, event, make.key) == ([], ["Rini Rekaan"])
