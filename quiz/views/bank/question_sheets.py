"""Question sheets of the bank: what a search finds or was ticked, to be printed."""

from datetime import UTC, datetime
from itertools import groupby
from typing import Any

from flask import Blueprint, abort, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from quiz.database import db
from quiz.exports.documents.question_sheet import Section, Version, question_paper
from quiz.permissions import Permission
from quiz.queries.bank.items import ItemRow, found_items, items_with_versions
from quiz.queries.sources.material import topic_names
from quiz.views.bank._searching import search_asked
from quiz.web.access import requires
from quiz.web.paging import PAGE_SIZE
from quiz.web.question_sheets import BESIDE, ENDINGS, beside_asked, sheet_file

bp = Blueprint("item_sheets", __name__)

MOST = 500
"""Items on one sheet: some two hundred pages."""


@bp.post("/soal/naskah")
@requires(Permission.EDIT_ITEMS)
def choose() -> ResponseReturnValue:
    """On from the list, with the items ticked there."""
    ticked = items_with_versions(db.session, request.form.getlist("versi")[:PAGE_SIZE])
    if not ticked:
        abort(409, description="Pilih dulu soalnya, lalu tekan tombolnya sekali lagi.")
    return redirect(url_for("item_sheets.page", soal=[each.code for each in ticked]), 303)


@bp.get("/soal/naskah")
@requires(Permission.EDIT_ITEMS)
def page() -> ResponseReturnValue:
    found = found_items(db.session, search_asked(), MOST + 1)
    return render_template(
        "bank/question_sheets/page.html",
        count=len(found),
        most=MOST,
        searched=_arguments(),
        beside=BESIDE,
    )


@bp.get(f"/soal/naskah.{ENDINGS}")
@requires(Permission.EDIT_ITEMS)
def file(ending: str) -> ResponseReturnValue:
    found = found_items(db.session, search_asked(), MOST + 1)
    if not 0 < len(found) <= MOST:
        abort(
            409,
            description=f"Naskah memuat 1 sampai {MOST} soal. Kembali ke bank soal, lalu ubah "
            "pencarian atau centang soalnya.",
        )
    paper = question_paper(
        db.session,
        [f"{len(found)} soal dari bank soal"],
        _by_topic(found),
        beside_asked(),
        datetime.now(UTC),
    )
    codes = [row.bank_item.code for row in found]
    return sheet_file(paper, ending, [], ("installation", ""), codes)


def _by_topic(found: list[ItemRow]) -> list[Section]:
    """The items in teaching order, those of a topic under its name."""
    order = {code: place for place, code in enumerate(topic_names(db.session))}
    found.sort(key=lambda row: (order.get(row.version.topic, len(order)), row.topic))
    return [
        Section(topic, [Version(row.version.uid, row.version.item) for row in rows])
        for topic, rows in groupby(found, key=lambda row: row.topic)
    ]


def _arguments() -> list[tuple[str, Any]]:
    """What was looked for, to be asked for again with the sheet."""
    return [(name, value) for name, value in request.args.items(multi=True) if value]
