"""Somebody without a card: typed in at the desk, or asking on the phone and admitted or not."""

from datetime import UTC, datetime

from flask import Blueprint, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from wtforms import SelectField, StringField
from wtforms.validators import DataRequired, InputRequired, Length, ValidationError

from quiz.actions.events.desk.walking_in import TakenIn, take_in
from quiz.actions.people.auditing import record
from quiz.assessment.items.item import Status
from quiz.database import db
from quiz.exchange.rosters.reading import RosterRow
from quiz.models import Event, JoinRequest
from quiz.models.people.audit import Action, SubjectType
from quiz.models.refusals import Refused
from quiz.permissions import Permission
from quiz.queries.events.roster_plan import plan_roster
from quiz.queries.people import units
from quiz.views.events._asking import AskingForm
from quiz.web.access import can, me, requires
from quiz.web.forms import one_line
from quiz.web.keys import card_key
from quiz.web.loaders.desk import waiting_request_or_409
from quiz.web.loaders.events import event_or_404

bp = Blueprint("walk_ins", __name__)


class GuestForm(AskingForm):
    """What the desk asks of somebody without a card: no more than a card would say."""

    name = StringField(
        "Nama lengkap",
        validators=[DataRequired("Tulis nama lengkap."), Length(max=160)],
        filters=[one_line],
        render_kw={"autocomplete": "off", "autofocus": True},
    )
    unit = StringField(
        "Unit kerja",
        description="Ketik beberapa huruf, lalu pilih. Yang belum ada boleh ditulis.",
        validators=[DataRequired("Tulis unit kerja."), Length(max=160)],
        filters=[one_line],
        render_kw={"autocomplete": "off", "list": "semua-unit"},
    )
    status = SelectField(
        "Status",
        choices={"": "Pilih status"} | {status.value: status.label for status in Status},
        validators=[InputRequired("Pilih status.")],
    )
    position = StringField(
        "Jabatan",
        description="Boleh kosong.",
        validators=[Length(max=160)],
        filters=[one_line],
        render_kw={"autocomplete": "off"},
    )

    def validate_name(self, field: StringField) -> None:
        if not any(letter.isalpha() for letter in field.data or ""):
            raise ValidationError("Nama harus memuat huruf.")

    def row(self) -> RosterRow:
        """What was typed, as a row of a roster file would say it."""
        return RosterRow(
            row_number=1,
            name=self.name.data or "",
            nip=None,
            status=Status(self.status.data),
            unit=self.unit.data or "",
            position=self.position.data or None,
        )


@bp.route("/kegiatan/<code>/meja/tamu", methods=["GET", "POST"])
@requires(Permission.MANAGE_ROSTERS)
def add(code: str) -> ResponseReturnValue:
    return _take_in(event_or_404(code), None)


@bp.route("/kegiatan/<code>/meja/daftar-tunggu/<uid>", methods=["GET", "POST"])
@requires(Permission.HANDLE_CARDS)
def admit(code: str, uid: str) -> ResponseReturnValue:
    event = event_or_404(code)
    return _take_in(event, waiting_request_or_409(event, uid))


@bp.post("/kegiatan/<code>/meja/daftar-tunggu/<uid>/tolak")
@requires(Permission.HANDLE_CARDS)
def refuse(code: str, uid: str) -> ResponseReturnValue:
    now = datetime.now(UTC)
    event = event_or_404(code)
    asked = waiting_request_or_409(event, uid)
    name, by = asked.name, me().user_id
    asked.settle(by, None, now)
    record(db.session, now, by, Action.JOIN_REFUSED, ("event", event.uid), name=name)
    db.session.commit()
    flash(f"Permintaan {name} ditolak; HP-nya memberitahukannya.", "success")
    return redirect(url_for("scanning.page", code=event.code), 303)


def _take_in(event: Event, asked: JoinRequest | None) -> ResponseReturnValue:
    """The form, filled in with what was asked on the phone; sent, the person's place."""
    now = datetime.now(UTC)
    typed = {}
    if asked is not None:
        typed = {"name": asked.name, "unit": asked.unit_name, "position": asked.position}
    form = GuestForm(data=typed)
    names = [unit.name for unit in units.active_units(db.session)]
    if form.validate_on_submit():
        plan = plan_roster(db.session, event, [form.row()], form.decisions())
        if not plan.ready:
            form.ask(plan, leaving_out=names)
        else:
            try:
                taken = take_in(db.session, event, plan, now, card_key())
            except Refused as refusal:
                form.name.errors = [str(refusal)]
            else:
                return _taken_in(event, taken, asked, now)
    page = render_template(
        "events/walk_ins/add.html", event=event, form=form, asked=asked, units=names
    )
    return page, 400 if form.is_submitted() else 200


def _taken_in(
    event: Event, taken: TakenIn, asked: JoinRequest | None, now: datetime
) -> ResponseReturnValue:
    """Log it, let the phone that asked in, commit; then the card, or back to the desk."""
    enrolment, by = taken.enrolment, me().user_id
    subject: tuple[SubjectType, str] = ("enrolment", enrolment.uid)
    if taken.fresh:
        unit = enrolment.unit_name
        record(db.session, now, by, Action.ENROLMENT_ADDED, subject, code=event.code, unit=unit)
    if taken.arrived:
        record(db.session, now, by, Action.CHECK_IN, subject)
    if asked is not None:
        asked.settle(by, enrolment, now)
        record(db.session, now, by, Action.JOIN_ADMITTED, subject, code=event.code)
    db.session.commit()
    name = enrolment.user.name
    said = f"{name} masuk daftar dan tercatat hadir."
    if not taken.fresh:
        said = f"{name} sudah ada di daftar ({enrolment.unit_name}); sekarang tercatat hadir."
    if asked is not None:
        flash(f"{said} HP-nya terbuka sendiri.", "success")
        return redirect(url_for("scanning.page", code=event.code), 303)
    flash(said, "success")
    if can(Permission.HANDLE_CARDS):
        card = url_for("cards.index", code=event.code, orang=enrolment.uid, kembali="meja")
        return redirect(card, 303)
    return redirect(url_for("scanning.page", code=event.code), 303)
