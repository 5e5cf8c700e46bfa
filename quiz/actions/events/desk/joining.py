"""Asking to be let in, and being let in or not."""

from datetime import datetime, timedelta
from typing import NamedTuple

from sqlalchemy import delete
from sqlalchemy.orm import Session

from quiz.models.events.enrolments import Enrolment
from quiz.models.events.events import Event
from quiz.models.events.join_requests import JoinRequest, JoinState
from quiz.models.refusals import Refused
from quiz.queries.events.desk.waiting import LIFETIME, refusal_to_wait

AGAIN = timedelta(minutes=2)
"""How long after it was let in a phone may say it once more."""


class Asking(NamedTuple):
    """Who asks, and where: unit and position as typed."""

    name: str
    unit_name: str
    position: str


def ask_to_join(
    session: Session,
    event: Event,
    asking: Asking,
    before: JoinRequest | None,
    address_key: str,
    now: datetime,
) -> JoinRequest:
    """The request of this phone: ``before``, its own that still waits, corrected; else a new one.

    Raises Refused when the list is full or the event takes nobody now.
    """
    old = now - LIFETIME
    session.execute(delete(JoinRequest).where(JoinRequest.asked_at <= old))
    if before is None or before.asked_at <= old or before.state is not JoinState.WAITING:
        refusal = refusal_to_wait(session, event, address_key, now)
        if refusal:
            raise Refused(refusal)
        before = JoinRequest(event=event, address_key=address_key, asked_at=now)
        session.add(before)
    before.name, before.unit_name, before.position = asking
    session.flush()
    return before


def enter(request: JoinRequest, now: datetime) -> Enrolment:
    """Whom the phone enters as: once, or again at once where the first reply was lost.

    Raises Refused before somebody has admitted it, afterwards, and when the person was taken off
    the roster meanwhile.
    """
    enrolment, entered = request.enrolment, request.entered_at
    if enrolment is None:
        raise Refused("Permintaan ini belum diterima petugas.")
    if entered is not None and now - entered >= AGAIN:
        raise Refused("Permintaan ini sudah dipakai untuk masuk. Minta kartu Anda kepada petugas.")
    enrolment = enrolment.counts_as
    if enrolment.removed_at is not None or enrolment.user.disabled_at is not None:
        raise Refused("Anda sudah tidak ada di daftar peserta. Tanyakan kepada petugas.")
    request.entered_at = entered or now
    return enrolment
