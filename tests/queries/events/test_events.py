"""Events for the officer: counts, states, and what is still missing."""

from collections import Counter
from datetime import timedelta

import pytest
from sqlalchemy.orm import Session

from quiz.assessment.attempt_state import Outcome, SittingState
from quiz.assessment.items.item import Status
from quiz.models import Event, FormChoice, Sitting, User
from quiz.models.events.events import DEFAULT_MODES, Phase
from quiz.queries.events.event_steps import Lack, Step, Wanting, steps, wanting
from quiz.queries.events.events import (
    RosterFacts,
    SittingFacts,
    event_rows,
    event_with_code,
    roster_facts,
    sitting_facts,
    sitting_of,
)
from quiz.queries.taking.turnout import Turnout
from tests.factories import Make

PNS, KADES = Status.PNS, Status.KEPALA_DESA


def facts_of(session: Session, make: Make, event: Event) -> list[SittingFacts]:
    return sitting_facts(session, event, roster_facts(session, event), make.now)


def test_the_list_counts_people_and_sittings_of_each_event(session: Session, make: Make) -> None:
    event, empty = make.event("Sosialisasi Satu"), make.event("Sosialisasi Dua")
    make.enrolment(event, checked_in_at=make.now)
    make.enrolment(event)
    make.enrolment(event, removed_at=make.now, checked_in_at=make.now)
    make.sitting(event)

    rows, total = event_rows(session, "", make.now, offset=0, limit=10)

    counted = {row.event.id: (row.invited, row.attended, row.sittings) for row in rows}
    assert (counted, total) == ({event.id: (2, 1, 1), empty.id: (0, 0, 0)}, 2)


def test_events_are_found_by_title_place_or_code_latest_first(session: Session, make: Make) -> None:
    by_title = make.event("Sosialisasi di Rekaan", starts_at=make.now - timedelta(days=3))
    by_place = make.event(place="Pendopo Rekaan", starts_at=make.now - timedelta(days=1))
    by_code = make.event(code="REKAAN-100", starts_at=make.now - timedelta(days=2))
    make.event("Lain", place="100%")

    rows, total = event_rows(session, "rekaan", make.now, offset=0, limit=2)
    literal, _ = event_rows(session, "%", make.now, offset=0, limit=10)

    assert ([row.event for row in rows], total) == ([by_place, by_code], 3)
    assert [row.event.title for row in literal] == ["Lain"]
    assert by_title.title == "Sosialisasi di Rekaan"


def test_an_event_is_found_by_its_code_in_any_case(session: Session, make: Make) -> None:
    event = make.event(code="LJN-482")

    assert event_with_code(session, " ljn-482 ") is event
    assert event_with_code(session, "LJN-483") is None


def test_a_sitting_belongs_to_its_event(session: Session, make: Make) -> None:
    sitting = make.sitting()

    assert sitting_of(session, sitting.event, sitting.uid) is sitting
    assert sitting_of(session, make.event(), sitting.uid) is None


def test_the_roster_is_counted_by_unit_and_status_without_those_removed(
    session: Session, make: Make
) -> None:
    event, unit = make.event(), make.unit()
    make.enrolment(event, make.user(status=KADES), make.unit(), walked_in=True)
    make.enrolment(event, make.user(), unit, checked_in_at=make.now)
    make.enrolment(event, make.user(), unit)
    make.enrolment(event, make.user(status=Status.BPD), make.unit(), removed_at=make.now)

    facts = roster_facts(session, event)

    assert facts == RosterFacts(3, 1, 0, 1, 2, {PNS: 2, KADES: 1})


def test_a_sitting_says_how_many_items_and_how_far_people_are(
    session: Session, make: Make, citra: User
) -> None:
    event = make.event()
    sitting = make.sitting(event)
    make.finished(sitting)
    make.attempt(sitting)
    make.attempt(sitting).void(citra, "HP tertukar", make.now)
    session.commit()

    [facts] = facts_of(session, make, event)

    assert (facts.state, facts.items) == (SittingState.OPEN, 3)
    assert (facts.started, facts.submitted, facts.unsigned) == (2, 1, 3)


def test_a_planned_sitting_counts_the_items_of_its_blueprint(session: Session, make: Make) -> None:
    event = make.event()
    quiz = make.quiz(("makna", None, None, 4), ("mengapa", None, None, 3))
    make.sitting(event, prepared=False, quiz=quiz, opens_at=make.now + timedelta(minutes=5))

    [facts] = facts_of(session, make, event)

    assert (facts.state, facts.items, facts.not_served) == (SittingState.NOT_PREPARED, 7, {})


def test_signed_items_are_not_counted_as_unsigned(session: Session, make: Make, hadi: User) -> None:
    items = [make.bank_item(signed_at=make.now), make.bank_item()]
    event = make.event()
    make.sitting(event, items=items)

    [facts] = facts_of(session, make, event)

    assert facts.unsigned == 1


def test_a_status_without_a_form_is_counted_with_its_people(session: Session, make: Make) -> None:
    event = make.event()
    make.sitting(event)
    for choice in session.query(FormChoice).where(FormChoice.status == KADES):
        session.delete(choice)
    make.enrolment(event, make.user())
    for _ in range(2):
        make.enrolment(event, make.user(status=KADES))

    [facts] = facts_of(session, make, event)

    assert facts.not_served == {KADES: 2}


