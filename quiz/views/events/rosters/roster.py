"""An event's roster: the list by unit, checking in, and one person added by hand."""

from collections.abc import Mapping
from datetime import UTC, datetime

from flask import Blueprint, abort, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from wtforms import RadioField, SelectField, StringField
from wtforms.validators import DataRequired, InputRequired, Length, ValidationError

from quiz.actions.events import attending
from quiz.actions.events.rostering import apply_roster
from quiz.actions.people.auditing import record
from quiz.assessment.items.item import Status
from quiz.database import db
from quiz.exchange.rosters.cells import CellFault, read_nip
from quiz.exchange.rosters.reading import RosterRow
from quiz.models import Enrolment, Event
from quiz.models.people.audit import Action
from quiz.permissions import Permission
from quiz.queries.events import events, roster
from quiz.queries.events.plan import RosterPlan, RowAction
from quiz.queries.events.roster import Wanted, Which
from quiz.queries.events.roster_plan import plan_roster
from quiz.queries.people import units
from quiz.views.events._asking import AskingForm
from quiz.web.access import can, me, requires
from quiz.web.forms import one_line
from quiz.web.keys import card_key
from quiz.web.layout import name_of
from quiz.web.loaders.events import enrolment_or_404, event_or_404
from quiz.web.paging import PAGE_SIZE, Page, page_number

bp = Blueprint("roster", __name__)

WHICH = ((Which.ALL, "Semua"), (Which.PRESENT, "Hadir"), (Which.AWAITED, "Belum tercatat"))


@bp.get("/kegiatan/<code>/peserta")
@requires(Permission.MANAGE_ROSTERS)
def index(code: str) -> ResponseReturnValue:
    now = datetime.now(UTC)
    event = event_or_404(code)
    wanted = _wanted()
    number = page_number()
    lines, total = roster.roster_lines(
        db.session, event, wanted, now, offset=(number - 1) * PAGE_SIZE, limit=PAGE_SIZE
    )
    counted = events.roster_facts(db.session, event)
    sizes = {
        Which.ALL: counted.invited,
        Which.PRESENT: counted.attended,
        Which.AWAITED: counted.invited - counted.attended,
    }
    choices = [
        {
            "text": f"{label} {sizes[which]}",
            "url": url_for(
                "roster.index", code=event.code, tampil=which.value, cari=wanted.search or None
            ),
            "current": which is wanted.which,
        }
        for which, label in WHICH
    ]
    return render_template(
        "events/roster/index.html",
        now=now,
        event=event,
        lines=lines,
        page=Page(number, total),
        wanted=wanted,
        roster=counted,
        choices=choices,
    )


def _wanted() -> Wanted:
    """Whom this request asks to see."""
    which = request.values.get("tampil", "")
    return Wanted(
        request.values.get("cari", "").strip()[:80],
        Which(which) if which in set(Which) else Which.ALL,
    )


@bp.post("/kegiatan/<code>/peserta/<uid>/hadir")
@requires(Permission.MANAGE_ROSTERS)
def check_in(code: str, uid: str) -> ResponseReturnValue:
    now = datetime.now(UTC)
    enrolment = enrolment_or_404(code, uid)
    if attending.check_in(db.session, enrolment, now):
        record(db.session, now, me().user_id, Action.CHECK_IN, ("enrolment", enrolment.uid))
        db.session.commit()
    flash(f"{name_of(enrolment)} tercatat hadir.", "success")
    if request.form.get("kembali") == "orang":
        return redirect(url_for("enrolments.page", code=enrolment.event.code, uid=uid), 303)
    wanted = _wanted()
    back = url_for(
        "roster.index",
        code=enrolment.event.code,
        tampil=wanted.which.value,
        cari=wanted.search or None,
        halaman=page_number() if page_number() > 1 else None,
    )
    return redirect(back, 303)


