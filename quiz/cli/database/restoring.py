"""Putting a backup in place of what is there, for ``quiz db restore`` and ``quiz db repair``."""

from datetime import UTC, datetime
from functools import partial
from pathlib import Path

import click
from sqlalchemy.orm import Session

from quiz.actions.scores.erasing import erase_again
from quiz.cli.opening import log, settings
from quiz.database import db
from quiz.database.restoring import restore
from quiz.database.sealing import is_sealed
from quiz.models.people.audit import Action
from quiz.queries.people.retention import Erased, everything_erased


def put_back(file: Path, by: str) -> None:
    """Restore ``file``, asking for its passphrase if it is sealed, and say what came of it.

    Needs an application context. Raises as ``restore`` does.
    """
    passphrase = _asked(file) if is_sealed(file) else ""
    now = datetime.now(UTC)
    done = restore(settings(), db.engine, file, now, partial(_erase_again, now), passphrase)
    with db.writing() as session:
        log(session, Action.DATABASE_RESTORED, by=by, file=file.name)
    for note in done.notes:
        click.echo(f"Perhatian: {note}.")
    if done.kept:
        click.echo(f"Keadaan sebelumnya disimpan di {done.kept}.")
    click.echo("Sudah dipulihkan. Petugas perlu masuk lagi; kartu dan kode peserta tetap berlaku.")


def _asked(file: Path) -> str:
    asked: str = click.prompt(f"Kata sandi {file.name}", hide_input=True)
    return asked.strip()


def _erase_again(now: datetime, present: Session | None, copy: Session) -> list[str]:
    """Whoever was erased since the backup was made does not come back by it."""
    erased = everything_erased(present) if present else Erased()
    return [
        f"data peserta kegiatan {code} sudah dihapus, jadi tidak ikut dipulihkan"
        for code in erase_again(copy, erased, now)
    ]
