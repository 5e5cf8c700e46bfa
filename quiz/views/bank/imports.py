"""Questions from a file or a pasted text: read, looked at one by one, then landed as drafts."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_wtf.file import FileField
from wtforms import DateField, SelectField, TextAreaField, validators
from wtforms.fields.choices import SelectChoice

from quiz.actions.bank.importing import forget_old_imports, land
from quiz.actions.people.auditing import record
from quiz.assessment.items.item import Level
from quiz.assessment.items.types import ITEM_TYPES
from quiz.database import db
from quiz.exchange.questions import (
    FORMATS,
    MAX_ITEMS,
    ImportedFile,
    ImportedItem,
    read_questions,
)
from quiz.exchange.tables.disguise import shown_name
from quiz.formats import wita
from quiz.models import ItemImport, Topic
from quiz.models.bank.states import STATES
from quiz.models.people.audit import Action
from quiz.permissions import Permission
from quiz.queries.bank.draft_check import checked_content
from quiz.queries.bank.import_preview import Fate, draft_content, fates
from quiz.queries.bank.imports import known_stems, landed_items
from quiz.queries.sources.known import Sources, sources
from quiz.web.access import me, requires
from quiz.web.forms import Form
from quiz.web.loaders.bank import own_import_or_404
from quiz.web.paging import PAGE_SIZE, Page, page_number

bp = Blueprint("imports", __name__)

PASTED = "teks yang ditempel"
NOTHING = ImportedFile("", faults=("Pilih berkasnya, atau tempelkan teksnya.",))


class UploadForm(Form):
    """A file or a text, and its format where one would rather say it."""

    file = FileField(
        "Berkas soal",
        description="Word (.docx), Excel (.xlsx), CSV, teks, GIFT, Aiken, atau XML Moodle; "
        f"paling besar 5 MB dan {MAX_ITEMS} soal.",
        render_kw={"accept": ".docx,.xlsx,.csv,.txt,.gift,.xml"},
    )
    text = TextAreaField(
        "Atau tempelkan teksnya",
        description="Salin dari Word, surel, atau pesan: nomor, opsi, kunci, pembahasan.",
        render_kw={"rows": 10},
    )
    format = SelectField(
        "Format",
        default="",
        choices=[
            SelectChoice("", "Kenali sendiri"),
            *(SelectChoice(name, kind.label) for name, kind in FORMATS.items()),
        ],
    )


@bp.route("/soal/ambil", methods=["GET", "POST"])
@requires(Permission.EDIT_ITEMS)
def upload() -> ResponseReturnValue:
    now = datetime.now(UTC)
    form = UploadForm()
    read = ImportedFile("")
    if form.validate_on_submit():
        name, blob = _sent(form)
        read = read_questions(name, blob, form.format.data or "") if blob else NOTHING
        if not read.faults:
            return _kept(name, read, now)
    status = 400 if form.is_submitted() else 200
    return render_template("bank/imports/upload.html", form=form, faults=read.faults), status


def _sent(form: UploadForm) -> tuple[str, bytes]:
    """The file's name and content; without a file, those of the pasted text."""
    if form.file.data:
        return form.file.data.filename or "berkas", form.file.data.read()
    return PASTED, (form.text.data or "").strip().encode()


def _kept(name: str, read: ImportedFile, now: datetime) -> ResponseReturnValue:
    """Let the questions wait for confirmation, and show them."""
    waiting = ItemImport(
        user_id=me().user_id,
        file_name=shown_name(name),
        format=read.format,
        content={"items": [item.to_json() for item in read.items], "notes": list(read.notes)},
        created_at=now,
    )
    forget_old_imports(db.session, now)
    db.session.add(waiting)
    db.session.commit()
    return redirect(url_for("imports.preview", uid=waiting.uid), 303)


LATER = SelectChoice("", "Pilih nanti")


class ConfirmForm(Form):
    """What holds for every question that does not say otherwise."""

    topic = SelectField("Topik bagi yang belum punya", default="")
    level = SelectField(
        "Tingkat bagi yang belum punya",
        default="",
        choices=[LATER, *(SelectChoice(level.value, level.label) for level in Level)],
    )
    law_as_of = DateField(
        "Keadaan hukum per tanggal",
        [validators.InputRequired("Isi tanggal keadaan hukum yang menjadi dasar soal.")],
        description="Hari ketika bunyi aturan dicocokkan dengan soal-soal ini.",
    )


@bp.get("/soal/ambil/<uid>")
@requires(Permission.EDIT_ITEMS)
def preview(uid: str) -> ResponseReturnValue:
    now = datetime.now(UTC)
    waiting = own_import_or_404(uid)
    if not waiting.waiting(now):
        return _no_longer(waiting)
    known = sources(db.session)
    form = ConfirmForm(law_as_of=wita(now).date())
    return _preview(waiting, form, known, _fates(waiting, known, now))


