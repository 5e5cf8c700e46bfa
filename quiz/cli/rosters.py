"""``quiz roster``: check a file of participants, or take it over when nothing is left to decide."""

from datetime import UTC, datetime
from pathlib import Path

import click
from sqlalchemy.orm import Session

from quiz.actions.events.rostering import apply_roster
from quiz.actions.people.auditing import record
from quiz.cli.opening import reading, settings, writing
from quiz.cli.words import Group, Refusal
from quiz.exchange.rosters.reading import RosterFile, read_roster
from quiz.models import Event
from quiz.models.people.audit import Action
from quiz.queries.events.events import event_with_code
from quiz.queries.events.plan import RosterPlan, RowAction
from quiz.queries.events.roster_plan import plan_roster, roster_basis

UNDECIDED = (
    "Ada yang harus diputuskan orang, jadi tidak ada yang disimpan. Unggah berkas ini di halaman "
    "peserta kegiatan, yang menanyakannya satu per satu."
)

CHANGED = "Data di aplikasi berubah selagi berkas dibaca. Jalankan sekali lagi."

the_file = click.argument(
    "file", metavar="BERKAS", type=click.Path(exists=True, dir_okay=False, path_type=Path)
)
the_event = click.option("--event", "code", required=True, metavar="KODE", help="Kode kegiatan.")


@click.group(cls=Group)
def roster() -> None:
    """Daftar peserta dari Excel atau CSV."""


@roster.command()
@the_file
@the_event
def check(file: Path, code: str) -> None:
    """Periksa BERKAS: setiap kesalahan, dan apa yang akan berubah. Tidak menyimpan apa pun."""
    read = _read(file)
    with reading() as session:
        plan = plan_roster(session, _event(session, code), read.rows)
    for warning in read.warnings:
        click.echo(f"Periksa lagi. {warning.sentence}")
    _refuse_open_questions(plan)
    click.echo(
        f"Tidak ada kesalahan: {plan.count(RowAction.ADD)} orang akan ditambahkan, "
        f"{plan.count(RowAction.UPDATE)} diperbarui, {plan.count(RowAction.NOTHING)} tetap."
    )
    for absent in plan.absent:
        click.echo(f"Tidak ada di berkas, tetap terdaftar: {absent.name} ({absent.unit})")


@roster.command()
@the_file
@the_event
def load(file: Path, code: str) -> None:
    """Masukkan peserta dari BERKAS; bila ada yang salah atau belum jelas, tidak ada yang masuk."""
    now = datetime.now(UTC)
    read = _read(file)
    with reading() as session:
        plan = plan_roster(session, _event(session, code), read.rows)
    _refuse_open_questions(plan)
    with writing() as session:
        event = _event(session, code)
        refusal = event.refusal_to_change()
        if refusal:
            raise Refusal(refusal)
        if roster_basis(session, event, read.rows) != plan.basis:
            raise Refusal(CHANGED)
        applied = apply_roster(session, event, plan, now, settings().card_key)
        event.roster_source = file.name[-200:]
        record(
            session,
            now,
            None,
            Action.ROSTER_APPLIED,
            ("event", event.uid),
            file=file.name,
            added=len(applied.added),
            updated=len(applied.updated),
        )
    click.echo(f"{len(applied.added)} orang ditambahkan, {len(applied.updated)} diperbarui.")


def _read(file: Path) -> RosterFile:
    read = read_roster(file.name, file.read_bytes())
    if read.faults:
        lines = [fault.sentence for fault in read.faults]
        raise Refusal("\n".join([*lines, f"{len(lines)} kesalahan; tidak ada yang dimuat."]))
    return read


def _event(session: Session, code: str) -> Event:
    event = event_with_code(session, code.upper())
    if event is None:
        raise Refusal(f"Tidak ada kegiatan dengan kode {code}.")
    if event.erased_words:
        raise Refusal(event.erased_words)
    return event


def _refuse_open_questions(plan: RosterPlan) -> None:
    if not plan.ready:
        raise Refusal("\n".join([*plan.open_lines, UNDECIDED]))