# What is missing, and the three steps

ROSTER = RosterFacts(50, 0, 0, 0, 8, {PNS: 50})
NOBODY = RosterFacts(0, 0, 0, 0, 0, {})


HOUR = timedelta(hours=1)


def planned(
    make: Make,
    state: SittingState,
    not_served: dict[Status, int] | None = None,
    *,
    phase: Phase = Phase.POST,
    opens_at: timedelta = HOUR,
    started: int = 0,
) -> SittingFacts:
    prepared = state not in (SittingState.NOT_PREPARED, SittingState.MISSED)
    sitting = Sitting(
        phase=phase,
        prepared_at=make.now if prepared else None,
        opens_at=make.now + opens_at,
        feedback_mode=DEFAULT_MODES[phase],
    )
    return SittingFacts(
        sitting, state, 10, not_served or {}, 0, Turnout(Counter({Outcome.SUBMITTED: started}))
    )


def lacking(
    make: Make, roster: RosterFacts, *sittings: SittingFacts, reachable: bool = True
) -> list[Wanting]:
    event = Event(starts_at=make.now - HOUR, ends_at=make.now + 3 * HOUR)
    return wanting(event, roster, sittings, make.now, reachable=reachable)


def test_an_empty_event_lacks_people_then_sittings_then_an_address(make: Make) -> None:
    lacks = [want.lack for want in lacking(make, NOBODY, reachable=False)]

    assert lacks == [Lack.PEOPLE, Lack.SITTINGS, Lack.ADDRESS]


@pytest.mark.parametrize("state", [SittingState.NOT_PREPARED, SittingState.MISSED])
def test_an_unprepared_sitting_is_missing_its_preparation(make: Make, state: SittingState) -> None:
    facts = planned(make, state)

    [want] = lacking(make, ROSTER, facts)

    assert (want.lack, want.facts) == (Lack.PREPARATION, facts)


def test_a_status_without_items_is_missing_until_the_sitting_is_closed(make: Make) -> None:
    open_, closed = (
        lacking(make, ROSTER, planned(make, state, {KADES: 8}, started=1))
        for state in (SittingState.OPEN, SittingState.CLOSED)
    )

    assert ([want.lack for want in open_], closed) == ([Lack.STATUSES], [])


def test_a_ready_event_lacks_nothing(make: Make) -> None:
    assert lacking(make, ROSTER, planned(make, SittingState.SCHEDULED)) == []


def test_what_one_button_mends_is_one_line(make: Make) -> None:
    two = [planned(make, SittingState.NOT_PREPARED), planned(make, SittingState.MISSED)]
    other = planned(make, SittingState.SCHEDULED, {KADES: 2})

    wants = lacking(make, ROSTER, *two, other)

    assert wants == [
        Wanting(Lack.PREPARATION, tuple(two)),
        Wanting(Lack.STATUSES, (other,)),
    ]


@pytest.mark.parametrize(
    ("opens_at", "lacks"),
    [
        (-3 * HOUR, []),
        (-4 * HOUR, [Lack.OUTSIDE]),
        (2.9 * HOUR, []),
        (3 * HOUR, [Lack.OUTSIDE]),
        (24 * HOUR, [Lack.OUTSIDE]),
    ],
)
def test_a_test_that_opens_when_nobody_is_there_is_named(
    make: Make, opens_at: timedelta, lacks: list[Lack]
) -> None:
    test = planned(make, SittingState.SCHEDULED, opens_at=opens_at)
    at_home = planned(make, SittingState.SCHEDULED, opens_at=opens_at, phase=Phase.FOLLOW_UP)

    assert [want.lack for want in lacking(make, ROSTER, test, at_home)] == lacks


def test_a_test_closed_before_anybody_began_is_late_while_the_event_goes_on(make: Make) -> None:
    missed = planned(make, SittingState.CLOSED)
    after = Event(starts_at=make.now - 4 * HOUR, ends_at=make.now)

    assert [want.lack for want in lacking(make, ROSTER, missed)] == [Lack.LATE]
    assert wanting(after, ROSTER, [missed], make.now, reachable=True) == []


def test_feedback_is_due_once_every_test_has_closed(make: Make) -> None:
    pre = planned(make, SittingState.CLOSED, phase=Phase.PRE, started=1)
    running, done = (
        planned(make, state, started=1) for state in (SittingState.OPEN, SittingState.CLOSED)
    )

    assert lacking(make, ROSTER, pre, running) == []
    assert lacking(make, ROSTER, pre, done) == [Wanting(Lack.RELEASE, (pre,))]


def test_the_steps_follow_the_facts(make: Make) -> None:
    done, now, later = Step.DONE, Step.NOW, Step.LATER
    new, ready, over = (
        planned(make, state)
        for state in (SittingState.NOT_PREPARED, SittingState.SCHEDULED, SittingState.CLOSED)
    )

    assert steps(NOBODY, []) == (now, later, later)
    assert steps(ROSTER, []) == (done, now, later)
    assert steps(ROSTER, [new]) == (done, now, later)
    assert steps(ROSTER, [ready, new]) == (done, now, now)
    assert steps(ROSTER, [ready]) == (done, done, now)
    assert steps(ROSTER, [over]) == (done, done, done)
