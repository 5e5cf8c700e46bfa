"""Passwords: staff log in, and set a password by a one-time address."""

from datetime import UTC, datetime

from flask import Blueprint, flash, redirect, render_template, request
from flask.typing import ResponseReturnValue
from wtforms import HiddenField, PasswordField, StringField
from wtforms.validators import EqualTo, InputRequired, Length, Regexp, ValidationError

from quiz.actions.people.accounts import hash_password, use_link, verify_password
from quiz.actions.people.auditing import record
from quiz.actions.people.passwords import password_problems
from quiz.assessment.items.item import Status
from quiz.database import db
from quiz.exchange.rosters.names import normalise_name
from quiz.models import User
from quiz.models.people.audit import Action
from quiz.models.people.users import FailureKind
from quiz.permissions import Permission, Role
from quiz.queries.people import entering, people
from quiz.views.people._entering import admit, begin
from quiz.views.people._proving import (
    PASSWORDS_SPENT,
    count_wrong_password,
    own_password_field,
    password_fault,
    refuse_cards,
)
from quiz.web.access import me, requires, safe_path
from quiz.web.devices import known_device
from quiz.web.forms import Form
from quiz.web.held import unpacked
from quiz.web.keys import office
from quiz.web.layout import PRODUCT
from quiz.web.loaders.people import first_admin_link_or_404, password_link_or_404

bp = Blueprint("passwords", __name__)

WRONG = "Nama pengguna atau kata sandi keliru. Lupa? Minta alamat sekali pakai kepada admin."
LOCKED = (
    "Terlalu banyak kata sandi keliru untuk akun ini. Tunggu 15 menit, pakai peramban yang biasa "
    "Anda pakai, atau minta alamat sekali pakai kepada admin."
)


class PasswordForm(Form):
    """User name and password of staff."""

    username = StringField(
        "Nama pengguna",
        validators=[InputRequired("Ketik nama pengguna Anda."), Length(max=64)],
        render_kw={"autocomplete": "username", "autocapitalize": "none", "spellcheck": "false"},
    )
    password = PasswordField(
        "Kata sandi",
        validators=[InputRequired("Ketik kata sandi Anda."), Length(max=200)],
        render_kw={"autocomplete": "current-password"},
    )
    onward = HiddenField()
    held = HiddenField()


@bp.get("/masuk/petugas")
@requires(Permission.PUBLIC, staff=True)
def staff_entrance() -> ResponseReturnValue:
    form = PasswordForm(onward=safe_path(request.args.get("lanjut")))
    return render_template("people/passwords/staff.html", form=form)


@bp.post("/masuk/petugas")
@requires(Permission.PUBLIC, staff=True)
def enter_by_password() -> ResponseReturnValue:
    now = datetime.now(UTC)
    form = PasswordForm()
    if not form.validate_on_submit():
        return render_template("people/passwords/staff.html", form=form), 400
    username = (form.username.data or "").strip().lower()
    with db.reading() as reading:
        user = entering.account(reading, username)
        device = known_device(user)
        kind, key = (FailureKind.DEVICE, device) if device else (FailureKind.PASSWORD, username)
        locked = entering.locked(reading, kind, key, now)
    if locked:
        form.password.errors = [PASSWORDS_SPENT if device else LOCKED]
        return render_template("people/passwords/staff.html", form=form), 429
    stored = user.password_hash if user else None
    if not verify_password(stored, form.password.data or "") or user is None:
        count_wrong_password(kind, key, user, now)
        db.session.commit()
        form.password.errors = [WRONG]
        return render_template("people/passwords/staff.html", form=form), 400
    held = unpacked(form.held.data)
    return admit(user, form.onward.data, now, held, by_password=True)


class NewPasswordForm(Form):
    """A password, typed twice."""

    password = PasswordField(
        "Kata sandi baru",
        description="Paling sedikit 10 huruf, bukan nama Anda atau nama kantor. Beberapa kata "
        "biasa yang Anda ingat sudah baik.",
        validators=[InputRequired("Ketik kata sandi baru."), Length(max=200)],
        render_kw={"autocomplete": "new-password"},
    )
    again = PasswordField(
        "Ketik sekali lagi",
        validators=[EqualTo("password", "Kedua kata sandi belum sama.")],
        render_kw={"autocomplete": "new-password"},
    )

    known: tuple[str | None, ...] = ()
    """What others know of the person, which therefore is no password."""

    def validate_password(self, field: PasswordField) -> None:
        known = (*self.known, office().organisation, PRODUCT)
        problems = password_problems(field.data or "", known)
        if problems:
            raise ValidationError(" ".join(problems))


