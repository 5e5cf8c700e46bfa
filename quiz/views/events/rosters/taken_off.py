"""Who was taken off the roster, and putting back those who went together."""

from datetime import UTC, datetime

from flask import Blueprint, abort, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from quiz.actions.events.enrolling import put_back
from quiz.actions.people.auditing import record
from quiz.database import db
from quiz.models.people.audit import Action
from quiz.permissions import Permission
from quiz.queries.events.doubles.taken_off import taken_off
from quiz.web.access import me, requires
from quiz.web.loaders.events import event_or_404
from quiz.web.moments import read_iso

bp = Blueprint("taken_off", __name__)


@bp.get("/kegiatan/<code>/peserta/dikeluarkan")
@requires(Permission.MANAGE_ROSTERS)
def index(code: str) -> ResponseReturnValue:
    now = datetime.now(UTC)
    event = event_or_404(code)
    return render_template(
        "events/taken_off/index.html", event=event, groups=taken_off(db.session, event), now=now
    )


@bp.post("/kegiatan/<code>/peserta/dikeluarkan")
@requires(Permission.MANAGE_ROSTERS)
def restore(code: str) -> ResponseReturnValue:
    """Put everybody back who went at the moment the button was drawn with."""
    now = datetime.now(UTC)
    event = event_or_404(code)
    groups = taken_off(db.session, event, _moment())
    if not groups:
        flash("Mereka sudah kembali ke daftar, atau belum pernah dikeluarkan.", "info")
        return redirect(url_for("roster.index", code=event.code), 303)
    places = groups[0].places
    for place in places:
        put_back(place)
    record(
        db.session,
        now,
        me().user_id,
        Action.ENROLMENTS_RESTORED,
        ("event", event.uid),
        restored=len(places),
    )
    db.session.commit()
    flash(f"{len(places)} orang kembali ke daftar; kartunya berlaku lagi.", "success")
    return redirect(url_for("roster.index", code=event.code), 303)


def _moment() -> datetime:
    try:
        moment = read_iso(request.form.get("saat", ""))
    except ValueError:
        moment = None
    if moment is None or moment.tzinfo is None:
        abort(400, description="Tekan tombol Kembalikan di halaman ini, bukan dari alamat lain.")
    return moment
