"""Who waits at the door without a card."""

from datetime import datetime, timedelta

from sqlalchemy import ColumnElement, func, select
from sqlalchemy.orm import Session, joinedload

from quiz.models import Enrolment, Event, JoinRequest

MOST_WAITING = 100
"""Requests an event takes before the desk has looked at them."""

MOST_OF_ONE_ADDRESS = 10
"""Of these, how many from one address: colleagues may share a phone, nobody shares more."""

LIFETIME = timedelta(days=2)
"""A request is of one day; older ones are deleted when the next one comes."""


def _waiting(event: Event) -> tuple[ColumnElement[bool], ...]:
    return JoinRequest.event_id == event.id, JoinRequest.settled_at.is_(None)


def waiting_at(session: Session, event: Event) -> list[JoinRequest]:
    """Who waits at this event's desk, first come first. One query."""
    return list(
        session.scalars(
            select(JoinRequest)
            .where(*_waiting(event))
            .order_by(JoinRequest.asked_at, JoinRequest.id)
        )
    )


def waiting_count(session: Session, event: Event) -> int:
    """How many wait there. One query."""
    return session.scalar(select(func.count()).where(*_waiting(event))) or 0


def refusal_to_wait(session: Session, event: Event, address_key: str, now: datetime) -> str | None:
    """Why nobody else can be put on the list, and what to do; None where somebody can."""
    if event.archived_at is not None or not event.admits_from <= now < event.ends_at:
        return "Pendaftaran di tempat hanya dibuka sejak sehari sebelum kegiatan sampai selesai."
    waiting, here = session.execute(
        select(
            func.count(),
            func.count().filter(JoinRequest.address_key == address_key),
        ).where(*_waiting(event))
    ).one()
    if waiting >= MOST_WAITING or here >= MOST_OF_ONE_ADDRESS:
        return "Daftar tunggu sedang penuh. Datanglah ke meja depan: petugas mendaftarkan Anda."
    return None


def request_waiting(session: Session, event: Event, uid: str, *, lock: bool) -> JoinRequest | None:
    """The request ``uid`` at this event while it waits; locked until the transaction ends."""
    query = select(JoinRequest).where(*_waiting(event), JoinRequest.uid == uid)
    return session.scalar(query.with_for_update() if lock else query)


def request_of_phone(
    session: Session, event: Event, uid: str, *, lock: bool = False
) -> JoinRequest | None:
    """The request ``uid`` a phone carries, at this event, with whom it was admitted as."""
    query = (
        select(JoinRequest)
        .where(JoinRequest.event_id == event.id, JoinRequest.uid == uid)
        .options(joinedload(JoinRequest.enrolment).joinedload(Enrolment.user))
    )
    return session.scalar(query.with_for_update(of=JoinRequest) if lock else query)
