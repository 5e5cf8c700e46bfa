"""``quiz db backup``: beside the others, in a file of its own, or sealed for a stick."""

from datetime import UTC, datetime
from pathlib import Path

import click

from quiz.actions.people.passwords import password_problems
from quiz.cli.opening import application, log, require_schema, settings
from quiz.cli.words import Command, Refusal
from quiz.codes import passphrase
from quiz.database import db
from quiz.database.backup import back_up, refuse_present, write_sealed
from quiz.database.keeping import keep
from quiz.database.kept import FOLDER, Occasion
from quiz.models.people.audit import Action

NO_FILE_TO_SEAL = (
    "Sebutkan berkas tujuannya, misalnya: quiz db backup --bersandi /media/stik/kuis.zip.age"
)


@click.command(cls=Command)
@click.argument(
    "file", metavar="[BERKAS]", required=False, type=click.Path(dir_okay=False, path_type=Path)
)
@click.option(
    "--bersandi",
    "sealing",
    is_flag=True,
    help="BERKAS hanya terbuka dengan kata sandi (format age), misalnya untuk stik USB.",
)
def backup(file: Path | None, sealing: bool) -> None:
    """Buat cadangan: basis data dan kedua kunci dalam satu BERKAS zip.

    Tanpa BERKAS: dalam folder cadangan instalasi ini, yang hanya menyimpan beberapa yang terakhir.
    Boleh saat server berjalan.
    """
    with application():
        require_schema()
        made, advice = _sealed(file) if sealing else _plain(file)
        with db.writing() as session:
            log(session, Action.DATABASE_BACKED_UP, by="quiz db backup", file=made.name)
    click.echo(f"Cadangan tersimpan: {made}. {advice}")


def _plain(file: Path | None) -> tuple[Path, str]:
    """The backup that was made, and what to do with it."""
    if file is None:
        file = _kept()
    else:
        back_up(settings(), db.engine, file, datetime.now(UTC))
    return file, "Simpan di tempat yang aman; isinya nama dan nilai."


def _sealed(file: Path | None) -> tuple[Path, str]:
    """As ``_plain``. The readable one stays at home, so a stick never holds it."""
    if file is None:
        raise Refusal(NO_FILE_TO_SEAL)
    refuse_present(file)
    secret = _passphrase()
    write_sealed(_kept(), file, secret)
    return file, (
        "Simpan kata sandinya di tempat lain; tanpa kata sandi itu tidak ada yang dapat "
        "membukanya. Terbuka dengan quiz db restore, atau dengan program age."
    )


def _kept() -> Path:
    made = keep(settings(), db.engine, Occasion.HAND, datetime.now(UTC))
    return settings().instance / FOLDER / made.name


def _passphrase() -> str:
    """Typed twice, or made here and shown this once."""
    ask = "Kata sandi baru (kosongkan untuk dibuatkan)"
    typed: str = click.prompt(ask, default="", show_default=False, hide_input=True)
    typed = typed.strip()
    if not typed:
        made = passphrase()
        click.echo(f"Catat kata sandi ini, hanya ditampilkan sekali: {made}")
        return made
    problems = password_problems(typed)
    if problems:
        raise Refusal(problems[0])
    if click.prompt("Ketik sekali lagi", hide_input=True).strip() != typed:
        raise Refusal("Kedua kata sandi tidak sama. Tidak ada yang dibuat; ulangi.")
    return typed
