"""``quiz breach``: who was affected when data came into wrong hands, and the letters to them."""

from datetime import UTC, datetime
from pathlib import Path

import click
from sqlalchemy.orm import Session

from quiz.cli.opening import log_apart, reading
from quiz.cli.words import Command, Refusal
from quiz.exports.affected_people import affected_people
from quiz.exports.documents.kinds import PAPER_KINDS
from quiz.exports.documents.privacy.letters import breach_letters
from quiz.exports.files import FILE_KINDS
from quiz.formats import parse_wita
from quiz.models import Event, User
from quiz.models.people.audit import Action
from quiz.queries.events.events import event_with_code
from quiz.queries.people.people import person_called
from quiz.queries.people.privacy.breaches import Breach, Way, affected
from quiz.queries.people.settings import installation

LIST, LETTERS = "orang-terkena", "surat-pemberitahuan"


@click.command(cls=Command)
@click.option("--event", "code", metavar="KODE", help="Hanya kegiatan ini; tanpa ini semua.")
@click.option(
    "--since",
    required=True,
    metavar="WAKTU",
    help="Awalnya, WITA, misalnya '2024-11-22 09:05'.",
)
@click.option("--until", metavar="WAKTU", help="Akhirnya, WITA; tanpa ini sekarang.")
@click.option("--known", metavar="WAKTU", help="Saat diketahui, WITA; tanpa ini sekarang.")
@click.option("--account", metavar="NAMA", help="Nama pengguna akun yang dipakai orang lain.")
@click.option(
    "--backup",
    is_flag=True,
    help="Cadangan, basis data, atau komputer server diambil orang.",
)
@click.option(
    "-o", "--output", required=True, metavar="FOLDER", help="Folder baru untuk daftar dan surat."
)
def breach(  # noqa: PLR0913  # one argument an option
    *,
    code: str | None,
    since: str,
    until: str | None,
    known: str | None,
    account: str | None,
    backup: bool,
    output: str,
) -> None:
    """Siapa yang terkena bila data bocor: daftar orang (Excel, CSV) dan surat (Word) ke FOLDER.

    Surat harus sampai kepada orangnya dan lembaga paling lambat 3 × 24 jam sejak diketahui.
    """
    now = datetime.now(UTC)
    folder = Path(output)
    if folder.exists():
        raise Refusal(f"{folder} sudah ada. Pilih folder yang belum ada.")
    if account and backup:
        raise Refusal("Pilih salah satu: --account atau --backup.")
    start = _moment(since, "--since")
    end = _moment(until, "--until") if until else now
    if end < start:
        raise Refusal("--until harus sesudah --since.")
    with reading() as session:
        found = Breach(
            since=start,
            until=end,
            known_at=_moment(known, "--known") if known else now,
            way=Way.ACCOUNT if account else Way.BACKUP if backup else Way.UNKNOWN,
            event=_event(session, code) if code else None,
            account=_account(session, account) if account else None,
        )
        people = affected(session, found)
        table = affected_people(found, people)
        paper = breach_letters(installation(session).office, found, people, now)
        log_apart(
            session,
            Action.AFFECTED_LISTED,
            by=f"quiz breach, {found.way.value}",
            code=found.event.code if found.event else "",
        )
    folder.mkdir(parents=True)
    for ending in ("xlsx", "csv"):
        (folder / f"{LIST}.{ending}").write_bytes(FILE_KINDS[ending].write(table))
    (folder / f"{LETTERS}.docx").write_bytes(PAPER_KINDS["docx"].write(paper))
    click.echo(f"{len(people)} orang terkena. Daftar dan surat ditulis ke {folder}.")


def _moment(text: str, option: str) -> datetime:
    day, _, clock = text.strip().partition(" ")
    try:
        return parse_wita(day, clock or "00:00")
    except ValueError as error:
        raise Refusal(f"{option}: {error}") from error


def _event(session: Session, code: str) -> Event:
    event = event_with_code(session, code)
    if event is None:
        raise Refusal(f"Tidak ada kegiatan dengan kode {code}.")
    return event


def _account(session: Session, username: str) -> User:
    user = person_called(session, username)
    if user is None:
        raise Refusal(f"Tidak ada akun dengan nama pengguna {username}.")
    return user
