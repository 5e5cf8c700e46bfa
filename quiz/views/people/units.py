"""Units of work: added, renamed, merged and retired, never deleted."""

from datetime import UTC, datetime

from flask import Blueprint, abort, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from wtforms import SelectField, StringField
from wtforms.validators import DataRequired, Length, Regexp, ValidationError

from quiz.actions.events.renaming import rename_unit
from quiz.actions.people.auditing import record
from quiz.database import db
from quiz.models import Unit
from quiz.models.people.audit import Action
from quiz.permissions import Permission
from quiz.queries.people import units
from quiz.web.access import me, requires
from quiz.web.forms import Form, one_line, trimmed
from quiz.web.loaders.people import unit_or_404

bp = Blueprint("units", __name__)

RESERVED = {"tambah", "jenis"}
"""Words that stand where a unit's code would in an address."""


@bp.get("/unit")
@requires(Permission.MANAGE_UNITS)
def index() -> ResponseReturnValue:
    return render_template("people/units/index.html", kinds=units.units_by_kind(db.session))


class NameForm(Form):
    """What a unit is called and which kind it is."""

    name = StringField(
        "Nama unit",
        validators=[DataRequired("Tulis nama unit."), Length(max=160)],
        filters=[one_line],
    )
    kind = SelectField(
        "Jenis",
        description="Unit kecil digabung menurut jenis dalam laporan.",
        coerce=int,
    )

    unit_id: int | None = None

    def offer_kinds(self) -> None:
        """Fill the list of kinds. One query."""
        self.kind.choices = {kind.id: kind.name for kind in units.all_kinds(db.session)}

    def validate_name(self, field: StringField) -> None:
        same = units.unit_named(db.session, field.data or "")
        if same is not None and same.id != self.unit_id:
            raise ValidationError(
                f"Nama unit ini sudah dipakai, kode {same.code}. Pilih nama lain."
            )


class UnitForm(NameForm):
    """A new unit: its code too."""

    code = StringField(
        "Kode",
        description="Pendek, huruf, angka, titik, atau strip. Tidak berubah lagi. Contoh: UPT-KES.",
        validators=[
            DataRequired("Tulis kode unit."),
            Length(max=40),
            Regexp(
                r"^[A-Za-z0-9][A-Za-z0-9.\-]*$",
                message="Kode hanya huruf, angka, titik, dan strip, tanpa spasi. Contoh: UPT-KES.",
            ),
        ],
        filters=[trimmed],
        render_kw={"autocapitalize": "characters", "spellcheck": "false"},
    )

    def validate_code(self, field: StringField) -> None:
        same = units.unit_with_code(db.session, field.data or "")
        if same is not None:
            raise ValidationError(f"Kode ini sudah dipakai {same.name}. Pilih kode lain.")
        if (field.data or "").lower() in RESERVED:
            raise ValidationError(f"Kode {field.data} dipakai aplikasi ini. Pilih kode lain.")


@bp.route("/unit/tambah", methods=["GET", "POST"])
@requires(Permission.MANAGE_UNITS)
def add() -> ResponseReturnValue:
    now = datetime.now(UTC)
    form = UnitForm()
    form.offer_kinds()
    if not form.validate_on_submit():
        status = 400 if form.is_submitted() else 200
        return render_template("people/units/add.html", form=form), status
    unit = Unit(code=form.code.data, name=form.name.data, kind_id=form.kind.data)
    db.session.add(unit)
    db.session.flush()
    record(db.session, now, me().user_id, Action.UNIT_ADDED, ("unit", unit.uid), code=unit.code)
    db.session.commit()
    flash(f"Unit {unit.name} ditambahkan.", "success")
    return redirect(url_for("units.index"), 303)


