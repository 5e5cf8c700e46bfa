"""The second step of one's own account: set up, taken off, and its recovery codes made anew."""

from datetime import UTC, datetime

from flask import Blueprint, abort, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from quiz.actions.people.auditing import record
from quiz.actions.people.second_step import new_codes, renew_codes, take_off
from quiz.database import db
from quiz.models import SecondStep, User
from quiz.models.people.audit import Action
from quiz.permissions import Permission
from quiz.queries.people import people
from quiz.queries.people.second_step import second_step
from quiz.views.people._entering import begin
from quiz.views.people._proving import (
    ProofForm,
    own_password_field,
    password_fault,
    refuse_cards,
    second_step_fault,
)
from quiz.views.people._setting_up import (
    SetUpForm,
    codes_page,
    keep_second_step,
    own_set_up_page,
    proved_step,
    refuse_demo,
)
from quiz.web.access import me, requires
from quiz.web.identity import leave, owes_second_step

bp = Blueprint("second_step", __name__)


class OwnSetUpForm(SetUpForm):
    """Setting up while logged in: whoever found an open browser does not know the password."""

    password = own_password_field()


class OwnProofForm(ProofForm):
    """Password and second step, for what changes the second step itself."""

    password = own_password_field()


@bp.get("/akun/dua-langkah/pasang")
@requires(Permission.OWN_DATA, staff=True)
def set_up() -> ResponseReturnValue:
    refuse_cards()
    refuse_demo()
    user = people.account_with_id(db.session, me().user_id)
    if second_step(db.session, user.id) is not None:
        return redirect(url_for("account.page"), 303)
    return own_set_up_page(OwnSetUpForm(), user)


@bp.post("/akun/dua-langkah/pasang")
@requires(Permission.OWN_DATA, staff=True)
def keep_set_up() -> ResponseReturnValue:
    refuse_cards()
    refuse_demo()
    now = datetime.now(UTC)
    form = OwnSetUpForm()
    with db.reading() as reading:
        user = people.account_with_id(reading, me().user_id)
    fault = _password_fault(form, user, now)
    step = None if fault else proved_step(form, user, now)
    if step is None:
        return own_set_up_page(form, user, fault or 400)
    codes = new_codes()
    user = people.account_with_id(db.session, user.id)
    keep_second_step(user, step, codes.values(), now)
    begin(user, now)
    return codes_page(codes, user.username, url_for("account.page"))


@bp.get("/akun/dua-langkah/kode-pemulihan")
@requires(Permission.OWN_DATA, staff=True)
def new_recovery_codes() -> ResponseReturnValue:
    _own()
    return render_template("people/second_step/renew.html", form=OwnProofForm())


@bp.post("/akun/dua-langkah/kode-pemulihan")
@requires(Permission.OWN_DATA, staff=True)
def make_recovery_codes() -> ResponseReturnValue:
    now = datetime.now(UTC)
    form = OwnProofForm()
    user, second = _own()
    fault = _password_fault(form, user, now)
    codes = {} if fault else new_codes()  # hashed before anything is written
    fault = fault or second_step_fault(form, user, now)
    if fault:
        return render_template("people/second_step/renew.html", form=form), fault
    renew_codes(db.session, second.id, list(codes.values()), now)
    record(db.session, now, user.id, Action.RECOVERY_CODES_MADE, ("user", user.uid))
    db.session.commit()
    return codes_page(codes, user.username, url_for("account.page"))


@bp.get("/akun/dua-langkah/lepas")
@requires(Permission.OWN_DATA, staff=True)
def confirm_taking_off() -> ResponseReturnValue:
    user, _ = _own()
    return _taking_off(OwnProofForm(), user)


@bp.post("/akun/dua-langkah/lepas")
@requires(Permission.OWN_DATA, staff=True)
def turn_off() -> ResponseReturnValue:
    now = datetime.now(UTC)
    form = OwnProofForm()
    user, _ = _own()
    fault = _password_fault(form, user, now) or second_step_fault(form, user, now)
    if fault:
        return _taking_off(form, user, fault)
    user = people.account_with_id(db.session, user.id)
    take_off(db.session, user)
    record(db.session, now, user.id, Action.SECOND_STEP_TAKEN_OFF, ("user", user.uid))
    if owes_second_step(user.role, has_one=False):
        leave(db.session, now)
        db.session.commit()
        flash("Verifikasi dua langkah dilepas. Masuk lagi untuk memasangnya di HP baru.", "success")
        return redirect(url_for("passwords.staff_entrance"), 303)
    begin(user, now)
    flash("Verifikasi dua langkah dilepas. Sekarang kata sandi saja sudah cukup.", "success")
    return redirect(url_for("account.page"), 303)


def _own() -> tuple[User, SecondStep]:
    """Whoever asks, and their second step; 409 where there is none. Looks apart."""
    refuse_cards()
    with db.reading() as reading:
        user = people.account_with_id(reading, me().user_id)
        second = second_step(reading, user.id)
    if second is None:
        abort(409, description="Verifikasi dua langkah belum terpasang pada akun Anda.")
    return user, second


def _password_fault(form: OwnSetUpForm | OwnProofForm, user: User, now: datetime) -> int | None:
    """The status to answer with where a field is wrong in itself, or the password is."""
    if not form.validate_on_submit():
        return 400
    return password_fault(form.password, user, now)


def _taking_off(form: OwnProofForm, user: User, status: int = 200) -> ResponseReturnValue:
    demanded = owes_second_step(user.role, has_one=False)
    return render_template("people/second_step/take_off.html", form=form, demanded=demanded), status
