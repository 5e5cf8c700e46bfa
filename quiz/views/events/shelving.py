"""An event that is not wanted in the list: archived, taken back, or deleted."""

from datetime import UTC, datetime
from typing import Unpack

from flask import Blueprint, abort, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from quiz.actions.events.removing import (
    archive,
    delete_event,
    refusal_to_archive,
    refusal_to_delete_event,
)
from quiz.actions.people.auditing import record
from quiz.database import db
from quiz.models import Event
from quiz.models.people.audit import Action, Detail
from quiz.models.refusals import Refused
from quiz.permissions import Permission
from quiz.queries.events import events
from quiz.queries.people.retention import erases_at
from quiz.web.access import me, requires
from quiz.web.forms import Form
from quiz.web.loaders.events import event_or_404

bp = Blueprint("shelving", __name__)


@bp.route("/kegiatan/<code>/arsip", methods=["GET", "POST"])
@requires(Permission.MANAGE_EVENTS)
def put_away(code: str) -> ResponseReturnValue:
    now = datetime.now(UTC)
    event = event_or_404(code, archived_too=True, erased_too=True)
    refusal = refusal_to_archive(event, now)
    form = Form()
    if refusal or not form.validate_on_submit():
        page = render_template(
            "events/shelving/archive.html",
            form=form,
            event=event,
            refusal=refusal,
            erases_at=erases_at(db.session, event),
        )
        return page, 409 if form.is_submitted() and refusal else 200
    archive(db.session, event, now)
    _record(event, Action.EVENT_ARCHIVED, now)
    db.session.commit()
    flash(f"Kegiatan {event.code} diarsipkan.", "success")
    return redirect(url_for("events.index"), 303)


@bp.post("/kegiatan/<code>/arsip/kembalikan")
@requires(Permission.MANAGE_EVENTS)
def take_back(code: str) -> ResponseReturnValue:
    now = datetime.now(UTC)
    event = event_or_404(code, archived_too=True, erased_too=True)
    if event.archived_at is not None:
        event.archived_at = None
        _record(event, Action.EVENT_RESTORED, now)
        db.session.commit()
    flash(f"Kegiatan {event.code} ada lagi di daftar.", "success")
    return redirect(url_for("events.page", code=event.code), 303)


@bp.route("/kegiatan/<code>/hapus", methods=["GET", "POST"])
@requires(Permission.MANAGE_EVENTS)
def delete(code: str) -> ResponseReturnValue:
    now = datetime.now(UTC)
    event = event_or_404(code, archived_too=True, erased_too=True)
    refusal = refusal_to_delete_event(db.session, event)
    form = Form()
    if refusal or not form.validate_on_submit():
        page = render_template(
            "events/shelving/delete.html",
            form=form,
            event=event,
            refusal=refusal,
            roster=events.roster_facts(db.session, event),
        )
        return page, 409 if form.is_submitted() and refusal else 200
    words = f"Kegiatan {event.code} dihapus."
    _record(event, Action.EVENT_DELETED, now, code=event.code)
    try:
        delete_event(db.session, event)
    except Refused as late:  # somebody began since the page was opened
        db.session.rollback()
        abort(409, description=str(late))
    db.session.commit()
    flash(words, "success")
    return redirect(url_for("events.index"), 303)


def _record(event: Event, action: Action, now: datetime, **detail: Unpack[Detail]) -> None:
    detail = Detail(title=event.title) | detail
    record(db.session, now, me().user_id, action, ("event", event.uid), **detail)
