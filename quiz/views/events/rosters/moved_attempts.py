"""Two people used one place: an attempt given to whose it is, and given back."""

from datetime import UTC, datetime

from flask import Blueprint, abort, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from quiz.actions.events.moving_attempts import give_back, move_attempt
from quiz.actions.people.auditing import record
from quiz.database import db
from quiz.models import Attempt, Enrolment
from quiz.models.people.audit import Action
from quiz.models.refusals import Refused
from quiz.permissions import Permission
from quiz.queries.events import roster
from quiz.queries.events.doubles.forms_meet import met_twice
from quiz.queries.events.doubles.likely import like
from quiz.queries.events.doubles.move_plan import own_attempts, refusal_to_move
from quiz.queries.events.roster import Wanted
from quiz.web.access import me, requires
from quiz.web.forms import Form
from quiz.web.layout import name_of
from quiz.web.loaders.events import (
    another_enrolment_or_404,
    event_or_404,
    move_or_404,
    others_enrolment_or_409,
    refuse_own,
)
from quiz.web.loaders.scores import attempt_or_404

bp = Blueprint("moved_attempts", __name__)

FOUND = 20
"""Names a search shows; more are found by typing more of the name."""


@bp.get("/kegiatan/<code>/peserta/<uid>/alihkan/<attempt_uid>")
@requires(Permission.MANAGE_ROSTERS)
def choose(code: str, uid: str, attempt_uid: str) -> ResponseReturnValue:
    """Whose attempt it is: namesakes first, anybody by name."""
    now = datetime.now(UTC)
    enrolment, attempt = _attempt(code, uid, attempt_uid)
    search = request.args.get("cari", "").strip()[:80]
    lines, total = (
        roster.roster_lines(db.session, enrolment.event, Wanted(search), now, offset=0, limit=FOUND)
        if search
        else ([], 0)
    )
    near = [pair.other for pair in like(db.session, enrolment)[:FOUND]]
    return render_template(
        "events/moved_attempts/choose.html",
        event=enrolment.event,
        enrolment=enrolment,
        attempt=attempt,
        search=search,
        found=[line.enrolment for line in lines if line.enrolment is not enrolment]
        if search
        else near,
        more=max(0, total - FOUND),
        now=now,
    )


@bp.route("/kegiatan/<code>/peserta/<uid>/alihkan/<attempt_uid>/<other>", methods=["GET", "POST"])
@requires(Permission.MANAGE_ROSTERS)
def move(code: str, uid: str, attempt_uid: str, other: str) -> ResponseReturnValue:
    now = datetime.now(UTC)
    enrolment, attempt = _attempt(code, uid, attempt_uid)
    target = another_enrolment_or_404(enrolment, other)
    refuse_own(target)
    form = Form()
    if not form.validate_on_submit():
        return render_template(
            "events/moved_attempts/move.html",
            form=form,
            event=enrolment.event,
            enrolment=enrolment,
            attempt=attempt,
            target=target,
            refusal=refusal_to_move(db.session, attempt, target),
            form_met_twice=met_twice([attempt, *own_attempts(db.session, target)]),
            now=now,
        )
    said = f"{attempt.sitting.label} kini milik {name_of(target)}."
    try:
        move_attempt(db.session, attempt, target, me().user_id, now)
    except Refused as refusal:
        abort(409, description=str(refusal))
    _record(Action.ATTEMPT_MOVED, attempt, target, now)
    db.session.commit()
    flash(f"{said} Bila keliru, batalkan di halaman Nama ganda.", "success")
    return redirect(url_for("enrolments.page", code=enrolment.event.code, uid=target.uid), 303)


@bp.post("/kegiatan/<code>/peserta/alihan/<uid>/batal")
@requires(Permission.MANAGE_ROSTERS)
def undo(code: str, uid: str) -> ResponseReturnValue:
    now = datetime.now(UTC)
    event = event_or_404(code)
    made = move_or_404(event, uid)
    refuse_own(made.source, made.target)
    try:
        give_back(db.session, made, me().user_id, now)
    except Refused as refusal:
        abort(409, description=str(refusal))
    _record(Action.ATTEMPT_MOVE_UNDONE, made.attempt, made.source, now)
    db.session.commit()
    flash(f"{made.attempt.sitting.label} kembali milik {name_of(made.source)}.", "success")
    return redirect(url_for("doubles.index", code=event.code), 303)


def _attempt(code: str, uid: str, attempt_uid: str) -> tuple[Enrolment, Attempt]:
    """A person on the roster and one of their attempts that count."""
    enrolment = others_enrolment_or_409(code, uid)
    attempt = attempt_or_404(enrolment, attempt_uid)
    if attempt.voided_at is not None:
        abort(409, description="Pengerjaan ini sudah dibatalkan, jadi tidak dialihkan.")
    return enrolment, attempt


def _record(action: Action, attempt: Attempt, place: Enrolment, now: datetime) -> None:
    record(
        db.session,
        now,
        me().user_id,
        action,
        ("attempt", attempt.uid),
        other=place.uid,
        sitting=attempt.sitting.label,
    )
