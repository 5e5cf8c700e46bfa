"""``quiz retention``: erase whose time has come, or say what would go."""

from datetime import UTC, datetime

import click

from quiz.actions.people.settings import trust_clock
from quiz.cli.opening import application, log, require_key, require_schema
from quiz.cli.words import Command, Refusal
from quiz.database import db
from quiz.database.clearing import NotCleared
from quiz.database.keeping import AFTERWARDS
from quiz.formats import date_id
from quiz.models.people.audit import Action
from quiz.queries.people.retention import Stored, busy, leapt_from, stored_people
from quiz.web.machine.retention import BUSY, leap_words, run

NOTHING = "Tidak ada data peserta yang sudah waktunya dihapus."


@click.command(cls=Command)
@click.option(
    "--dry-run", "dry", is_flag=True, help="Hanya sebutkan apa yang akan hilang dan yang tinggal."
)
@click.option(
    "--jam-benar", "right", is_flag=True, help="Nyatakan tanggal komputer ini benar, bila ditanya."
)
def retention(dry: bool, right: bool) -> None:
    """Hapus data peserta yang masa simpannya sudah lewat. Server melakukannya juga sendiri."""
    now = datetime.now(UTC)
    with application():
        require_schema()
        require_key()
        if dry:
            with db.reading() as session:
                _tell(stored_people(session), now)
            return
        with db.reading() as session:
            last = leapt_from(session, now)
            if busy(session, now):
                raise Refusal(BUSY)
        if last is not None:
            if not right:
                raise Refusal(f"{leap_words(last, now)} Bila benar: quiz retention --jam-benar")
            with db.writing() as session:
                trust_clock(session, now)
                log(session, Action.CLOCK_CONFIRMED, before=date_id(last), after=date_id(now))
        try:
            done = run(now)
        except NotCleared as error:
            click.echo(f"Perhatian: {error} Ulangi perintah ini, atau biarkan server melakukannya.")
            return
    for sentence in done.sentences or [NOTHING]:
        click.echo(sentence)


def _tell(everybody: list[Stored], now: datetime) -> None:
    due = [each for each in everybody if each.due(now)]
    for each in due:
        click.echo(f"{each.event.code} ({each.event.title}), sesi terakhir {date_id(each.last)}:")
        click.echo("".join(f"  hilang: {words}\n" for words in each.goes), nl=False)
        click.echo("".join(f"  tinggal: {words}\n" for words in each.stays), nl=False)
    if due:
        click.echo(
            f"Cadangan di folder data yang lebih tua dihapus {AFTERWARDS.days} hari sesudahnya; "
            "salinan di tempat lain tidak."
        )
    else:
        click.echo(NOTHING)
    later = [each for each in everybody if not each.due(now)]
    if later:
        click.echo(f"Berikutnya: {later[0].event.code}, {date_id(later[0].erases_at)}.")
