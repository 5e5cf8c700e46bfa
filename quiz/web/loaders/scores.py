"""A report's sitting and participants, and rulings, named in an address."""

from datetime import UTC, datetime

from flask import abort, make_response, render_template, request

from quiz.assessment.analysis.editions.figures import EditionFigures, SittingFigures
from quiz.codes import unit_link_index
from quiz.database import db
from quiz.models import (
    Attempt,
    Edition,
    Enrolment,
    Event,
    Sitting,
    StoredRuling,
    Unit,
    UnitLink,
    User,
)
from quiz.queries.scores import standings
from quiz.queries.scores.contested.rulings import ruling_on
from quiz.queries.scores.editions import published
from quiz.queries.scores.editions.published import UnitAt
from quiz.queries.scores.reports import chosen_sitting
from quiz.web.access import me
from quiz.web.keys import card_key
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


def edition_or_404(event: Event, number: int) -> Edition:
    """That edition of the event, with its figures."""
    return found(
        published.edition_numbered(db.session, event, number),
        f"Kegiatan {event.code} tidak mempunyai edisi {number}. Buka laporannya.",
    )


def figures_or_404(figures: EditionFigures) -> SittingFigures:
    """What an edition tells of the sitting the address asks for (``sesi``), or of the latest."""
    return found(figures.of(request.args.get("sesi")), "Sesi ini tidak ada dalam edisi ini.")


def unit_on_roster_or_404(event: Event, code: str) -> Unit:
    """The unit with this code if somebody of it is on the event's roster."""
    units = published.units_at(db.session, event)
    return found(
        next((unit for unit in units if unit.code == code), None),
        f"Unit ini tidak ada pada daftar peserta {event.code}.",
    )


def unit_link_or_404(event: Event, uid: str) -> UnitLink:
    """The link ``uid`` made for a unit of that event, valid or not."""
    return found(
        published.unit_link(db.session, event, uid),
        "Tautan ini tidak ada. Buka Tautan pimpinan unit.",
    )


def linked_unit_or_gone(token: str) -> UnitAt:
    """What the link with this token opens; whose it was stands in no refusal.

    404 for one nobody made, 410 for one that has expired or was withdrawn.
    """
    link = found(
        published.link_with_index(db.session, unit_link_index(card_key(), token)),
        "Tautan ini tidak dikenal. Minta yang baru kepada petugas Kesbangpol.",
    )
    if not link.valid(datetime.now(UTC)):
        abort(make_response(render_template("scores/own_unit/gone.html"), 410))
    return UnitAt(link.unit, link.event)


def own_unit_or_404() -> Unit:
    """The unit of whoever asks."""
    user = db.session.get_one(User, me().user_id)
    return found(
        user.unit, "Akun Anda belum terhubung ke unit. Minta admin memilih unit Anda di Akun."
    )


def own_unit_at_or_404(code: str) -> UnitAt:
    """The unit of whoever asks, at an event that has an edition."""
    unit = own_unit_or_404()
    told, _ = published.events_with_editions(db.session, unit)
    return found(
        next((UnitAt(unit, event) for event, _ in told if event.code == code), None),
        "Kegiatan ini tidak mempunyai edisi yang berlaku untuk unit Anda. Buka Unit saya.",
    )
