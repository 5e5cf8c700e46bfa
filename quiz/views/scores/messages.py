"""Texts for heads of units with their figures; the officer sends them, the application does not."""

from datetime import UTC, datetime

from flask import Blueprint, render_template, request
from flask.typing import ResponseReturnValue

from quiz.database import db
from quiz.exports.unit_texts import unit_texts
from quiz.permissions import Permission
from quiz.queries.scores.editions import published
from quiz.web.access import requires
from quiz.web.loaders.events import event_or_404
from quiz.web.paging import Page, page_number

bp = Blueprint("messages", __name__)

UNITS_A_PAGE = 20


@bp.get("/laporan/<code>/pesan")
@requires(Permission.SEE_REPORTS)
def page(code: str) -> ResponseReturnValue:
    now = datetime.now(UTC)
    event = event_or_404(code)
    edition = published.newest_valid(db.session, event)
    told = published.figures_of(edition) if edition else None
    figures = (told.of(request.args.get("sesi")) or told.of(None)) if told else None
    if edition is None or told is None or figures is None:
        return render_template("scores/messages/none.html", event=event)
    whole, *every = unit_texts(db.session, edition, figures, now)
    wanted, number = request.args.get("unit", ""), page_number()
    chosen = [text for text in every if text.code == wanted] if wanted else every
    shown = chosen[(number - 1) * UNITS_A_PAGE : number * UNITS_A_PAGE]
    return render_template(
        "scores/messages/page.html",
        event=event,
        edition=edition,
        sitting=figures.sitting,
        sittings=[each.sitting for each in told.sittings],
        units=every,
        wanted=wanted,
        texts=[whole, *shown] if number == 1 and not wanted else shown,
        page=Page(number, len(chosen), UNITS_A_PAGE),
    )
