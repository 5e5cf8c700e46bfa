"""The second half of a staff login: the password was right, and nobody is in yet."""

from datetime import UTC, datetime

from flask import Blueprint, flash, make_response, redirect, request, url_for
from flask.typing import ResponseReturnValue

from quiz.actions.people.second_step import new_codes
from quiz.database import db
from quiz.permissions import Permission
from quiz.queries.people.second_step import second_step
from quiz.views.people._entering import begin, go_on, log_login
from quiz.views.people._proving import ProofForm, digits_page, second_step_fault
from quiz.views.people._setting_up import (
    SetUpForm,
    codes_page,
    first_set_up_page,
    keep_second_step,
    proved_step,
)
from quiz.web.access import held_page, requires, safe_path
from quiz.web.devices import device_cookie, known_device
from quiz.web.held import unpacked
from quiz.web.identity import halfway

bp = Blueprint("halfway", __name__)

LATE = (
    "Masuk belum selesai: kata sandi Anda menunggu kode paling lama 10 menit. Ketik nama pengguna "
    "dan kata sandi sekali lagi."
)
FEW_CODES = 3
"""As many recovery codes left as are worth a word at login."""


@bp.get("/masuk/kode")
@requires(Permission.PUBLIC, staff=True)
def digits() -> ResponseReturnValue:
    user = halfway(db.session, datetime.now(UTC))
    if user is None:
        return _from_the_beginning()
    onward = safe_path(request.args.get("lanjut"))
    if second_step(db.session, user.id) is None:
        return redirect(url_for("halfway.set_up", lanjut=onward))
    return digits_page(ProofForm(onward=onward))


@bp.post("/masuk/kode")
@requires(Permission.PUBLIC, staff=True)
def enter_by_digits() -> ResponseReturnValue:
    now = datetime.now(UTC)
    form = ProofForm()
    with db.reading() as reading:
        user = halfway(reading, now)
    if user is None:
        return _from_the_beginning(form.held.data)
    if not form.validate_on_submit():
        return digits_page(form, 400)
    fault = second_step_fault(form, user, now, known_device(user))
    if fault:
        return digits_page(form, fault)
    user = halfway(db.session, now)
    if user is None:
        return _from_the_beginning(form.held.data)
    left = _codes_left(user.id)
    log_login(user, now)
    begin(user, now)
    if form.by_recovery or left <= FEW_CODES:
        flash(_words_of(left), "attention")
    return go_on(user, form.onward.data, unpacked(form.held.data))


def _codes_left(user_id: int) -> int:
    second = second_step(db.session, user_id)
    return second.codes_left if second else 0


def _words_of(left: int) -> str:
    return (
        f"Sisa kode pemulihan Anda: {left}. Buat yang baru di Akun saya bila tinggal sedikit, atau "
        "bila HP Anda hilang: lepas verifikasi dua langkah di sana, lalu pasang di HP baru."
    )


@bp.get("/masuk/pasang")
@requires(Permission.PUBLIC, staff=True)
def set_up() -> ResponseReturnValue:
    """Setting up the second step where it is demanded, before anything else."""
    user = halfway(db.session, datetime.now(UTC))
    if user is None:
        return _from_the_beginning()
    onward = safe_path(request.args.get("lanjut"))
    if second_step(db.session, user.id) is not None:
        return redirect(url_for("halfway.digits", lanjut=onward))
    return first_set_up_page(SetUpForm(onward=onward), user)


@bp.post("/masuk/pasang")
@requires(Permission.PUBLIC, staff=True)
def keep_set_up() -> ResponseReturnValue:
    now = datetime.now(UTC)
    form = SetUpForm()
    with db.reading() as reading:
        user = halfway(reading, now)
        has_one = user is not None and second_step(reading, user.id) is not None
    if user is None:
        return _from_the_beginning(form.held.data)
    if has_one:
        return redirect(url_for("halfway.digits", lanjut=safe_path(form.onward.data)), 303)
    step = proved_step(form, user, now) if form.validate_on_submit() else None
    if step is None:
        return first_set_up_page(form, user, 400)
    codes = new_codes()
    user = halfway(db.session, now)
    if user is None:
        return _from_the_beginning(form.held.data)
    keep_second_step(user, step, codes.values(), now)
    log_login(user, now)
    begin(user, now)
    held = unpacked(form.held.data)
    reply = make_response(codes_page(codes, user.username, form.onward.data, held))
    device_cookie(reply, user)
    return reply


def _from_the_beginning(packed: str | None = None) -> ResponseReturnValue:
    """The staff entrance again; a form that was kept on the way stays kept."""
    held = unpacked(packed)
    if held is not None:
        return held_page(held, LATE)
    flash(LATE, "attention")
    return redirect(url_for("passwords.staff_entrance"), 303)
