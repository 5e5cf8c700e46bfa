"""``quiz report``: the same tables as the report pages, for scripts and archives."""

import sys
from datetime import UTC, datetime
from pathlib import Path

import click

from quiz.cli.opening import log_apart, reading
from quiz.cli.words import Group, Refusal
from quiz.exports import EXPORTS
from quiz.models.people.audit import Action
from quiz.queries.events.events import event_with_code
from quiz.queries.scores.reports import chosen_sitting
from quiz.queries.scores.standings import counted_sittings

UNITS = EXPORTS["units"]


@click.group(cls=Group)
def report() -> None:
    """Laporan kegiatan sebagai berkas."""


@report.command()
@click.option("--event", "code", required=True, metavar="KODE", help="Kode kegiatan.")
@click.option(
    "--format",
    "ending",
    required=True,
    type=click.Choice(list(UNITS.kinds)),
    metavar="BENTUK",
    help=f"Bentuk berkas: {', '.join(UNITS.kinds)}.",
)
@click.option(
    "-o", "--output", required=True, metavar="BERKAS", help="Berkas tujuan; - untuk keluaran."
)
def units(code: str, ending: str, output: str) -> None:
    """Hasil per unit dari sesi terakhir yang sudah ada hasilnya."""
    now = datetime.now(UTC)
    with reading() as session:
        event = event_with_code(session, code.upper())
        if event is None:
            raise Refusal(f"Tidak ada kegiatan dengan kode {code}.")
        if event.erased_words:
            raise Refusal(f"{event.erased_words} Yang tinggal hanya edisi laporannya.")
        sitting = chosen_sitting(session, counted_sittings(session, event), None, now)
        if sitting is None:
            raise Refusal(f"Kegiatan {event.code} belum punya pre-test atau post-test.")
        blob = UNITS.write(ending, session, sitting, now)
        log_apart(
            session,
            Action.REPORT_WRITTEN,
            by="quiz report units",
            code=event.code,
            sitting=sitting.label,
            format=ending,
        )
    if output == "-":
        sys.stdout.buffer.write(blob)
        return
    Path(output).write_bytes(blob)
    click.echo(f"Hasil {sitting.label} per unit ditulis ke {output}.")
