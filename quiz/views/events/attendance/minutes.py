"""The berita acara of an event: what somebody writes on it is kept, its numbers are counted."""

from datetime import UTC, date, datetime

from flask import Blueprint, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from wtforms import FieldList, FormField, StringField, TextAreaField
from wtforms.validators import ValidationError

from quiz.actions.people.auditing import record
from quiz.database import db
from quiz.exchange.rosters.names import name_and_role
from quiz.formats import parse_date
from quiz.models import Event, EventMinutes
from quiz.models.people.audit import Action
from quiz.permissions import Permission
from quiz.queries.events import events
from quiz.queries.events.attendance import attendance_of, minutes_of
from quiz.web import moments
from quiz.web.access import me, requires
from quiz.web.forms import Form, PartForm, at_most, one_line, trimmed
from quiz.web.loaders.events import event_or_404

bp = Blueprint("minutes", __name__)

SIGNATORIES = 3


class SignatoryForm(PartForm):
    """Somebody who signs; a row without a name signs nothing."""

    office = StringField("Jabatan", validators=[at_most(120)], filters=[one_line])
    name = StringField("Nama", validators=[at_most(160)], filters=[one_line])
    number = StringField("NIP atau pangkat", validators=[at_most(80)], filters=[one_line])

    def validate_office(self, field: StringField) -> None:
        if field.data and not self.name.data:
            raise ValidationError("Tulis juga namanya, atau kosongkan jabatannya.")


class MinutesForm(Form):
    """What an office writes on the paper."""

    number = StringField(
        "Nomor",
        description="Nomor naskah dinas. Boleh kosong dan diisi dengan tangan.",
        validators=[at_most(80)],
        filters=[one_line],
    )
    day = moments.DayField("Tanggal")
    place = StringField("Tempat kegiatan", validators=[at_most(200)], filters=[one_line])
    signed_in = StringField(
        "Dibuat di",
        description="Kota atau kecamatan di atas tanda tangan, misalnya: Loa Janan.",
        validators=[at_most(80)],
        filters=[one_line],
    )
    remarks = TextAreaField(
        "Catatan pelaksanaan",
        description="Kejadian, hambatan, atau hal lain yang perlu dicatat. Boleh kosong.",
        validators=[at_most(2000)],
        filters=[trimmed],
    )
    signatories = FieldList(
        FormField(SignatoryForm), min_entries=SIGNATORIES, max_entries=SIGNATORIES
    )

    written_on: date

    def validate_day(self, field: StringField) -> None:
        try:
            self.written_on = parse_date((field.data or "").strip())
        except ValueError as fault:
            raise ValidationError(str(fault)) from fault

    def write_to(self, minutes: EventMinutes) -> None:
        """Put what was typed into the minutes."""
        minutes.number, minutes.day = self.number.data or "", self.written_on
        minutes.place, minutes.signed_in = self.place.data or "", self.signed_in.data or ""
        minutes.remarks = self.remarks.data or ""
        minutes.signatories = [
            {name: row.form[name].data or "" for name in ("office", "name", "number")}
            for row in self.signatories
            if row.form.name.data
        ]


def _minutes(event: Event) -> EventMinutes:
    """What is kept, or what the event itself says while nobody has written anything."""
    return minutes_of(db.session, event) or EventMinutes(
        event_id=event.id,
        number="",
        day=event.days[-1],
        place=event.place,
        signed_in="",
        remarks="",
        signatories=[],
    )


@bp.get("/kegiatan/<code>/berita-acara")
@requires(Permission.MANAGE_EVENTS)
def page(code: str) -> ResponseReturnValue:
    now = datetime.now(UTC)
    event = event_or_404(code)
    roster = events.roster_facts(db.session, event)
    return render_template(
        "events/minutes/page.html",
        event=event,
        minutes=_minutes(event),
        roster=roster,
        attendance=attendance_of(db.session, event),
        sittings=events.sitting_facts(db.session, event, roster, now),
        speakers=[name_and_role(line) for line in event.speakers.splitlines()],
        now=now,
    )


@bp.route("/kegiatan/<code>/berita-acara/ubah", methods=["GET", "POST"])
@requires(Permission.MANAGE_EVENTS)
def edit(code: str) -> ResponseReturnValue:
    now = datetime.now(UTC)
    event = event_or_404(code)
    minutes = _minutes(event)
    form = MinutesForm(obj=minutes)
    if not form.validate_on_submit():
        status = 400 if form.is_submitted() else 200
        return render_template("events/minutes/edit.html", form=form, event=event), status
    form.write_to(minutes)
    db.session.add(minutes)
    record(db.session, now, me().user_id, Action.MINUTES_CHANGED, ("event", event.uid))
    db.session.commit()
    flash("Berita acara tersimpan.", "success")
    return redirect(url_for("minutes.page", code=event.code), 303)
