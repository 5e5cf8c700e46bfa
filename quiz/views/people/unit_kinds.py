"""Kinds of unit: offices add and rename their own; small units are pooled by kind."""

import re
from datetime import UTC, datetime

from flask import Blueprint, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from wtforms import StringField
from wtforms.validators import DataRequired, Length, ValidationError

from quiz.actions.events.renaming import rename_kind
from quiz.actions.people.auditing import record
from quiz.database import db
from quiz.models import UnitKind
from quiz.models.people.audit import Action
from quiz.permissions import Permission
from quiz.queries.people import units
from quiz.web.access import me, requires
from quiz.web.forms import Form, one_line
from quiz.web.loaders.people import unit_kind_or_404

bp = Blueprint("unit_kinds", __name__)


class KindForm(Form):
    """What a kind is called."""

    name = StringField(
        "Nama jenis",
        description="Contoh: UPT kesehatan. Muncul dalam laporan sebagai nama gabungan unit kecil.",
        validators=[DataRequired("Tulis nama jenis."), Length(max=120)],
        filters=[one_line],
    )

    kind_id: int | None = None

    def validate_name(self, field: StringField) -> None:
        same = units.kind_named(db.session, field.data or "")
        if same is not None and same.id != self.kind_id:
            raise ValidationError("Jenis dengan nama ini sudah ada. Pilih nama lain.")


def _free_code(name: str) -> str:
    """A code for a kind called ``name`` that no kind has yet."""
    stem = re.sub(r"[^a-z0-9]+", "-", name.lower()).strip("-")[:30] or "jenis"
    code, number = stem, 2
    while units.kind_with_code(db.session, code) is not None:
        code, number = f"{stem}-{number}", number + 1
    return code


@bp.route("/unit/jenis/tambah", methods=["GET", "POST"])
@requires(Permission.MANAGE_UNITS)
def add() -> ResponseReturnValue:
    now = datetime.now(UTC)
    form = KindForm()
    if not form.validate_on_submit():
        status = 400 if form.is_submitted() else 200
        return render_template("people/unit_kinds/kind.html", form=form, kind=None), status
    kinds = units.all_kinds(db.session)
    kind = UnitKind(
        code=_free_code(form.name.data or ""),
        name=form.name.data,
        position=max((kind.position for kind in kinds), default=-1) + 1,
    )
    db.session.add(kind)
    record(
        db.session,
        now,
        me().user_id,
        Action.UNIT_KIND_ADDED,
        ("unit_kind", kind.code),
        name=kind.name,
    )
    db.session.commit()
    flash(f"Jenis {kind.name} ditambahkan.", "success")
    return redirect(url_for("units.index"), 303)


@bp.route("/unit/jenis/<code>", methods=["GET", "POST"])
@requires(Permission.MANAGE_UNITS)
def rename(code: str) -> ResponseReturnValue:
    now = datetime.now(UTC)
    kind = unit_kind_or_404(code)
    form = KindForm(name=kind.name)
    form.kind_id = kind.id
    if not form.validate_on_submit():
        status = 400 if form.is_submitted() else 200
        return render_template("people/unit_kinds/kind.html", form=form, kind=kind), status
    before = kind.name
    rename_kind(db.session, kind, form.name.data or "", now)
    record(
        db.session,
        now,
        me().user_id,
        Action.UNIT_KIND_RENAMED,
        ("unit_kind", kind.code),
        before=before,
        after=kind.name,
    )
    db.session.commit()
    flash(f"Jenis kini bernama {kind.name}.", "success")
    return redirect(url_for("units.index"), 303)