def known_of(user: User) -> tuple[str | None, ...]:
    """What others know of ``user``: no password may be made of it. Reads its unit."""
    return (user.name, user.username, user.unit.name if user.unit else None)


class FirstAdminForm(NewPasswordForm):
    """Who the first admin is."""

    name = StringField(
        "Nama lengkap",
        validators=[InputRequired("Ketik nama Anda."), Length(max=160)],
        render_kw={"autocomplete": "name"},
    )
    username = StringField(
        "Nama pengguna",
        description="Huruf kecil, angka, titik, atau strip. Contoh: eka.",
        validators=[
            InputRequired("Pilih nama pengguna."),
            Length(max=64),
            Regexp(
                r"^[a-z0-9][a-z0-9.\-]*$",
                message="Nama pengguna hanya huruf kecil, angka, titik, dan strip.",
            ),
        ],
        render_kw={"autocomplete": "username", "autocapitalize": "none", "spellcheck": "false"},
    )

    def validate_password(self, field: PasswordField) -> None:
        self.known = (self.name.data, self.username.data)
        super().validate_password(field)


@bp.route("/awal/<token>", methods=["GET", "POST"])
@requires(Permission.PUBLIC, staff=True)
def first_admin_page(token: str) -> ResponseReturnValue:
    now = datetime.now(UTC)
    link = first_admin_link_or_404(token, now)
    form = FirstAdminForm()
    if not form.validate_on_submit():
        status = 400 if form.is_submitted() else 200
        return render_template("people/passwords/first_admin.html", form=form, token=token), status
    name = (form.name.data or "").strip()
    user = User(
        name=name,
        normalised_name=normalise_name(name),
        username=form.username.data,
        status=Status.PNS,
        role=Role.ADMIN,
        created_at=now,
    )
    db.session.add(user)
    db.session.flush()
    use_link(link, user, form.password.data or "", now)
    record(db.session, now, user.id, Action.FIRST_ADMIN, ("user", user.uid))
    return admit(user, "/", now)


@bp.route("/sandi/<token>", methods=["GET", "POST"])
@requires(Permission.PUBLIC, staff=True)
def new_password(token: str) -> ResponseReturnValue:
    now = datetime.now(UTC)
    link, user = password_link_or_404(token, now)
    form = NewPasswordForm()
    form.known = known_of(user)
    if not form.validate_on_submit():
        status = 400 if form.is_submitted() else 200
        return render_template(
            "people/passwords/password.html", form=form, token=token, user=user
        ), status
    use_link(link, user, form.password.data or "", now)
    record(db.session, now, user.id, Action.PASSWORD_SET, ("user", user.uid))
    return admit(user, "/", now)


class OwnPasswordForm(NewPasswordForm):
    """The password one has, and the one to come."""

    old = own_password_field()


@bp.get("/sandi")
@requires(Permission.OWN_DATA, staff=True)
def own_password() -> ResponseReturnValue:
    refuse_cards()
    return render_template("people/passwords/own.html", form=OwnPasswordForm())


@bp.post("/sandi")
@requires(Permission.OWN_DATA, staff=True)
def change_own_password() -> ResponseReturnValue:
    refuse_cards()
    now = datetime.now(UTC)
    form = OwnPasswordForm()
    with db.reading() as reading:
        user = people.account_with_id(reading, me().user_id)
    form.known = known_of(user)
    fault = password_fault(form.old, user, now) if form.validate_on_submit() else 400
    if fault:
        return render_template("people/passwords/own.html", form=form), fault
    hashed = hash_password(form.password.data or "")
    user = people.account_with_id(db.session, user.id)
    user.change_password(hashed)
    record(db.session, now, user.id, Action.PASSWORD_CHANGED, ("user", user.uid))
    begin(user, now)
    flash("Kata sandi diganti. Peramban lain yang masuk dengan akun ini dikeluarkan.", "success")
    return redirect("/", 303)
