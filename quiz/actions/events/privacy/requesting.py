"""Asking for a correction or for deletion, and answering."""

from collections.abc import Callable
from datetime import datetime
from typing import NamedTuple

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from quiz.actions.events.enrolling import move
from quiz.actions.events.renaming import correct_person
from quiz.formats import mask_nip
from quiz.models import Enrolment, SubjectRequest, User
from quiz.models.events.subject_requests import MOST_IN_ALL, MOST_OPEN, RequestKind
from quiz.models.refusals import Refused
from quiz.queries.people.units import active_unit_named

OWN = "Permintaan ini tentang data Anda sendiri. Petugas atau admin lain yang menjawabnya."


class Wish(NamedTuple):
    """What somebody wants: the right value of a field, or words; ``enrolment_id`` by card."""

    kind: RequestKind
    wanted: str
    text: str
    enrolment_id: int | None


def make_request(session: Session, user_id: int, wish: Wish, now: datetime) -> SubjectRequest:
    """Put the wish into the office's queue.

    Raises Refused where the same is asked already, or too much. The person's row is held, so that
    two windows do not ask twice.
    """
    session.execute(select(User.id).where(User.id == user_id).with_for_update())
    mine = SubjectRequest.user_id == user_id
    waiting = session.scalars(
        select(SubjectRequest).where(mine, SubjectRequest.answered_at.is_(None))
    ).all()
    if any(each.kind is wish.kind and each.kind.corrects for each in waiting):
        raise Refused(
            f"Permintaan yang sama ({wish.kind.label}) masih menunggu jawaban. Tunggu jawabannya "
            "dulu."
        )
    if len(waiting) >= MOST_OPEN:
        raise Refused(
            f"Sudah {len(waiting)} permintaan Anda menunggu jawaban. Kirim lagi setelah dijawab."
        )
    if (session.scalar(select(func.count()).where(mine)) or 0) >= MOST_IN_ALL:
        raise Refused(
            f"Anda sudah mengirim {MOST_IN_ALL} permintaan di sini. Sampaikan yang berikutnya "
            "langsung kepada petugas."
        )
    request = SubjectRequest(
        user_id=user_id,
        enrolment_id=wish.enrolment_id,
        kind=wish.kind,
        wanted=wish.wanted,
        text=wish.text,
        made_at=now,
        reply="",
        granted=False,
    )
    session.add(request)
    session.flush()
    return request


class Corrected(NamedTuple):
    """What stood there and what stands there now, as pages show it."""

    before: str
    after: str


def correct(session: Session, request: SubjectRequest, by_id: int, now: datetime) -> Corrected:
    """Put the wanted value in place and say so to the person. Raises Refused where it cannot be."""
    _hold(session, request, by_id)
    if request.kind not in _CORRECTIONS:
        raise Refused("Permintaan ini tidak menyangkut satu isian. Jawab dengan kalimat.")
    before = current_value(request)
    _CORRECTIONS[request.kind](session, request)
    session.flush()
    after = current_value(request)
    what = request.kind.label.removeprefix("Betulkan ")
    request.answer(by_id, f"Sudah dibetulkan: {what} sekarang {after}.", now, granted=True)
    return Corrected(before, after)


def answer(
    session: Session, request: SubjectRequest, by_id: int, reply: str, now: datetime
) -> None:
    """Answer in words; nothing else changes. Raises Refused for one that is answered already."""
    _hold(session, request, by_id)
    request.answer(by_id, reply, now, granted=False)


def is_own(request: SubjectRequest, by_id: int) -> bool:
    """Whether it is that person's own request, which somebody else has to answer."""
    return by_id in {request.user_id, person_of(request).id}


def _hold(session: Session, request: SubjectRequest, by_id: int) -> None:
    """Hold the row, so that two officers do not answer at once, and nobody his own."""
    if is_own(request, by_id):
        raise Refused(OWN)
    session.flush()
    session.refresh(request, with_for_update=True)
    if request.answered_at is not None:
        raise Refused("Permintaan ini baru saja dijawab. Buka lagi daftarnya.")


def person_of(request: SubjectRequest) -> User:
    """Who it is about today: a person who was merged is the one that stays."""
    return request.user.merged_into or request.user


def place_of(request: SubjectRequest) -> Enrolment | None:
    """The place on a roster it is about today."""
    return request.enrolment.counts_as if request.enrolment else None


def current_value(request: SubjectRequest) -> str:
    """What stands there now, as pages may show it; the empty string for what is no field."""
    person, place = person_of(request), place_of(request)
    match request.kind:
        case RequestKind.NAME:
            return person.name
        case RequestKind.NIP:
            return mask_nip(person.nip)
        case RequestKind.POSITION:
            return person.position or ""
        case RequestKind.UNIT:
            return place.unit_name if place else (person.unit.name if person.unit else "")
        case _:
            return ""


def _name(session: Session, request: SubjectRequest) -> None:
    person = person_of(request)
    correct_person(session, person, request.wanted, person.nip)


def _nip(session: Session, request: SubjectRequest) -> None:
    person = person_of(request)
    correct_person(session, person, person.name, request.wanted)


def _position(session: Session, request: SubjectRequest) -> None:
    person_of(request).position = request.wanted


def _unit(session: Session, request: SubjectRequest) -> None:
    unit = active_unit_named(session, request.wanted)
    if unit is None:
        raise Refused(
            f"Unit {request.wanted} tidak ada pada daftar unit. Tambahkan dulu di Unit, atau "
            "pindahkan orang ini di daftar peserta lalu jawab dengan kalimat."
        )
    place = place_of(request)
    if place is None:
        person_of(request).unit = unit
        return
    refusal = place.event.refusal_to_change()
    if refusal:
        raise Refused(refusal)
    move(session, place, unit, place.status)


_CORRECTIONS: dict[RequestKind, Callable[[Session, SubjectRequest], None]] = {
    RequestKind.NAME: _name,
    RequestKind.NIP: _nip,
    RequestKind.POSITION: _position,
    RequestKind.UNIT: _unit,
}
