"""What else two places of one person bring together: days, evaluation, forms; and take apart."""

from datetime import timedelta

import pytest
from sqlalchemy.orm import Session

from quiz.actions.events.attending import check_in
from quiz.actions.events.crossing import cross
from quiz.actions.events.merging import merge_people, undo_merge
from quiz.actions.events.moving_attempts import move_attempt
from quiz.assessment.forms.crossing import FormName
from quiz.assessment.items.item import Status
from quiz.codes import CardKeys
from quiz.models import Enrolment, Event, PeopleMerge, Sitting, User
from quiz.models.events.events import Phase
from quiz.queries.events.attendance import attendance_of, day_lines
from quiz.queries.events.desk.scanning import Card, scanned
from quiz.queries.events.doubles.forms_meet import asked_alike, met_twice
from quiz.queries.events.doubles.merge_plan import plan_merge
from quiz.queries.taking.crossing import form_of
from tests.conftest import BOTH_DATABASES
from tests.factories import Make

both = pytest.mark.parametrize("database_url", BOTH_DATABASES, indirect=True)

DAY, HOUR = timedelta(days=1), timedelta(hours=1)


@pytest.fixture
def event(make: Make) -> Event:
    """Two days, from ten in the morning in WITA."""
    event = make.event()
    event.starts_at = event.starts_at.replace(hour=2, minute=0, second=0, microsecond=0)
    event.ends_at = event.starts_at + DAY + HOUR
    make.session.commit()
    return event


@pytest.fixture
def siti(make: Make, event: Event) -> Enrolment:
    return make.enrolment(event, make.user("Siti Aminah", nip="198001012005014471"))


@pytest.fixture
def walk_in(make: Make, event: Event, siti: Enrolment) -> Enrolment:
    return make.enrolment(event, make.user("Siti Amina"), siti.unit, walked_in=True)


def merged(make: Make, kept: Enrolment, absorbed: Enrolment, by: User) -> PeopleMerge:
    seen = plan_merge(make.session, kept, absorbed).basis
    made = merge_people(make.session, kept, absorbed, seen, by.id, make.now)
    make.session.commit()
    return made


def apart(make: Make, made: PeopleMerge) -> None:
    undo_merge(make.session, made, made.made_by_id, make.now)
    make.session.commit()


def there(place: Enrolment) -> tuple[object, list[object]]:
    """The first check-in, and day by day when it was recorded."""
    return place.checked_in_at, [(one.day, one.at) for one in place.presences]


@both
def test_days_and_evaluation_come_together_and_part_exactly(
    session: Session, make: Make, event: Event, siti: Enrolment, walk_in: Enrolment, citra: User
) -> None:
    first, second = event.starts_at, event.starts_at + DAY
    siti.check_in(first + HOUR)
    walk_in.check_in(first)
    walk_in.check_in(second)
    walk_in.evaluated = True
    session.commit()
    before = there(siti), there(walk_in)

    made = merged(make, siti, walk_in, citra)

    assert there(siti) == (first, [(event.days[0], first), (event.days[1], second)])
    assert siti.evaluated is True
    counted = attendance_of(session, event)
    assert (counted.whole.invited, counted.whole.attended) == (1, 1)
    assert counted.by_day == dict.fromkeys(event.days, 1)
    lines, total = day_lines(session, event, event.days[1])
    assert ([line.enrolment for line in lines], total) == ([siti], 1)

    apart(make, made)

    assert (there(siti), there(walk_in)) == before
    assert (siti.evaluated, walk_in.evaluated) == (False, True)


def test_what_was_recorded_after_the_merge_stays_when_it_is_undone(
    make: Make, event: Event, siti: Enrolment, walk_in: Enrolment, citra: User
) -> None:
    walk_in.check_in(event.starts_at)
    make.session.commit()
    made = merged(make, siti, walk_in, citra)
    second = event.starts_at + DAY
    check_in(make.session, siti, second)

    apart(make, made)

    assert there(siti) == (second, [(event.days[1], second)])


