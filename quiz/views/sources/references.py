"""The law register: articles with their dates, kept by the legal checker."""

from datetime import UTC, datetime
from typing import Any

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from wtforms import (
    BooleanField,
    DateField,
    FieldList,
    FormField,
    SelectField,
    StringField,
    TextAreaField,
    validators,
)

from quiz.actions.people.auditing import record
from quiz.actions.sources.keeping import Change, add_reference, change_in_two_steps
from quiz.assessment.items.item import normal_text
from quiz.database import db
from quiz.formats import wita
from quiz.models import Reference
from quiz.models.people.audit import Action
from quiz.models.refusals import Refused
from quiz.permissions import Permission
from quiz.queries.sources import registers
from quiz.queries.sources.file_text import file_text
from quiz.views.sources._coding import code_field
from quiz.views.sources._flagging import shown_before
from quiz.web.access import me, requires
from quiz.web.forms import Form, PartForm
from quiz.web.loaders.sources import reference_or_404

bp = Blueprint("references", __name__)

SPARE_ROWS = 2


class ChangeForm(PartForm):
    """Something that happened to an article; a row without a note is left out."""

    date = DateField("Tanggal", [validators.Optional()])
    note = StringField("Yang berubah", [validators.Length(max=300)])

    def validate_note(self, field: StringField) -> None:
        if field.data and self.date.data is None and not self.date.errors:
            raise validators.ValidationError("Isi juga tanggal perubahan ini.")


class ReferenceForm(Form):
    """An article of the register."""

    law = StringField(
        "Peraturan",
        [validators.InputRequired("Isi nama singkat peraturannya."), validators.Length(max=120)],
        description="Nama singkat, misalnya UU 20/2023.",
    )
    title = StringField("Judul lengkap peraturan", [validators.Length(max=400)])
    article = StringField(
        "Pasal", [validators.Length(max=200)], description="Misalnya Pasal 9 ayat (2)."
    )
    text = TextAreaField(
        "Isi pasal",
        [validators.InputRequired("Isi bunyi atau ringkasan pasalnya.")],
        description="Dengan kata-kata sendiri, atau kutipan yang sudah dicocokkan.",
    )
    verbatim = BooleanField("Kutipan persis yang sudah dicocokkan dengan naskah resmi")
    valid_from = DateField(
        "Berlaku sejak", [validators.InputRequired("Isi hari pertama pasal ini berlaku.")]
    )
    valid_to = DateField(
        "Hari terakhir berlaku",
        [validators.Optional()],
        description="Kosongkan bila masih berlaku.",
    )
    successor = SelectField("Digantikan oleh")
    changes = FieldList(FormField(ChangeForm), "Perubahan", max_entries=20)

    def values(self) -> dict[str, Any]:
        """What the register stores."""
        names = ("law", "title", "article", "text")
        texts = {name: normal_text(getattr(self, name).data or "") for name in names}
        return texts | {
            "verbatim": bool(self.verbatim.data),
            "valid_from": self.valid_from.data,
            "valid_to": self.valid_to.data,
            "successor": self.successor.data or None,
            "changes": [
                {"date": row.form.date.data.isoformat(), "note": row.form.note.data.strip()}
                for row in self.changes
                if row.form.date.data and row.form.note.data
            ],
        }


class NewReferenceForm(ReferenceForm):
    """As the others, with the code that names it for good."""

    code = code_field("dasar hukum", "Huruf besar dan angka, misalnya UU-20-2023-P9-2")


@bp.get("/hukum")
@requires(Permission.KEEP_LAW)
def index() -> ResponseReturnValue:
    now = datetime.now(UTC)
    words = request.args.get("cari", "").strip()[:80]
    rows = registers.references(db.session, words)
    return render_template(
        "sources/references/index.html", rows=rows, words=words, today=wita(now).date()
    )


@bp.route("/hukum/baru", methods=["GET", "POST"])
@requires(Permission.KEEP_LAW)
def add() -> ResponseReturnValue:
    now = datetime.now(UTC)
    form = _prepared(NewReferenceForm())
    if form.validate_on_submit():
        try:
            row = add_reference(db.session, form.code.data, form.values(), now)
        except Refused as refusal:
            form.form_errors.append(str(refusal))
        else:
            record(db.session, now, me().user_id, Action.REFERENCE_ADDED, ("reference", row.code))
            db.session.commit()
            flash(f"Dasar hukum {row.code} ditambahkan.", "success")
            return redirect(url_for("references.index"), 303)
    return render_template(
        "sources/references/edit.html", form=form, row=None, flagged=[], waiting=None
    ), _status(form)


@bp.route("/hukum/<code>", methods=["GET", "POST"])
@requires(Permission.KEEP_LAW)
def page(code: str) -> ResponseReturnValue:
    """Change an article, after showing which items that flags (sent back as ``akan``)."""
    now = datetime.now(UTC)
    row = reference_or_404(code)
    form = _prepared(ReferenceForm(data=_stored(row)))
    change = Change()
    if form.validate_on_submit():
        try:
            change = change_in_two_steps(db.session, row, form.values(), shown_before(), now)
        except Refused as refusal:
            form.form_errors.append(str(refusal))
    if change.made:
        if change.columns:
            record(
                db.session,
                now,
                me().user_id,
                Action.REFERENCE_CHANGED,
                ("reference", code),
                **change.detail,
            )
        db.session.commit()
        flash(
            f"Dasar hukum {code} tersimpan. {len(change.flagged)} soal perlu ditinjau.", "success"
        )
        return redirect(url_for("references.index"), 303)
    waiting = file_text(db.session, row)
    return render_template(
        "sources/references/edit.html", form=form, row=row, flagged=change.flagged, waiting=waiting
    ), _status(form)


def _prepared(form: ReferenceForm) -> Any:
    """The form with its choices, and rows to spare for changes."""
    register = registers.references(db.session)
    form.successor.choices = [("", "Tidak digantikan")] + [
        (row.code, f"{row.law} {row.article} ({row.code})") for row, _ in register
    ]
    if not form.is_submitted():
        for _ in range(min(SPARE_ROWS, 20 - len(form.changes))):
            form.changes.append_entry()
    return form


def _stored(row: Reference) -> dict[str, Any]:
    return {
        "law": row.law,
        "title": row.title,
        "article": row.article,
        "text": row.text,
        "verbatim": row.verbatim,
        "valid_from": row.valid_from,
        "valid_to": row.valid_to,
        "successor": row.successor or "",
        "changes": [{"date": day, "note": note} for day, note in row.dated_changes],
    }


def _status(form: ReferenceForm) -> int:
    return 400 if form.errors else 200
