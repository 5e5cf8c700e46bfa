"""The data folder: who holds it, and that only its owner can read what lies in it.

Servers share a folder; whoever replaces what is in it must have it alone. The operating system
keeps these locks and lets go of them when a process dies, so a killed server leaves none behind.
"""

import os
import shutil
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import IO

from sqlalchemy import Engine, text

if sys.platform == "win32":
    import msvcrt
else:
    import fcntl

LOCK = "server.lock"
PLACES = 32
"""Servers that may share a folder where the system knows no shared lock."""

_SERVING = 7_101_981
"""Key of the PostgreSQL advisory lock that servers share."""

MADE_BY_US = (".cadangan-", ".pulih-")
"""How the names of our temporary folders begin."""


class FolderInUse(Exception):
    """Somebody else holds the folder; the text is a sentence saying what to do."""


@contextmanager
def shared(folder: Path) -> Iterator[None]:
    """Hold ``folder`` together with other servers. Raises FolderInUse while one has it alone."""
    with _lock_file(folder) as file:
        if not _take(file, alone=False):
            raise FolderInUse(
                f"Folder {folder} sedang dipulihkan atau diperbarui. Tunggu sampai selesai, lalu "
                "jalankan lagi."
            )
        yield


@contextmanager
def alone(folder: Path) -> Iterator[None]:
    """Hold ``folder`` alone. Raises FolderInUse while a server runs on it."""
    with _lock_file(folder) as file:
        if not _take(file, alone=True):
            raise FolderInUse(
                f"Server sedang berjalan pada folder {folder}; jawaban yang masuk sementara itu "
                "akan hilang. Hentikan server dulu (Ctrl+C di jendelanya), lalu ulangi."
            )
        yield


@contextmanager
def backing_up(folder: Path) -> Iterator[None]:
    """Hold the folder of kept backups, made when absent. Raises FolderInUse while one is made."""
    folder.mkdir(mode=0o700, exist_ok=True)
    with _lock_file(folder) as file:
        if not _take(file, alone=True):
            raise FolderInUse("Cadangan lain sedang dibuat. Tunggu sebentar, lalu ulangi.")
        yield


@contextmanager
def scratch(folder: Path, prefix: str) -> Iterator[Path]:
    """A private folder within ``folder``, gone at the end; what a killed run left goes first."""
    _sweep(folder)
    with tempfile.TemporaryDirectory(dir=folder, prefix=prefix) as name, shared(Path(name)):
        yield Path(name)


@contextmanager
def database_shared(engine: Engine) -> Iterator[None]:
    """Hold a PostgreSQL database together with other servers, which may run on other machines."""
    with _database_held(engine, "pg_try_advisory_lock_shared") as taken:
        if not taken:
            raise FolderInUse(
                "Basis data sedang dipulihkan. Tunggu sampai selesai, lalu jalankan lagi."
            )
        yield


@contextmanager
def database_alone(engine: Engine) -> Iterator[None]:
    """Hold a PostgreSQL database alone. Raises FolderInUse while a server anywhere uses it."""
    with _database_held(engine, "pg_try_advisory_lock") as taken:
        if not taken:
            raise FolderInUse(
                "Masih ada server kuis yang memakai basis data ini; jawaban yang masuk sementara "
                "itu akan hilang. Hentikan semua server dulu, lalu ulangi."
            )
        yield


@contextmanager
def _database_held(engine: Engine, function: str) -> Iterator[bool]:
    """On a connection of its own, outside any transaction; SQLite needs no more than its folder."""
    if engine.dialect.name != "postgresql":
        yield True
        return
    with engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
        taken = bool(connection.scalar(text(f"SELECT {function}(:key)"), {"key": _SERVING}))
        yield taken
        connection.invalidate()  # the lock ends with the connection


def put_name_on_disk(folder: Path) -> None:
    """Wait until the disk knows the names in ``folder``, where the system lets one ask for that."""
    with suppress(OSError):
        descriptor = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(descriptor)
        finally:
            os.close(descriptor)


def make_private(folder: Path) -> None:
    """Let only the owner read the databases and keys in ``folder``."""
    for pattern in ("*.sqlite*", "*.key", "*.zip", "*/*.zip"):
        for path in folder.glob(pattern):
            with suppress(OSError):
                path.chmod(0o600)


def _sweep(folder: Path) -> None:
    for left in folder.iterdir():
        if left.name.startswith(MADE_BY_US) and left.is_dir():
            with suppress(FolderInUse):
                with alone(left):
                    shutil.rmtree(left, ignore_errors=True)
                shutil.rmtree(left, ignore_errors=True)  # Windows keeps the lock's file until now


@contextmanager
def _lock_file(folder: Path) -> Iterator[IO[bytes]]:
    descriptor = os.open(folder / LOCK, os.O_RDWR | os.O_CREAT, 0o600)
    with os.fdopen(descriptor, "r+b", buffering=0) as file:
        yield file


if sys.platform != "win32":

    def _take(file: IO[bytes], *, alone: bool) -> bool:
        try:
            fcntl.flock(file, (fcntl.LOCK_EX if alone else fcntl.LOCK_SH) | fcntl.LOCK_NB)
        except OSError:
            return False
        return True

else:

    def _take(file: IO[bytes], *, alone: bool) -> bool:
        """Windows has no shared lock: each server takes one byte, whoever is alone takes all."""
        for place in (0,) if alone else range(PLACES):
            file.seek(place)
            with suppress(OSError):
                msvcrt.locking(file.fileno(), msvcrt.LK_NBLCK, PLACES if alone else 1)
                return True
        return False
