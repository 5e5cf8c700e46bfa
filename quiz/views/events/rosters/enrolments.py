"""One person on a roster: corrected, moved, removed, given a new card, a check-in taken back."""

from datetime import UTC, datetime
from typing import Unpack

from flask import Blueprint, abort, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from wtforms import BooleanField, HiddenField, SelectField, StringField
from wtforms.validators import DataRequired, Length, ValidationError

from quiz.actions.events.enrolling import first_attempt, reissue, undo_check_in
from quiz.actions.events.enrolling import move as move_person
from quiz.actions.events.enrolling import remove as remove_person
from quiz.actions.events.renaming import correct_person
from quiz.actions.people.auditing import record
from quiz.assessment.items.item import Status
from quiz.database import db
from quiz.exchange.rosters.cells import CellFault, read_nip
from quiz.models import Enrolment, User
from quiz.models.people.audit import Action, Detail
from quiz.models.refusals import Refused
from quiz.permissions import Permission
from quiz.queries.events import roster
from quiz.queries.people import units
from quiz.web.access import me, requires
from quiz.web.forms import Form, one_line
from quiz.web.keys import card_key
from quiz.web.layout import name_of
from quiz.web.loaders.events import enrolment_or_404

bp = Blueprint("enrolments", __name__)


@bp.get("/kegiatan/<code>/peserta/<uid>")
@requires(Permission.MANAGE_ROSTERS)
def page(code: str, uid: str) -> ResponseReturnValue:
    now = datetime.now(UTC)
    enrolment = enrolment_or_404(code, uid)
    done = roster.progress_of(db.session, [enrolment.id], now)
    return render_template(
        "events/enrolments/person.html",
        event=enrolment.event,
        enrolment=enrolment,
        progress=done.get(enrolment.id, []),
        begun=first_attempt(db.session, enrolment) is not None,
        now=now,
    )


@bp.post("/kegiatan/<code>/peserta/<uid>/batal-hadir")
@requires(Permission.MANAGE_ROSTERS)
def not_there(code: str, uid: str) -> ResponseReturnValue:
    now = datetime.now(UTC)
    enrolment = enrolment_or_404(code, uid)
    try:
        undo_check_in(db.session, enrolment)
    except Refused as refusal:
        abort(409, description=str(refusal))
    return _done(enrolment, Action.CHECK_IN_UNDONE, "Catatan hadir dibatalkan.", now)


class PlaceForm(Form):
    """Unit and status on the day of the event."""

    unit = SelectField("Unit pada kegiatan ini", coerce=int)
    status = SelectField("Status", choices={status.value: status.label for status in Status})


@bp.route("/kegiatan/<code>/peserta/<uid>/pindah", methods=["GET", "POST"])
@requires(Permission.MANAGE_ROSTERS)
def move(code: str, uid: str) -> ResponseReturnValue:
    now = datetime.now(UTC)
    enrolment = enrolment_or_404(code, uid)
    form = PlaceForm(unit=enrolment.unit_id, status=enrolment.status.value)
    offered = {unit.id: unit for unit in units.active_units(db.session)}
    offered.setdefault(enrolment.unit_id, enrolment.unit)
    form.unit.choices = {unit.id: unit.name for unit in offered.values()}
    if form.validate_on_submit():
        before = enrolment.unit_name
        try:
            move_person(db.session, enrolment, offered[form.unit.data], Status(form.status.data))
        except Refused as refusal:
            form.status.errors = [str(refusal)]
        else:
            said = f"{name_of(enrolment)}: {enrolment.unit_name}, {enrolment.status.label}."
            after = enrolment.unit_name
            return _done(enrolment, Action.ENROLMENT_MOVED, said, now, before=before, after=after)
    status = 400 if form.is_submitted() else 200
    return render_template(
        "events/enrolments/move.html", form=form, event=enrolment.event, enrolment=enrolment
    ), status


