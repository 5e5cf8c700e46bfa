"""A panel of trainers rates the options of a judgement item, each without seeing the others."""

from datetime import UTC, datetime

from flask import Blueprint, abort, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from quiz.actions.bank.rating import rate
from quiz.actions.people.auditing import record
from quiz.assessment.items.panel import FEWEST_RATERS, Ratings
from quiz.assessment.items.types.judgement import HIGHEST, LOWEST
from quiz.database import db
from quiz.models.people.audit import Action
from quiz.models.refusals import Refused
from quiz.permissions import Permission
from quiz.queries.bank.panel import PanelPage
from quiz.web.access import me, requires
from quiz.web.forms import Form
from quiz.web.loaders.bank import panel_or_404

bp = Blueprint("panel", __name__)

VALUES = {
    1: "terburuk",
    2: "kurang tepat",
    3: "cukup",
    4: "baik",
    5: "terbaik",
}
"""What a value means to a rater."""


@bp.get("/soal/<code>/panel")
@requires(Permission.EDIT_ITEMS)
def page(code: str) -> ResponseReturnValue:
    return _page(panel_or_404(code), {})


@bp.post("/soal/<code>/panel")
@requires(Permission.EDIT_ITEMS)
def rated(code: str) -> ResponseReturnValue:
    """Store one person's ratings; the third that agree make a version with the panel's key."""
    now = datetime.now(UTC)
    found = panel_or_404(code, lock=True)
    given = _ratings(found)
    if len(given) < len(found.item.options) and found.mine is None:
        return _page(found, given), 400
    try:
        made = rate(db.session, found.bank_item, me().user_id, given, now)
    except Refused as refusal:
        abort(409, description=str(refusal))
    record(db.session, now, me().user_id, Action.ITEM_RATED, ("item", code))
    if made is not None:
        record(db.session, now, None, Action.ITEM_KEYED, ("item", code), version=made.number)
        flash("Panel sepakat. Kunci soal ini mengikuti nilai panel.", "success")
    else:
        flash("Penilaian Anda tersimpan.", "success")
    db.session.commit()
    return redirect(url_for("panel.page", code=code), 303)


def _ratings(found: PanelPage) -> Ratings:
    """What the form says of each option; one without a value from 1 to 5 is left out."""
    given = {}
    for place in range(1, len(found.item.options) + 1):
        value = request.form.get(f"nilai-{place}", type=int)
        if value in VALUES:
            given[place] = value
    return given


def _page(found: PanelPage, given: Ratings) -> str:
    wanting = [place for place in range(1, len(found.item.options) + 1) if place not in given]
    return render_template(
        "bank/panel/page.html",
        found=found,
        given=given,
        wanting=wanting if request.method == "POST" else [],
        values=VALUES,
        scale=range(LOWEST, HIGHEST + 1),
        fewest=FEWEST_RATERS,
        form=Form(),
    )
