"""The database: one engine, a session per request, and transactions that say what they are.

GET and HEAD open a read-only transaction; everything else writes. SQLite gets BEGIN IMMEDIATE
behind one in-process lock, because a plain BEGIN that reads before it writes fails as "database is
locked" whatever the busy timeout. Every connection proves that a commit is on disk when it returns.
"""

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from flask import Flask, current_app, g, has_request_context, request
from sqlalchemy import Connection, Engine, ExceptionContext, create_engine, event, make_url, text
from sqlalchemy.orm import Session

from quiz.database.anchor import Anchor, keep_anchor
from quiz.models.people.audit import LOG_END

try:
    import pysqlite3.dbapi2 as sqlite_driver
except ImportError:
    import sqlite3 as sqlite_driver

POOL_SIZE = 16
"""As many connections as the server has threads."""

FOLDER = "folder"

WAL_RESET_FIXED = (3, 51, 3)
"""The first SQLite whose WAL survives a reset; older ones get a rollback journal."""


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
    return engine


def _without_values(context: ExceptionContext) -> None:
    """Of a driver's error only its first line: PostgreSQL's others quote the row that failed."""
    for error in (context.original_exception, context.sqlalchemy_exception):
        if error is not None and error.args:
            error.args = (str(error.args[0]).partition("\n")[0],)


def _prepare_sqlite(connection: Any, _record: Any) -> None:
    connection.isolation_level = None
    journal = "WAL" if sqlite_driver.sqlite_version_info >= WAL_RESET_FIXED else "TRUNCATE"
    cursor = connection.cursor()
    for pragma in (
        "busy_timeout=5000",
        f"journal_mode={journal}",
        "synchronous=FULL",
        "foreign_keys=ON",
    ):
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


class AnchoredSession(Session):
    """A session that keeps where the audit log ends, once a commit has moved it."""


@event.listens_for(AnchoredSession, "after_commit")
def _keep_end_of_log(session: Session) -> None:
    moved = session.info.pop(LOG_END, None)
    if moved is not None:
        keep_anchor(session.info[FOLDER], Anchor(*moved))


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
            g.db_writing = self._writing_request()
            if g.db_writing:
                self._lock.acquire()
                g.db_locked = True
            g.db_session = self._open(read_only=not g.db_writing)
        session: Session = g.db_session
        return session

    def ping(self) -> None:
        """One question to the database within a request; raises when it does not answer."""
        self.session.execute(text("SELECT 1"))

    @contextmanager
    def reading(self) -> Iterator[Session]:
        """A short read-only transaction of its own."""
        with self._open(read_only=True) as session:
            yield session

    @contextmanager
    def writing(self) -> Iterator[Session]:
        """A transaction outside requests: committed at the end, rolled back on an exception."""
        with self._lock, self._open(read_only=False) as session:
            yield session
            session.commit()

    @property
    def _lock(self) -> threading.Lock:
        lock: threading.Lock = current_app.extensions["quiz.write_lock"]
        return lock

    def _open(self, *, read_only: bool) -> Session:
        engine = self.engine.execution_options(read_only=read_only)
        info = {FOLDER: current_app.extensions["quiz.folder"]}
        return AnchoredSession(engine, expire_on_commit=False, info=info)

    @staticmethod
    def _writing_request() -> bool:
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
        if g.pop("db_locked", False):
            current_app.extensions["quiz.write_lock"].release()


db = Database()

__all__ = ["Database", "NotDurable", "db", "make_engine", "sqlite_driver"]
