"""Rows named in an address: what there is, or the 404 page with a way on."""

from datetime import datetime
from typing import NoReturn

from flask import abort, request

from quiz.database import db
from quiz.models import Attempt, Enrolment, Event, ItemVersion, Sitting
from quiz.queries.bank.versions import Versions, versions_of
from quiz.queries.events import events, roster
from quiz.queries.scores.reports import chosen_sitting
from quiz.queries.scores.standings import counted_sittings
from quiz.queries.taking.attempts import own_attempt
from quiz.web.access import me


def event_or_404(code: str) -> Event:
    """The event with this code."""
    event = events.event_with_code(db.session, code)
    if event is None:
        _missing(f"Kegiatan dengan kode {code[:12]} tidak ada. Buka daftar kegiatan.")
    return event


def sitting_or_404(code: str, uid: str) -> Sitting:
    """The sitting ``uid`` of that event, with event and quiz."""
    event = event_or_404(code)
    sitting = events.sitting_of(db.session, event, uid)
    if sitting is None:
        _missing(f"Sesi ini tidak ada pada kegiatan {event.code}. Mungkin sudah dihapus.")
    return sitting


def counted_sitting_or_404(event: Event, now: datetime) -> tuple[list[Sitting], Sitting]:
    """The counted sittings of the event, and the one the address asks for (``sesi``).

    Without an asking: the one to begin with, see queries.reports.chosen_sitting.
    """
    sittings = counted_sittings(db.session, event)
    sitting = chosen_sitting(db.session, sittings, request.args.get("sesi"), now)
    if sitting is None:
        _missing(f"Sesi ini tidak ada pada kegiatan {event.code}, atau hanya latihan.")
    return sittings, sitting


def enrolment_or_404(code: str, uid: str) -> Enrolment:
    """The place ``uid`` on that event's roster, with person and unit; never one removed."""
    event = event_or_404(code)
    enrolment = roster.enrolment_of(db.session, event, uid)
    if enrolment is None:
        _missing(f"Orang ini tidak ada pada daftar peserta {event.code}.")
    return enrolment


def own_attempt_or_404(uid: str, *, lock: bool = False, saving: bool = False) -> Attempt:
    """The attempt ``uid`` if it belongs to whoever asks; see queries.attempts.own_attempt."""
    identity = me()
    attempt = own_attempt(
        db.session,
        uid,
        user_id=identity.user_id,
        enrolment_id=identity.enrolment_id,
        lock=lock,
        saving=saving,
    )
    if attempt is None:
        abort(404)
    return attempt


def version_or_404(code: str, number: int | None) -> tuple[Versions, ItemVersion]:
    """The versions of the item ``code``, and the one a page is about: see Versions.chosen."""
    found = versions_of(db.session, code)
    version = found.chosen(number) if found else None
    if found is None or version is None:
        _missing(f"Soal {code[:60]} atau versi itu tidak ada. Cari di bank soal.")
    return found, version


def _missing(description: str) -> NoReturn:
    abort(404, description=description)
