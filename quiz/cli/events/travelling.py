"""``quiz event``: one event as a file, from one machine to another and back."""

import os
from datetime import UTC, datetime
from pathlib import Path

import click
from sqlalchemy import select
from sqlalchemy.orm import Session

from quiz.actions.events.transfer.merged import Merged
from quiz.actions.events.transfer.merging import foreign_keys, merge, preview
from quiz.actions.people.auditing import record
from quiz.actions.scores.scoring import reckon
from quiz.cli.opening import application, require_key, require_schema, settings
from quiz.cli.words import Group, Refusal
from quiz.config.keys import foreign_keys_kept
from quiz.database import db
from quiz.exchange.events.manifest import BadFile
from quiz.exchange.events.reading import EventFile
from quiz.exports.event_file import write_event_file
from quiz.formats import datetime_id
from quiz.models import User
from quiz.models.people.audit import Action
from quiz.models.refusals import Refused
from quiz.queries.events.events import event_with_code
from quiz.queries.scores.standings import unscored

LOT = 200
"""Attempts whose scores are reckoned in one short transaction."""


@click.group(cls=Group)
def event() -> None:
    """Kegiatan sebagai satu berkas: dari laptop ke kantor, dan kembali."""


@event.command("export")
@click.option("--event", "code", required=True, metavar="KODE", help="Kode kegiatan.")
@click.option("-o", "--output", required=True, metavar="BERKAS", help="Berkas tujuan.")
def export(code: str, output: str) -> None:
    """Tulis semua isi satu kegiatan ke BERKAS.

    Berkas ini memuat nama, NIP, jawaban, dan kunci kartu: simpan seperti cadangan.
    """
    now, target = datetime.now(UTC), Path(output)
    if target.exists():
        raise Refusal(f"{target} sudah ada. Pilih nama berkas lain.")
    with application():
        require_schema()
        require_key()
        with db.writing() as session:
            uid = _event_uid(session, code)
            subject = ("event", uid)
            record(session, now, None, Action.EVENT_EXPORTED, subject, by="quiz event export")  # type: ignore[arg-type]
        with db.reading() as session:
            found = event_with_code(session, code.upper())
            if found is None:
                raise Refusal(_unknown(code))
            try:
                with os.fdopen(
                    os.open(target, os.O_RDWR | os.O_CREAT | os.O_EXCL, 0o600), "w+b"
                ) as file:
                    manifest = write_event_file(session, found, settings().card_keys, file, now)
                    file.flush()
                    os.fsync(file.fileno())
            except OSError as error:
                target.unlink(missing_ok=True)
                raise Refusal(
                    f"{target} tidak dapat ditulis: {error.strerror}. Pilih tempat lain."
                ) from error
    click.echo(
        f"Kegiatan {found.code} ditulis ke {target}: {manifest.counts['enrolment']} peserta, "
        f"{manifest.counts['attempt']} pengerjaan, {manifest.counts['response']} jawaban."
    )
    click.echo(f"Tanda isi: {manifest.whole}")


def _event_uid(session: Session, code: str) -> str:
    found = event_with_code(session, code.upper())
    if found is None:
        raise Refusal(_unknown(code))
    return found.uid


def _unknown(code: str) -> str:
    return f"Tidak ada kegiatan dengan kode {code}."


@event.command("import")
@click.argument(
    "source",
    metavar="BERKAS",
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
)
@click.option("--dry-run", is_flag=True, help="Hanya periksa; tidak menyimpan apa pun.")
@click.option(
    "--by",
    "username",
    metavar="NAMA_PENGGUNA",
    help="Petugas yang memuat; perlu bila ada pengerjaan yang harus dibatalkan.",
)
def import_(source: Path, *, dry_run: bool, username: str | None) -> None:
    """Muat BERKAS kegiatan: digabung dengan yang sudah ada di sini, atau tidak sama sekali."""
    now = datetime.now(UTC)
    with application(), source.open("rb") as blob:
        require_schema()
        require_key()
        try:
            with EventFile.of(blob) as file:
                click.echo(_told(file))
                if dry_run:
                    with db.reading() as session:
                        _say(preview(session, file, settings().card_keys, now))
                    click.echo("Belum ada yang disimpan.")
                    return
                merged = _merged(file, source.name, username, now)
        except (BadFile, Refused) as error:
            raise Refusal(str(error)) from error
        _say(merged)
        if merged.event_id is not None:
            _reckon(merged.event_id, now)


def _merged(file: EventFile, name: str, username: str | None, now: datetime) -> Merged:
    keys = settings().card_keys
    with (
        foreign_keys_kept(settings().instance, foreign_keys(file, keys)),
        db.writing() as session,
    ):
        by_id = _account(session, username) if username else None
        merged = merge(session, file, keys, by_id, now)
        if merged.changes:
            record(
                session,
                now,
                by_id,
                Action.EVENT_IMPORTED,
                ("event", file.manifest.event["uid"]),
                by="quiz event import",
                file=name,
                code=merged.code,
                added=merged.added,
                updated=merged.updated,
                same=file.manifest.whole,
            )
    return merged


def _account(session: Session, username: str) -> int:
    found = session.scalar(
        select(User.id).where(User.username == username, User.disabled_at.is_(None))
    )
    if found is None:
        raise Refusal(f"Tidak ada akun {username}. Lihat: quiz user list")
    return found


def _reckon(event_id: int, now: datetime) -> None:
    """Scores of what came in, a few at a time: a server running meanwhile goes on saving."""
    with db.reading() as session:
        waiting = unscored(session, event_id, now)
    for start in range(0, len(waiting), LOT):
        with db.writing() as session:
            reckon(session, waiting[start : start + LOT], now)


def _told(file: EventFile) -> str:
    told = file.manifest
    return (
        f"Berkas kegiatan {told.event['code']}, {told.event['title']}, dibuat "
        f"{datetime_id(told.made_at)}."
    )


def _say(merged: Merged) -> None:
    if merged.known:
        click.echo("Tidak ada yang berubah: semua isi berkas ini sudah ada di sini.")
        return
    click.echo(f"{'':<28}{'di sini':>9}{'di berkas':>11}{'ditambah':>10}{'diubah':>8}{'jadi':>8}")
    for label, count in merged.shown.items():
        click.echo(
            f"{label:<28}{count.here:>9}{count.file:>11}{count.added:>10}{count.changed:>8}"
            f"{count.after:>8}"
        )
    for sentence in merged.sentences:
        click.echo(sentence)
    for conflict in merged.conflicts:
        click.echo(f"- {conflict.sentence}")
