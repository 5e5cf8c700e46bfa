"""Deciding on a file's text that waits beside an article, a passage or a claim."""

from datetime import UTC, datetime

from flask import Blueprint, abort, flash, redirect, request, url_for
from flask.typing import ResponseReturnValue

from quiz.actions.people.auditing import record
from quiz.actions.sources.keeping import decline_file_text, take_file_text
from quiz.database import db
from quiz.models.bank.citations import CLAIM, PASSAGE, REFERENCE, SourceKind
from quiz.models.people.audit import Action
from quiz.models.refusals import Refused
from quiz.models.sources.material import Record
from quiz.permissions import Permission
from quiz.queries.bank.citations import source_of
from quiz.views.sources._flagging import shown_before
from quiz.web.access import me, requires
from quiz.web.loaders.sources import waiting_record_or_404

bp = Blueprint("file_texts", __name__)

PAGES = {PASSAGE: "material_editor.page", REFERENCE: "references.page", CLAIM: "claims.page"}
"""Kind of a record → the page on which it is kept."""


@bp.post("/hukum/berkas/pakai/<kind>/<path:code>")
@requires(Permission.KEEP_LAW)
def take(kind: str, code: str) -> ResponseReturnValue:
    """Use the file's text, as an edit of whoever decides; flags what was shown."""
    now = datetime.now(UTC)
    row = _shown_or_gone(kind, code)
    try:
        change = take_file_text(db.session, row, shown_before(), now)
    except Refused as refusal:
        abort(409, description=str(refusal))
    if not change.made:
        abort(409, description="Soal yang ditandai berubah sejak halaman dibuka. Buka lagi.")
    record(db.session, now, me().user_id, Action.FILE_TEXT_TAKEN, _subject(row), **change.detail)
    db.session.commit()
    said = f"Teks berkas untuk {code} dipakai. {len(change.flagged)} soal perlu ditinjau."
    flash(said, "success")
    return redirect(url_for(PAGES[kind], code=code), 303)


@bp.post("/hukum/berkas/tetap/<kind>/<path:code>")
@requires(Permission.KEEP_LAW)
def decline(kind: str, code: str) -> ResponseReturnValue:
    """Stay with the text there is; the same file's text does not come back."""
    now = datetime.now(UTC)
    row = _shown_or_gone(kind, code)
    decline_file_text(row)
    record(db.session, now, me().user_id, Action.FILE_TEXT_DECLINED, _subject(row))
    db.session.commit()
    flash(f"Teks {code} tetap. Teks berkas yang sama tidak ditawarkan lagi.", "success")
    return redirect(url_for(PAGES[kind], code=code), 303)


def _shown_or_gone(kind: str, code: str) -> Record:
    """The record beside which the text that was shown (sent as ``teks``) still waits."""
    row = waiting_record_or_404(kind, code)
    if request.form.get("teks", "") != row.pending_digest:
        abort(409, description="Berkas membawa teks yang lebih baru. Buka lagi halamannya.")
    return row


def _subject(row: Record) -> tuple[SourceKind, str]:
    source = source_of(row)
    return source.kind, source.code
