"""Passwords: staff log in, and set a password by a one-time address."""

from datetime import UTC, datetime

from flask import Blueprint, make_response, redirect, render_template, request
from flask.typing import ResponseReturnValue
from wtforms import HiddenField, PasswordField, StringField
from wtforms.validators import EqualTo, InputRequired, Length, Regexp, ValidationError

from quiz.actions.people.accounts import password_problems, use_link, verify_password
from quiz.actions.people.auditing import record
from quiz.actions.people.failing import note_failure
from quiz.assessment.items.item import Status
from quiz.database import db
from quiz.exchange.rosters.names import normalise_name
from quiz.models import User
from quiz.models.people.audit import Action
from quiz.permissions import Permission, Role
from quiz.queries.people import entering
from quiz.web.access import requires, safe_path
from quiz.web.devices import device_cookie, knows_device
from quiz.web.forms import Form
from quiz.web.held import HeldForm, unpacked
from quiz.web.identity import enter_as_account
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
    with db.reading() as session:
        user = entering.account(session, username)
        locked = entering.password_locked(session, username, now)
    if locked and not knows_device(user):
        form.password.errors = [LOCKED]
        return render_template("people/passwords/staff.html", form=form), 429
    stored = user.password_hash if user else None
    if not verify_password(stored, form.password.data or "") or user is None:
        note_failure(db.session, "password", username, now)
        db.session.commit()
        form.password.errors = [WRONG]
        return render_template("people/passwords/staff.html", form=form), 400
    record(db.session, now, user.id, Action.LOGIN, ("user", user.uid))
    db.session.commit()
    return _let_in(user, form.onward.data, unpacked(form.held.data))


def _let_in(user: User, onward: str | None, held: HeldForm | None = None) -> ResponseReturnValue:
    """In, and on to where they were going; a form kept on the way is offered to be sent."""
    enter_as_account(user)
    if held is None:
        reply = make_response(redirect(safe_path(onward), 303))
    else:
        to = safe_path(held.to)
        reply = make_response(render_template("people/passwords/resend.html", held=held, to=to))
    device_cookie(reply, user)
    return reply


class NewPasswordForm(Form):
    """A password, typed twice."""

    password = PasswordField(
        "Kata sandi baru",
        description="Paling sedikit 10 huruf. Beberapa kata biasa yang Anda ingat sudah baik.",
        validators=[InputRequired("Ketik kata sandi baru."), Length(max=200)],
        render_kw={"autocomplete": "new-password"},
    )
    again = PasswordField(
        "Ketik sekali lagi",
        validators=[EqualTo("password", "Kedua kata sandi belum sama.")],
        render_kw={"autocomplete": "new-password"},
    )

    def validate_password(self, field: PasswordField) -> None:
        problems = password_problems(field.data or "")
        if problems:
            raise ValidationError(" ".join(problems))


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
    db.session.commit()
    return _let_in(user, "/")


@bp.route("/sandi/<token>", methods=["GET", "POST"])
@requires(Permission.PUBLIC, staff=True)
def new_password(token: str) -> ResponseReturnValue:
    now = datetime.now(UTC)
    link, user = password_link_or_404(token, now)
    form = NewPasswordForm()
    if not form.validate_on_submit():
        status = 400 if form.is_submitted() else 200
        return render_template(
            "people/passwords/password.html", form=form, token=token, user=user
        ), status
    use_link(link, user, form.password.data or "", now)
    record(db.session, now, user.id, Action.PASSWORD_SET, ("user", user.uid))
    db.session.commit()
    return _let_in(user, "/")
