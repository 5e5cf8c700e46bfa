"""``quiz export``: items of the bank as a file for another program."""

import sys
from pathlib import Path

import click

from quiz.cli.opening import log_apart, reading
from quiz.cli.words import Command, Refusal
from quiz.exchange.questions import WRITERS, carried_items, not_carried, write_items
from quiz.models.bank.states import STATES
from quiz.models.people.audit import Action
from quiz.queries.bank.export import items_to_export
from quiz.queries.sources.material import topics


@click.command(cls=Command, name="export")
@click.argument("format", metavar="FORMAT", type=click.Choice(list(WRITERS)))
@click.option(
    "-o", "--output", required=True, metavar="BERKAS", help="Berkas tujuan; - untuk keluaran."
)
@click.option("--topic", "codes", multiple=True, metavar="KODE", help="Hanya topik ini; berulang.")
@click.option(
    "--state",
    "states",
    multiple=True,
    type=click.Choice(list(STATES)),
    metavar="KEADAAN",
    help=f"Hanya keadaan ini; berulang: {', '.join(STATES)} (bawaan: published).",
)
def export_questions(
    format: str, output: str, codes: tuple[str, ...], states: tuple[str, ...]
) -> None:
    """Tulis soal bank ke BERKAS dan sebut apa yang tidak ikut.

    FORMAT: xlsx, gift, atau moodle-xml. Berkas soal kami sendiri: quiz questions export.
    """
    with reading() as session:
        names = {topic.code: topic.name for topic in topics(session)}
        unknown = [code for code in codes if code not in names]
        if unknown:
            raise Refusal(f"Tidak ada topik {', '.join(unknown)}. Yang ada: {', '.join(names)}.")
        items = items_to_export(session, states or ("published",), codes)
        if not items:
            raise Refusal("Tidak ada soal yang cocok dengan pilihan ini.")
        written = [item.code for item in carried_items(items)]
        log_apart(session, Action.ITEMS_EXPORTED, by="quiz export", format=format, items=written)
    blob = write_items(format, items, names)
    for line in not_carried(format, items):
        click.echo(f"Tidak ikut: {line}.", err=True)
    if output == "-":
        sys.stdout.buffer.write(blob)
        return
    Path(output).write_bytes(blob)
    click.echo(f"{len(carried_items(items))} soal ditulis ke {output}.")
