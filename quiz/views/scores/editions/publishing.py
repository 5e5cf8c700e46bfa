"""Publishing the next edition of a report, and taking one back."""

from datetime import UTC, datetime

from flask import Blueprint, abort, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from quiz.actions.people.auditing import record
from quiz.actions.scores.publishing import publish, withdraw_edition
from quiz.database import db
from quiz.models import Event, User
from quiz.models.people.audit import Action
from quiz.models.refusals import Refused
from quiz.permissions import Permission
from quiz.queries.scores.caveats import PURPOSE
from quiz.queries.scores.editions.drafting import Draft, draft
from quiz.views.scores._deciding import reason_field
from quiz.web.access import me, requires
from quiz.web.forms import Form
from quiz.web.loaders.events import event_or_404
from quiz.web.loaders.scores import edition_or_404

bp = Blueprint("publishing", __name__)


@bp.get("/laporan/<code>/terbitkan")
@requires(Permission.SEE_REPORTS)
def page(code: str) -> ResponseReturnValue:
    event = event_or_404(code)
    return _page(event, draft(db.session, event, datetime.now(UTC)), Form())


@bp.post("/laporan/<code>/terbitkan")
@requires(Permission.SEE_REPORTS)
def freeze(code: str) -> ResponseReturnValue:
    """Draft while others go on saving, then store."""
    now = datetime.now(UTC)
    form = Form()
    with db.looking():
        event = event_or_404(code)
        found = draft(db.session, event, now)
        if not form.validate_on_submit() or found.refusal:
            return _page(event, found, form), 409 if found.refusal else 400
    event = event_or_404(code)
    try:
        by = db.session.get_one(User, me().user_id)
        number = publish(db.session, event, found, by, now).number
    except Refused as late:
        abort(409, description=str(late))
    db.session.commit()
    flash(f"Edisi {number} terbit.", "success")
    return redirect(url_for("edition_pages.edition", code=code, number=number), 303)


def _page(event: Event, found: Draft, form: Form) -> str:
    return render_template(
        "scores/publishing/page.html",
        event=event,
        draft=found,
        reports=[each.report() for each in found.figures.sittings],
        form=form,
        purpose=PURPOSE,
    )


class WithdrawForm(Form):
    """Why nobody should quote an edition any more."""

    reason = reason_field(
        "Alasan", "Dibaca semua yang membuka edisi ini. Jangan sebut nama atau nilai seseorang."
    )


@bp.route("/laporan/<code>/edisi/<int:number>/tarik", methods=["GET", "POST"])
@requires(Permission.SEE_REPORTS)
def withdraw(code: str, number: int) -> ResponseReturnValue:
    now = datetime.now(UTC)
    event = event_or_404(code, erased_too=True)
    edition = edition_or_404(event, number)
    if not edition.valid:
        abort(409, description=f"Edisi {number} sudah ditarik.")
    form = WithdrawForm()
    if not form.validate_on_submit():
        page = render_template(
            "scores/publishing/withdraw.html", event=event, edition=edition, form=form
        )
        return page, 400 if form.is_submitted() else 200
    reason = form.reason.data or ""
    withdraw_edition(edition, reason, db.session.get_one(User, me().user_id), now)
    record(
        db.session,
        now,
        me().user_id,
        Action.EDITION_WITHDRAWN,
        ("event", event.uid),
        edition=number,
        reason=reason,
    )
    db.session.commit()
    flash(f"Edisi {number} ditarik. Halamannya mengatakan itu kepada semua pembacanya.", "success")
    return redirect(url_for("reports.overview", code=code, _anchor="edisi"), 303)
