"""An event made from another one: its plan on another day, with or without its people."""

from collections.abc import Iterable, Mapping
from datetime import datetime, timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session, joinedload

from quiz.actions.events.enrolling import Invitation, enrol
from quiz.models import Enrolment, Event, Quiz, Sitting, Unit
from quiz.models.events.events import Phase
from quiz.queries.events.events import sittings_with_quiz
from quiz.queries.people.merges import merged_person, read_merges

ROUND = timedelta(minutes=5)
"""Windows are planned in steps of it; opening by hand and extending leave odd minutes."""

SPARE = timedelta(minutes=5)
"""What a window has at least beyond the time limit."""


def copy_sittings(
    session: Session, source: Event, event: Event, *, swapped: bool = False
) -> list[Sitting]:
    """Plan the sittings of ``source`` in ``event``, as far from its beginning as they were.

    ``swapped``: pre-test and post-test change quizzes. A sitting whose quiz is retired stays
    behind. Nothing is prepared.
    """
    shift = event.starts_at - source.starts_at
    sittings = sittings_with_quiz(session, source)
    quizzes = swapped_quizzes(sittings) if swapped else {}
    made = []
    for before in sittings:
        quiz = quizzes.get(before.phase, before.quiz)
        if quiz.retired_at is not None:
            continue
        sitting = before.planned_again(event, quiz)
        sitting.opens_at, sitting.closes_at = _window(before, quiz, shift, event)
        made.append(sitting)
    session.add_all(made)
    session.flush()
    return made


def swapped_quizzes(sittings: Iterable[Sitting]) -> Mapping[Phase, Quiz]:
    """The other test's quiz for pre-test and post-test; {} unless each has one and they differ."""
    by_phase: dict[Phase, set[Quiz]] = {Phase.PRE: set(), Phase.POST: set()}
    for sitting in sittings:
        if sitting.phase in by_phase:
            by_phase[sitting.phase].add(sitting.quiz)
    pre, post = by_phase[Phase.PRE], by_phase[Phase.POST]
    if len(pre) != 1 or len(post) != 1 or pre == post:
        return {}
    return {Phase.PRE: post.pop(), Phase.POST: pre.pop()}


def _window(
    before: Sitting, quiz: Quiz, shift: timedelta, event: Event
) -> tuple[datetime, datetime]:
    """The window moved by ``shift``: in whole steps, wide enough, while the cards are valid."""
    opens_at = before.opens_at + shift
    opens_at -= (opens_at - event.starts_at) % ROUND
    closes_at = before.closes_at + shift
    closes_at += (event.starts_at - closes_at) % ROUND
    shortest = timedelta(minutes=quiz.time_limit_minutes or 0) + SPARE
    closes_at = max(closes_at, opens_at + shortest)
    late = max(closes_at - event.admits_until, timedelta())
    return opens_at - late, closes_at - late


def copy_people(
    session: Session, source: Event, event: Event, card_key: bytes
) -> tuple[list[Enrolment], list[str]]:
    """Invite everybody on the roster of ``source``, from the unit and with the status of today.

    Each gets a card of this event; extra time goes along, attendance does not. Returns who was
    invited, and the names of those left out because their unit is not used any more.
    """
    merges = read_merges(session)
    rows = session.scalars(
        select(Enrolment)
        .where(Enrolment.event_id == source.id, Enrolment.removed_at.is_(None))
        .options(joinedload(Enrolment.user), joinedload(Enrolment.unit))
        .order_by(Enrolment.id)
    ).all()
    invited: dict[int, Enrolment] = {}
    left_out = []
    for row in rows:
        person = session.get_one(type(row.user), merged_person(row.user_id, merges))
        if person.id in invited:
            continue
        unit = _today(person.unit or row.unit)
        if not unit.active:
            left_out.append(person.name)
            continue
        place = enrol(session, event, Invitation(person, unit, person.status), card_key)
        place.extra_percent = row.extra_percent
        invited[person.id] = place
    session.flush()
    return list(invited.values()), left_out


def _today(unit: Unit) -> Unit:
    while unit.merged_into is not None:
        unit = unit.merged_into
    return unit
