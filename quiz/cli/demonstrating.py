"""``quiz demo``."""

import json
import os
from datetime import UTC, datetime
from typing import Any

import click
from sqlalchemy import Connection, func, inspect, select, table
from sqlalchemy.orm import Session

from quiz import demo as demonstration
from quiz.actions.bank.loading import load_questions
from quiz.cli.opening import application, settings
from quiz.cli.words import Command, Refusal
from quiz.codes import show_code
from quiz.config.settings import carried
from quiz.database import db
from quiz.database.anchor import end_of_log, replace_anchor
from quiz.database.folder import alone, database_alone
from quiz.database.migrating import drop_everything, upgrade
from quiz.demo import SHOWN_GUESTS, Cast, Stage
from quiz.models.refusals import Refused
from quiz.queries.people.settings import is_demo

MOST_PEOPLE = 20_000

PRECIOUS = ("user", "unit", "event", "quiz", "attempt")
"""Tables that hold somebody's work; questions alone can be loaded again."""

NOT_EMPTY = (
    "Basis data ini sudah berisi dan bukan peragaan, jadi tidak disentuh. Pakai folder lain, "
    "misalnya QUIZ_INSTANCE=instance/demo."
)


@click.command(cls=Command)
@click.option(
    "--stage",
    required=True,
    type=click.Choice([stage.value for stage in Stage]),
    metavar="TAHAP",
    help="before: daftar dimuat; open: pre-test dibuka; live: sedang dikerjakan; over: selesai.",
)
@click.option("--seed", required=True, metavar="BENIH", help="Benih yang sama, data yang sama.")
@click.option(
    "--people",
    default=50,
    type=click.IntRange(1, MOST_PEOPLE),
    metavar="ANGKA",
    help="Banyaknya peserta. [bawaan: 50]",
)
@click.option("--json", "as_json", is_flag=True, help="Cetak akun dan kartu sebagai JSON.")
def demo(stage: str, seed: str, people: int, as_json: bool) -> None:
    """Isi basis data kosong dengan kegiatan rekaan."""
    now = datetime.now(UTC)
    with application(), alone(settings().instance), database_alone(db.engine):
        _empty()
        key = demonstration.card_key(seed)
        _keep_key(key)
        with db.writing() as session:
            load_questions(session, carried("questions"), now)
            try:
                cast = demonstration.fill(
                    session, bytes.fromhex(key), Stage(stage), seed, people, now
                )
            except Refused as error:
                raise Refusal(str(error)) from error
            replace_anchor(settings().instance, end_of_log(session))
    click.echo(_as_json(cast) if as_json else _in_words(cast))


def _empty() -> None:
    """Leave a database with a schema and nothing that matters, or refuse with nothing touched."""
    with db.engine.execution_options(read_only=True).connect() as connection:
        tables = inspect(connection).get_table_names()
        demo = "setting" in tables and is_demo(Session(connection))
        if not demo and any(_holds_rows(connection, name) for name in PRECIOUS if name in tables):
            raise Refusal(NOT_EMPTY)
    if demo:
        drop_everything(db.engine)
    upgrade(db.engine)


def _holds_rows(connection: Connection, name: str) -> bool:
    return bool(connection.scalar(select(func.count()).select_from(table(name))))


def _keep_key(key: str) -> None:
    """Cards are printed from ``kartu.key``, so the demonstration's must be the seed's."""
    path = settings().instance / "kartu.key"
    path.write_text(key, encoding="utf-8")
    path.chmod(0o600)


def _as_json(cast: Cast) -> str:
    accounts: list[dict[str, Any]] = [
        {"role": a.role.value, "name": a.name, "username": a.username, "password": a.password}
        for a in cast.accounts
    ]
    accounts += [
        {"role": "participant", "name": g.name, "unit": g.unit, "card": g.card, "code": g.code}
        for g in cast.guests
    ]
    return json.dumps({"event": cast.event, "accounts": accounts}, ensure_ascii=False, indent=1)


def _in_words(cast: Cast) -> str:
    base = f"http://127.0.0.1:{os.environ.get('PORT', '8000')}"
    lines = [f"Peragaan {cast.event}: semua orang rekaan, kata sandinya diketahui umum.", ""]
    lines.append(f"Masuk dengan kata sandi di {base}/masuk/petugas")
    lines += [
        f"  {a.role.label:<15}  {a.username:<8}  {a.password:<28}  {a.name}" for a in cast.accounts
    ]
    lines += ["", f"{len(cast.guests)} peserta masuk dengan kode di {base}/masuk, misalnya"]
    lines += [f"  {show_code(g.code)}  {g.name} ({g.unit})" for g in cast.guests[:SHOWN_GUESTS]]
    lines.append("Kode dan kartu semua peserta: halaman kegiatan, Cetak kartu.")
    return "\n".join(lines)
