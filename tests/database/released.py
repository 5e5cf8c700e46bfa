"""Rows of every table as each revision of the schema left them, kept in ``released.json.xz``.

What is in the file stays: it is what installations out there may hold. ``python -m
tests.database.released`` adds the revisions that are not yet in it.
"""

import json
import lzma
import tempfile
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

from sqlalchemy import (
    JSON,
    Boolean,
    Column,
    Connection,
    Date,
    DateTime,
    Engine,
    Integer,
    MetaData,
    Table,
    insert,
    inspect,
    select,
    text,
)
from sqlalchemy.orm import Session

from quiz.database import make_engine, migrating
from quiz.models import AuditEntry, Base
from quiz.models.people.audit import GENESIS, digest_of
from tests.factories import Make
from tests.remains import marked_event

FILE = Path(__file__).with_name("released.json.xz")
REVISION = "alembic_version"

Rows = dict[str, list[dict[str, Any]]]

WRITTEN_ANEW = {"user.normalised_name"}
"""Columns a revision computes again, from others that stay."""


def released() -> dict[str, Rows]:
    """The rows of each revision, by table; values as SQLite stores them."""
    kept: dict[str, Rows] = json.loads(lzma.decompress(FILE.read_bytes())) if FILE.exists() else {}
    return kept


def hold(engine: Engine, rows: Rows) -> None:
    """Let a database hold ``rows``, which are of its revision, and nothing else."""
    with _unguarded(engine) as connection:
        schema = MetaData()
        schema.reflect(connection)
        for name, found in rows.items():
            table = schema.tables[name]
            connection.execute(table.delete())
            for row in found:
                connection.execute(insert(table).values(_typed(table, row)))
            if engine.dialect.name == "postgresql" and "id" in table.c:
                _count_on(connection, table)


@contextmanager
def _unguarded(engine: Engine) -> Iterator[Connection]:
    """A transaction in which rows may come before those they point to."""
    with migrating._migrating(engine) as connection:
        if engine.dialect.name == "postgresql":
            connection.execute(text("SET LOCAL session_replication_role = replica"))
        yield connection


def _typed(table: Table, row: dict[str, Any]) -> dict[str, Any]:
    """The row as Core takes it; what is empty is left out, since JSON would store a null."""
    held = {name: value for name, value in row.items() if value is not None}
    return {name: _as(table.c[name].type, value) for name, value in held.items()}


def _as(kind: object, value: Any) -> Any:
    match kind:
        case JSON():
            return json.loads(value)
        case Boolean():
            return bool(value)
        case DateTime(timezone=zoned):
            moment = datetime.fromisoformat(value)
            return moment.replace(tzinfo=UTC) if zoned else moment
        case Date():
            return date.fromisoformat(value)
    return value


def _count_on(connection: Connection, table: Table) -> None:
    if isinstance(table.c["id"].type, Integer):
        connection.execute(
            text(
                f"SELECT setval(pg_get_serial_sequence('\"{table.name}\"', 'id'), max(id)) "
                f'FROM "{table.name}"'
            )
        )


def dumped(engine: Engine) -> Rows:
    """Every row of a database by its tables, as its driver gives them."""
    names = inspect(engine).get_table_names()
    with engine.connect() as connection:
        return {
            name: [
                dict(row)
                for row in connection.exec_driver_sql(f'SELECT * FROM "{name}"').mappings()
            ]
            for name in sorted(names)
            if name != REVISION
        }


def lost(before: Rows, after: Rows) -> dict[str, object]:
    """By table, the rows whose values in the columns of then are not there any more."""
    return {
        name: gone
        for name, rows in before.items()
        if (gone := _values(name, rows, rows[0]) - _values(name, after[name], rows[0]))
    }


def _values(table: str, rows: list[dict[str, Any]], then: dict[str, Any]) -> Counter[str]:
    columns = sorted(name for name in then if f"{table}.{name}" not in WRITTEN_ANEW)
    return Counter(repr([(name, row.get(name)) for name in columns]) for row in rows)


def fill(session: Session) -> None:
    """At least one row in every table of the newest schema."""
    marked_event(Make(session, b"kunci kartu dari uji ini, 32 byte"))
    for table in Base.metadata.sorted_tables:
        if not session.scalar(text(f'SELECT count(*) FROM "{table.name}"')):
            session.execute(insert(table), [_a_row(session, table)])
    _without_salts(session)
    session.commit()


def _without_salts(session: Session) -> None:
    """The log as it was chained before its details had salts, which every revision can prove."""
    before = GENESIS
    for line in session.scalars(select(AuditEntry).order_by(AuditEntry.id)):
        if line.detail is not None:
            line.detail.salt, line.detail_digest = None, digest_of(line.detail.content, None)
        line.digest = before = line.expected_digest(before)


def _a_row(session: Session, table: Table) -> dict[str, Any]:
    needed = [c for c in table.c if not (c.nullable or c.default or c.server_default)]
    row = {c.name: _a_value(session, c) for c in needed if c.name != "id"}
    return row | {"kind": "void"} if table.name == "ruling" else row


def _a_value(session: Session, column: Column[Any]) -> Any:
    for key in column.foreign_keys:
        return session.scalar(text(f'SELECT min(id) FROM "{key.column.table.name}"'))
    kind = getattr(column.type, "impl", column.type)
    members = getattr(column.type, "members", None)
    if members:
        return next(iter(members))
    match kind:
        case JSON():
            return {}
        case DateTime() | Date():
            return datetime(2026, 11, 23, 4, tzinfo=UTC)
    return column.name[:8] if kind.python_type is str else kind.python_type(1)


def main() -> None:
    """Add what is missing, from the newest revision back."""
    kept = released()
    with tempfile.TemporaryDirectory() as folder:
        engine = make_engine(f"sqlite:///{folder}/quiz.sqlite")
        migrating.upgrade(engine)
        with Session(engine, expire_on_commit=False) as session:
            fill(session)
        for revision in reversed(migrating.known_revisions()):
            if revision not in kept:
                migrating.downgrade(engine, revision)
                kept[revision] = dumped(engine)
        engine.dispose()
    packed = json.dumps(dict(sorted(kept.items())), ensure_ascii=False).encode()
    FILE.write_bytes(lzma.compress(packed, preset=9))


if __name__ == "__main__":
    main()
