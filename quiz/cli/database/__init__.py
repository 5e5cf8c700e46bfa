"""``quiz db``: schema, backups, and whether all is well."""

from datetime import UTC, datetime
from pathlib import Path

import click

from quiz.cli.database.backing_up import backup
from quiz.cli.database.repairing import repair
from quiz.cli.database.restoring import put_back
from quiz.cli.opening import application, log_faults, require_schema, settings
from quiz.cli.words import Group, Refusal
from quiz.database import db as database
from quiz.database.keeping import bring_up_to_date
from quiz.database.restoring import faults


@click.group(name="db", cls=Group)
def db() -> None:
    """Basis data: skema, cadangan, pemeriksaan, perbaikan."""


for command in (backup, repair):
    db.add_command(command)


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
    "file", metavar="BERKAS", type=click.Path(exists=True, dir_okay=False, path_type=Path)
)
def restore(file: Path) -> None:
    """Pulihkan dari BERKAS cadangan, saat server berhenti; keadaan sekarang dicadangkan dulu.

    Salinan bersandi diminta kata sandinya.
    """
    with application():
        put_back(file, "quiz db restore")


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
