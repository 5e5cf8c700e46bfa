"""An event from another machine: uploaded, looked at with both sides, then taken over at once."""

from datetime import UTC, datetime
from pathlib import Path

from flask import Blueprint, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_wtf.file import FileField, FileRequired

from quiz.actions.events.transfer.merged import Merged
from quiz.actions.events.transfer.merging import foreign_keys, merge, preview
from quiz.actions.people.auditing import record
from quiz.actions.scores.scoring import reckon
from quiz.config.keys import foreign_keys_kept
from quiz.database import db
from quiz.exchange.events.manifest import BadFile
from quiz.exchange.events.reading import EventFile
from quiz.models.people.audit import Action
from quiz.models.refusals import Refused
from quiz.permissions import Permission
from quiz.queries.scores.standings import unscored
from quiz.web.access import me, requires
from quiz.web.forms import Form
from quiz.web.keys import card_keys, settings
from quiz.web.loaders.events import event_upload_or_404
from quiz.web.machine.event_uploads import keep_upload

bp = Blueprint("event_imports", __name__)

LOT = 200
"""Attempts whose scores are reckoned in one short transaction."""


class UploadForm(Form):
    """The file."""

    file = FileField(
        "Berkas kegiatan",
        description="Berkas .zip dari halaman kegiatan di komputer lain, paling besar 8 MB.",
        validators=[FileRequired("Pilih berkasnya dulu.")],
        render_kw={"accept": ".zip"},
    )


@bp.route("/kegiatan/muat-berkas", methods=["GET", "POST"])
@requires(Permission.MOVE_EVENTS)
def upload() -> ResponseReturnValue:
    form = UploadForm()
    if form.validate_on_submit():
        try:
            with EventFile.of(form.file.data.stream):
                pass
        except BadFile as error:
            form.file.errors = [str(error)]
        else:
            form.file.data.stream.seek(0)
            uid = keep_upload(me().user_id, form.file.data.stream, datetime.now(UTC))
            return redirect(url_for("event_imports.look", uid=uid), 303)
    status = 400 if form.is_submitted() else 200
    return render_template("events/event_imports/upload.html", form=form), status


@bp.get("/kegiatan/muat-berkas/<uid>")
@requires(Permission.MOVE_EVENTS)
def look(uid: str) -> ResponseReturnValue:
    return _looked_at(uid, event_upload_or_404(uid))


@bp.post("/kegiatan/muat-berkas/<uid>")
@requires(Permission.MOVE_EVENTS)
def confirm(uid: str) -> ResponseReturnValue:
    """Prove the file while others go on saving; only the merge itself holds the lock."""
    now = datetime.now(UTC)
    path = event_upload_or_404(uid)
    try:
        merged = _merged(path, now)
    except (BadFile, Refused):
        db.only_read()
        return _looked_at(uid, path), 409
    path.unlink(missing_ok=True)
    _reckon(merged, now)
    if not merged.changes:
        flash("Tidak ada yang berubah: semua isi berkas ini sudah ada di sini.", "info")
    else:
        flash(f"Kegiatan {merged.code} dimuat. {' '.join(merged.sentences)}".strip(), "success")
    return redirect(url_for("events.page", code=merged.code), 303)


def _merged(path: Path, now: datetime) -> Merged:
    keys, by_id = card_keys(), me().user_id
    with path.open("rb") as blob, EventFile.of(blob) as file:
        kept = foreign_keys_kept(settings().instance, foreign_keys(file, keys))
        with kept:
            merged = merge(db.session, file, keys, by_id, now)
            if merged.changes:
                record(
                    db.session,
                    now,
                    by_id,
                    Action.EVENT_IMPORTED,
                    ("event", file.manifest.event["uid"]),
                    code=merged.code,
                    added=merged.added,
                    updated=merged.updated,
                    same=file.manifest.whole,
                )
            db.session.commit()
    return merged


def _reckon(merged: Merged, now: datetime) -> None:
    """Scores of what came in, a few at a time: phones go on saving in between."""
    if merged.event_id is None:
        return
    with db.reading() as session:
        waiting = unscored(session, merged.event_id, now)
    for start in range(0, len(waiting), LOT):
        with db.writing() as session:
            reckon(session, waiting[start : start + LOT], now)


def _looked_at(uid: str, path: Path) -> str:
    merged, refusal, told = None, None, None
    try:
        with path.open("rb") as blob, EventFile.of(blob) as file:
            told = file.manifest
            merged = preview(db.session, file, card_keys(), datetime.now(UTC))
    except (BadFile, Refused) as error:
        refusal = str(error)
    return render_template(
        "events/event_imports/preview.html",
        form=Form(formdata=None),
        uid=uid,
        told=told,
        merged=merged,
        refusal=refusal,
    )
