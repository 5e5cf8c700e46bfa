"""Accounts: who may log in with a password, as what, and how they get in again."""

from datetime import UTC, datetime
from typing import Unpack

from flask import Blueprint, abort, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from wtforms import SelectField, StringField
from wtforms.validators import DataRequired, Length, Regexp, ValidationError

from quiz.actions.people.accounts import make_link
from quiz.actions.people.auditing import record
from quiz.actions.people.second_step import take_off
from quiz.assessment.items.item import Status
from quiz.config.addresses import LOOPBACK_HOSTS
from quiz.database import db
from quiz.exchange.rosters.names import normalise_name
from quiz.models import User
from quiz.models.people.audit import Action, Detail
from quiz.permissions import Permission, Role
from quiz.queries.people import people, units
from quiz.queries.people.second_step import second_step
from quiz.web.access import me, requires
from quiz.web.forms import Form, one_line
from quiz.web.keys import office
from quiz.web.loaders.people import person_or_404
from quiz.web.origin import host_name
from quiz.web.paging import PAGE_SIZE, Page, page_number, this_page

bp = Blueprint("people", __name__)

WHICH = (
    (people.ACCOUNTS, "Akun"),
    (people.EVERYBODY, "Semua orang"),
    (people.DISABLED, "Dinonaktifkan"),
)


@bp.get("/orang")
@requires(Permission.MANAGE_ACCOUNTS)
def index() -> ResponseReturnValue:
    search = request.args.get("cari", "").strip()[:80]
    which = request.args.get("tampil", people.ACCOUNTS)
    number = page_number()
    rows, total = people.people(
        db.session, search, which, offset=(number - 1) * PAGE_SIZE, limit=PAGE_SIZE
    )
    choices = [
        {
            "text": label,
            "url": this_page(tampil=name, halaman=None),
            "current": name == which,
        }
        for name, label in WHICH
    ]
    page = Page(number, total)
    return render_template(
        "people/people/index.html",
        people=rows,
        page=page,
        search=search,
        which=which,
        choices=choices,
    )


class UsernameForm(Form):
    """What somebody types to log in."""

    username = StringField(
        "Nama pengguna",
        description="Huruf kecil, angka, titik, atau strip. Contoh: citra.wulandari.",
        validators=[
            DataRequired("Tulis nama pengguna."),
            Length(max=64),
            Regexp(
                r"^[a-z0-9][a-z0-9.\-]*$",
                message="Nama pengguna hanya huruf kecil, angka, titik, dan strip.",
            ),
        ],
        filters=[lambda text: text.strip().lower() if text else text],
        render_kw={"autocomplete": "off", "autocapitalize": "none", "spellcheck": "false"},
    )

    def validate_username(self, field: StringField) -> None:
        same = people.person_called(db.session, field.data or "")
        if same is not None:
            raise ValidationError(f"Nama pengguna ini sudah dipakai {same.name}. Pilih yang lain.")


class RoleForm(Form):
    """What somebody may do, and where they work today."""

    role = SelectField(
        "Peran",
        choices={"": "Pilih peran"} | {role.value: role.label for role in Role},
        validators=[DataRequired("Pilih peran.")],
    )
    unit = SelectField("Unit kerja", coerce=int)

    def offer_units(self, user: User | None = None) -> None:
        """Fill the list of units, with the one ``user`` has even when it rests. One query."""
        offered = {unit.id: unit.name for unit in units.active_units(db.session)}
        if user is not None and user.unit is not None:
            offered[user.unit.id] = user.unit.name
        self.unit.choices = {0: "Tanpa unit"} | offered


class AccountForm(UsernameForm, RoleForm):
    """A new person with an account."""

    role = SelectField(
        "Peran",
        choices={"": "Pilih peran"}
        | {role.value: role.label for role in Role if role is not Role.PARTICIPANT},
        validators=[DataRequired("Pilih peran.")],
    )
    name = StringField(
        "Nama lengkap",
        validators=[DataRequired("Tulis nama lengkap."), Length(max=160)],
        filters=[one_line],
    )
    status = SelectField(
        "Status kepegawaian", choices={status.value: status.label for status in Status}
    )

    def validate_name(self, field: StringField) -> None:
        name = normalise_name(field.data or "")
        if not name:
            raise ValidationError("Nama lengkap harus memuat huruf.")
        if people.people_named(db.session, name, self.unit.data):
            raise ValidationError(
                "Orang bernama ini sudah ada di unit itu. Cari di Semua orang, lalu beri akun."
            )


