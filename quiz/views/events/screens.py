"""The page for the hall's projector: how to come in, then what time is left, and counts.

Whoever has its address may open it, so it says nothing of anybody: no names, no units, no results,
and no counts of an event so small that they would tell of persons.
"""

from datetime import UTC, datetime

from flask import Blueprint, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from quiz.actions.events.screens import make_screen, withdraw_screen
from quiz.actions.people.auditing import record
from quiz.assessment.analysis.suppression import OFFICE_MINIMUM
from quiz.database import db
from quiz.models import Event
from quiz.models.people.audit import Action
from quiz.permissions import Permission
from quiz.queries.taking.board import board_of, sitting_to_watch, sittings_of
from quiz.views.events._hall import hall_url, without_scheme
from quiz.views.events._live import Fragment, reply, shared
from quiz.web.access import me, requires
from quiz.web.keys import card_key
from quiz.web.layout.qr import qr_svg
from quiz.web.loaders.events import event_of_screen_or_404, event_or_404

bp = Blueprint("screens", __name__)

QR_PIXELS = 440


@bp.get("/layar/<token>")
@requires(Permission.PUBLIC)
def page(token: str) -> ResponseReturnValue:
    now = datetime.now(UTC)
    event = event_of_screen_or_404(token)
    return render_template(
        "events/screens/page.html",
        event=event,
        live=_fragment(event, now, anew=True),
        token=token,
        now=now,
    )


@bp.get("/layar/<token>/isi")
@requires(Permission.PUBLIC, api=True)
def live(token: str) -> ResponseReturnValue:
    """The part of the page that changes, for its script."""
    return reply(_fragment(event_of_screen_or_404(token), datetime.now(UTC)))


def _fragment(event: Event, now: datetime, *, anew: bool = False) -> Fragment:
    return shared(("screen", event.id), now, lambda: _rendered(event, now), anew=anew)


def _rendered(event: Event, now: datetime) -> str:
    sitting = sitting_to_watch(sittings_of(db.session, event), now)
    board = board_of(db.session, sitting, now) if sitting else None
    address = hall_url(url_for("auth.join", code=event.code))
    return render_template(
        "events/screens/_live.html",
        event=event,
        board=board,
        counted=board is not None and board.total.invited >= OFFICE_MINIMUM,
        address=without_scheme(address),
        qr=qr_svg(address, QR_PIXELS),
        now=now,
    )


@bp.post("/kegiatan/<code>/layar")
@requires(Permission.MANAGE_EVENTS)
def make(code: str) -> ResponseReturnValue:
    now = datetime.now(UTC)
    event = event_or_404(code)
    make_screen(event, card_key())
    record(db.session, now, me().user_id, Action.SCREEN_MADE, ("event", event.uid))
    db.session.commit()
    flash("Alamat layar dibuat. Alamat yang lama, bila ada, tidak terbuka lagi.", "success")
    return redirect(url_for("board.page", code=event.code, _anchor="layar"), 303)


@bp.post("/kegiatan/<code>/layar/cabut")
@requires(Permission.MANAGE_EVENTS)
def withdraw(code: str) -> ResponseReturnValue:
    now = datetime.now(UTC)
    event = event_or_404(code)
    if event.screen_index is not None:
        withdraw_screen(event)
        record(db.session, now, me().user_id, Action.SCREEN_WITHDRAWN, ("event", event.uid))
        db.session.commit()
    flash("Alamat layar dicabut dan tidak terbuka lagi.", "success")
    return redirect(url_for("board.page", code=event.code, _anchor="layar"), 303)
