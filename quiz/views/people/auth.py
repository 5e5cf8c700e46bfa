"""Entering and leaving: by personal code, by card, by password, by one-time address."""

from datetime import UTC, datetime

from flask import (
    Blueprint,
    abort,
    flash,
    make_response,
    redirect,
    render_template,
    request,
    session,
    url_for,
)
from flask.typing import ResponseReturnValue
from wtforms import HiddenField, StringField
from wtforms.validators import InputRequired, Length

from quiz.actions.people.failing import log_failure, note_failure
from quiz.codes import code_index, normalise_code
from quiz.database import db
from quiz.models import Enrolment, Event
from quiz.models.people.audit import Action, SubjectType
from quiz.models.people.users import FailureKind
from quiz.permissions import Permission
from quiz.queries.events.events import event_with_code
from quiz.queries.people import entering
from quiz.views.people._entering import let_in, resend_page
from quiz.web.access import UNLOGGED, requires, safe_path, who
from quiz.web.forms import Form
from quiz.web.held import unpacked
from quiz.web.identity import enter_as_participant, leave
from quiz.web.keys import card_keys
from quiz.web.loaders.events import event_on_screen_or_404
from quiz.web.loaders.people import card_or_404, shut
from quiz.web.origin import address_key, client_address, from_outside

bp = Blueprint("auth", __name__)


ADDRESS_SPENT = (
    "Dari jaringan ini terlalu banyak kode keliru, jadi untuk sementara kode tidak diperiksa. "
    "Pindai kode QR pada kartu Anda atau buka alamat yang tercetak di sana: kartu tetap berlaku. "
    "Kode dapat dicoba lagi 10 menit lagi."
)


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
    held = HiddenField()


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
    if from_outside() and entering.address_spent(db.session, address_key(), now):
        form.code.errors = [ADDRESS_SPENT]
        return render_template("people/auth/enter.html", form=form, event=event, wait=0), 429
    indexes = [code_index(key, code) for key in card_keys().every] if code else []
    enrolment = entering.enrolment_by_code(db.session, indexes)
    if enrolment is not None:
        return _welcome(enrolment, event.id if event else None, form, now)
    wait = _count_wrong(event, possible=code is not None, now=now)
    db.session.commit()
    form.code.errors = [_unknown_code(typed, well_formed=code is not None)]
    return render_template("people/auth/enter.html", form=form, event=event, wait=wait), 400


def _count_wrong(event: Event | None, *, possible: bool, now: datetime) -> int:
    """Count a wrong code and log it; the seconds the page asks to wait. Writes."""
    key = event.uid if event else ""
    note_failure(db.session, FailureKind.CODE, key, now)
    if possible and from_outside():
        note_failure(db.session, FailureKind.ADDRESS, address_key(), now)
    subject: tuple[SubjectType, str] = ("event", key) if key else ("installation", "")
    log_failure(db.session, now, Action.CODE_REFUSED, subject, client_address())
    return entering.code_wait(db.session, key, now)


def _welcome(
    enrolment: Enrolment, typed_at: int | None, form: CodeForm, now: datetime
) -> ResponseReturnValue:
    """Let the person in and on to where they were going; a form kept on the way is offered."""
    event = enrolment.event
    if not event.admits_on(now):
        abort(409, description=shut("Kode", event, now))
    let_in(enrolment, Action.ENTERED_BY_CODE, now)
    if typed_at is not None and typed_at != event.id:
        flash(f"Kode Anda milik kegiatan lain: {event.title}. Anda masuk ke sana.", "attention")
    held = unpacked(form.held.data)
    return resend_page(held) if held else redirect(safe_path(form.onward.data), 303)


def _unknown_code(typed: str, *, well_formed: bool) -> str:
    shown = typed.strip().upper()[:12]
    if not well_formed:
        return f"{shown} bukan kode peserta: kode terdiri atas 8 huruf dan angka, contoh K7P2-QX4M."
    return (
        f"Kode {shown} tidak dikenal. Periksa lagi kartu Anda; kode yang sudah diganti tidak "
        "berlaku lagi. Tanyakan kepada petugas di meja depan."
    )


@bp.get("/k/<token>")
@requires(Permission.PUBLIC)
def enter_by_card(token: str) -> ResponseReturnValue:
    enrolment = card_or_404(token, datetime.now(UTC))
    here = who()
    mine = here is not None and here.enrolment_id == enrolment.counts_as.id
    if here is None and _opened_by_hand():
        enter_as_participant(enrolment)
        session[UNLOGGED] = mine = True
    if mine:
        return redirect(url_for("pages.home"), 303)
    return render_template("people/auth/switch.html", here=here, enrolment=enrolment, token=token)


@bp.post("/k/<token>")
@requires(Permission.PUBLIC)
def switch_to_card(token: str) -> ResponseReturnValue:
    now = datetime.now(UTC)
    let_in(card_or_404(token, now), Action.ENTERED_BY_CARD, now)
    return redirect(url_for("pages.home"), 303)


def _opened_by_hand() -> bool:
    """False when a browser says that another site or a prefetch asked, or nobody looks at it."""
    asked = request.headers
    return (
        asked.get("Sec-Fetch-Site") not in {"cross-site", "same-site"}
        and asked.get("Sec-Fetch-Dest", "document") == "document"
        and "prefetch" not in asked.get("Sec-Purpose", asked.get("Purpose", ""))
    )


@bp.post("/keluar")
@requires(Permission.PUBLIC)
def log_out() -> ResponseReturnValue:
    """The next person on this phone sees nothing of this one, not by going back either."""
    leave(db.session, datetime.now(UTC))
    db.session.commit()
    reply = make_response(redirect(url_for("auth.enter"), 303))
    if request.is_secure:  # elsewhere browsers only complain of it
        reply.headers["Clear-Site-Data"] = '"cache"'  # not the storage: answers may wait there
    return reply
