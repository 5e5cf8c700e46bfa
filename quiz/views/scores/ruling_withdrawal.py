"""Taking a ruling back: the same look at what it would change, a reason, new scores."""

from datetime import UTC, datetime

from flask import Blueprint, abort, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from quiz.actions.people.auditing import record
from quiz.actions.scores.ruling import withdraw_ruling
from quiz.assessment.scores.ruling import ruling_words
from quiz.database import db
from quiz.models import User
from quiz.models.people.audit import Action
from quiz.permissions import Permission
from quiz.queries.scores.computed import ruling_from
from quiz.queries.scores.contested.effects import consequence, would_withdraw
from quiz.views.scores._deciding import ReasonForm, effect_sentence, logged, refusal_of
from quiz.web.access import me, requires
from quiz.web.loaders.scores import ruling_or_404

bp = Blueprint("ruling_withdrawal", __name__)


@bp.route("/soal/<code>/putusan/<uid>/cabut", methods=["GET", "POST"])
@requires(Permission.RULE_ON_KEYS)
def withdraw(code: str, uid: str) -> ResponseReturnValue:
    now = datetime.now(UTC)
    row = ruling_or_404(code, uid)
    version = row.version
    refusal = "Putusan ini sudah dicabut." if row.withdrawn_at else refusal_of(version)
    if refusal:
        abort(409, description=refusal)
    form = ReasonForm()
    if not form.validate_on_submit():
        rescored = would_withdraw(db.session, row, now)
        page = render_template(
            "scores/ruling_withdrawal/withdraw.html",
            version=version,
            row=row,
            words=ruling_words(version.item, ruling_from(row, version.uid)),
            found=consequence(db.session, version, rescored, now),
            form=form,
        )
        return page, 400 if form.is_submitted() else 200
    checker = db.session.get_one(User, me().user_id)
    reason = form.reason.data or ""
    rescored = withdraw_ruling(db.session, row, reason, checker, now)
    found = consequence(db.session, version, rescored, now).effect
    detail = logged(row, found, reason)
    record(db.session, now, checker.id, Action.RULING_WITHDRAWN, ("item", code), **detail)
    db.session.commit()
    flash(f"Putusan dicabut. {effect_sentence(found)}", "success")
    return redirect(url_for("rulings.page", code=code, versi=version.number), 303)
