"""Events, their rosters and sittings, and quizzes, named in an address."""

from datetime import date, datetime
from pathlib import Path

from flask import abort, request

from quiz.assessment.forms.crossing import FormName
from quiz.assessment.items.item import Status
from quiz.codes import screen_index
from quiz.database import db
from quiz.models import (
    AttemptMove,
    Enrolment,
    Event,
    PeopleMerge,
    RosterDraft,
    Sitting,
)
from quiz.queries.events import events, roster
from quiz.queries.events.doubles import likely
from quiz.queries.events.quizzes import QuizRow, quiz_row
from quiz.queries.taking.asked import Sheet, form_for
from quiz.queries.taking.board import sitting_to_watch, sittings_of
from quiz.web.access import me
from quiz.web.keys import card_key
from quiz.web.loaders import NO_UPLOAD, found, missing
from quiz.web.machine.event_uploads import upload_of


def event_or_404(code: str, *, archived_too: bool = False, erased_too: bool = False) -> Event:
    """The event with this code; 409 for a page that would change one that is archived.

    410 once its people are erased, for there is nothing left to see; ``erased_too`` for the pages
    that show what stays.

    Whatever such a page is asked by, so that nobody fills in a form in vain. ``archived_too`` for
    what may be done to an archived event.
    """
    event = found(
        events.event_with_code(db.session, code),
        f"Kegiatan dengan kode {code[:12]} tidak ada. Buka daftar kegiatan.",
    )
    if event.erased_words:
        if not erased_too:
            abort(410, description=f"{event.erased_words} Yang tinggal hanya edisi laporannya.")
        return event
    refusal = event.refusal_to_change()
    changes = request.url_rule is not None and "POST" in (request.url_rule.methods or ())
    if refusal and changes and not archived_too:
        abort(409, description=refusal)
    return event


def event_day_or_404(event: Event, named: str) -> date:
    """The day of the event that ``named`` is, written 2026-11-29."""
    return found(
        next((day for day in event.days if day.isoformat() == named), None),
        f"Kegiatan {event.code} tidak berlangsung pada tanggal itu.",
    )


def event_on_screen_or_404(code: str) -> Event:
    """The event with the code a participant read from the screen; 410 once its people are gone."""
    event = found(
        events.event_with_code(db.session, code),
        f"Kegiatan dengan kode {code[:12]} tidak ada. Periksa layar depan.",
    )
    if event.erased_words:
        abort(410, description=event.erased_words)
    return event


def event_of_screen_or_404(token: str) -> Event:
    """The event whose projector page has this token."""
    return found(
        events.event_of_screen(db.session, screen_index(card_key(), token)),
        "Layar ini sudah dicabut, atau alamatnya salah. Petugas membuat alamat baru dari papan "
        "langsung.",
    )


def sitting_or_404(code: str, uid: str) -> Sitting:
    """The sitting ``uid`` of that event, with event and quiz."""
    event = event_or_404(code)
    return found(
        events.sitting_of(db.session, event, uid),
        f"Sesi ini tidak ada pada kegiatan {event.code}. Mungkin sudah dihapus.",
    )


def watched_sitting_or_404(event: Event, uid: str | None, now: datetime) -> Sitting:
    """The sitting ``uid`` of the event; without one that which matters at ``now``."""
    if uid:
        return sitting_or_404(event.code, uid)
    return found(
        sitting_to_watch(sittings_of(db.session, event), now),
        f"Kegiatan {event.code} belum punya sesi.",
    )


def sheet_or_404(code: str, uid: str, status: str, form: FormName) -> Sheet:
    """A prepared form of that sitting as this status meets it, in an order always the same."""
    sitting = sitting_or_404(code, uid)
    served = status in set(Status) and form_for(db.session, sitting, Status(status), form)
    if not served:
        missing(
            f"{sitting.label} belum disiapkan untuk status ini. Buka halaman sesinya, lalu "
            "siapkan atau lengkapi."
        )
    return Sheet(sitting, Status(status), "percobaan", form)


def enrolment_or_404(code: str, uid: str) -> Enrolment:
    """The place ``uid`` on that event's roster, with person and unit; never one removed."""
    event = event_or_404(code)
    return found(
        roster.enrolment_of(db.session, event, uid),
        f"Orang ini tidak ada pada daftar peserta {event.code}.",
    )


OWN_PLACE = (
    "Ini tempat atau pengerjaan Anda sendiri pada kegiatan ini. Minta petugas atau admin lain yang "
    "mengurusnya."
)


def refuse_own(*places: Enrolment) -> None:
    """Answer 409 where one of these is the place of whoever asks.

    For whatever decides which of somebody's work counts, and how much time it had.
    """
    if any(place.is_of(me().user_id) for place in places):
        abort(409, description=OWN_PLACE)


def others_enrolment_or_409(code: str, uid: str) -> Enrolment:
    """The place ``uid`` on that event's roster, refused to the person whose it is."""
    enrolment = enrolment_or_404(code, uid)
    refuse_own(enrolment)
    return enrolment


def another_enrolment_or_404(enrolment: Enrolment, uid: str) -> Enrolment:
    """The place ``uid`` on the same roster, somebody else's; with person and unit."""
    other = enrolment_or_404(enrolment.event.code, uid)
    return found(None if other is enrolment else other, "Itu orang yang sama. Pilih orang lain.")


def merge_or_404(event: Event, uid: str) -> PeopleMerge:
    """The merge ``uid`` at that event, undone or not."""
    return found(
        likely.merge_of(db.session, event, uid), "Penggabungan ini tidak ada. Buka Nama ganda."
    )


def move_or_404(event: Event, uid: str) -> AttemptMove:
    """The moving ``uid`` of an attempt at that event, undone or not."""
    return found(
        likely.move_of(db.session, event, uid), "Pengalihan ini tidak ada. Buka Nama ganda."
    )


def own_roster_or_404(event: Event, uid: str) -> RosterDraft:
    """The uploaded roster of that event if whoever asks uploaded it."""
    return found(roster.own_draft(db.session, event, uid, me().user_id), NO_UPLOAD)


def event_upload_or_404(uid: str) -> Path:
    """The event file of that upload if whoever asks uploaded it."""
    return found(upload_of(me().user_id, uid), NO_UPLOAD)


def quiz_or_404(uid: str) -> QuizRow:
    """The quiz ``uid`` with what the list of quizzes says of it."""
    return found(quiz_row(db.session, uid), "Kuis ini tidak ada. Buka daftar kuis.")
