"""Backups in the browser: how old the last one is, a button for another, and the files."""

from datetime import UTC, datetime
from pathlib import Path
from typing import NamedTuple

from flask import Blueprint, flash, redirect, render_template, request, send_file, url_for
from flask.typing import ResponseReturnValue

from quiz.database.backup import CannotBackUp
from quiz.database.kept import DAYS, FOLDER, MIGRATIONS, RECENT, Kept, Occasion, kept_in
from quiz.models.people.audit import Action
from quiz.permissions import Permission
from quiz.web.access import log_apart, requires, safe_path
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
    instance = settings().instance
    lines = [line for kept in kept_in(instance) if (line := _line(instance / FOLDER, kept))]
    return render_template(
        "people/backups/index.html",
        lines=lines,
        folder=FOLDER,
        stays=(RECENT, DAYS, MIGRATIONS),
        now=datetime.now(UTC),
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


@bp.get("/setelan/cadangan/<name>")
@requires(Permission.HOLD_BACKUPS)
def download(name: str) -> ResponseReturnValue:
    path = backup_or_404(name)
    log_apart(Action.BACKUP_DOWNLOADED, ("installation", ""), file=path.name)
    return send_file(path, "application/zip", as_attachment=True, download_name=path.name)
