"""The live board: how far a sitting's people are, who may need help, and time for them."""

from datetime import UTC, datetime
from typing import Any

from flask import Blueprint, abort, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from quiz.actions.events.screens import token_of_screen
from quiz.actions.people.auditing import record
from quiz.actions.taking.extra_time import give_everybody, give_minutes
from quiz.assessment.attempt_state import SittingState
from quiz.database import db
from quiz.formats import when_id
from quiz.models.people.audit import Action
from quiz.models.refusals import Refused
from quiz.permissions import Permission
from quiz.queries.events.desk.waiting import waiting_count
from quiz.queries.taking.board import Part, board_of, sittings_of
from quiz.queries.taking.extra_time import attempts_under_way
from quiz.views.events._hall import hall_url
from quiz.views.events._live import Fragment, reply, shared
from quiz.web.access import me, requires
from quiz.web.forms import Form
from quiz.web.keys import card_key
from quiz.web.layout import know_namesakes, name_of
from quiz.web.loaders.events import (
    event_or_404,
    refuse_own,
    sitting_or_404,
    watched_sitting_or_404,
)
from quiz.web.loaders.taking import attempt_at_or_404

bp = Blueprint("board", __name__)

MINUTES_FOR_ALL = 3
MINUTES_FOR_ONE = 5

MOST_NEEDING = 10
"""Names under "Perlu dibantu"; the others are counted, and stand among who has not sent."""


MOST_LISTED = 200
"""Names in a list that is sent again every few seconds; the roster has them all."""


@bp.get("/kegiatan/<code>/papan")
@requires(Permission.MANAGE_EVENTS)
def page(code: str) -> ResponseReturnValue:
    now = datetime.now(UTC)
    event = event_or_404(code)
    sittings = sittings_of(db.session, event)
    named = request.args.get("sesi")
    sitting = watched_sitting_or_404(event, named, now) if sittings else None
    return render_template(
        "events/board/page.html",
        event=event,
        sittings=sittings,
        sitting=sitting,
        live=_fragment(code, now, anew=True) if sitting else None,
        here=_here(),
        screen=token_of_screen(event, card_key()),
        hall=hall_url(),
        form=Form(),
        now=now,
    )


@bp.get("/kegiatan/<code>/papan/isi")
@requires(Permission.MANAGE_EVENTS, api=True, idle=True)
def live(code: str) -> ResponseReturnValue:
    """The part of the board that changes, for its script."""
    return reply(_fragment(code, datetime.now(UTC)))


def _fragment(code: str, now: datetime, *, anew: bool = False) -> Fragment:
    key = ("board", code.upper(), *_here().values())
    return shared(key, now, lambda: _rendered(code, now), anew=anew)


def _rendered(code: str, now: datetime) -> str:
    event = event_or_404(code)
    sitting = watched_sitting_or_404(event, request.args.get("sesi"), now)
    board = board_of(db.session, sitting, now)
    know_namesakes(event.id)
    part = _part()
    lines = board.part(part) if part else []
    return render_template(
        "events/board/_live.html",
        event=event,
        board=board,
        at_the_door=waiting_count(db.session, event),
        part=part,
        parts=Part,
        lines=lines[:MOST_LISTED],
        more=max(0, len(lines) - MOST_LISTED),
        minutes_for_all=MINUTES_FOR_ALL,
        minutes_for_one=MINUTES_FOR_ONE,
        most_needing=MOST_NEEDING,
    )


def _part() -> Part | None:
    said = request.args.get("tampil")
    return Part(said) if said in set(Part) else None


def _here() -> dict[str, Any]:
    """Which sitting and which part of its people this address shows."""
    part = _part()
    return {"sesi": request.args.get("sesi"), "tampil": part.value if part else None}


@bp.post("/kegiatan/<code>/papan/<uid>/tambah")
@requires(Permission.MANAGE_EVENTS)
def extend(code: str, uid: str) -> ResponseReturnValue:
    """Minutes for everybody; the closing time the button was drawn with makes two clicks one."""
    now = datetime.now(UTC)
    sitting = sitting_or_404(code, uid)
    if sitting.state(now) is not SittingState.OPEN:
        abort(409, description=f"{sitting.label} tidak sedang terbuka. Buka lagi papannya.")
    if request.form.get("tutup") == sitting.closes_at.isoformat():
        attempts = attempts_under_way(db.session, sitting, now)
        give_everybody(sitting, attempts, MINUTES_FOR_ALL, now)
        record(
            db.session,
            now,
            me().user_id,
            Action.SITTING_EXTENDED,
            ("sitting", sitting.uid),
            sitting=sitting.label,
            minutes=MINUTES_FOR_ALL,
        )
        db.session.commit()
        flash(
            f"Semua mendapat {MINUTES_FOR_ALL} menit lagi: {sitting.label} ditutup "
            f"{when_id(sitting.closes_at, now)}. HP peserta memberitahukannya dalam satu menit.",
            "success",
        )
    else:
        flash(
            f"Jam tutup sudah berubah menjadi {when_id(sitting.closes_at, now)} sejak tombol itu "
            "tampil. Tekan lagi hanya bila masih perlu.",
            "attention",
        )
    return _back(code, uid)


@bp.post("/kegiatan/<code>/papan/<uid>/tambah/<attempt_uid>")
@requires(Permission.MANAGE_EVENTS)
def add_minutes(code: str, uid: str, attempt_uid: str) -> ResponseReturnValue:
    """Minutes for one person, also for whom the clock had ended; the extra seconds the button was
    drawn with make two clicks one."""
    now = datetime.now(UTC)
    attempt = attempt_at_or_404(sitting_or_404(code, uid), attempt_uid)
    refuse_own(attempt.enrolment)
    name = name_of(attempt.enrolment)
    had = request.form.get("had")
    try:
        give_minutes(db.session, attempt, MINUTES_FOR_ONE, now, me().user_id, had)
    except Refused as refusal:
        abort(409, description=str(refusal))
    db.session.commit()
    flash(f"Waktu {name} kini habis {when_id(attempt.times.end_at, now)}.", "success")
    return _back(code, uid)


def _back(code: str, uid: str) -> ResponseReturnValue:
    """To the board and the part of it one came from."""
    here = _here() | {"sesi": request.args.get("sesi") and uid}
    return redirect(url_for("board.page", code=code, **here), 303)
