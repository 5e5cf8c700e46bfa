"""``quiz db``: schema, backups, and whether all is well."""

from datetime import UTC, datetime
from pathlib import Path

import click

from quiz.actions.people.auditing import broken_link
from quiz.cli.opening import application, reading, settings
from quiz.cli.words import Group, Refusal
from quiz.database import backup as backups
from quiz.database import db as database
from quiz.database.migrating import upgrade as migrate


@click.group(name="db", cls=Group)
def db() -> None:
    """Basis data: skema, cadangan, pemeriksaan."""


@db.command()
def upgrade() -> None:
    """Perbarui skema basis data ke versi program ini."""
    with application():
        changed = migrate(database.engine)
    click.echo("Skema diperbarui." if changed else "Skema sudah terbaru.")


@db.command()
@click.argument("file", metavar="BERKAS", type=click.Path(dir_okay=False, path_type=Path))
def backup(file: Path) -> None:
    """Buat cadangan: basis data dan kedua kunci dalam satu BERKAS zip."""
    with application():
        try:
            backups.back_up(settings(), database.engine, file, datetime.now(UTC))
        except backups.CannotBackUp as error:
            raise Refusal(str(error)) from error
    click.echo(f"Cadangan tersimpan: {file}. Simpan di tempat yang aman; isinya nama dan nilai.")


@db.command()
@click.argument(
    "file", metavar="BERKAS", type=click.Path(exists=True, dir_okay=False, path_type=Path)
)
def restore(file: Path) -> None:
    """Pulihkan dari BERKAS cadangan; keadaan sekarang dicadangkan dulu."""
    with application():
        try:
            kept = backups.restore(settings(), database.engine, file, datetime.now(UTC))
        except backups.CannotBackUp as error:
            raise Refusal(str(error)) from error
        migrate(database.engine)
    if kept:
        click.echo(f"Keadaan sebelumnya disimpan di {kept}.")
    click.echo("Sudah dipulihkan. Jalankan ulang server bila sedang berjalan.")


@db.command()
def check() -> None:
    """Periksa berkas basis data, skemanya, dan rantai jejak audit."""
    with reading() as session:
        faults = backups.integrity_faults(database.engine)
        if broken := broken_link(session):
            faults.append(f"rantai jejak audit putus pada baris {broken}")
    if faults:
        raise Refusal("Basis data bermasalah:\n" + "\n".join(faults))
    click.echo("Basis data sehat: berkas utuh, skema terbaru, rantai jejak audit utuh.")