def test_at_the_desk_the_card_of_a_merged_place_is_the_kept_persons(
    make: Make, event: Event, siti: Enrolment, walk_in: Enrolment, citra: User
) -> None:
    card, code = make.token(walk_in), make.code(walk_in)
    merged(make, siti, walk_in, citra)

    seen = [scanned(make.session, event, shown, CardKeys(make.key)) for shown in (card, code)]

    assert [(each.card, each.enrolment) for each in seen] == [(Card.VALID, siti)] * 2


def test_whom_an_attempt_is_given_to_worked_without_being_recorded_as_there(
    make: Make, event: Event, siti: Enrolment, walk_in: Enrolment, citra: User
) -> None:
    walk_in.check_in(event.starts_at)
    attempt = make.finished(make.sitting(event), walk_in)
    before = attendance_of(make.session, event).whole.unrecorded

    move_attempt(make.session, attempt, siti, citra.id, make.now)

    assert (before, attendance_of(make.session, event).whole.unrecorded) == (0, 1)


# Crossed forms


@pytest.fixture
def pair(make: Make, event: Event) -> tuple[Sitting, Sitting]:
    for _ in range(6):
        make.bank_item(make.item(references=()))
    quiz = make.quiz(("makna", None, None, 3))
    pre, post = (
        make.sitting(event, phase, prepared=False, quiz=quiz) for phase in (Phase.PRE, Phase.POST)
    )
    assert cross(make.session, event, make.now, "benih") == []
    make.session.commit()
    return pre, post


@both
def test_a_form_met_from_both_places_is_said_and_attempts_keep_their_form(
    session: Session,
    make: Make,
    siti: Enrolment,
    walk_in: Enrolment,
    citra: User,
    pair: tuple[Sitting, Sitting],
) -> None:
    pre, post = pair
    done = [
        make.finished(pre, siti, form=FormName.A),
        make.finished(post, walk_in, form=FormName.A),
    ]

    plan = plan_merge(session, siti, walk_in)
    merged(make, siti, walk_in, citra)

    assert plan.form_met_twice is FormName.A
    assert plan.refusals == ()
    assert [(each.enrolment, each.form) for each in done] == [(siti, FormName.A)] * 2


def test_forms_met_once_each_are_nothing_to_say(
    make: Make, siti: Enrolment, walk_in: Enrolment, citra: User, pair: tuple[Sitting, Sitting]
) -> None:
    pre, post = pair
    make.finished(pre, walk_in, form=FormName.B)

    plan = plan_merge(make.session, siti, walk_in)
    merged(make, siti, walk_in, citra)

    assert plan.form_met_twice is None
    assert form_of(make.session, post, siti) is FormName.A
    later = make.finished(post, siti, form=FormName.A)
    assert met_twice([later]) is None


@pytest.fixture
def head(make: Make, event: Event) -> Enrolment:
    return make.enrolment(event, make.user("Siti Amina", status=Status.KEPALA_DESA))


def test_statuses_are_compared_in_the_form_that_was_asked(
    make: Make, event: Event, siti: Enrolment, head: Enrolment, pair: tuple[Sitting, Sitting]
) -> None:
    """Form B asks a head of village something else, form A the same as everybody."""
    pre, _ = pair
    slot = next(each for each in pre.slots if each.form is FormName.B)
    for choice in slot.choices:
        if choice.status is Status.KEPALA_DESA:
            choice.version = make.bank_item(make.item(slot.type)).published
    pre.prepared_at = make.now + HOUR
    make.session.commit()
    asked = {
        form: make.finished(pre, person, form=form)
        for form, person in ((FormName.A, siti), (FormName.B, make.enrolment(event)))
    }

    alike = {form: asked_alike(make.session, each, head) for form, each in asked.items()}

    assert alike == {FormName.A: True, FormName.B: False}
