"""Texts for heads of units with their figures; the officer sends them, the application does not."""

from datetime import UTC, datetime

from flask import Blueprint, render_template, request
from flask.typing import ResponseReturnValue

from quiz.database import db
from quiz.exports.unit_texts import unit_texts
from quiz.permissions import Permission
from quiz.web.access import requires
from quiz.web.loaders.events import event_or_404
from quiz.web.loaders.scores import counted_sitting_or_404
from quiz.web.paging import Page, page_number

bp = Blueprint("messages", __name__)

UNITS_A_PAGE = 20


@bp.get("/laporan/<code>/pesan")
@requires(Permission.SEE_REPORTS)
def page(code: str) -> ResponseReturnValue:
    now = datetime.now(UTC)
    event = event_or_404(code)
    sittings, sitting = counted_sitting_or_404(event, now)
    whole, *every = unit_texts(db.session, sitting, now)
    wanted, number = request.args.get("unit", ""), page_number()
    chosen = [text for text in every if text.code == wanted] if wanted else every
    shown = chosen[(number - 1) * UNITS_A_PAGE : number * UNITS_A_PAGE]
    return render_template(
        "scores/messages/page.html",
        event=event,
        sitting=sitting,
        sittings=sittings,
        units=every,
        wanted=wanted,
        texts=[whole, *shown] if number == 1 and not wanted else shown,
        page=Page(number, len(chosen), UNITS_A_PAGE),
    )