class PersonForm(AskingForm):
    """One person for the roster."""

    name = StringField(
        "Nama lengkap",
        validators=[DataRequired("Tulis nama lengkap."), Length(max=160)],
        filters=[one_line],
    )
    nip = StringField(
        "NIP",
        description="18 angka. Kosongkan bila tidak punya, misalnya kepala desa.",
        render_kw={"inputmode": "numeric", "autocomplete": "off"},
    )
    status = SelectField(
        "Status",
        choices={"": "Pilih status"} | {status.value: status.label for status in Status},
        validators=[InputRequired("Pilih status.")],
    )
    unit = SelectField("Unit kerja")
    new_unit = StringField(
        "Unit yang belum ada dalam daftar",
        description="Isi hanya bila unitnya belum ada dalam daftar.",
        validators=[Length(max=160)],
        filters=[one_line],
    )
    position = StringField("Jabatan", description="Boleh kosong.", validators=[Length(max=160)])
    arrival = RadioField(
        "Keadaan",
        choices={"invited": "Diundang, belum datang", "walked_in": "Datang tanpa undangan"},
        default="invited",
    )

    units: Mapping[str, str]

    def validate_name(self, field: StringField) -> None:
        if not any(letter.isalpha() for letter in field.data or ""):
            raise ValidationError("Nama harus memuat huruf.")

    def validate_nip(self, field: StringField) -> None:
        try:
            read_nip(field.data or None)
        except CellFault as fault:
            raise ValidationError(fault.sentence) from fault

    def validate_unit(self, field: SelectField) -> None:
        if not (field.data or self.new_unit.data):
            raise ValidationError("Pilih unit kerja, atau tulis nama unit yang belum ada.")

    def row(self) -> RosterRow:
        """What was typed, as a row of a roster file would say it."""
        return RosterRow(
            row_number=1,
            name=self.name.data or "",
            nip=read_nip(self.nip.data or None),
            status=Status(self.status.data),
            unit=self.new_unit.data or self.units[self.unit.data],
            position=" ".join((self.position.data or "").split()) or None,
        )


@bp.route("/kegiatan/<code>/peserta/baru", methods=["GET", "POST"])
@requires(Permission.MANAGE_ROSTERS)
def add(code: str) -> ResponseReturnValue:
    now = datetime.now(UTC)
    event = event_or_404(code)
    form = PersonForm()
    form.units = {unit.uid: unit.name for unit in units.active_units(db.session)}
    form.unit.choices = {"": "Pilih unit"} | form.units
    if form.validate_on_submit():
        plan = plan_roster(db.session, event, [form.row()], form.decisions())
        if not plan.ready:
            form.ask(plan, leaving_out=form.units.values())
        elif plan.rows[0].action is RowAction.ADD or _was_removed(plan):
            return _added(event, plan, walked_in=form.arrival.data == "walked_in", now=now)
        else:
            form.name.errors = [
                "Orang ini sudah ada di daftar peserta. Cari namanya di daftar untuk memindahkan."
            ]
    status = 400 if form.is_submitted() else 200
    return render_template("events/roster/add.html", form=form, event=event), status


def _was_removed(plan: RosterPlan) -> bool:
    return any(difference.field == "Daftar" for difference in plan.rows[0].differences)


def _added(
    event: Event, plan: RosterPlan, *, walked_in: bool, now: datetime
) -> ResponseReturnValue:
    applied = apply_roster(db.session, event, plan, now, card_key(), walked_in=walked_in)
    enrolment = _one(applied.added)
    if walked_in:
        enrolment.check_in(now)
    record(
        db.session,
        now,
        me().user_id,
        Action.ENROLMENT_ADDED,
        ("enrolment", enrolment.uid),
        code=event.code,
        unit=enrolment.unit_name,
    )
    db.session.commit()
    if can(Permission.HANDLE_CARDS):
        flash(f"{name_of(enrolment)} masuk daftar. Ini kartunya.", "success")
        return redirect(url_for("cards.index", code=event.code, orang=enrolment.uid), 303)
    flash(f"{name_of(enrolment)} masuk daftar. Kartunya ada pada petugas.", "success")
    return redirect(url_for("enrolments.page", code=event.code, uid=enrolment.uid), 303)


def _one(added: tuple[Enrolment, ...]) -> Enrolment:
    if len(added) != 1:
        abort(409, description="Daftar peserta berubah sejak halaman ini dibuka. Coba sekali lagi.")
    return added[0]
