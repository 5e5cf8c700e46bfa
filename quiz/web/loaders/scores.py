"""A report's sitting and participants, and rulings, named in an address."""

from datetime import datetime

from flask import request

from quiz.database import db
from quiz.models import (
    Attempt,
    Enrolment,
    Event,
    Sitting,
    StoredRuling,
)
from quiz.queries.scores import standings
from quiz.queries.scores.contested.rulings import ruling_on
from quiz.queries.scores.reports import chosen_sitting
from quiz.web.loaders import found, missing


def counted_sitting_or_404(event: Event, now: datetime) -> tuple[list[Sitting], Sitting]:
    """The counted sittings of the event, and the one the address asks for (``sesi``).

    Without an asking: the one to begin with, see queries.reports.chosen_sitting.
    """
    sittings = standings.counted_sittings(db.session, event)
    sitting = chosen_sitting(db.session, sittings, request.args.get("sesi"), now)
    if sitting is None:
        missing(f"Sesi ini tidak ada pada kegiatan {event.code}, atau hanya latihan.")
    return sittings, sitting


def participant_or_404(event: Event, uid: str) -> Enrolment:
    """The place ``uid`` on that event's roster, with person and unit."""
    return found(
        standings.participant(db.session, event, uid), "Peserta ini tidak ada dalam kegiatan ini."
    )


def attempt_or_404(enrolment: Enrolment, uid: str) -> Attempt:
    """The attempt ``uid`` of that participant, voided or not."""
    for attempt in standings.attempts_of(db.session, enrolment):
        if attempt.uid == uid:
            return attempt
    missing("Pengerjaan ini tidak ada pada peserta ini.")


def ruling_or_404(code: str, uid: str) -> StoredRuling:
    """The ruling ``uid`` on the item ``code``, with its version."""
    return found(ruling_on(db.session, code, uid), f"Putusan ini tidak ada pada soal {code[:60]}.")
