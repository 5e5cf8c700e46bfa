"""Backups in the browser: how old the last one is, a button for another, and the files."""

from datetime import UTC, datetime
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import NamedTuple

from flask import Blueprint, flash, redirect, render_template, request, send_file, url_for
from flask.typing import ResponseReturnValue
from wtforms import StringField
from wtforms.validators import DataRequired, ValidationError

from quiz.actions.people.passwords import password_problems
from quiz.codes import passphrase
from quiz.database.backup import CannotBackUp, write_sealed
from quiz.database.kept import (
    DAYS,
    FOLDER,
    MIGRATIONS,
    RECENT,
    Kept,
    Occasion,
    kept_in,
    newest_first,
)
from quiz.database.sealing import ENDING
from quiz.models.people.audit import Action
from quiz.permissions import Permission
from quiz.web.access import log_apart, requires, safe_path
from quiz.web.downloads import saved_as
from quiz.web.forms import Form, trimmed
from quiz.web.keys import settings
from quiz.web.loaders.people import backup_or_404
from quiz.web.machine.backups import make_backup

bp = Blueprint("backups", __name__)


class Line(NamedTuple):
    """A kept backup and its size in bytes."""

    kept: Kept
    size: int


@bp.get("/setelan/cadangan")
@requires(Permission.BACK_UP)
def index() -> ResponseReturnValue:
    instance, now = settings().instance, datetime.now(UTC)
    kept = newest_first(kept_in(instance), now)
    lines = [line for each in kept if (line := _line(instance / FOLDER, each))]
    return render_template(
        "people/backups/index.html",
        lines=lines,
        folder=FOLDER,
        stays=(RECENT, DAYS, MIGRATIONS),
        now=now,
    )


def _line(folder: Path, kept: Kept) -> Line | None:
    """None for one that has just had its time."""
    try:
        return Line(kept, (folder / kept.name).stat().st_size)
    except FileNotFoundError:
        return None


@bp.post("/setelan/cadangan")
@requires(Permission.BACK_UP)
def make() -> ResponseReturnValue:
    """Make one now and go back to where its button stood."""
    try:
        make_backup(Occasion.HAND)
    except CannotBackUp as error:
        flash(str(error), "attention")
    else:
        flash("Cadangan dibuat, dan terbaca kembali dengan utuh.", "success")
    back = safe_path(request.form.get("kembali") or url_for("backups.index"))
    return redirect(back, 303)


class SealForm(Form):
    """What opens a copy that is made to be carried away."""

    passphrase = StringField(
        "Kata sandi salinan",
        description="Dibuatkan acak; boleh diganti. Catat sebelum mengunduh: server tidak "
        "menyimpannya.",
        validators=[DataRequired("Isi kata sandinya.")],
        filters=[trimmed],
        render_kw={"autocomplete": "off", "autocapitalize": "off", "spellcheck": "false"},
    )

    def validate_passphrase(self, field: StringField) -> None:
        problems = password_problems(field.data)
        if problems:
            raise ValidationError(problems[0])


@bp.get("/setelan/cadangan/<name>/bersandi")
@requires(Permission.HOLD_BACKUPS)
def sealing(name: str) -> ResponseReturnValue:
    backup_or_404(name)
    return _sealing_page(name, SealForm(formdata=None, passphrase=passphrase()))


@bp.post("/setelan/cadangan/<name>/bersandi")
@requires(Permission.HOLD_BACKUPS)
def download_sealed(name: str) -> ResponseReturnValue:
    """A copy of the backup that only the passphrase opens, for any program that knows age."""
    path, form = backup_or_404(name), SealForm()
    if not form.validate_on_submit():
        return _sealing_page(name, form), 400
    with TemporaryDirectory() as folder:
        sealed = Path(folder) / f"{name}{ENDING}"
        try:
            write_sealed(path, sealed, form.passphrase.data)
        except CannotBackUp as error:
            flash(str(error), "attention")
            return redirect(url_for("backups.index"), 303)
        blob = sealed.read_bytes()
    log_apart(Action.BACKUP_DOWNLOADED, ("installation", ""), file=sealed.name)
    return saved_as(sealed.name, blob, "application/octet-stream")


def _sealing_page(name: str, form: SealForm) -> str:
    return render_template("people/backups/sealing.html", name=name, form=form)


@bp.get("/setelan/cadangan/<name>")
@requires(Permission.HOLD_BACKUPS)
def download(name: str) -> ResponseReturnValue:
    path = backup_or_404(name)
    log_apart(Action.BACKUP_DOWNLOADED, ("installation", ""), file=path.name)
    return send_file(path, "application/zip", as_attachment=True, download_name=path.name)