@bp.route("/orang/tambah", methods=["GET", "POST"])
@requires(Permission.MANAGE_ACCOUNTS)
def add() -> ResponseReturnValue:
    now = datetime.now(UTC)
    form = AccountForm()
    form.offer_units()
    if not form.validate_on_submit():
        status = 400 if form.is_submitted() else 200
        return render_template("people/people/add.html", form=form), status
    user = User(
        name=form.name.data,
        normalised_name=normalise_name(form.name.data or ""),
        username=form.username.data,
        role=Role(form.role.data),
        status=Status(form.status.data),
        unit_id=form.unit.data or None,
        created_at=now,
    )
    db.session.add(user)
    db.session.flush()
    _record(now, Action.ACCOUNT_ADDED, user, role=user.role, username=user.username)
    return _with_new_link(user, now)


@bp.get("/orang/<uid>")
@requires(Permission.MANAGE_ACCOUNTS)
def page(uid: str) -> ResponseReturnValue:
    user = person_or_404(uid)
    form = RoleForm(role=user.role, unit=user.unit_id or 0)
    form.offer_units(user)
    return _page(user, form, UsernameForm())


def _page(user: User, form: RoleForm, username_form: UsernameForm) -> str:
    return render_template(
        "people/people/page.html",
        user=user,
        form=form,
        username_form=username_form,
        second=second_step(db.session, user.id),
    )


@bp.post("/orang/<uid>")
@requires(Permission.MANAGE_ACCOUNTS)
def change(uid: str) -> ResponseReturnValue:
    now = datetime.now(UTC)
    user = person_or_404(uid)
    form = RoleForm()
    form.offer_units(user)
    valid = form.validate_on_submit()
    if valid and form.role.data != Role.ADMIN and (problem := _admin_problem(user)):
        form.role.errors = [problem]
        valid = False
    if not valid:
        blank = UsernameForm(formdata=None)
        return _page(user, form, blank), 400
    before = user.role
    user.role, user.unit_id = Role(form.role.data), form.unit.data or None
    _record(now, Action.ACCOUNT_CHANGED, user, before=before, after=user.role)
    db.session.commit()
    flash(f"Tersimpan: {user.name}, {user.role.label}.", "success")
    return redirect(url_for("people.page", uid=uid), 303)


@bp.post("/orang/<uid>/akun")
@requires(Permission.MANAGE_ACCOUNTS)
def give_account(uid: str) -> ResponseReturnValue:
    now = datetime.now(UTC)
    user = person_or_404(uid)
    if user.username is not None:
        abort(409, description=f"{user.name} sudah mempunyai akun {user.username}.")
    _refuse_participant(user)
    form = UsernameForm()
    if not form.validate_on_submit():
        roles = RoleForm(formdata=None, role=user.role, unit=user.unit_id or 0)
        roles.offer_units(user)
        return _page(user, roles, form), 400
    user.username = form.username.data
    _record(now, Action.ACCOUNT_ADDED, user, role=user.role, username=user.username)
    return _with_new_link(user, now)


@bp.post("/orang/<uid>/alamat")
@requires(Permission.MANAGE_ACCOUNTS)
def new_link(uid: str) -> ResponseReturnValue:
    now = datetime.now(UTC)
    user = person_or_404(uid)
    if user.username is None or user.disabled_at is not None:
        abort(409, description=f"{user.name} belum mempunyai akun yang aktif.")
    _refuse_participant(user)
    return _with_new_link(user, now)


def _refuse_participant(user: User) -> None:
    """A participant's own way in is the card: a password given by somebody else opens the scores
    as well, without the line that opening them by name leaves."""
    if user.role is Role.PARTICIPANT:
        abort(
            409,
            description=f"{user.name} peserta, dan peserta masuk dengan kartunya. Bila ia juga "
            "bekerja sebagai petugas, narasumber, atau pemeriksa, simpan dulu peran itu.",
        )