@bp.post("/soal/ambil/<uid>")
@requires(Permission.EDIT_ITEMS)
def confirm(uid: str) -> ResponseReturnValue:
    """Land the chosen questions as drafts; they are read and looked at before anything is held."""
    now = datetime.now(UTC)
    with db.looking():
        waiting = own_import_or_404(uid)
        if not waiting.waiting(now):
            return _no_longer(waiting)
        known = sources(db.session)
        form = ConfirmForm()
        form.topic.choices = _topic_choices(known.topics)
        chosen = [item for item in _items(waiting) if item.takeable and _choice(item, "ambil")]
        if not form.validate_on_submit() or not chosen:
            extra = [] if chosen else ["Belum ada soal yang dipilih. Centang yang akan diambil."]
            return _preview(waiting, form, known, _fates(waiting, known, now), extra), 400
        contents = [
            draft_content(item, *_placed(item, form, known.topics), _day(form)) for item in chosen
        ]
    waiting = own_import_or_404(uid)
    if not waiting.waiting(now):
        return _no_longer(waiting)
    codes = land(db.session, waiting, contents, FORMATS[waiting.format].origin, now)
    record(
        db.session,
        now,
        me().user_id,
        Action.ITEMS_IMPORTED,
        ("import", waiting.uid),
        file=waiting.file_name,
        items=codes,
    )
    db.session.commit()
    flash(
        f"{len(codes)} soal masuk sebagai draf Anda. Lengkapi, lalu kirim ke pemeriksa.", "success"
    )
    return redirect(url_for("imports.landed", uid=uid), 303)


@bp.get("/soal/ambil/<uid>/hasil")
@requires(Permission.EDIT_ITEMS)
def landed(uid: str) -> ResponseReturnValue:
    """The drafts that the file became, to go on with."""
    waiting = own_import_or_404(uid)
    if waiting.applied_at is None:
        return redirect(url_for("imports.preview", uid=uid), 303)
    known = sources(db.session)
    found = landed_items(db.session, waiting)
    page = Page(page_number(), len(found))
    rows = found[(page.number - 1) * PAGE_SIZE : page.number * PAGE_SIZE]
    return render_template(
        "bank/imports/landed.html",
        waiting=waiting,
        kind=FORMATS[waiting.format],
        rows=rows,
        page=page,
        waits=any(row.draft for row in found),
        lacks={
            row.code: len(checked_content(row.draft.content, known).lacks)
            for row in rows
            if row.draft
        },
        states=STATES,
    )


@dataclass(frozen=True)
class Chosen:
    """What the page shows as chosen for one question."""

    take: bool
    topic: str
    level: str


def _choice(item: ImportedItem, name: str) -> str:
    return request.form.get(f"{name}-{item.number}", "")


def _placed(item: ImportedItem, form: ConfirmForm, known: list[Topic]) -> tuple[str, Level | None]:
    """Topic and level: those chosen beside the question, else those for all, else none."""
    topic = _choice(item, "topik") or form.topic.data or ""
    level = _choice(item, "tingkat") or form.level.data or ""
    codes = {each.code for each in known}
    return topic if topic in codes else "", Level(level) if level in set(Level) else None


def _day(form: ConfirmForm) -> date:
    day: date = form.law_as_of.data
    return day


def _items(waiting: ItemImport) -> list[ImportedItem]:
    return [ImportedItem.from_json(stored) for stored in waiting.content["items"]]


def _fates(waiting: ItemImport, known: Sources, now: datetime) -> list[Fate]:
    stems = known_stems(db.session, me().user_id)
    return fates(_items(waiting), known, stems, wita(now).date())


def _topic_choices(known: list[Topic]) -> list[SelectChoice]:
    return [LATER, *(SelectChoice(topic.code, topic.name) for topic in known)]


def _shown_choice(fate: Fate) -> Chosen:
    """As sent, or as advised before anything was."""
    if request.method == "POST":
        take = bool(_choice(fate.item, "ambil"))
        return Chosen(take, _choice(fate.item, "topik"), _choice(fate.item, "tingkat"))
    level = fate.item.level
    return Chosen(fate.advised, fate.topic, level.value if level else "")


def _preview(
    waiting: ItemImport,
    form: ConfirmForm,
    known: Sources,
    found: list[Fate],
    extra: Sequence[str] = (),
) -> str:
    form.topic.choices = _topic_choices(known.topics)
    return render_template(
        "bank/imports/preview.html",
        form=form,
        waiting=waiting,
        kind=FORMATS[waiting.format],
        rows=[(fate, _shown_choice(fate)) for fate in found],
        notes=waiting.content["notes"],
        topics=known.topics,
        levels=list(Level),
        types=ITEM_TYPES,
        extra=extra,
    )


def _no_longer(waiting: ItemImport) -> ResponseReturnValue:
    """An import confirmed already leads to what it became, an expired one back to the start."""
    if waiting.applied_at is not None:
        return redirect(url_for("imports.landed", uid=waiting.uid), 303)
    flash("Unggahan ini sudah lebih dari sehari. Unggah lagi berkasnya.", "attention")
    return redirect(url_for("imports.upload"), 303)
