"""The gap board of an event: the sentences its people need most, and which were talked about."""

from collections.abc import Callable
from datetime import UTC, datetime

from flask import Blueprint, abort, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from wtforms import StringField
from wtforms.validators import DataRequired, Length

from quiz.actions.people.auditing import record
from quiz.actions.scores.covering import cover, uncover
from quiz.database import db
from quiz.models import Event, Passage
from quiz.models.people.audit import Action
from quiz.models.refusals import Refused
from quiz.permissions import Permission
from quiz.queries.scores.groups.gap_board import gap_board
from quiz.web.access import me, requires
from quiz.web.forms import Form
from quiz.web.loaders.events import event_or_404
from quiz.web.loaders.sources import passages_or_404

bp = Blueprint("gap_board", __name__)


@bp.get("/kegiatan/<code>/celah")
@requires(Permission.SEE_GROUP_FIGURES)
def page(code: str) -> ResponseReturnValue:
    now = datetime.now(UTC)
    event = event_or_404(code)
    return render_template(
        "scores/gap_board/page.html", event=event, board=gap_board(db.session, event, now), now=now
    )


class PassagesForm(Form):
    """The passages of one line of the board: their codes, with spaces between."""

    codes = StringField(validators=[DataRequired(), Length(max=600)])


@bp.post("/kegiatan/<code>/celah/dibahas")
@requires(Permission.SEE_GROUP_FIGURES)
def tick(code: str) -> ResponseReturnValue:
    now = datetime.now(UTC)
    event, passages = _named(code)
    _change(
        event,
        passages,
        Action.PASSAGE_COVERED,
        lambda: cover(db.session, event, passages, me().user_id, now),
        now,
    )
    flash("Dicentang sudah dibahas.", "success")
    return redirect(url_for("gap_board.page", code=event.code), 303)


@bp.post("/kegiatan/<code>/celah/batal")
@requires(Permission.SEE_GROUP_FIGURES)
def untick(code: str) -> ResponseReturnValue:
    now = datetime.now(UTC)
    event, passages = _named(code)
    _change(
        event,
        passages,
        Action.PASSAGE_UNCOVERED,
        lambda: uncover(db.session, event, passages, now),
        now,
    )
    flash("Centangnya dibatalkan.", "success")
    return redirect(url_for("gap_board.page", code=event.code), 303)


def _named(code: str) -> tuple[Event, list[Passage]]:
    """The event, and the passages the form names."""
    event, form = event_or_404(code), PassagesForm()
    if not form.validate_on_submit():
        abort(400, description="Kalimatnya tidak terbaca. Buka lagi papannya, lalu centang lagi.")
    return event, passages_or_404((form.codes.data or "").split())


def _change(
    event: Event, passages: list[Passage], action: Action, change: Callable[[], bool], now: datetime
) -> None:
    try:
        changed = change()
    except Refused as refusal:
        abort(409, description=str(refusal))
    if changed:
        codes = [passage.code for passage in passages]
        record(db.session, now, me().user_id, action, ("event", event.uid), codes=codes)
        db.session.commit()
