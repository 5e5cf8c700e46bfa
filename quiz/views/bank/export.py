"""Items of the bank as files for other programs, and the templates for questions to come."""

import io
import zipfile
from collections.abc import Sequence
from dataclasses import replace

from flask import Blueprint, render_template, request, url_for
from flask.typing import ResponseReturnValue
from wtforms import SelectMultipleField
from wtforms.fields.choices import SelectChoice

from quiz.assessment.items.item import Item
from quiz.assessment.question_file import write_folder
from quiz.database import db
from quiz.exchange.questions import (
    WRITERS,
    carried_items,
    docx_template,
    not_carried,
    write_items,
    xlsx_template,
)
from quiz.exports.files import xlsx_file
from quiz.models.bank.states import STATES
from quiz.models.people.audit import Action
from quiz.permissions import Permission
from quiz.queries.bank.export import items_to_export
from quiz.queries.bank.stock import bank_folder
from quiz.queries.sources.material import topics
from quiz.web.access import log_apart, requires
from quiz.web.downloads import saved_as
from quiz.web.forms import PartForm
from quiz.web.loaders.bank import writer_or_404

bp = Blueprint("export", __name__)

DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
FILES = "berkas"
"""Our own question files, which carry everything an item says."""

LABELS = {name: writer.label for name, writer in WRITERS.items()} | {
    FILES: "Berkas soal kami (.zip berisi YAML)"
}

NEVER = "pengesahan, riwayat versi, catatan pemeriksa, dan statistik"
"""What stays in the bank whatever the format."""


class ExportForm(PartForm):
    """Which items; sent by GET, so that the address says it."""

    topik = SelectMultipleField("Topik")
    keadaan = SelectMultipleField(
        "Keadaan", choices=[SelectChoice(s, words) for s, (_, words) in STATES.items()]
    )


@bp.get("/soal/ekspor")
@requires(Permission.EDIT_ITEMS)
def page() -> ResponseReturnValue:
    form = _form()
    items = _chosen(form)
    names = [*WRITERS, FILES]
    return render_template(
        "bank/export/page.html",
        form=form,
        count=len(items),
        lost=_lost(items),
        offers=[(LABELS[name], len(items_for(name, items)), _address(name)) for name in names],
        never=NEVER,
    )


def _lost(items: Sequence[Item]) -> list[tuple[str, str]]:
    """What is not carried, each with the formats that leave it behind; "" for all of them."""
    by_line: dict[str, list[str]] = {}
    for name, writer in WRITERS.items():
        for line in not_carried(name, items):
            by_line.setdefault(line, []).append(writer.label)
    return [
        (line, "" if len(labels) == len(WRITERS) else ", ".join(labels))
        for line, labels in by_line.items()
    ]


def items_for(format: str, items: Sequence[Item]) -> Sequence[Item]:
    """Those of the items that a format carries."""
    return items if format == FILES else carried_items(items)


@bp.get("/soal/ekspor/<format>")
@requires(Permission.EDIT_ITEMS)
def download(format: str) -> ResponseReturnValue:
    items = _chosen(_form())
    if format == FILES:
        reply = saved_as("soal.zip", _own_files(items), "application/zip")
    else:
        writer = writer_or_404(format)
        names = {topic.code: topic.name for topic in topics(db.session)}
        blob = write_items(format, items, names)
        reply = saved_as(f"soal.{writer.extension}", blob, writer.mimetype)
    codes = [item.code for item in items_for(format, items)]
    log_apart(Action.ITEMS_EXPORTED, ("installation", ""), format=format, items=codes)
    return reply


@bp.get("/soal/templat.docx")
@requires(Permission.EDIT_ITEMS)
def template_docx() -> ResponseReturnValue:
    return saved_as("templat-soal.docx", docx_template(), DOCX)


@bp.get("/soal/templat.xlsx")
@requires(Permission.EDIT_ITEMS)
def template_xlsx() -> ResponseReturnValue:
    names = [topic.name for topic in topics(db.session)]
    return saved_as("templat-soal.xlsx", xlsx_template(names), xlsx_file.MEDIA_TYPE)


def _form() -> ExportForm:
    """As asked for in the address; published items of every topic at first."""
    form = ExportForm(request.args or None, keadaan=["published"])
    form.topik.choices = [SelectChoice(topic.code, topic.name) for topic in topics(db.session)]
    return form


def _chosen(form: ExportForm) -> list[Item]:
    return items_to_export(db.session, form.keadaan.data or ["published"], form.topik.data or ())


def _address(format: str) -> str:
    return url_for(
        "export.download",
        format=format,
        topik=request.args.getlist("topik"),
        keadaan=request.args.getlist("keadaan"),
    )


def _own_files(items: Sequence[Item]) -> bytes:
    """The items as question files with every topic, law, claim and passage of the bank."""
    made = io.BytesIO()
    files = write_folder(replace(bank_folder(db.session), items=tuple(items)))
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, text in files.items():
            archive.writestr(f"questions/{name}", text)
    return made.getvalue()
