"""Reports of an event: the list, the overview, and results per unit, on pages and in files."""

from flask import Blueprint, render_template
from flask.typing import ResponseReturnValue

from quiz.access import requires
from quiz.db import db
from quiz.paging import PAGE_SIZE, Page, page_number
from quiz.permissions import Permission
from quiz.queries import events

bp = Blueprint("reports", __name__)


@bp.get("/laporan")
@requires(Permission.SEE_REPORTS)
def index() -> ResponseReturnValue:
    number = page_number()
    rows, total = events.event_rows(
        db.session, "", offset=(number - 1) * PAGE_SIZE, limit=PAGE_SIZE
    )
    return render_template("reports/index.html", rows=rows, page=Page(number, total))
