"""The database: one engine, a session per request, and transactions that say what they are.

GET and HEAD open a read-only transaction; everything else writes. SQLite gets BEGIN IMMEDIATE
behind one in-process lock, because a plain BEGIN that reads before it writes fails as "database is
locked" whatever the busy timeout. Nobody draws a page while holding it: whatever is rendered is
rendered after the writing has ended. Every connection proves that a commit is on disk when it
returns.
"""

import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from flask import Flask, before_render_template, current_app, g, has_request_context, request
from sqlalchemy import Connection, Engine, ExceptionContext, create_engine, event, make_url, text
from sqlalchemy.orm import Session

from quiz.database.sessions import FOLDER, AnchoredSession, WritingSession

try:
    import pysqlite3.dbapi2 as sqlite_driver
except ImportError:
    import sqlite3 as sqlite_driver

POOL_SIZE = 16
"""As many connections as the server has threads."""

PATIENCE = 5
"""Seconds that one who finds SQLite's file locked waits for the others."""

WAL_RESET_FIXED = (3, 51, 3)
"""The first SQLite whose WAL survives a reset; older ones get a rollback journal."""


class WroteWhileReading(Exception):
    """A statement that writes, in a transaction that may not: a fault of the program."""


class NotDurable(Exception):
    """A connection on which a commit might be lost in a power cut."""


def make_engine(url: str) -> Engine:
    """An engine whose connections are durable and whose transactions begin as they should."""
    if make_url(url).get_backend_name() == "sqlite":
        engine = create_engine(
            url,
            module=sqlite_driver,
            pool_size=POOL_SIZE,
            max_overflow=4,
            hide_parameters=True,
        )
        event.listen(engine, "connect", _prepare_sqlite)
        event.listen(engine, "begin", _begin_sqlite)
    else:
        engine = create_engine(
            url,
            pool_size=POOL_SIZE,
            max_overflow=4,
            pool_pre_ping=True,
            hide_parameters=True,
        )
        event.listen(engine, "connect", _check_postgresql)
        event.listen(engine, "begin", _begin_postgresql)
    event.listen(engine, "handle_error", _without_values)
    event.listen(engine, "handle_error", _own_fault, retval=True)
    return engine


def _without_values(context: ExceptionContext) -> None:
    """Of a driver's error only its first line: PostgreSQL's others quote the row that failed."""
    for error in (context.original_exception, context.sqlalchemy_exception):
        if error is not None and error.args:
            error.args = (str(error.args[0]).partition("\n")[0],)


def _own_fault(context: ExceptionContext) -> BaseException | None:
    """What to raise for a write where a transaction of ours only reads: no fault of the disk."""
    connection = context.connection
    if connection is None or not connection.get_execution_options().get("read_only"):
        return None
    told = context.original_exception
    code = getattr(told, "sqlite_errorcode", None) or getattr(told, "sqlstate", None)
    return WroteWhileReading(str(told)) if code in _ONLY_READS else None


_ONLY_READS = {8, "25006"}
"""SQLite's READONLY without more, as a file that cannot be written would tell, and PostgreSQL's."""


def _prepare_sqlite(connection: Any, _record: Any) -> None:
    connection.isolation_level = None
    journal = "WAL" if sqlite_driver.sqlite_version_info >= WAL_RESET_FIXED else "TRUNCATE"
    cursor = connection.cursor()
    cursor.execute(f"PRAGMA busy_timeout={PATIENCE * 1000}")
    _set_journal(cursor, journal)
    for pragma in ("synchronous=FULL", "foreign_keys=ON"):
        cursor.execute(f"PRAGMA {pragma}")
    in_force = {
        name: cursor.execute(f"PRAGMA {name}").fetchone()[0]
        for name in ("journal_mode", "synchronous", "foreign_keys")
    }
    cursor.close()
    if in_force["journal_mode"] not in {"wal", "truncate", "memory"} or (
        in_force["synchronous"],
        in_force["foreign_keys"],
    ) != (2, 1):
        raise NotDurable(f"SQLite menolak setelan tahan listrik padam: {in_force}")


def _set_journal(cursor: Any, journal: str) -> None:
    """Change the file's journal where it is another, and wait for others who change it too.

    SQLite's own patience does not cover that: of two processes that open a new file at once, one
    is told at once that it is locked.
    """
    latest = time.monotonic() + PATIENCE
    while cursor.execute("PRAGMA journal_mode").fetchone()[0] != journal.lower():
        try:
            cursor.execute(f"PRAGMA journal_mode={journal}")
        except sqlite_driver.OperationalError:
            if time.monotonic() > latest:
                raise
            time.sleep(0.02)
        else:
            return


