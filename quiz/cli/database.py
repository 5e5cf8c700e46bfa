"""``quiz db``: schema, backups, and whether all is well."""

from datetime import UTC, datetime
from functools import partial
from pathlib import Path

import click
from sqlalchemy.orm import Session

from quiz.actions.scores.erasing import erase_again
from quiz.cli.opening import application, log, log_faults, require_schema, settings
from quiz.cli.words import Group, Refusal
from quiz.database import db as database
from quiz.database.backup import back_up
from quiz.database.keeping import bring_up_to_date, keep
from quiz.database.kept import FOLDER, Occasion
from quiz.database.restoring import faults
from quiz.database.restoring import restore as put_back
from quiz.models.people.audit import Action
from quiz.queries.people.retention import Erased, everything_erased


@click.group(name="db", cls=Group)
def db() -> None:
    """Basis data: skema, cadangan, pemeriksaan."""


@db.command()
@click.option(
    "--tanpa-cadangan",
    "bare",
    is_flag=True,
    help="Tanpa cadangan dulu, bila basis data dicadangkan dengan cara lain.",
)
def upgrade(bare: bool) -> None:
    """Perbarui skema basis data ke versi program ini, sesudah dicadangkan."""
    with application():
        now = datetime.now(UTC)
        done = bring_up_to_date(settings(), database.engine, now, backed_up=not bare)
    click.echo("Skema diperbarui." if done else "Skema sudah terbaru.")


@db.command()
@click.argument(
    "file", metavar="[BERKAS]", required=False, type=click.Path(dir_okay=False, path_type=Path)
)
def backup(file: Path | None) -> None:
    """Buat cadangan: basis data dan kedua kunci dalam satu BERKAS zip.

    Tanpa BERKAS: dalam folder cadangan instalasi ini, yang hanya menyimpan beberapa yang terakhir.
    Boleh saat server berjalan.
    """
    with application():
        require_schema()
        now = datetime.now(UTC)
        if file is None:
            made = keep(settings(), database.engine, Occasion.HAND, now)
            file = settings().instance / FOLDER / made.name
        else:
            back_up(settings(), database.engine, file, now)
        with database.writing() as session:
            log(session, Action.DATABASE_BACKED_UP, by="quiz db backup", file=file.name)
    click.echo(f"Cadangan tersimpan: {file}. Simpan di tempat yang aman; isinya nama dan nilai.")


@db.command()
@click.argument(
    "file", metavar="BERKAS", type=click.Path(exists=True, dir_okay=False, path_type=Path)
)
def restore(file: Path) -> None:
    """Pulihkan dari BERKAS cadangan, saat server berhenti; keadaan sekarang dicadangkan dulu."""
    with application():
        now = datetime.now(UTC)
        done = put_back(settings(), database.engine, file, now, partial(_erase_again, now))
        with database.writing() as session:
            log(session, Action.DATABASE_RESTORED, by="quiz db restore", file=file.name)
    for note in done.notes:
        click.echo(f"Perhatian: {note}.")
    if done.kept:
        click.echo(f"Keadaan sebelumnya disimpan di {done.kept}.")
    click.echo("Sudah dipulihkan. Petugas perlu masuk lagi; kartu dan kode peserta tetap berlaku.")


def _erase_again(now: datetime, present: Session | None, copy: Session) -> list[str]:
    """Whoever was erased since the backup was made does not come back by it."""
    erased = everything_erased(present) if present else Erased()
    return [
        f"data peserta kegiatan {code} sudah dihapus, jadi tidak ikut dipulihkan"
        for code in erase_again(copy, erased, now)
    ]


@db.command()
def check() -> None:
    """Periksa berkas basis data, skemanya, kunci kartu, dan rantai jejak audit."""
    with application():
        require_schema()
        found = faults(database.engine, settings().card_keys)
        if not found:
            with database.reading() as session:
                found = log_faults(session)
    if found:
        raise Refusal("Basis data bermasalah:\n" + "\n".join(found))
    click.echo(
        "Basis data sehat: berkas utuh, skema terbaru, kunci kartu cocok, rantai jejak audit utuh."
    )
