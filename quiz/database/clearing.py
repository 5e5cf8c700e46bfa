"""Overwriting what a database has freed: a deleted row is still in its file until then."""

from contextlib import closing

from sqlalchemy import Engine, text
from sqlalchemy.exc import OperationalError

from quiz.database import PATIENCE, sqlite_driver
from quiz.models import Base


class NotCleared(Exception):
    """Somebody reads what would be overwritten; the text is a sentence. Later it will go."""


def overwrite_freed(engine: Engine) -> None:
    """Write the database anew without what was deleted from it. Needs as much room again.

    SQLite's file is rebuilt and its write-ahead log emptied, PostgreSQL's tables are. Whoever
    writes waits meanwhile. Raises NotCleared with everything as it was.
    """
    if engine.dialect.name == "sqlite":
        _rebuild(str(engine.url.database))
        return
    with engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
        connection.execute(text(f"SET lock_timeout = '{PATIENCE}s'"))
        try:
            for table in Base.metadata.sorted_tables:
                quoted = connection.dialect.identifier_preparer.quote(table.name)
                connection.execute(text(f"VACUUM FULL {quoted}"))
        except OperationalError as error:
            raise NotCleared(f"Tabel belum dapat ditulis ulang: {error.orig}.") from error
        finally:
            connection.invalidate()  # what was set goes with it


def _rebuild(path: str) -> None:
    """On a connection of its own: neither of the two steps may stand in a transaction."""
    with closing(sqlite_driver.connect(path, isolation_level=None)) as connection:
        connection.execute(f"PRAGMA busy_timeout={PATIENCE * 1000}")
        try:
            connection.execute("VACUUM")
            (left, *_) = connection.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()
        except sqlite_driver.OperationalError as error:
            raise NotCleared(f"Basis data belum dapat ditulis ulang: {error}.") from error
    if left:
        raise NotCleared("Basis data sedang dibaca, jadi lognya belum dapat dikosongkan.")
