"""The material in the browser: passages changed and added by the legal checker."""

from datetime import UTC, datetime

from flask import Blueprint, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from wtforms import TextAreaField, validators

from quiz.actions.people.auditing import record
from quiz.actions.sources.keeping import Change, add_passage, change_in_two_steps, passage_values
from quiz.database import db
from quiz.models.people.audit import Action
from quiz.models.refusals import Refused
from quiz.permissions import Permission
from quiz.queries.sources import registers
from quiz.queries.sources.file_text import file_text
from quiz.views.sources._coding import code_field
from quiz.views.sources._flagging import shown_before
from quiz.web.access import me, requires
from quiz.web.forms import Form
from quiz.web.loaders.sources import material_or_404, passage_or_404

bp = Blueprint("material_editor", __name__)


class PassageForm(Form):
    """One or two sentences of a material."""

    text = TextAreaField(
        "Kalimat bahan",
        [
            validators.InputRequired("Isi kalimatnya."),
            validators.Length(max=2000, message="Kalimat bahan paling panjang 2.000 huruf."),
        ],
        description="Satu atau dua kalimat, dengan kata-kata sendiri.",
    )


class NewPassageForm(PassageForm):
    """As the other, with the code that items will cite."""

    code = code_field("kalimat", "Misalnya LJN-31")


@bp.get("/materi/sunting")
@requires(Permission.KEEP_LAW)
def index() -> ResponseReturnValue:
    return render_template(
        "sources/material_editor/index.html", materials=registers.passages(db.session)
    )


@bp.route("/materi/sunting/<code>", methods=["GET", "POST"])
@requires(Permission.KEEP_LAW)
def page(code: str) -> ResponseReturnValue:
    """Change a passage, after showing which items that flags (sent back as ``akan``)."""
    now = datetime.now(UTC)
    row = passage_or_404(code)
    form = PassageForm(data={"text": row.text})
    change = Change()
    if form.validate_on_submit():
        try:
            change = change_in_two_steps(
                db.session, row, passage_values(form.text.data), shown_before(), now
            )
        except Refused as refusal:
            form.form_errors.append(str(refusal))
    if change.made:
        if change.columns:
            record(
                db.session,
                now,
                me().user_id,
                Action.PASSAGE_CHANGED,
                ("passage", code),
                **change.detail,
            )
        db.session.commit()
        flash(f"Kalimat {code} tersimpan. {len(change.flagged)} soal perlu ditinjau.", "success")
        return redirect(url_for("material_editor.index", _anchor=code), 303)
    return render_template(
        "sources/material_editor/edit.html",
        form=form,
        row=row,
        material=row.material,
        flagged=change.flagged,
        waiting=file_text(db.session, row),
    ), (400 if form.errors else 200)


@bp.route("/materi/sunting/bahan/<material_code>/baru", methods=["GET", "POST"])
@requires(Permission.KEEP_LAW)
def add(material_code: str) -> ResponseReturnValue:
    """Add a passage at the end of a material."""
    now = datetime.now(UTC)
    material = material_or_404(material_code)
    form = NewPassageForm()
    if form.validate_on_submit():
        try:
            row = add_passage(db.session, material, form.code.data, form.text.data, now)
        except Refused as refusal:
            form.form_errors.append(str(refusal))
        else:
            record(db.session, now, me().user_id, Action.PASSAGE_ADDED, ("passage", row.code))
            db.session.commit()
            flash(f"Kalimat {row.code} ditambahkan.", "success")
            return redirect(url_for("material_editor.index", _anchor=row.code), 303)
    status = 400 if form.errors else 200
    return render_template(
        "sources/material_editor/edit.html",
        form=form,
        row=None,
        material=material,
        flagged=[],
        waiting=None,
    ), status