def _with_new_link(user: User, now: datetime) -> ResponseReturnValue:
    """Make a one-time address and show it: only now can it be read."""
    token = make_link(db.session, user, now)
    _record(now, Action.ACCOUNT_LINK_MADE, user)
    db.session.commit()
    base = office().office_url
    path = url_for("passwords.new_password", token=token)
    address = f"{base or request.host_url.rstrip('/')}{path}"
    only_here = not base and host_name() in LOOPBACK_HOSTS
    return render_template(
        "people/people/link.html", user=user, address=address, only_here=only_here
    )


@bp.route("/orang/<uid>/nonaktif", methods=["GET", "POST"])
@requires(Permission.MANAGE_ACCOUNTS)
def disable(uid: str) -> ResponseReturnValue:
    now = datetime.now(UTC)
    user = person_or_404(uid)
    problem = _admin_problem(user)
    if problem:
        abort(409, description=problem)
    if request.method != "POST":
        return render_template("people/people/disable.html", user=user)
    user.disable(now)
    _record(now, Action.ACCOUNT_DISABLED, user)
    db.session.commit()
    flash(f"Akun {user.name} dinonaktifkan. Riwayatnya tetap ada.", "success")
    return redirect(url_for("people.page", uid=uid), 303)


@bp.post("/orang/<uid>/aktif")
@requires(Permission.MANAGE_ACCOUNTS)
def enable(uid: str) -> ResponseReturnValue:
    now = datetime.now(UTC)
    user = person_or_404(uid)
    user.disabled_at = None
    _record(now, Action.ACCOUNT_ENABLED, user)
    db.session.commit()
    flash(f"Akun {user.name} aktif lagi.", "success")
    return redirect(url_for("people.page", uid=uid), 303)


@bp.post("/orang/<uid>/keluarkan")
@requires(Permission.MANAGE_ACCOUNTS)
def log_out_everywhere(uid: str) -> ResponseReturnValue:
    now = datetime.now(UTC)
    user = person_or_404(uid)
    user.log_out_everywhere()
    _record(now, Action.ACCOUNT_LOGGED_OUT, user)
    db.session.commit()
    flash(f"{user.name} dikeluarkan dari semua peramban.", "success")
    return redirect(url_for("people.page", uid=uid), 303)


@bp.route("/orang/<uid>/dua-langkah", methods=["GET", "POST"])
@requires(Permission.MANAGE_ACCOUNTS)
def take_off_second_step(uid: str) -> ResponseReturnValue:
    """For somebody whose phone and recovery codes are gone."""
    now = datetime.now(UTC)
    user = person_or_404(uid)
    if second_step(db.session, user.id) is None:
        abort(409, description=f"Verifikasi dua langkah tidak terpasang pada akun {user.name}.")
    if user.id == me().user_id:
        abort(409, description="Pada akun Anda sendiri: buka Akun saya, lalu Lepas atau ganti HP.")
    if request.method != "POST":
        return render_template("people/people/take_off.html", user=user)
    take_off(db.session, user)
    _record(now, Action.SECOND_STEP_TAKEN_OFF, user)
    db.session.commit()
    flash(f"Verifikasi dua langkah {user.name} dilepas; ia keluar dari semua peramban.", "success")
    return redirect(url_for("people.page", uid=uid), 303)


def _admin_problem(user: User) -> str | None:
    """Why the role of admin cannot be taken from ``user`` by whoever asks; None when it can."""
    if user.role != Role.ADMIN:
        return None
    if not people.another_admin(db.session, user):
        return f"{user.name} admin aktif terakhir. Jadikan orang lain admin lebih dahulu."
    if user.id == me().user_id:
        return "Peran admin Anda sendiri tidak dapat Anda lepas. Minta admin lain melakukannya."
    return None


def _record(now: datetime, action: Action, user: User, **detail: Unpack[Detail]) -> None:
    record(db.session, now, me().user_id, action, ("user", user.uid), **detail)
