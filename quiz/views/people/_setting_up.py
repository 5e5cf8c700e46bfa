"""Setting up the second step: the code to scan, the digits that prove it, the recovery codes."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any

import pyotp
from flask import abort, render_template, session
from flask.typing import ResponseReturnValue
from wtforms import HiddenField, StringField
from wtforms.validators import InputRequired, Length

from quiz.actions.people.auditing import record
from quiz.actions.people.second_step import matching_step, set_up
from quiz.codes import second_step_secret, show_code
from quiz.database import db
from quiz.models import User
from quiz.models.base import new_uid
from quiz.models.people.audit import Action
from quiz.models.refusals import Refused
from quiz.views.people._proving import wrong_digits
from quiz.web.access import safe_path
from quiz.web.forms import Form
from quiz.web.held import HeldForm
from quiz.web.keys import card_key, in_demo
from quiz.web.layout import PRODUCT
from quiz.web.layout.qr import qr_svg

SEED = "seed"
"""Where a session keeps what the secret is derived from until it is set up; alone it tells
nothing."""

QR_PIXELS = 232

IN_DEMO = (
    "Dalam peragaan verifikasi dua langkah tidak dipasang: akunnya dipakai bersama dan kata "
    "sandinya tercetak."
)


class SetUpForm(Form):
    """The digits that show that the app knows the secret."""

    digits = StringField(
        "Kode 6 angka dari aplikasi autentikator",
        description="Angka yang sekarang tampil di aplikasi untuk akun ini.",
        validators=[InputRequired("Ketik 6 angka yang tampil di aplikasi."), Length(max=40)],
        render_kw={"inputmode": "numeric", "autocomplete": "one-time-code"},
    )
    onward = HiddenField()
    held = HiddenField()


def refuse_demo() -> None:
    """409 where everybody is invented."""
    if in_demo():
        abort(409, description=IN_DEMO)


def own_set_up_page(form: SetUpForm, user: User, status: int = 200) -> ResponseReturnValue:
    """Setting up on one's own account, by choice."""
    return render_template("people/_setting_up/own.html", form=form, **_told(user)), status


def first_set_up_page(form: SetUpForm, user: User, status: int = 200) -> ResponseReturnValue:
    """Setting up before anything else, where it is demanded."""
    return render_template("people/_setting_up/first.html", form=form, **_told(user)), status


def _told(user: User) -> dict[str, Any]:
    """The secret of this session as the page tells it: as QR code, as a link and to be typed."""
    secret = _secret(user)
    address = pyotp.TOTP(secret).provisioning_uri(name=user.username or "", issuer_name=PRODUCT)
    return {
        "username": user.username,
        "qr": qr_svg(address, QR_PIXELS),
        "address": address,
        "secret": " ".join(secret[at : at + 4] for at in range(0, len(secret), 4)),
    }


def proved_step(form: SetUpForm, user: User, now: datetime) -> int | None:
    """The time step of the digits typed; None, with the reason at the field, for wrong ones."""
    step = matching_step(_secret(user), form.digits.data or "", now)
    if step is None:
        form.digits.errors = [wrong_digits(now)]
    return step


def keep_second_step(user: User, step: int, digests: Iterable[str], now: datetime) -> None:
    """Store what the session's secret and these codes are made of, with a line in the log.

    Writes; the caller commits. 409 when another page was faster.
    """
    try:
        set_up(db.session, user, session.pop(SEED), step, list(digests), now)
    except Refused as refusal:
        abort(409, description=str(refusal))
    record(db.session, now, user.id, Action.SECOND_STEP_SET, ("user", user.uid))


def codes_page(
    codes: Iterable[str], username: str | None, onward: str | None, held: HeldForm | None = None
) -> str:
    """The new recovery codes: only now can they be read."""
    return render_template(
        "people/_setting_up/codes.html",
        codes=[show_code(code) for code in codes],
        username=username,
        onward=safe_path(onward),
        held=held,
        to=safe_path(held.to) if held else None,
    )


def _secret(user: User) -> str:
    seed: str = session.setdefault(SEED, new_uid())
    return second_step_secret(card_key(), user.uid, seed)
