"""Who is invited to an event: enrolling, codes and cards, moving, removing, being there."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from quiz.assessment.items.item import Status
from quiz.codes import card_token, code_index, personal_code, token_index
from quiz.formats import datetime_id
from quiz.models.base import new_uid
from quiz.models.events.enrolments import Enrolment
from quiz.models.events.events import Event, Sitting
from quiz.models.people.units import Unit
from quiz.models.people.users import User
from quiz.models.refusals import Refused
from quiz.models.taking.attempts import Attempt


@dataclass(frozen=True)
class Invitation:
    """Who is invited, from which unit and with which status on that day.

    ``uid`` makes the code one that can be foretold (a demonstration's); "" draws one.
    """

    user: User
    unit: Unit
    status: Status
    walked_in: bool = False
    uid: str = ""


def enrol(session: Session, event: Event, invited: Invitation, card_key: bytes) -> Enrolment:
    """The person's place at the event, with a code of its own.

    Somebody removed before comes back with the card they had. Raises Refused when the person is
    on the roster already.
    """
    session.flush()
    user = invited.user
    enrolment = session.scalar(
        select(Enrolment).where(Enrolment.event_id == event.id, Enrolment.user_id == user.id)
    )
    if enrolment is None:
        enrolment = Enrolment(uid=invited.uid or new_uid(), event=event, user=user, issue=1)
        _take_free_codes(session, enrolment, card_key)
        session.add(enrolment)
    elif enrolment.removed_at is None:
        raise Refused(f"{user.name} sudah ada di daftar peserta, pada {enrolment.unit_name}.")
    enrolment.removed_at = None
    enrolment.walked_in = invited.walked_in
    enrolment.status = invited.status
    enrolment.place_in(invited.unit)
    return enrolment


def code_of(enrolment: Enrolment, card_key: bytes) -> str:
    """The personal code on the current card, eight characters without a hyphen."""
    return personal_code(card_key, enrolment.uid, enrolment.issue)


def token_of(enrolment: Enrolment, card_key: bytes) -> str:
    """The token in the address on the current card."""
    return card_token(card_key, enrolment.uid, enrolment.issue)


def reissue(session: Session, enrolment: Enrolment, card_key: bytes) -> None:
    """Give a new code and card; the old ones and every session opened by them stop working."""
    enrolment.issue += 1
    _take_free_codes(session, enrolment, card_key)


def _take_free_codes(session: Session, enrolment: Enrolment, card_key: bytes) -> None:
    """Set both indexes for the first issue, from the current one on, that nobody else has."""
    while True:
        enrolment.code_index = code_index(card_key, code_of(enrolment, card_key))
        enrolment.token_index = token_index(card_key, token_of(enrolment, card_key))
        with session.no_autoflush:
            taken = session.scalar(
                select(Enrolment.uid)
                .where(
                    or_(
                        Enrolment.code_index == enrolment.code_index,
                        Enrolment.token_index == enrolment.token_index,
                    ),
                    Enrolment.uid != enrolment.uid,
                )
                .limit(1)
            )
        if taken is None:
            return
        enrolment.issue += 1


def first_attempt(session: Session, enrolment: Enrolment) -> Attempt | None:
    """The earliest unvoided attempt of the person at this event, practice included."""
    return session.scalar(
        select(Attempt)
        .join(Sitting, Sitting.id == Attempt.sitting_id)
        .where(Attempt.enrolment_id == enrolment.id, Attempt.voided_at.is_(None))
        .order_by(Attempt.started_at, Attempt.id)
        .limit(1)
    )


def move(session: Session, enrolment: Enrolment, unit: Unit, status: Status) -> None:
    """Set unit and status of that day; today's follow where they were the same.

    Raises Refused for another status once an attempt exists: the status decided which items were
    asked, and what was answered would no longer belong to them.
    """
    if status != enrolment.status:
        _refuse_after_attempt(
            session,
            enrolment,
            f"Status {enrolment.user.name} tetap {Status(enrolment.status).label}",
            "Soal yang dijawab dipilih menurut status itu.",
        )
    user = enrolment.user
    if user.unit_id == enrolment.unit_id:
        user.unit = unit
    if user.status == enrolment.status:
        user.status = status
    enrolment.status = status
    enrolment.place_in(unit)


def remove(session: Session, enrolment: Enrolment, now: datetime) -> None:
    """Take the person off the roster; their card stops working. Raises Refused after an attempt."""
    _refuse_after_attempt(
        session,
        enrolment,
        f"{enrolment.user.name} tidak dapat dikeluarkan",
        "Jawaban yang sudah ada harus tetap terhitung.",
    )
    enrolment.removed_at = now


def undo_check_in(session: Session, enrolment: Enrolment) -> None:
    """Take a mistaken check-in back. Raises Refused after an attempt."""
    _refuse_after_attempt(
        session,
        enrolment,
        f"Catatan hadir {enrolment.user.name} tidak dapat dibatalkan",
        "Orang yang mengerjakan tentu hadir.",
    )
    enrolment.checked_in_at = None


def _refuse_after_attempt(session: Session, enrolment: Enrolment, what: str, why: str) -> None:
    attempt = first_attempt(session, enrolment)
    if attempt is not None:
        phase = attempt.sitting.phase.label
        when = datetime_id(attempt.started_at)
        raise Refused(f"{what}: sudah mulai mengerjakan {phase} pada {when}. {why}")
