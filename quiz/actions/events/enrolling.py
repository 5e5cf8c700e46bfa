"""Who is invited to an event: enrolling, codes and cards, moving, removing, being there."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import select
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

LOT = 500
"""People asked about in one query; databases take only so many values."""


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
    return enrol_all(session, event, [invited], card_key)[0]


def enrol_all(
    session: Session, event: Event, invited: Sequence[Invitation], card_key: bytes
) -> list[Enrolment]:
    """Everybody's place at the event, as ``enrol`` gives it, in their order.

    A roster is taken over while everybody waits: at most four queries for each 500 people.
    """
    session.flush()
    places = _places(session, event, [each.user.id for each in invited])
    fresh: list[Enrolment] = []
    for each in invited:
        place = places.get(each.user.id)
        if place is None:
            place = Enrolment(uid=each.uid or new_uid(), event=event, user=each.user, issue=1)
            fresh.append(place)
            places[each.user.id] = place
        elif place.removed_at is None:
            raise Refused(f"{each.user.name} sudah ada di daftar peserta, pada {place.unit_name}.")
        place.removed_at = None
        place.walked_in = each.walked_in
        place.status = each.status
        place.place_in(each.unit)
    _take_free_codes(session, fresh, card_key)
    session.add_all(fresh)
    return [places[each.user.id] for each in invited]


def _places(session: Session, event: Event, user_ids: Sequence[int]) -> dict[int, Enrolment]:
    """User id → place at the event, removed ones included, of those who have one."""
    found: dict[int, Enrolment] = {}
    for some in _in_lots(user_ids):
        rows = session.scalars(
            select(Enrolment).where(Enrolment.event_id == event.id, Enrolment.user_id.in_(some))
        )
        found |= {row.user_id: row for row in rows}
    return found


def _in_lots(many: Sequence[Any]) -> Iterator[Sequence[Any]]:
    return (many[start : start + LOT] for start in range(0, len(many), LOT))


def code_of(enrolment: Enrolment, card_key: bytes) -> str:
    """The personal code on the current card, eight characters without a hyphen."""
    return personal_code(card_key, enrolment.uid, enrolment.issue)


def token_of(enrolment: Enrolment, card_key: bytes) -> str:
    """The token in the address on the current card."""
    return card_token(card_key, enrolment.uid, enrolment.issue)


def reissue(session: Session, enrolment: Enrolment, card_key: bytes) -> None:
    """Give a new code and card; the old ones and every session opened by them stop working, those
    of places merged into it too."""
    merged = select(Enrolment).where(Enrolment.merged_into_id == enrolment.id)
    cards = [enrolment, *session.scalars(merged)]
    for each in cards:
        each.issue, each.card_key = each.issue + 1, None
    _take_free_codes(session, cards, card_key)


def _take_free_codes(session: Session, enrolments: Sequence[Enrolment], card_key: bytes) -> None:
    """Set both indexes for the first issue, from the current one on, that nobody else has."""
    holders: dict[str, str] = {}
    waiting = enrolments
    while waiting:
        for each in waiting:
            each.code_index = code_index(card_key, code_of(each, card_key))
            each.token_index = token_index(card_key, token_of(each, card_key))
        holders |= _holders(session, waiting)
        waiting = [each for each in waiting if not _takes(each, holders)]
        for each in waiting:
            each.issue += 1


def _holders(session: Session, enrolments: Sequence[Enrolment]) -> dict[str, str]:
    """Index → uid of whoever has one of these enrolments' indexes."""
    found: dict[str, str] = {}
    for some in _in_lots(enrolments):
        for index in ("code_index", "token_index"):
            column = getattr(Enrolment, index)
            wanted = select(column, Enrolment.uid).where(
                column.in_([getattr(each, index) for each in some])
            )
            with session.no_autoflush:
                found |= {held: uid for held, uid in session.execute(wanted)}
    return found


def _takes(enrolment: Enrolment, holders: dict[str, str]) -> bool:
    """Whether both indexes are this enrolment's; then it holds them from now on."""
    indexes = (enrolment.code_index, enrolment.token_index)
    if any(holders.get(index, enrolment.uid) != enrolment.uid for index in indexes):
        return False
    holders.update(dict.fromkeys(indexes, enrolment.uid))
    return True


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
    session.flush()
    session.refresh(enrolment, with_for_update=True)  # nobody starts while they go
    _refuse_after_attempt(
        session,
        enrolment,
        f"{enrolment.user.name} tidak dapat dikeluarkan",
        "Jawaban yang sudah ada harus tetap terhitung.",
    )
    enrolment.removed_at = now


def take_off(session: Session, places: Sequence[Enrolment], now: datetime) -> list[Enrolment]:
    """Take people off the roster together; those who went.

    The moment they share says who is put back together. Who has worked, or is there, stays.
    """
    going: list[Enrolment] = []
    for some in _in_lots(sorted(places, key=lambda each: each.id)):
        ids = [place.id for place in some]
        held = select(Enrolment).where(Enrolment.id.in_(ids)).order_by(Enrolment.id)
        session.scalars(
            held.with_for_update(), execution_options={"populate_existing": True}
        ).all()  # nobody starts while they go
        begun = set(
            session.scalars(
                select(Attempt.enrolment_id).where(
                    Attempt.enrolment_id.in_(ids), Attempt.voided_at.is_(None)
                )
            )
        )
        going += [each for each in some if each.id not in begun and each.checked_in_at is None]
    for place in going:
        place.removed_at = now
    return going


def put_back(place: Enrolment) -> None:
    """Let somebody who was taken off be on the roster again, with the card they had."""
    place.removed_at = None


def undo_check_in(session: Session, enrolment: Enrolment, day: date | None = None) -> None:
    """Take a mistaken check-in back: of one day of the event, or of all.

    Raises Refused after an attempt where nothing would be left: whoever works is there.
    """
    if day is None or all(one.day == day for one in enrolment.presences):
        _refuse_after_attempt(
            session,
            enrolment,
            f"Catatan hadir {enrolment.user.name} tidak dapat dibatalkan",
            "Orang yang mengerjakan tentu hadir.",
        )
    enrolment.take_back_check_in(day)


def _refuse_after_attempt(session: Session, enrolment: Enrolment, what: str, why: str) -> None:
    attempt = first_attempt(session, enrolment)
    if attempt is not None:
        phase = attempt.sitting.label
        when = datetime_id(attempt.started_at)
        raise Refused(f"{what}: sudah mulai mengerjakan {phase} pada {when}. {why}")
