"""``quiz import``: questions of a file land as drafts of one author."""

from datetime import UTC, datetime
from pathlib import Path

import click
from sqlalchemy.orm import Session

from quiz.actions.bank.importing import land
from quiz.actions.people.auditing import record
from quiz.assessment.items.item import Level
from quiz.cli.opening import reading, writing
from quiz.cli.words import Command, Refusal
from quiz.exchange.questions import FORMATS, MAX_BYTES, ImportedFile, read_questions
from quiz.exchange.tables.disguise import shown_name
from quiz.formats import wita
from quiz.models import ItemImport, User
from quiz.models.people.audit import Action
from quiz.permissions import ROLE_PERMISSIONS, Permission
from quiz.queries.bank.import_preview import Fate, draft_content, fates
from quiz.queries.bank.imports import known_stems
from quiz.queries.people.people import person_called
from quiz.queries.sources.known import Sources, sources

NOTHING_TAKEN = "tidak ada yang diambil. Perbaiki berkasnya, atau pilih soalnya di halaman Soal."


@click.command(cls=Command, name="import")
@click.argument("format", metavar="FORMAT", type=click.Choice(list(FORMATS)))
@click.argument(
    "file", metavar="BERKAS", type=click.Path(exists=True, dir_okay=False, path_type=Path)
)
@click.option("--author", required=True, metavar="NAMA", help="Nama pengguna penulis drafnya.")
@click.option("--topic", metavar="KODE", help="Topik bagi soal yang belum punya.")
@click.option(
    "--level",
    type=click.Choice([level.value for level in Level]),
    metavar="TINGKAT",
    help=f"Tingkat bagi soal yang belum punya: {', '.join(Level)}.",
)
@click.option(
    "--law-as-of",
    type=click.DateTime(["%Y-%m-%d"]),
    metavar="TANGGAL",
    help="Keadaan hukum yang menjadi dasar soal, seperti 2024-11-22 (bawaan: hari ini).",
)
def import_questions(
    format: str,
    file: Path,
    author: str,
    topic: str | None,
    level: str | None,
    law_as_of: datetime | None,
) -> None:
    """Ambil soal dari BERKAS sebagai draf; bila ada kesalahan, tidak ada yang diambil.

    FORMAT: docx, xlsx, teks, aiken, gift, atau moodle-xml.
    """
    now = datetime.now(UTC)
    read = _read(file, format)
    with reading() as session:
        known = sources(session)
        default = _topic(known, topic)
        day = law_as_of.date() if law_as_of else wita(now).date()
        stems = known_stems(session, _author(session, author).id)
        found = fates(read.items, known, stems, day)
        kept = [fate for fate in found if not fate.repeated]
        contents = [
            draft_content(
                fate.item,
                fate.topic or default,
                fate.item.level or (Level(level) if level else None),
                day,
            )
            for fate in kept
        ]
    with writing() as session:
        waiting = ItemImport(
            user=_author(session, author),
            file_name=shown_name(file.name),
            format=format,
            content={},
            created_at=now,
        )
        session.add(waiting)
        codes = land(session, waiting, contents, FORMATS[format].origin, now)
        record(
            session,
            now,
            None,
            Action.ITEMS_IMPORTED,
            ("import", waiting.uid),
            file=file.name,
            items=codes,
            by="quiz import",
        )
        _report(found, codes)
        click.echo(f"Lanjutkan di halaman /soal/ambil/{waiting.uid}/hasil sebagai {author}.")


def _read(file: Path, format: str) -> ImportedFile:
    """What the file says. Raises Refusal with every fault in it."""
    with file.open("rb") as opened:
        blob = opened.read(MAX_BYTES + 1)
    read = read_questions(file.name, blob, format)
    lines = [*read.faults]
    lines += [f"{item.where}: {fault}" for item in read.items for fault in item.faults]
    if lines:
        raise Refusal("\n".join([*lines, f"{len(lines)} kesalahan; {NOTHING_TAKEN}"]))
    for note in read.notes:
        click.echo(note)
    for item in read.items:
        for sentence in item.lost:
            click.echo(f"{item.where}: {sentence}")
    return read


def _author(session: Session, username: str) -> User:
    found = person_called(session, username)
    if found is None or found.disabled_at is not None:
        raise Refusal(f"Tidak ada akun aktif dengan nama pengguna {username}.")
    if Permission.EDIT_ITEMS not in ROLE_PERMISSIONS[found.role]:
        raise Refusal(f"Akun {username} ({found.role.label}) tidak boleh menulis soal.")
    return found


def _topic(known: Sources, code: str | None) -> str:
    codes = [topic.code for topic in known.topics]
    if code and code not in codes:
        raise Refusal(f"Tidak ada topik dengan kode {code}. Yang ada: {', '.join(codes)}.")
    return code or ""


def _report(found: list[Fate], codes: list[str]) -> None:
    """Say what became of each question, and how its key was read where none is written."""
    left = iter(codes)
    for fate in found:
        said = "dilewati, pertanyaannya sudah ada" if fate.repeated else f"draf {next(left)}"
        click.echo(f"{fate.item.where}: {said}.")
        for note in fate.item.notes:
            click.echo(f"{fate.item.where}: {note}")
    click.echo(f"{len(codes)} soal diambil sebagai draf.")
