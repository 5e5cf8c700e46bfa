"""A hall that goes on by itself: at each step one invented person does one thing."""

from datetime import datetime
from random import Random

from sqlalchemy import Select, func, or_, select
from sqlalchemy.orm import Session

from quiz.actions.events.attending import check_in
from quiz.actions.taking.taking import Given, respond
from quiz.assessment.attempt_state import AttemptState
from quiz.assessment.forms.selection import display_order
from quiz.demo.filling import SHOWN_GUESTS, seat_of
from quiz.demo.seeds import rng
from quiz.demo.staging import Stage
from quiz.demo.taking import Seat, send, start, think
from quiz.models import Attempt, Enrolment, Sitting
from quiz.models.events.events import Phase
from quiz.models.people.settings import DEMO_KEY
from quiz.queries.people.settings import setting
from quiz.queries.taking.asked import asked_in, responses_of
from quiz.queries.taking.attempts import current_attempt

STAYS_AWAY = 0.06
"""The share of the roster that never comes."""

HELD = 0.08
"""How often a tap only reaches the phone, until the next one brings it along."""


def seed_of_moving(session: Session) -> str | None:
    """The seed of a demonstration whose people go on by themselves; None in any other database."""
    stage, _, seed = (setting(session, DEMO_KEY) or "").partition("/")
    return seed if stage == Stage.LIVE else None


def step(session: Session, card_key: bytes, seed: str, chance: Random, now: datetime) -> bool:
    """Let somebody come, begin, answer an item, or send; False where nobody has anything to do.

    Works in whichever counted sitting opened last. Leaves alone whoever is printed for visitors to
    enter as, and every attempt whose page somebody has opened.
    """
    sitting = session.scalars(_open_sittings(now)).first()
    if sitting is None:
        return False
    busy = _busy(sitting)
    many = session.scalar(select(func.count()).select_from(busy.subquery())) or 0
    if not many:
        return False
    place = session.scalars(busy.offset(chance.randrange(many)).limit(1)).one()
    return _go_on(session, seat_of(sitting, place, card_key, seed), chance, now)


def _open_sittings(now: datetime) -> Select[Sitting]:
    return (
        select(Sitting)
        .where(
            Sitting.prepared_at.is_not(None),
            Sitting.opens_at <= now,
            Sitting.closes_at > now,
            Sitting.phase != Phase.PRACTICE,
        )
        .order_by(Sitting.opens_at.desc())
        .limit(1)
    )


def _busy(sitting: Sitting) -> Select[Enrolment]:
    """Places whose people have not handed in, without those shown to visitors."""
    shown = (
        select(Enrolment.id)
        .where(Enrolment.event_id == sitting.event_id)
        .order_by(Enrolment.id)
        .limit(SHOWN_GUESTS)
    )
    sent = select(Attempt.enrolment_id).where(
        Attempt.sitting_id == sitting.id,
        Attempt.voided_at.is_(None),
        or_(Attempt.submitted_at.is_not(None), Attempt.opened != 1),
    )
    return (
        select(Enrolment)
        .where(
            Enrolment.event_id == sitting.event_id,
            Enrolment.removed_at.is_(None),
            Enrolment.id.not_in(shown),
            Enrolment.id.not_in(sent),
        )
        .order_by(Enrolment.id)
    )


def _go_on(session: Session, seat: Seat, chance: Random, now: datetime) -> bool:
    attempt = current_attempt(session, seat.sitting, seat.enrolment)
    if attempt is None:
        return _arrive(session, seat, now)
    if attempt.state(now) is not AttemptState.RUNNING or not seat.plays(attempt):
        return True
    given = _next(session, seat, attempt, now)
    if given is None:
        send(session, seat, attempt, now)
    elif chance.random() < HELD:
        attempt.hear(chance.randrange(1, 4), now)
    else:
        respond(session, attempt, given, now)
        attempt.hear(0, now, stored_at=now)
    return True


def _arrive(session: Session, seat: Seat, now: datetime) -> bool:
    if rng(seat.seed, f"datang/{seat.enrolment.uid}").random() < STAYS_AWAY:
        return True
    if seat.enrolment.checked_in_at is None:
        check_in(session, seat.enrolment, now)
    else:
        start(session, seat, now)
    return True


def _next(session: Session, seat: Seat, attempt: Attempt, now: datetime) -> Given | None:
    """What they give at the next position of their page; None where all is done."""
    asked, done = asked_in(session, attempt), responses_of(session, attempt)
    for position in display_order(sorted(asked), attempt.seed, seat.sitting.shuffle_items):
        if position not in done:
            revision = attempt.revision_base + len(done) + 1
            given = think(seat, asked[position].item, position, revision, now)
            if given is not None:
                return given
    return None
