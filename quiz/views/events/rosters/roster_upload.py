"""A roster from a file: uploaded, looked at with every question, then taken over at once."""

import hashlib
from dataclasses import asdict, replace
from datetime import UTC, datetime
from typing import Any, NamedTuple

from flask import (
    Blueprint,
    flash,
    redirect,
    render_template,
    request,
    url_for,
)
from flask.typing import ResponseReturnValue
from flask_wtf.file import FileField, FileRequired
from wtforms import BooleanField, HiddenField

from quiz.actions.events.rostering import apply_roster, forget_old_drafts
from quiz.actions.people.auditing import record
from quiz.assessment.items.item import Status
from quiz.database import db
from quiz.exchange.rosters.reading import (
    RosterFile,
    RosterRow,
    grouped,
    read_roster,
    roster_template,
    roster_template_csv,
)
from quiz.exports.files import csv_file, xlsx_file
from quiz.models import Event, RosterDraft
from quiz.models.people.audit import Action
from quiz.permissions import Permission
from quiz.queries.events.plan import NEW, REST, Decisions, Question, RosterPlan, RowAction
from quiz.queries.events.roster_plan import plan_roster, roster_basis
from quiz.queries.people import units
from quiz.web.access import me, requires
from quiz.web.downloads import saved_as
from quiz.web.forms import Form
from quiz.web.keys import card_key
from quiz.web.loaders.events import event_or_404, own_roster_or_404

bp = Blueprint("roster_upload", __name__)

GOING = "{} orang akan dikeluarkan karena tidak ada di berkas. Lihat siapa, lalu tekan sekali lagi."

CHANGED = "Data di aplikasi berubah sejak halaman ini dibuka. Periksa lagi, lalu masukkan."


@bp.get("/kegiatan/templat-peserta.xlsx")
@requires(Permission.MANAGE_ROSTERS)
def template_xlsx() -> ResponseReturnValue:
    names = [unit.name for unit in units.active_units(db.session)]
    return saved_as("templat-peserta.xlsx", roster_template(names), xlsx_file.MEDIA_TYPE)


@bp.get("/kegiatan/templat-peserta.csv")
@requires(Permission.MANAGE_ROSTERS)
def template_csv() -> ResponseReturnValue:
    return saved_as("templat-peserta.csv", roster_template_csv(), csv_file.MEDIA_TYPE)


class Fault(NamedTuple):
    """What keeps a preview from being carried out, and the control it is about, if any."""

    target: str
    words: str


class UploadForm(Form):
    """The file."""

    file = FileField(
        "Berkas daftar peserta",
        description="Excel (.xlsx) atau CSV, paling besar 5 MB.",
        validators=[FileRequired("Pilih berkasnya dulu.")],
        render_kw={"accept": ".xlsx,.csv"},
    )


@bp.route("/kegiatan/<code>/peserta/unggah", methods=["GET", "POST"])
@requires(Permission.MANAGE_ROSTERS)
def upload(code: str) -> ResponseReturnValue:
    now = datetime.now(UTC)
    form = UploadForm()
    read, name = RosterFile(), ""
    if form.validate_on_submit():
        name = form.file.data.filename or "berkas"
        read = read_roster(name, form.file.data.read())
        if not read.faults:
            return _kept(code, name, read, now)
    db.only_read()
    event = event_or_404(code)
    status = 400 if form.is_submitted() else 200
    return render_template(
        "events/roster_upload/upload.html",
        form=form,
        event=event,
        groups=grouped(read.faults),
        faults=len(read.faults),
        good=len(read.rows),
    ), status


def _kept(code: str, name: str, read: RosterFile, now: datetime) -> ResponseReturnValue:
    """Let the rows wait for confirmation, and show them."""
    content = {
        "rows": [asdict(row) for row in read.rows],
        "warnings": [warning.sentence for warning in read.warnings],
    }
    event = event_or_404(code)
    forget_old_drafts(db.session, now)
    draft = RosterDraft(
        event=event,
        user_id=me().user_id,
        file_name=name[-200:],
        content=content,
        created_at=now,
    )
    db.session.add(draft)
    db.session.commit()
    return redirect(url_for("roster_upload.preview", code=event.code, uid=draft.uid), 303)


class ConfirmForm(Form):
    """What the preview was computed from, to notice changes made meanwhile.

    ``replace`` takes those off who are not in the file; ``shown`` says which of them were shown.
    """

    basis = HiddenField()
    shown = HiddenField()
    replace = BooleanField("Keluarkan juga mereka yang tidak ada di berkas ini")


@bp.get("/kegiatan/<code>/peserta/unggah/<uid>")
@requires(Permission.MANAGE_ROSTERS)
def preview(code: str, uid: str) -> ResponseReturnValue:
    now = datetime.now(UTC)
    event = event_or_404(code)
    draft = own_roster_or_404(event, uid)
    if not draft.waiting(now):
        return _no_longer(event, draft)
    plan = plan_roster(db.session, event, _rows(draft))
    return _preview(event, draft, plan, Decisions(), faults=[])


