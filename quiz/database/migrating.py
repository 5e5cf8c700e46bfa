"""Bringing a database to the schema this program needs. Alembic is imported only when it must work.

SQLite rebuilds a table to alter it, which drops it and would fire every ON DELETE CASCADE that
points to it. So foreign keys are off meanwhile, switched on the raw connection because the pragma
does nothing inside a transaction, and checked before the commit.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from sqlalchemy import Connection, Engine, insert, inspect, text

from quiz.models import UnitKind
from quiz.models.people.units import FIRST_KINDS

if TYPE_CHECKING:
    from alembic.config import Config

SCRIPTS = Path(__file__).resolve().parent / "migrations"
VERSIONS = SCRIPTS / "versions"

_LOCK = 7_101_980
"""Key of the PostgreSQL advisory lock that lets one process at a time migrate."""


class SchemaTooNew(Exception):
    """A newer program has migrated this database; the text is a sentence for the operator."""


class BrokenKeys(Exception):
    """A migration left rows that point to nothing; it was rolled back."""


def known_revisions() -> list[str]:
    """The revisions this program knows, oldest first: ``0001``, ``0002``, and so on."""
    return sorted(path.name.split("_")[0] for path in VERSIONS.glob("[0-9]*.py"))


def current_revision(connection: Connection) -> str | None:
    """The revision a database stands at; None for an empty one."""
    if not inspect(connection).has_table("alembic_version"):
        return None
    revision: str | None = connection.scalar(text("SELECT version_num FROM alembic_version"))
    return revision


def upgrade(engine: Engine) -> bool:
    """Bring the database to this program's schema; True when there was something to do.

    A new database also gets the first kinds of unit. Raises SchemaTooNew.
    """
    with engine.execution_options(read_only=True).connect() as connection:
        if at_head(connection):
            return False
    with _migrating(engine) as connection:
        if at_head(connection):
            return False
        empty = current_revision(connection) is None
        _run(connection, "upgrade", "head")
        if empty:
            add_first_kinds(connection)
    return True


def build(engine: Engine, revision: str) -> None:
    """Give an empty database the schema of ``revision``, without any row."""
    with _migrating(engine) as connection:
        _run(connection, "upgrade", revision)


def downgrade(engine: Engine, revision: str) -> None:
    """Take the database back to ``revision``, or to nothing at all ("base")."""
    with _migrating(engine) as connection:
        _run(connection, "downgrade", revision)


def drop_everything(engine: Engine) -> None:
    """Leave a database without any table, whatever program made it."""
    with _migrating(engine) as connection:
        cascade = "" if engine.dialect.name == "sqlite" else " CASCADE"
        for name in inspect(connection).get_table_names():
            connection.exec_driver_sql(f'DROP TABLE "{name}"{cascade}')


def add_first_kinds(connection: Connection) -> None:
    """The kinds of unit a new database starts with."""
    rows = [
        {"code": code, "name": name, "position": position}
        for position, (code, name) in enumerate(FIRST_KINDS, start=1)
    ]
    connection.execute(insert(UnitKind), rows)


def alembic_config(connection: Connection) -> "Config":
    """Alembic's configuration for one connection; there is no alembic.ini."""
    from alembic.config import Config  # noqa: PLC0415  # a warm start does without Alembic

    config = Config()
    config.set_main_option("path_separator", "newline")
    config.set_main_option("script_location", str(SCRIPTS).replace("%", "%%"))
    config.attributes["connection"] = connection
    return config


def at_head(connection: Connection) -> bool:
    """Whether a database has this program's schema. Raises SchemaTooNew for a newer one."""
    current, known = current_revision(connection), known_revisions()
    if current is not None and current not in known:
        raise SchemaTooNew(
            f"Basis data ini berskema {current}, lebih baru daripada program ini ({known[-1]}). "
            "Pasang versi program yang terbaru."
        )
    return current == known[-1]


def _run(connection: Connection, direction: str, revision: str) -> None:
    from alembic import command  # noqa: PLC0415  # a warm start does without Alembic

    getattr(command, direction)(alembic_config(connection), revision)


@contextmanager
def _migrating(engine: Engine) -> Iterator[Connection]:
    """One transaction, alone, with foreign keys off on SQLite and checked at its end."""
    sqlite = engine.dialect.name == "sqlite"
    with engine.connect() as connection:
        if sqlite:
            _pragma(connection, "foreign_keys=OFF")
        try:
            with connection.begin():
                if not sqlite:
                    connection.execute(text("SELECT pg_advisory_xact_lock(:key)"), {"key": _LOCK})
                yield connection
                if sqlite:
                    _refuse_broken_keys(connection)
        finally:
            if sqlite:
                _pragma(connection, "foreign_keys=ON")


def _pragma(connection: Connection, setting: str) -> None:
    driver = connection.connection.driver_connection
    assert driver is not None  # noqa: S101  # for the type checker; the pool just gave it
    driver.execute(f"PRAGMA {setting}")


def _refuse_broken_keys(connection: Connection) -> None:
    broken = connection.exec_driver_sql("PRAGMA foreign_key_check").fetchall()
    if broken:
        tables = ", ".join(sorted({row[0] for row in broken}))
        raise BrokenKeys(f"{len(broken)} baris menunjuk baris yang tidak ada, di tabel {tables}.")
