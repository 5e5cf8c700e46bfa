"""PostgreSQL's own programs, and copies of whole databases in and out of files."""

import os
import shutil
import subprocess
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from secrets import token_hex

from sqlalchemy import URL, Engine, create_engine, text
from sqlalchemy.exc import ProgrammingError

from quiz.config.databases import sqlite_url
from quiz.database import make_engine, sqlite_driver

NO_TOOL = (
    "Program {tool} tidak ditemukan. Pasang klien PostgreSQL (Debian: apt install "
    "postgresql-client), lalu ulangi."
)
NO_ROOM_TO_CHECK = (
    "Akun basis data {user} tidak boleh membuat basis data sementara, jadi cadangan tidak dapat "
    "diperiksa sebelum dipulihkan. Minta pengelola PostgreSQL menjalankan: "
    'ALTER ROLE "{user}" CREATEDB'
)


class ToolFailed(Exception):
    """A copy cannot be made; the text is a sentence saying why."""


def dump(engine: Engine, target: Path) -> None:
    """Copy the database into ``target``, while it is being written to. Raises ToolFailed.

    SQLite gives the whole copy in one step, which in WAL keeps no writer waiting; the copy waits
    for no disk, because what is made of it does.
    """
    if engine.dialect.name == "sqlite":
        raw = engine.raw_connection()
        with closing(sqlite_driver.connect(str(target))) as copy, closing(raw):
            assert raw.driver_connection is not None  # noqa: S101  # the pool just gave it
            copy.execute("PRAGMA synchronous=OFF")
            try:
                raw.driver_connection.backup(copy)
            except sqlite_driver.Error as error:
                raise ToolFailed(f"Basis data tidak dapat disalin: {error}.") from error
        return
    _run("pg_dump", engine.url, "--format=custom", "--no-owner", f"--file={target}")


def database_files(database: Path) -> list[Path]:
    """The files SQLite keeps of a database: itself, and what is not yet in it."""
    names = (database.name + ending for ending in ("", "-wal", "-shm", "-journal"))
    return [path for name in names if (path := database.with_name(name)).is_file()]


def size_of(engine: Engine) -> int:
    """How many bytes the database takes on its disk; a dump takes no more."""
    with engine.execution_options(read_only=True).connect() as connection:
        if engine.dialect.name == "sqlite":
            pages, size = (
                connection.exec_driver_sql(f"PRAGMA {name}").scalar_one()
                for name in ("page_count", "page_size")
            )
            return int(pages) * int(size)
        return int(connection.scalar(text("SELECT pg_database_size(current_database())")) or 0)


def damage(engine: Engine, dumped: Path) -> str | None:
    """What is wrong with a dump of this database, read to its end; None when it is sound."""
    if engine.dialect.name == "sqlite":
        try:
            with closing(sqlite_driver.connect(str(dumped))) as copy:
                (found,) = copy.execute("PRAGMA integrity_check(1)").fetchone()
        except sqlite_driver.Error as error:
            return str(error)
        return None if found == "ok" else str(found)
    try:
        _run("pg_restore", None, f"--file={os.devnull}", str(dumped))
    except ToolFailed as error:
        return str(error)
    return None


def damaged(engine: Engine) -> str | None:
    """What SQLite finds wrong in its file when it reads every page of it; None for sound ones.

    PostgreSQL looks after its own.
    """
    if engine.dialect.name != "sqlite":
        return None
    with engine.execution_options(read_only=True).connect() as connection:
        found = connection.exec_driver_sql("PRAGMA quick_check(1)").scalar_one()
    return None if found == "ok" else str(found)


def load(engine: Engine, dumped: Path) -> None:
    """Put the dumped database in place of what is there, whole or not at all. As ``dump``."""
    if engine.dialect.name == "sqlite":
        raw = engine.raw_connection()
        with closing(sqlite_driver.connect(str(dumped))) as copy, closing(raw):
            copy.backup(raw.driver_connection)
        return
    settings = ("--clean", "--if-exists", "--no-owner", "--single-transaction")
    _run("pg_restore", engine.url, *settings, str(dumped))


@contextmanager
def copy_of(dumped: Path, live: Engine) -> Iterator[Engine]:
    """The dumped database apart from the live one, to be looked at and changed.

    SQLite's is the file itself; PostgreSQL's a database of its own that is dropped again.
    """
    if live.dialect.name == "sqlite":
        engine = make_engine(sqlite_url(dumped))
        try:
            yield engine
        finally:
            engine.dispose()
        return
    name = f"kuis_periksa_{token_hex(4)}"
    server = create_engine(live.url, isolation_level="AUTOCOMMIT")
    _create(server, name)
    engine = make_engine(live.url.set(database=name).render_as_string(hide_password=False))
    try:
        _run("pg_restore", engine.url, "--no-owner", "--single-transaction", str(dumped))
        yield engine
    finally:
        engine.dispose()
        with server.connect() as connection:
            connection.execute(text(f'DROP DATABASE "{name}" WITH (FORCE)'))
        server.dispose()


def _create(server: Engine, name: str) -> None:
    try:
        with server.connect() as connection:
            connection.execute(text(f'CREATE DATABASE "{name}" TEMPLATE template0'))
    except ProgrammingError as error:
        raise ToolFailed(NO_ROOM_TO_CHECK.format(user=server.url.username)) from error


def _run(tool: str, url: URL | None, *arguments: str) -> None:
    """Run a PostgreSQL tool, on the database at ``url`` if it needs one.

    The password goes by the environment, where no list shows it.
    """
    program = shutil.which(tool)
    if program is None:
        raise ToolFailed(NO_TOOL.format(tool=tool))
    environ = os.environ | (_reaching(url) if url else {})
    command = [program, *([f"--dbname={url.database}"] if url else []), *arguments]
    done = subprocess.run(command, env=environ, capture_output=True, text=True, check=False)  # noqa: S603  # our own arguments
    if done.returncode:
        raise ToolFailed(f"{tool} gagal: {done.stderr.strip()}")


def _reaching(url: URL) -> dict[str, str]:
    """The variables by which PostgreSQL's programs find a server and are let in."""
    parts = {
        "PGHOST": url.host or str(url.query.get("host", "")),
        "PGPORT": str(url.port or ""),
        "PGUSER": url.username or "",
        "PGPASSWORD": url.password or "",
    }
    return {name: value for name, value in parts.items() if value}