@bp.route("/unit/<code>", methods=["GET", "POST"])
@requires(Permission.MANAGE_UNITS)
def page(code: str) -> ResponseReturnValue:
    now = datetime.now(UTC)
    unit = unit_or_404(code)
    form = NameForm(name=unit.name, kind=unit.kind_id)
    form.unit_id = unit.id
    form.offer_kinds()
    if not form.validate_on_submit():
        status = 400 if form.is_submitted() else 200
        use = units.unit_use(db.session, unit)
        return render_template("people/units/page.html", form=form, unit=unit, use=use), status
    before = unit.name
    kind = next(kind for kind in units.all_kinds(db.session) if kind.id == form.kind.data)
    rename_unit(db.session, unit, form.name.data or "", kind, now)
    record(
        db.session,
        now,
        me().user_id,
        Action.UNIT_RENAMED,
        ("unit", unit.uid),
        before=before,
        after=unit.name,
        kind=kind.name,
    )
    db.session.commit()
    flash(f"Tersimpan: {unit.name}, {kind.name}.", "success")
    return redirect(url_for("units.index"), 303)


class MergeForm(Form):
    """Which unit goes on in its place."""

    target = SelectField(
        "Dilanjutkan oleh",
        coerce=str,
        validators=[DataRequired("Pilih unit yang melanjutkan.")],
        validate_choice=False,
    )


@bp.route("/unit/<code>/gabung", methods=["GET", "POST"])
@requires(Permission.MANAGE_UNITS)
def merge(code: str) -> ResponseReturnValue:
    now = datetime.now(UTC)
    unit = unit_or_404(code)
    if not unit.active:
        abort(409, description=f"{unit.name} sudah tidak dipakai, jadi tidak dapat digabungkan.")
    others = {other.code: other for other in units.active_units(db.session) if other is not unit}
    form = MergeForm()
    form.target.choices = {"": "Pilih unit"} | {code: other.name for code, other in others.items()}
    if form.validate_on_submit():
        target = others.get(form.target.data or "")
        if target is not None:
            return _merged(unit, target, now)
        form.target.errors = ["Unit ini tidak ada atau tidak aktif lagi. Pilih dari daftar."]
    status = 400 if form.is_submitted() else 200
    use = units.unit_use(db.session, unit)
    return render_template("people/units/merge.html", form=form, unit=unit, use=use), status


def _merged(unit: Unit, target: Unit, now: datetime) -> ResponseReturnValue:
    unit.merge_into(target)
    record(db.session, now, me().user_id, Action.UNIT_MERGED, ("unit", unit.uid), into=target.code)
    db.session.commit()
    flash(f"{unit.name} kini dilanjutkan oleh {target.name}. Dapat dibatalkan.", "success")
    return redirect(url_for("units.page", code=unit.code), 303)


@bp.post("/unit/<code>/pisah")
@requires(Permission.MANAGE_UNITS)
def undo_merge(code: str) -> ResponseReturnValue:
    now = datetime.now(UTC)
    unit = unit_or_404(code)
    unit.undo_merge()
    record(db.session, now, me().user_id, Action.UNIT_MERGE_UNDONE, ("unit", unit.uid))
    db.session.commit()
    flash(f"{unit.name} berdiri sendiri lagi.", "success")
    return redirect(url_for("units.page", code=unit.code), 303)


@bp.post("/unit/<code>/pensiun")
@requires(Permission.MANAGE_UNITS)
def retire(code: str) -> ResponseReturnValue:
    now = datetime.now(UTC)
    unit = unit_or_404(code)
    unit.retired_at = now
    record(db.session, now, me().user_id, Action.UNIT_RETIRED, ("unit", unit.uid))
    db.session.commit()
    flash(f"{unit.name} tidak ditawarkan lagi. Laporan lama tidak berubah.", "success")
    return redirect(url_for("units.page", code=unit.code), 303)


@bp.post("/unit/<code>/pakai-lagi")
@requires(Permission.MANAGE_UNITS)
def restore(code: str) -> ResponseReturnValue:
    now = datetime.now(UTC)
    unit = unit_or_404(code)
    unit.retired_at = None
    record(db.session, now, me().user_id, Action.UNIT_RESTORED, ("unit", unit.uid))
    db.session.commit()
    flash(f"{unit.name} dipakai lagi.", "success")
    return redirect(url_for("units.page", code=unit.code), 303)
