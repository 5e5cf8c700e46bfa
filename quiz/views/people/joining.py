"""Asking to be let in without a card: what a phone types, waits for, and enters by once."""

from datetime import UTC, datetime

from flask import (
    Blueprint,
    abort,
    jsonify,
    redirect,
    render_template,
    request,
    session,
    url_for,
)
from flask.typing import ResponseReturnValue
from wtforms import StringField
from wtforms.validators import DataRequired, Length, ValidationError

from quiz.actions.events.desk.joining import Asking, ask_to_join
from quiz.actions.events.desk.joining import enter as enter_by_request
from quiz.database import db
from quiz.models import Event, JoinRequest
from quiz.models.events.join_requests import JoinState
from quiz.models.people.audit import Action
from quiz.models.refusals import Refused
from quiz.permissions import Permission
from quiz.queries.events.desk.waiting import refusal_to_wait, request_of_phone
from quiz.views.people._entering import let_in
from quiz.web.access import requires
from quiz.web.forms import Form, one_line
from quiz.web.loaders.events import event_on_screen_or_404
from quiz.web.origin import address_key

bp = Blueprint("joining", __name__)

ASKED = "asked"
"""Where a phone's session keeps the uid of its request; it gives no right."""


class JoinForm(Form):
    """Who asks to be let in."""

    name = StringField(
        "Nama lengkap",
        validators=[DataRequired("Tulis nama lengkap Anda."), Length(max=160)],
        filters=[one_line],
        render_kw={"autocomplete": "name"},
    )
    unit = StringField(
        "Unit kerja",
        description="Misalnya Kecamatan Rekaan, atau Desa Contoh.",
        validators=[DataRequired("Tulis unit kerja Anda."), Length(max=160)],
        filters=[one_line],
        render_kw={"autocomplete": "organization"},
    )
    position = StringField(
        "Jabatan",
        description="Boleh kosong.",
        validators=[Length(max=160)],
        filters=[one_line],
        render_kw={"autocomplete": "organization-title"},
    )

    def validate_name(self, field: StringField) -> None:
        if not any(letter.isalpha() for letter in field.data or ""):
            raise ValidationError("Nama harus memuat huruf.")


@bp.route("/g/<code>/daftar", methods=["GET", "POST"])
@requires(Permission.PUBLIC)
def ask(code: str) -> ResponseReturnValue:
    """The form; with ``?perbaiki`` for a request that still waits."""
    now = datetime.now(UTC)
    event = event_on_screen_or_404(code)
    mine = _own_request(event)
    state = mine.state if mine else None
    correcting = state is JoinState.WAITING and "perbaiki" in request.args
    if state is JoinState.ADMITTED or (state is JoinState.WAITING and not correcting):
        return redirect(url_for("joining.waiting", code=event.code), 303)
    form = JoinForm(data=_typed(mine) if mine and correcting else None)
    if form.validate_on_submit():
        return _asked(event, form, mine, now)
    closed = None if correcting else refusal_to_wait(db.session, event, address_key(), now)
    page = render_template(
        "people/joining/ask.html", event=event, form=form, closed=closed, correcting=correcting
    )
    return page, 400 if form.is_submitted() else 200


def _typed(mine: JoinRequest) -> dict[str, str]:
    return {"name": mine.name, "unit": mine.unit_name, "position": mine.position}


def _asked(
    event: Event, form: JoinForm, mine: JoinRequest | None, now: datetime
) -> ResponseReturnValue:
    """Keep the request, and let this phone's cookie carry its uid."""
    asking = Asking(form.name.data or "", form.unit.data or "", form.position.data or "")
    try:
        made = ask_to_join(db.session, event, asking, mine, address_key(), now)
    except Refused as refusal:
        abort(429, description=str(refusal))
    uid = made.uid
    db.session.commit()
    session[ASKED], session.permanent = uid, True
    return redirect(url_for("joining.waiting", code=event.code), 303)


@bp.get("/g/<code>/daftar/tunggu")
@requires(Permission.PUBLIC)
def waiting(code: str) -> ResponseReturnValue:
    event = event_on_screen_or_404(code)
    mine = _own_request(event)
    if mine is None:
        return redirect(url_for("joining.ask", code=event.code))
    return render_template("people/joining/waiting.html", event=event, asked=mine, form=Form())


@bp.get("/g/<code>/daftar/keadaan")
@requires(Permission.PUBLIC, api=True, idle=True)
def state(code: str) -> ResponseReturnValue:
    """What the waiting page's script asks for: a word, which changes once somebody has decided."""
    mine = _own_request(event_on_screen_or_404(code))
    return jsonify(word=mine.state.value if mine else "none")


@bp.post("/g/<code>/daftar/masuk")
@requires(Permission.PUBLIC)
def enter(code: str) -> ResponseReturnValue:
    """Once admitted, the phone becomes that person's."""
    now = datetime.now(UTC)
    event = event_on_screen_or_404(code)
    mine = _own_request(event, lock=True)
    if mine is None:
        return redirect(url_for("joining.ask", code=event.code), 303)
    try:
        enrolment = enter_by_request(mine, now)
    except Refused as refusal:
        abort(409, description=str(refusal))
    let_in(enrolment, Action.ENTERED_ADMITTED, now)
    return redirect(url_for("pages.home"), 303)


def _own_request(event: Event, *, lock: bool = False) -> JoinRequest | None:
    """The request at this event that this phone's cookie names."""
    uid = session.get(ASKED)
    return request_of_phone(db.session, event, uid, lock=lock) if uid else None
