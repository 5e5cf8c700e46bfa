"""That it is really the person: what pages which ask for password and second step share."""

from datetime import datetime

from flask import render_template
from flask.typing import ResponseReturnValue
from wtforms import Field, HiddenField, PasswordField, StringField
from wtforms.validators import InputRequired, Length

from quiz.actions.people.accounts import verify_password
from quiz.actions.people.auditing import record
from quiz.actions.people.failing import log_failure, note_failure
from quiz.actions.people.second_step import Proof, right_proof, spend
from quiz.database import db
from quiz.formats import time_id
from quiz.models import User
from quiz.models.people.audit import Action, SubjectType
from quiz.models.people.users import FailureKind
from quiz.queries.people import entering
from quiz.queries.people.second_step import second_step
from quiz.web.access import me, refuse
from quiz.web.forms import Form
from quiz.web.keys import card_key
from quiz.web.origin import client_address

WRONG = "Kata sandi ini keliru. Lupa? Minta alamat sekali pakai kepada admin."
PASSWORDS_SPENT = (
    "Terlalu banyak kata sandi keliru dari peramban ini. Tunggu 15 menit, atau minta alamat sekali "
    "pakai kepada admin."
)
WRONG_RECOVERY = (
    "Kode pemulihan ini keliru atau sudah pernah dipakai. Setiap kode hanya berlaku sekali: coba "
    "kode lain dari daftar Anda, atau minta admin melepas verifikasi dua langkah."
)
DIGITS_SPENT = (
    "Terlalu banyak kode keliru. Tunggu 15 menit, lalu coba lagi. HP hilang dan kode pemulihan "
    "tidak ada? Minta admin melepas verifikasi dua langkah."
)


def wrong_digits(now: datetime) -> str:
    """Why digits may have been refused, and what to do; clocks apart are the usual reason."""
    return (
        "Kode ini keliru, sudah lewat, atau sudah dipakai. Tunggu sampai angkanya berganti di "
        f"aplikasi, lalu ketik yang baru. Tetap ditolak? Jam server sekarang {time_id(now)}: "
        "samakan jam HP dengan itu, dan samakan jam server bila keliru."
    )


class ProofForm(Form):
    """The second step: digits from the app, or a recovery code instead."""

    digits = StringField(
        "Kode 6 angka dari aplikasi autentikator",
        validators=[Length(max=40, message="Kode dari aplikasi terdiri atas 6 angka.")],
        render_kw={"inputmode": "numeric", "autocomplete": "one-time-code"},
    )
    recovery = StringField(
        "Kode pemulihan",
        description="Satu dari sepuluh kode yang Anda cetak saat memasang. Berlaku sekali.",
        validators=[Length(max=40, message="Kode pemulihan terdiri atas 10 huruf dan angka.")],
        render_kw={
            "autocomplete": "off",
            "autocapitalize": "characters",
            "spellcheck": "false",
        },
    )
    onward = HiddenField()
    held = HiddenField()

    @property
    def by_recovery(self) -> bool:
        """Whether only a recovery code was typed."""
        return bool((self.recovery.data or "").strip()) and not (self.digits.data or "").strip()


def digits_page(form: ProofForm, status: int = 200) -> ResponseReturnValue:
    """The page that asks for the second step after the password."""
    return render_template("people/_proving/digits.html", form=form), status


def own_password_field() -> PasswordField:
    """The password one has, on a page that changes how one logs in."""
    return PasswordField(
        "Kata sandi sekarang",
        validators=[InputRequired("Ketik kata sandi Anda sekarang."), Length(max=200)],
        render_kw={"autocomplete": "current-password"},
    )


def refuse_cards() -> None:
    """403 for who came by card: theirs is no password's session."""
    if me().by_card:
        refuse("Anda masuk dengan kartu, jadi tidak ada kata sandi atau akun untuk diatur.")


def password_fault(field: Field, user: User, now: datetime) -> int | None:
    """What is wrong with the own password typed in ``field``: said at it, counted and committed.

    The status to answer with; None when it is right. Looks with a session of its own.
    """
    with db.reading() as reading:
        spent = entering.locked(reading, FailureKind.SESSION, user.uid, now)
    if spent:
        field.errors = [PASSWORDS_SPENT]
        return 429
    if verify_password(user.password_hash, field.data or ""):
        return None
    count_wrong_password(FailureKind.SESSION, user.uid, user, now)
    db.session.commit()
    field.errors = [WRONG]
    return 400


def count_wrong_password(kind: FailureKind, key: str, user: User | None, now: datetime) -> None:
    """Count a wrong password and log it, without what was typed. Writes."""
    note_failure(db.session, kind, key, now)
    subject: tuple[SubjectType, str] = ("user", user.uid if user else "")
    log_failure(db.session, now, Action.LOGIN_FAILED, subject, client_address())


def second_step_fault(
    form: ProofForm, user: User, now: datetime, device: str | None = None
) -> int | None:
    """What is wrong with the second step typed in ``form``: said at its field, counted, committed.

    The status to answer with; None when it was right and is spent, which the caller commits.
    ``device`` is this browser where it logged in as ``user`` before.
    """
    field = form.recovery if form.by_recovery else form.digits
    key = device or user.uid
    with db.reading() as reading:
        spent = entering.locked(reading, FailureKind.SECOND_STEP, key, now)
        second = second_step(reading, user.id)
    if spent:
        field.errors = [DIGITS_SPENT]
        return 429
    proof = second and right_proof(
        second, user.uid, card_key(), form.digits.data or "", form.recovery.data or "", now
    )
    if proof and spend(db.session, proof, now):
        _log_recovery(proof, user, now)
        return None
    note_failure(db.session, FailureKind.SECOND_STEP, key, now)
    subject: tuple[SubjectType, str] = ("user", user.uid)
    log_failure(db.session, now, Action.SECOND_STEP_FAILED, subject, client_address())
    db.session.commit()
    field.errors = [WRONG_RECOVERY if form.by_recovery else wrong_digits(now)]
    return 400


def _log_recovery(proof: Proof, user: User, now: datetime) -> None:
    if proof.recovery_id is not None:
        subject: tuple[SubjectType, str] = ("user", user.uid)
        address = client_address()
        record(db.session, now, user.id, Action.RECOVERY_CODE_USED, subject, address=address)
