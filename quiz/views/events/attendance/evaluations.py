"""Whether the people of an event are asked what they think of it."""

from datetime import UTC, datetime

from flask import Blueprint, flash, redirect, url_for
from flask.typing import ResponseReturnValue

from quiz.actions.people.auditing import record
from quiz.database import db
from quiz.models import Event
from quiz.models.people.audit import Action
from quiz.permissions import Permission
from quiz.web.access import me, requires
from quiz.web.loaders.events import event_or_404

bp = Blueprint("evaluations", __name__)


@bp.post("/kegiatan/<code>/evaluasi/tawarkan")
@requires(Permission.MANAGE_EVENTS)
def offer(code: str) -> ResponseReturnValue:
    event = event_or_404(code)
    if not event.evaluates:
        event.evaluates = True
        _record(event, Action.EVALUATION_OFFERED)
        db.session.commit()
    flash("Evaluasi kegiatan ditawarkan kepada peserta yang selesai.", "success")
    return _back(event)


@bp.post("/kegiatan/<code>/evaluasi/hentikan")
@requires(Permission.MANAGE_EVENTS)
def withhold(code: str) -> ResponseReturnValue:
    """Sheets handed in so far stay in the box."""
    event = event_or_404(code)
    if event.evaluates:
        event.evaluates = False
        _record(event, Action.EVALUATION_WITHHELD)
        db.session.commit()
    flash("Evaluasi kegiatan tidak ditawarkan lagi. Yang sudah masuk tetap dihitung.", "success")
    return _back(event)


def _record(event: Event, action: Action) -> None:
    record(db.session, datetime.now(UTC), me().user_id, action, ("event", event.uid))


def _back(event: Event) -> ResponseReturnValue:
    return redirect(url_for("attendance.page", code=event.code, _anchor="evaluasi"), 303)
