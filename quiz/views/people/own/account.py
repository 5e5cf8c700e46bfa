"""The page of one's own account, and ending one's sessions elsewhere."""

from datetime import UTC, datetime

from flask import Blueprint, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from quiz.actions.people.auditing import record
from quiz.database import db
from quiz.models.people.audit import Action
from quiz.permissions import Permission
from quiz.queries.people import entering, people
from quiz.queries.people.second_step import second_step
from quiz.views.people._entering import begin, let_in
from quiz.views.people._proving import refuse_cards
from quiz.web.access import me, requires
from quiz.web.identity import Identity, owes_second_step
from quiz.web.keys import demands_second_step, in_demo

bp = Blueprint("account", __name__)


@bp.get("/akun")
@requires(Permission.OWN_DATA, staff=True)
def page() -> ResponseReturnValue:
    refuse_cards()
    user = people.account_with_id(db.session, me().user_id)
    return render_template(
        "people/account/page.html",
        user=user,
        second=second_step(db.session, user.id),
        demanded=demands_second_step() and owes_second_step(user.role, has_one=False),
        demonstrated=in_demo(),
    )


@bp.post("/akun/keluarkan")
@requires(Permission.OWN_DATA)
def end_others() -> ResponseReturnValue:
    """End every other session of whoever asks; this browser stays in, by a session of its own."""
    now = datetime.now(UTC)
    identity = me()
    if identity.enrolment_id is not None:
        _end_other_phones(identity, identity.enrolment_id, now)
        flash("HP lain yang masuk dengan kartu Anda dikeluarkan. HP ini tetap masuk.", "success")
        return redirect(url_for("pages.my_data"), 303)
    user = people.account_with_id(db.session, identity.user_id)
    user.log_out_everywhere()
    record(db.session, now, user.id, Action.SESSIONS_ENDED, ("user", user.uid))
    begin(user, now)
    flash("Peramban lain dikeluarkan. Peramban ini tetap masuk.", "success")
    return redirect(url_for("account.page"), 303)


def _end_other_phones(identity: Identity, place_id: int, now: datetime) -> None:
    """Of a place that others were merged into, the sessions of all its cards."""
    cards = entering.cards_of(db.session, place_id)
    for card in cards:
        card.log_out_everywhere()
    mine = next(card for card in cards if identity.id == f"p:{card.uid}")
    let_in(mine, Action.SESSIONS_ENDED, now)