@bp.post("/kegiatan/<code>/peserta/unggah/<uid>")
@requires(Permission.MANAGE_ROSTERS)
def confirm(code: str, uid: str) -> ResponseReturnValue:
    """Plan while others go on saving; then, if nothing has changed meanwhile, carry it out."""
    now = datetime.now(UTC)
    form = ConfirmForm()
    decisions = Decisions({key: value for key, value in request.form.items() if ":" in key})
    with db.looking():
        event = event_or_404(code)
        draft = own_roster_or_404(event, uid)
        if not draft.waiting(now):
            return _no_longer(event, draft)
        rows = _rows(draft)
        plan = plan_roster(db.session, event, rows, decisions)
        faults = _faults(plan, form)
        if not form.validate_on_submit() or faults:
            return _preview(event, draft, plan, decisions, faults, wished=form.replace.data), 400
    event = event_or_404(code)
    draft = own_roster_or_404(event, uid)
    if not draft.waiting(now):
        return _no_longer(event, draft)
    if roster_basis(db.session, event, rows) != plan.basis:
        changed = [Fault("", CHANGED)]
        return _preview(event, draft, plan, decisions, changed, wished=form.replace.data), 400
    return _applied(event, draft, replace(plan, replacing=form.replace.data), now)


def _faults(plan: RosterPlan, form: ConfirmForm) -> list[Fault]:
    """Why the preview cannot be carried out as it was sent."""
    if plan.basis != form.basis.data:
        return [Fault("", CHANGED)]
    if plan.open_questions:
        return [Fault(_anchor(plan, question), question.text) for question in plan.open_questions]
    if form.replace.data and form.shown.data != _going(plan):
        return [Fault("tidak-ada", GOING.format(len(plan.removable)))]
    return []


def _going(plan: RosterPlan) -> str:
    """A digest of who would be taken off, so that nobody goes who was not shown."""
    uids = sorted(each.uid for each in plan.removable)
    return hashlib.sha256(repr(uids).encode()).hexdigest()[:16]


def _anchor(plan: RosterPlan, question: Question) -> str:
    """The id of the question's control on the page."""
    many = [asked.question for asked in plan.asked]
    units = [unit.question for unit in plan.units if unit.question is not None]
    for place, asked in (("banyak", many), ("unit", units)):
        if question in asked:
            return f"{place}-{asked.index(question) + 1}"
    return question.key.replace(":", "-")


def _applied(
    event: Event, draft: RosterDraft, plan: RosterPlan, now: datetime
) -> ResponseReturnValue:
    applied = apply_roster(db.session, event, plan, now, card_key())
    event.roster_source = draft.file_name
    draft.close(now)
    record(
        db.session,
        now,
        me().user_id,
        Action.ROSTER_APPLIED,
        ("event", event.uid),
        file=draft.file_name,
        added=len(applied.added),
        updated=len(applied.updated),
        removed=len(applied.removed),
        units=[unit.name for unit in applied.units],
    )
    db.session.commit()
    flash(
        f"{len(applied.added)} orang ditambahkan, {len(applied.updated)} diperbarui"
        + (f", {len(applied.units)} unit dibuat" if applied.units else "")
        + (f", {len(applied.removed)} dikeluarkan." if applied.removed else "."),
        "success",
    )
    return redirect(url_for("roster.index", code=event.code), 303)


def _no_longer(event: Event, draft: RosterDraft) -> ResponseReturnValue:
    """A draft taken over already leads to the list, an expired one back to the upload."""
    if draft.applied_at is not None:
        flash("Daftar dari unggahan ini sudah dimasukkan.", "info")
        return redirect(url_for("roster.index", code=event.code), 303)
    flash("Unggahan ini sudah lebih dari sehari. Unggah lagi berkasnya.", "attention")
    return redirect(url_for("roster_upload.upload", code=event.code), 303)


def _rows(draft: RosterDraft) -> list[RosterRow]:
    stored: list[dict[str, Any]] = draft.content["rows"]
    return [
        RosterRow(**{**row, "status": Status(row["status"]) if row["status"] else None})
        for row in stored
    ]


def _preview(
    event: Event,
    draft: RosterDraft,
    plan: RosterPlan,
    decisions: Decisions,
    faults: list[Fault],
    *,
    wished: bool = False,
) -> str:
    form = ConfirmForm(formdata=None, basis=plan.basis, shown=_going(plan), replace=wished)
    return render_template(
        "events/roster_upload/preview.html",
        form=form,
        event=event,
        draft=draft,
        plan=plan,
        answers=decisions.answers,
        faults=faults,
        warnings=draft.content["warnings"],
        REST=REST,
        NEW=NEW,
        counts={action.value: plan.count(action) for action in RowAction},
    )
