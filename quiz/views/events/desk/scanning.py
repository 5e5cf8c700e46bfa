"""The desk: a card scanned, a code or a name typed, and what comes of it."""

from collections.abc import Sequence
from datetime import UTC, datetime
from typing import NamedTuple

from flask import Blueprint, make_response, render_template, request
from flask.typing import ResponseReturnValue

from quiz.actions.events import attending
from quiz.actions.people.auditing import record
from quiz.codes import SHEET_LENGTH, normalise_code
from quiz.database import db
from quiz.formats import day_date_id, when_id
from quiz.models import Enrolment, Event
from quiz.models.people.audit import Action
from quiz.permissions import Permission
from quiz.queries.events import events, roster
from quiz.queries.events.attendance import there_on
from quiz.queries.events.desk.scanning import LONGEST_SCANNED, Card, Scan, scanned
from quiz.queries.events.desk.waiting import waiting_at
from quiz.queries.events.roster import RosterLine, Wanted
from quiz.views.events._live import Fragment, reply, shared
from quiz.web.access import can, me, requires
from quiz.web.forms import Form
from quiz.web.headers import CAMERA
from quiz.web.keys import card_keys
from quiz.web.loaders.events import enrolment_or_404, event_or_404

bp = Blueprint("scanning", __name__)

MOST_FOUND = 12
"""People listed when a name was typed; more say little at a desk."""


class Outcome(NamedTuple):
    """What the desk is told: ``sound`` is good, again or wrong; ``enrolment`` whose card it is."""

    sound: str
    headline: str
    words: str
    enrolment: Enrolment | None = None


@bp.route("/kegiatan/<code>/meja", methods=["GET", "POST"])
@requires(Permission.MANAGE_ROSTERS)
def page(code: str) -> ResponseReturnValue:
    now = datetime.now(UTC)
    event = event_or_404(code)
    return _scan(event, now) if request.method == "POST" else _page(event, now)


def _scan(event: Event, now: datetime) -> ResponseReturnValue:
    shown = " ".join(request.form.get("kartu", "").split())[:LONGEST_SCANNED]
    seen = scanned(db.session, event, shown, card_keys())
    if seen.card is Card.VALID and seen.enrolment is not None:
        outcome = _checked_in(seen.enrolment, now)
        db.session.commit()
        return _page(event, now, outcome=outcome)
    found = _named(event, shown, now) if _may_be_a_name(seen, shown) else []
    if found:
        return _page(event, now, shown=shown, found=found)
    return _page(event, now, outcome=_refused(seen, shown))


@bp.post("/kegiatan/<code>/meja/<uid>")
@requires(Permission.MANAGE_ROSTERS)
def check_in(code: str, uid: str) -> ResponseReturnValue:
    now = datetime.now(UTC)
    enrolment = enrolment_or_404(code, uid)
    outcome = _checked_in(enrolment, now)
    db.session.commit()
    return _page(enrolment.event, now, outcome=outcome)


@bp.get("/kegiatan/<code>/meja/isi")
@requires(Permission.MANAGE_ROSTERS, api=True, idle=True)
def live(code: str) -> ResponseReturnValue:
    """What the page's script asks for every few seconds: who waits, and how many are there."""
    return reply(_door(event_or_404(code), datetime.now(UTC)))


def _door(event: Event, now: datetime, *, anew: bool = False) -> Fragment:
    """That part, the same for all who may handle cards, and for all who may not."""
    admits = can(Permission.HANDLE_CARDS)

    def render() -> str:
        return render_template(
            "events/scanning/_live.html",
            event=event,
            now=now,
            admits=admits,
            roster=events.roster_facts(db.session, event),
            waiting=waiting_at(db.session, event),
        )

    return shared(("door", event.uid, admits), now, render, anew=anew)


def _page(
    event: Event,
    now: datetime,
    *,
    outcome: Outcome | None = None,
    shown: str = "",
    found: Sequence[RosterLine] = (),
) -> ResponseReturnValue:
    """The desk, with what came of a scan or the people found by what was typed."""
    page = render_template(
        "events/scanning/page.html",
        event=event,
        now=now,
        live=_door(event, now, anew=True),
        outcome=outcome,
        shown=shown,
        found=found,
        there=there_on(db.session, event.day_of(now), [line.enrolment for line in found]),
        form=Form(formdata=None),
    )
    answer = make_response(page, 400 if outcome and outcome.sound == "wrong" else 200)
    answer.headers["Permissions-Policy"] = CAMERA
    return answer


def _checked_in(enrolment: Enrolment, now: datetime) -> Outcome:
    """Check the person in for today unless they are already. Writes."""
    name = enrolment.user.name
    who = f"{enrolment.unit_name}, {enrolment.status.label}"
    if not attending.check_in(db.session, enrolment, now):
        before = enrolment.present_on(enrolment.event.day_of(now)) or now
        return Outcome("again", name, f"Sudah hadir {when_id(before, now)}. {who}.", enrolment)
    record(db.session, now, me().user_id, Action.CHECK_IN, ("enrolment", enrolment.uid))
    return Outcome("good", name, f"Hadir {when_id(now, now)}. {who}.", enrolment)


def _may_be_a_name(seen: Scan, shown: str) -> bool:
    """Whether to look for people: it is no card, and not half of an address either."""
    unknown = seen.card in {Card.NONE, Card.UNKNOWN}
    return unknown and any(letter.isalpha() for letter in shown) and "/" not in shown


def _named(event: Event, shown: str, now: datetime) -> list[RosterLine]:
    lines, _ = roster.roster_lines(
        db.session, event, Wanted(shown[:80]), now, offset=0, limit=MOST_FOUND
    )
    return lines


def _refused(seen: Scan, shown: str) -> Outcome:
    """Why a card is not taken, and what to do."""
    whose = seen.enrolment
    if whose is None:
        return _unknown(seen, shown)
    name = whose.user.name
    match seen.card:
        case Card.OTHER_EVENT:
            there = whose.event
            words = (
                f"Kartu {name} untuk kegiatan lain: {there.title}, "
                f"{day_date_id(there.starts_at)}. Belum dicatat di sini."
            )
            return Outcome("wrong", "Kartu kegiatan lain", words)
        case Card.REMOVED:
            words = f"{name} sudah dikeluarkan dari daftar peserta. Belum dicatat hadir."
            return Outcome("wrong", "Sudah dikeluarkan", words)
        case _:
            words = (
                f"Kartu {name} ini sudah diganti dengan yang baru. Minta kartu yang baru, atau "
                "cari namanya lalu catat hadir."
            )
            return Outcome(
                "wrong", "Kartu lama", words, whose if whose.removed_at is None else None
            )


def _unknown(seen: Scan, shown: str) -> Outcome:
    if not shown:
        return Outcome(
            "wrong", "Belum ada yang dipindai", "Pindai kartu, atau ketik kode atau nama."
        )
    if seen.card is Card.UNKNOWN:
        words = "Kartu atau kode ini tidak dikenal. Cari namanya, atau tambahkan sebagai tamu."
        return Outcome("wrong", "Tidak dikenal", words)
    words = f"“{shown[:60]}” bukan kartu peserta, dan tidak ada nama seperti itu di daftar."
    if normalise_code(shown, SHEET_LENGTH):
        words += " Bila itu kode lembar jawaban, buka halaman Kertas."
    return Outcome("wrong", "Tidak ditemukan", words)