class PersonForm(Form):
    """What a person is called. A NIP stays as it is unless a new one is typed or it is dropped."""

    name = StringField(
        "Nama lengkap",
        description="Dengan gelar, seperti akan tertulis di kartu dan laporan.",
        validators=[DataRequired("Tulis nama lengkap."), Length(max=160)],
        filters=[one_line],
    )
    nip = StringField("NIP baru", render_kw={"inputmode": "numeric", "autocomplete": "off"})
    without_nip = BooleanField("Orang ini tidak punya NIP")
    position = StringField("Jabatan", validators=[Length(max=160)], filters=[one_line])

    def validate_name(self, field: StringField) -> None:
        if not any(letter.isalpha() for letter in field.data or ""):
            raise ValidationError("Nama harus memuat huruf.")

    def validate_nip(self, field: StringField) -> None:
        try:
            read_nip(field.data or None)
        except CellFault as fault:
            raise ValidationError(fault.sentence) from fault

    def nip_of(self, user: User) -> str | None:
        """The NIP this form leaves the person with."""
        if self.without_nip.data:
            return None
        return read_nip(self.nip.data or None) or user.nip


@bp.route("/kegiatan/<code>/peserta/<uid>/ubah", methods=["GET", "POST"])
@requires(Permission.MANAGE_ROSTERS)
def correct(code: str, uid: str) -> ResponseReturnValue:
    now = datetime.now(UTC)
    enrolment = enrolment_or_404(code, uid)
    user = enrolment.user
    form = PersonForm(name=user.name, position=user.position or "")
    if form.validate_on_submit():
        before = user.name
        try:
            correct_person(db.session, user, form.name.data, form.nip_of(user))
        except Refused as refusal:
            form.nip.errors = [str(refusal)]
        else:
            user.position = form.position.data or None
            return _done(
                enrolment,
                Action.PERSON_CORRECTED,
                f"Tersimpan: {user.name}.",
                now,
                before=before,
                after=user.name,
            )
    status = 400 if form.is_submitted() else 200
    return render_template(
        "events/enrolments/correct.html", form=form, event=enrolment.event, enrolment=enrolment
    ), status


@bp.route("/kegiatan/<code>/peserta/<uid>/keluarkan", methods=["GET", "POST"])
@requires(Permission.MANAGE_ROSTERS)
def remove(code: str, uid: str) -> ResponseReturnValue:
    now = datetime.now(UTC)
    enrolment = enrolment_or_404(code, uid)
    form = Form()
    if not form.validate_on_submit():
        return render_template(
            "events/enrolments/remove.html", form=form, event=enrolment.event, enrolment=enrolment
        )
    try:
        name = name_of(enrolment)
        remove_person(db.session, enrolment, now)
    except Refused as refusal:
        abort(409, description=str(refusal))
    _record(enrolment, Action.ENROLMENT_REMOVED, now)
    db.session.commit()
    flash(f"{name} dikeluarkan dari daftar.", "success")
    return redirect(url_for("roster.index", code=enrolment.event.code), 303)


class CardForm(Form):
    """Which card is replaced, so that two clicks make one new card."""

    issue = HiddenField()


@bp.route("/kegiatan/<code>/peserta/<uid>/kartu-baru", methods=["GET", "POST"])
@requires(Permission.HANDLE_CARDS)
def new_card(code: str, uid: str) -> ResponseReturnValue:
    now = datetime.now(UTC)
    enrolment = enrolment_or_404(code, uid)
    form = CardForm(issue=enrolment.issue)
    if not form.validate_on_submit():
        return render_template(
            "events/enrolments/reissue.html", form=form, event=enrolment.event, enrolment=enrolment
        )
    if form.issue.data == str(enrolment.issue):
        reissue(db.session, enrolment, card_key())
        _record(enrolment, Action.CARD_REISSUED, now)
        db.session.commit()
        flash(
            f"Kartu baru untuk {name_of(enrolment)} siap; kartu lama tidak berlaku lagi.",
            "success",
        )
    card = url_for("cards.index", code=enrolment.event.code, orang=enrolment.uid)
    return redirect(card, 303)


def _done(
    enrolment: Enrolment, action: Action, said: str, now: datetime, **detail: Unpack[Detail]
) -> ResponseReturnValue:
    _record(enrolment, action, now, **detail)
    db.session.commit()
    flash(said, "success")
    return redirect(url_for("enrolments.page", code=enrolment.event.code, uid=enrolment.uid), 303)


def _record(enrolment: Enrolment, action: Action, now: datetime, **detail: Unpack[Detail]) -> None:
    record(db.session, now, me().user_id, action, ("enrolment", enrolment.uid), **detail)
