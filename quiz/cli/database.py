"""``quiz db``: schema, backups, and whether all is well."""

from datetime import UTC, datetime
from pathlib import Path

import click

from quiz.cli.opening import application, log, log_faults, require_schema, settings
from quiz.cli.words import Group, Refusal
from quiz.database import db as database
from quiz.database.backup import back_up
from quiz.database.folder import alone
from quiz.database.migrating import at_head
from quiz.database.migrating import upgrade as migrate
from quiz.database.restoring import faults
from quiz.database.restoring import restore as put_back
from quiz.models.people.audit import Action


@click.group(name="db", cls=Group)
def db() -> None:
    """Basis data: skema, cadangan, pemeriksaan."""


@db.command()
def upgrade() -> None:
    """Perbarui skema basis data ke versi program ini."""
    with application():
        with database.engine.execution_options(read_only=True).connect() as connection:
            current = at_head(connection)
        if not current:
            with alone(settings().instance):
                migrate(database.engine)
    click.echo("Skema sudah terbaru." if current else "Skema diperbarui.")


@db.command()
@click.argument("file", metavar="BERKAS", type=click.Path(dir_okay=False, path_type=Path))
def backup(file: Path) -> None:
    """Buat cadangan: basis data dan kedua kunci dalam satu BERKAS zip."""
    with application():
        require_schema()
        back_up(settings(), database.engine, file, datetime.now(UTC))
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
        done = put_back(settings(), database.engine, file, datetime.now(UTC))
        with database.writing() as session:
            log(session, Action.DATABASE_RESTORED, by="quiz db restore", file=file.name)
    for note in done.notes:
        click.echo(f"Perhatian: {note}.")
    if done.kept:
        click.echo(f"Keadaan sebelumnya disimpan di {done.kept}.")
    click.echo("Sudah dipulihkan. Petugas perlu masuk lagi; kartu dan kode peserta tetap berlaku.")


@db.command()
def check() -> None:
    """Periksa berkas basis data, skemanya, kunci kartu, dan rantai jejak audit."""
    with application():
        require_schema()
        found = faults(database.engine, settings().card_key)
        with database.reading() as session:
            found += log_faults(session)
    if found:
        raise Refusal("Basis data bermasalah:\n" + "\n".join(found))
    click.echo(
        "Basis data sehat: berkas utuh, skema terbaru, kunci kartu cocok, rantai jejak audit utuh."
    )
