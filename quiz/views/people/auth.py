"""Entering and leaving: by personal code, by card, by password, by one-time address."""

from datetime import UTC, datetime

from flask import Blueprint, abort, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from wtforms import HiddenField, StringField
from wtforms.validators import InputRequired, Length

from quiz.actions.people.failing import note_failure
from quiz.codes import code_index, normalise_code
from quiz.database import db
from quiz.models import Enrolment
from quiz.permissions import Permission
from quiz.queries.events.events import event_with_code
from quiz.queries.people import entering
from quiz.web.access import requires, safe_path, who
from quiz.web.forms import Form
from quiz.web.identity import enter_as_participant, leave
from quiz.web.keys import card_key
from quiz.web.loaders.events import event_on_screen_or_404
from quiz.web.loaders.people import card_or_404, shut

bp = Blueprint("auth", __name__)


class CodeForm(Form):
    """The personal code, and where it was typed."""

    code = StringField(
        "Kode Anda",
        validators=[
            InputRequired("Ketik kode yang tercetak pada kartu Anda."),
            Length(max=40, message="Kode terdiri atas 8 huruf dan angka."),
        ],
        render_kw={
            "autocomplete": "off",
            "autocapitalize": "characters",
            "spellcheck": "false",
            "enterkeyhint": "go",
        },
    )
    event = HiddenField()
    onward = HiddenField()


@bp.get("/masuk")
@requires(Permission.PUBLIC)
def enter() -> ResponseReturnValue:
    form = CodeForm(onward=safe_path(request.args.get("lanjut")))
    return render_template("people/auth/enter.html", form=form, event=None, wait=0)


@bp.get("/g/<code>")
@requires(Permission.PUBLIC)
def join(code: str) -> ResponseReturnValue:
    event = event_on_screen_or_404(code)
    form = CodeForm(event=event.code)
    return render_template("people/auth/enter.html", form=form, event=event, wait=0)


@bp.post("/masuk")
@requires(Permission.PUBLIC)
def enter_by_code() -> ResponseReturnValue:
    now = datetime.now(UTC)
    form = CodeForm()
    event = event_with_code(db.session, form.event.data) if form.event.data else None
    if not form.validate_on_submit():
        return render_template("people/auth/enter.html", form=form, event=event, wait=0), 400
    typed = form.code.data or ""
    code = normalise_code(typed)
    enrolment = (
        entering.enrolment_by_code(db.session, code_index(card_key(), code)) if code else None
    )
    if enrolment is not None:
        return _welcome(enrolment, event.id if event else None, form.onward.data, now)
    key = event.uid if event else ""
    note_failure(db.session, "code", key, now)
    wait = entering.code_wait(db.session, key, now)
    db.session.commit()
    form.code.errors = [_unknown_code(typed, well_formed=code is not None)]
    return render_template("people/auth/enter.html", form=form, event=event, wait=wait), 400


def _welcome(
    enrolment: Enrolment, typed_at: int | None, onward: str | None, now: datetime
) -> ResponseReturnValue:
    event = enrolment.event
    if not event.admits_on(now):
        abort(409, description=shut("Kode", event, now))
    enter_as_participant(enrolment)
    if typed_at is not None and typed_at != event.id:
        flash(f"Kode Anda milik kegiatan lain: {event.title}. Anda masuk ke sana.", "attention")
    return redirect(safe_path(onward), 303)


def _unknown_code(typed: str, *, well_formed: bool) -> str:
    shown = typed.strip().upper()[:12]
    if not well_formed:
        return f"{shown} bukan kode peserta: kode terdiri atas 8 huruf dan angka, contoh K7P2-QX4M."
    return (
        f"Kode {shown} tidak dikenal. Periksa lagi kartu Anda, atau tanyakan kepada petugas "
        "di meja depan."
    )


@bp.get("/k/<token>")
@requires(Permission.PUBLIC)
def enter_by_card(token: str) -> ResponseReturnValue:
    enrolment = card_or_404(token, datetime.now(UTC))
    here = who()
    if here is None or here.id == f"p:{enrolment.uid}":
        enter_as_participant(enrolment)
        return redirect(url_for("pages.home"), 303)
    return render_template("people/auth/switch.html", here=here, enrolment=enrolment, token=token)


@bp.post("/k/<token>")
@requires(Permission.PUBLIC)
def switch_to_card(token: str) -> ResponseReturnValue:
    enter_as_participant(card_or_404(token, datetime.now(UTC)))
    return redirect(url_for("pages.home"), 303)


@bp.post("/keluar")
@requires(Permission.PUBLIC)
def log_out() -> ResponseReturnValue:
    leave()
    return redirect(url_for("auth.enter"), 303)
