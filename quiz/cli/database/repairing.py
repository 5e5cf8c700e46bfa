"""``quiz db repair``: what is wrong, what can be saved of it, and which backup holds most."""

from collections import Counter
from datetime import UTC, datetime
from pathlib import Path

import click

from quiz.cli.database.restoring import put_back
from quiz.cli.opening import application, cut_off_words, settings
from quiz.cli.words import Command, Refusal
from quiz.database import db
from quiz.database.kept import FOLDER
from quiz.database.rescue.choosing import Choice, Survey, survey, wrong_with
from quiz.formats import datetime_id, decimal_id

NOTHING_LEFT = (
    "Tidak ada cadangan yang dapat dipakai, dan dari berkas yang rusak tidak ada yang terbaca. "
    "Tidak ada yang diubah. Cari cadangan di tempat lain (stik USB, komputer lain), lalu: quiz "
    "db restore BERKAS"
)
FAULTS_SHOWN = 5


@click.command(cls=Command)
@click.option(
    "--pakai",
    "number",
    type=click.IntRange(0),
    metavar="NOMOR",
    help="Pilihan yang dipakai, tanpa ditanya; 0 hanya memeriksa.",
)
def repair(number: int | None) -> None:
    """Bila basis data rusak: tunjukkan apa yang selamat, lalu pulihkan yang dipilih.

    Server harus berhenti. Berkas yang rusak disisihkan, tidak dihapus.
    """
    with application():
        now = datetime.now(UTC)
        wrong = [*wrong_with(db.engine, settings().card_keys), *cut_off_words()]
        if not wrong:
            click.echo("Basis data sehat; tidak ada yang perlu diperbaiki.")
            return
        click.echo("\n".join(["Yang salah:", *(f"  {each}" for each in wrong[:FAULTS_SHOWN])]))
        found = survey(settings(), db.engine, now)
        click.echo(_told(found))
        if not found.choices:
            raise Refusal(NOTHING_LEFT)
        chosen = _chosen(found.choices, number)
        if chosen is None:
            click.echo("Tidak ada yang diubah.")
            return
        put_back(_path(chosen), "quiz db repair")


def _path(choice: Choice) -> Path:
    return settings().instance / FOLDER / choice.kept.name


def _chosen(choices: list[Choice], number: int | None) -> Choice | None:
    if number is None:
        kind = click.IntRange(0, len(choices))
        number = click.prompt("Pakai nomor berapa? 0: tidak mengubah apa pun", 1, type=kind)
    if number > len(choices):
        raise Refusal(f"Nomor {number} tidak ada. Pilih 1 sampai {len(choices)}, atau 0.")
    return choices[number - 1] if number else None


def _told(found: Survey) -> str:
    lines = ["", "Yang dapat dipakai, yang paling lengkap lebih dulu:"] if found.choices else []
    for number, choice in enumerate(found.choices, start=1):
        lines += [f"  {number}. {_of(choice)}", *(f"     {line}" for line in _details(choice))]
        if number > 1:
            lines.append(f"     {_less(found.choices[0], choice)}")
    lines += [f"  Tidak dapat dipakai: {name}: {reason}" for name, reason in found.unusable]
    if found.choices:
        lines += ["", "Usul: nomor 1. Berkas yang sekarang disisihkan dulu, tidak dihapus."]
    return "\n".join(lines)


def _of(choice: Choice) -> str:
    if choice.rescued:
        return "Yang diselamatkan dari berkas yang rusak"
    return f"Cadangan {datetime_id(choice.kept.made_at)}, {choice.kept.occasion.label}"


def _details(choice: Choice) -> list[str]:
    held = choice.holding
    until = f", yang terakhir {datetime_id(held.last_at)}" if held.last_at else ""
    lines = [
        f"{_count(held.responses)} jawaban{until}; {_count(held.attempts)} pengerjaan; "
        f"{_count(held.people)} peserta terdaftar."
    ]
    if choice.rescued:
        lines += _rows("Tidak terbaca, diambil dari cadangan terbaru", choice.rescued.from_backup)
        lines += _rows("Hilang, paling banyak", choice.rescued.lost)
        if choice.rescued.unsure:
            names = ", ".join(sorted(choice.rescued.unsure))
            lines.append(f"Mungkin hilang juga baris terakhir, entah berapa: {names}.")
    return lines


def _rows(words: str, rows: Counter[str]) -> list[str]:
    told = ", ".join(f"{name} {_count(n)} baris" for name, n in sorted(rows.items()) if n)
    return [f"{words}: {told}."] if told else []


def _less(first: Choice, other: Choice) -> str:
    missing = first.holding.responses - other.holding.responses
    if not missing:
        return "Jawabannya sama banyak dengan nomor 1."
    return f"Bila dipakai, {_count(missing)} jawaban yang ada di nomor 1 hilang."


def _count(number: int) -> str:
    return decimal_id(number, 0)