def _begin_sqlite(connection: Connection) -> None:
    read_only = bool(connection.get_execution_options().get("read_only"))
    if connection.info.get("query_only") is not read_only:
        connection.exec_driver_sql(f"PRAGMA query_only={'ON' if read_only else 'OFF'}")
        connection.info["query_only"] = read_only
    connection.exec_driver_sql("BEGIN" if read_only else "BEGIN IMMEDIATE")


def _check_postgresql(connection: Any, _record: Any) -> None:
    with connection.cursor() as cursor:
        cursor.execute("SET synchronous_commit TO on")
        cursor.execute("SET TIME ZONE 'UTC'")
        cursor.execute("SHOW fsync")
        fsync = cursor.fetchone()[0]
    connection.commit()
    if fsync != "on":
        raise NotDurable("PostgreSQL berjalan dengan fsync=off: jawaban dapat hilang.")


def _begin_postgresql(connection: Connection) -> None:
    if connection.get_execution_options().get("read_only"):
        connection.exec_driver_sql("SET TRANSACTION READ ONLY")


class Database:
    """The way to the database: ``db.session`` in a request, ``reading``/``writing`` elsewhere."""

    def init_app(self, app: Flask, url: str, folder: Path) -> None:
        """Make the engine for ``url`` and give every request of ``app`` its session.

        ``folder`` keeps where the audit log ends.
        """
        app.extensions["quiz.engine"] = make_engine(url)
        app.extensions["quiz.folder"] = folder
        app.extensions["quiz.write_lock"] = threading.Lock()
        app.teardown_request(self.give_up)
        before_render_template.connect(self.only_read, app)

    @property
    def engine(self) -> Engine:
        engine: Engine = current_app.extensions["quiz.engine"]
        return engine

    @property
    def session(self) -> Session:
        """This request's session, opened at first use in the mode its method asks for."""
        if not has_request_context():
            raise RuntimeError("db.session belongs to a request; use db.reading() or db.writing()")
        if "db_session" not in g:
            g.db_session = self._open(read_only=not self._may_write())
        session: Session = g.db_session
        return session

    @contextmanager
    def looking(self) -> Iterator[None]:
        """A stretch of a writing request whose ``session`` only reads and keeps nobody waiting.

        For what takes long before anything is written. Rows loaded within are detached after it:
        what is to be changed is loaded again, and looked at again.
        """
        self.give_up()
        g.db_looking = True
        try:
            yield
        finally:
            g.pop("db_looking", None)
            self.give_up()

    def only_read(self, *_sender: object, **_template: object) -> None:
        """From here on this request only reads; what it has not committed is undone."""
        if has_request_context():
            g.db_looking = True
            session = g.get("db_session")
            if isinstance(session, WritingSession):
                session.only_read()

    def ping(self) -> None:
        """One question within a request that the database's file must answer; raises if not."""
        self.session.execute(text("SELECT version_num FROM alembic_version"))

    @contextmanager
    def reading(self) -> Iterator[Session]:
        """A short read-only transaction of its own."""
        with self._open(read_only=True) as session:
            yield session

    @contextmanager
    def writing(self) -> Iterator[Session]:
        """A transaction outside requests: committed at the end, rolled back on an exception."""
        with self._open(read_only=False) as session:
            yield session
            session.commit()

    def _open(self, *, read_only: bool) -> AnchoredSession:
        info = {FOLDER: current_app.extensions["quiz.folder"]}
        if read_only:
            engine = self.engine.execution_options(read_only=True)
            return AnchoredSession(engine, expire_on_commit=False, info=info)
        return WritingSession(self.engine, current_app.extensions["quiz.write_lock"], info)

    @staticmethod
    def _may_write() -> bool:
        if g.get("db_looking", False):
            return False
        if request.method not in {"GET", "HEAD", "OPTIONS"}:
            return True
        view = current_app.view_functions.get(request.endpoint or "")
        return bool(getattr(view, "writes", False))

    @staticmethod
    def give_up(_error: BaseException | None = None) -> None:
        """Let go of this request's session and its lock; what it has not committed is undone."""
        session = g.pop("db_session", None)
        if session is not None:
            session.close()


db = Database()

__all__ = [
    "Database",
    "NotDurable",
    "WroteWhileReading",
    "db",
    "make_engine",
    "sqlite_driver",
]
