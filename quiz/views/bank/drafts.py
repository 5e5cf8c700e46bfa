"""Drafts of items: beginning one, going on with it, dropping it."""

from datetime import UTC, datetime

from flask import Blueprint, abort, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from wtforms import SelectField, validators

from quiz.actions.bank.editing import begin_change, begin_new
from quiz.actions.people.auditing import record
from quiz.assessment.items.drafting import blank_content
from quiz.assessment.items.types import ITEM_TYPES
from quiz.database import db
from quiz.formats import wita
from quiz.models import User
from quiz.models.people.audit import Action
from quiz.models.refusals import Refused
from quiz.permissions import Permission
from quiz.queries.bank.codes import free_code
from quiz.queries.bank.drafts import drafts_by, writers_of
from quiz.queries.bank.history import latest_return
from quiz.queries.sources.material import topics
from quiz.web.access import me, requires
from quiz.web.forms import Form
from quiz.web.loaders.bank import item_or_404, own_draft_or_404

bp = Blueprint("drafts", __name__)


class NewItemForm(Form):
    """What decides how a new item's editor looks."""

    type = SelectField("Jenis soal", choices={k.name: k.label for k in ITEM_TYPES.values()})
    topic = SelectField("Topik", [validators.InputRequired("Pilih topik.")])


@bp.route("/soal/baru", methods=["GET", "POST"])
@requires(Permission.EDIT_ITEMS)
def add() -> ResponseReturnValue:
    """Begin a new item, or go on with what one is writing already."""
    now = datetime.now(UTC)
    form = NewItemForm()
    form.topic.choices = {t.code: t.name for t in topics(db.session)}
    if not form.validate_on_submit():
        status = 400 if form.errors else 200
        mine = drafts_by(db.session, me().user_id)
        return render_template("bank/drafts/add.html", form=form, drafts=mine), status
    code = free_code(db.session, form.topic.data)
    content = blank_content(form.type.data, form.topic.data, code, wita(now).date())
    draft = begin_new(db.session, content, db.session.get_one(User, me().user_id), now)
    db.session.commit()
    return redirect(url_for("editor.page", uid=draft.uid), 303)


@bp.get("/soal/<code>/sunting")
@requires(Permission.EDIT_ITEMS)
def change(code: str) -> ResponseReturnValue:
    """To one's own draft of this item; without one, what beginning it means."""
    bank_item = item_or_404(code)
    writers = writers_of(db.session, bank_item)
    mine = next((draft for user, draft in writers if user.id == me().user_id), None)
    if mine is not None:
        return redirect(url_for("editor.page", uid=mine.uid), 303)
    return render_template(
        "bank/drafts/begin.html",
        bank_item=bank_item,
        writers=writers,
        returned=latest_return(db.session, bank_item),
    )


@bp.post("/soal/<code>/sunting")
@requires(Permission.EDIT_ITEMS)
def begin(code: str) -> ResponseReturnValue:
    """Begin a draft of a change, or go on with the one begun."""
    now = datetime.now(UTC)
    bank_item = item_or_404(code)
    try:
        draft = begin_change(db.session, bank_item, db.session.get_one(User, me().user_id), now)
    except Refused as refusal:
        abort(409, description=str(refusal))
    db.session.commit()
    return redirect(url_for("editor.page", uid=draft.uid), 303)


@bp.post("/soal/draf/<uid>/buang")
@requires(Permission.EDIT_ITEMS)
def drop(uid: str) -> ResponseReturnValue:
    """Delete one's own draft; the item in the bank stays as it is."""
    now = datetime.now(UTC)
    draft = own_draft_or_404(uid)
    if request.form.get("yakin") != "ya":
        return render_template("bank/drafts/drop.html", draft=draft)
    record(
        db.session,
        now,
        me().user_id,
        Action.ITEM_DRAFT_DROPPED,
        ("item", draft.code or "tanpa kode"),
    )
    db.session.delete(draft)
    db.session.commit()
    flash(f"Draf {draft.code} dibuang.", "success")
    return redirect(url_for("drafts.add"), 303)
