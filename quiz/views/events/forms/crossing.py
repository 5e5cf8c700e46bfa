"""Crossing pre-test and post-test of an event, and taking that back."""

from datetime import UTC, datetime
from secrets import token_hex

from flask import Blueprint, abort, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from quiz.actions.events.crossing import cross, refusal_to_cross, refusal_to_uncross, uncross
from quiz.actions.people.auditing import record
from quiz.assessment.forms.form import Gap
from quiz.database import db
from quiz.models import Event, Sitting
from quiz.models.people.audit import Action
from quiz.models.refusals import Refused
from quiz.permissions import Permission
from quiz.queries.events.events import sittings_with_quiz
from quiz.queries.scores.designs import designs
from quiz.queries.sources.material import topic_names
from quiz.views.events._gaps import gap_words
from quiz.web.access import me, requires
from quiz.web.forms import Form
from quiz.web.loaders.events import event_or_404

bp = Blueprint("crossing", __name__)


@bp.get("/kegiatan/<code>/silang")
@requires(Permission.MANAGE_EVENTS)
def page(code: str) -> ResponseReturnValue:
    """What crossing is, and the button that does it, or takes it back."""
    return _page(event_or_404(code), Form(), [])


def _page(event: Event, form: Form, gaps: list[Gap]) -> str:
    sittings = sittings_with_quiz(db.session, event)
    crossed = _crossed(sittings)
    said = designs(db.session, [event.id]) if crossed else {}
    return render_template(
        "events/crossing/page.html",
        event=event,
        crossed=crossed,
        refusal=refusal_to_uncross(db.session, crossed[0])
        if crossed
        else refusal_to_cross(db.session, sittings),
        design=said.get(crossed[0].id) if crossed else None,
        faults=gap_words(gaps, topic_names(db.session)) if gaps else [],
        form=form,
    )


def _crossed(sittings: list[Sitting]) -> list[Sitting]:
    return [each for each in sittings if each.crossed]


@bp.post("/kegiatan/<code>/silang")
@requires(Permission.MANAGE_EVENTS)
def make(code: str) -> ResponseReturnValue:
    now = datetime.now(UTC)
    event = event_or_404(code)
    form = Form()
    if not form.validate_on_submit():
        return _page(event, form, []), 400
    try:
        gaps = cross(db.session, event, now, token_hex(8))
    except Refused as refusal:
        db.session.rollback()
        abort(409, description=str(refusal))
    if gaps:
        db.session.rollback()
        return _page(event, form, gaps), 400
    _record(event, Action.EVENT_CROSSED, now)
    db.session.commit()
    flash("Pre-test dan post-test kini bersilang: formulir A dan B.", "success")
    return redirect(url_for("crossing.page", code=event.code), 303)


@bp.post("/kegiatan/<code>/silang/batal")
@requires(Permission.MANAGE_EVENTS)
def undo(code: str) -> ResponseReturnValue:
    now = datetime.now(UTC)
    event = event_or_404(code)
    form = Form()
    if not form.validate_on_submit():
        return _page(event, form, []), 400
    crossed = _crossed(sittings_with_quiz(db.session, event))
    if crossed:
        refusal = refusal_to_uncross(db.session, crossed[0])
        if refusal:
            abort(409, description=refusal)
        uncross(db.session, crossed[0])
        _record(event, Action.EVENT_UNCROSSED, now)
        db.session.commit()
    flash("Silang dibatalkan. Pre-test dan post-test perlu disiapkan lagi.", "success")
    return redirect(url_for("events.page", code=event.code), 303)


def _record(event: Event, action: Action, now: datetime) -> None:
    record(db.session, now, me().user_id, action, ("event", event.uid), code=event.code)
