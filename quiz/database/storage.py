"""What keeps a disk or a database from being used: read off the error, told in words.

Drivers and the system speak English and of pages and numbers; whoever sits at the laptop needs to
know what is safe and what to do next.
"""

import errno
from enum import Enum

from sqlalchemy.exc import DBAPIError

from quiz.database import sqlite_driver

SAFE = "Yang sudah tersimpan aman."


class Trouble(Enum):
    """A kind of trouble; the value is what to tell the operator."""

    FULL = (
        "Cakram penuh, jadi tidak ada yang dapat disimpan. Kosongkan sebagian cakram tempat folder "
        f"data, lalu ulangi. {SAFE}"
    )
    READ_ONLY = (
        "Folder data, atau berkas di dalamnya, tidak boleh ditulis. Periksa izinnya, dan apakah "
        f"cakramnya terpasang hanya-baca, lalu ulangi. {SAFE}"
    )
    DAMAGED = (
        "Berkas basis data rusak. Jangan menghapus atau mengganti apa pun di folder data. Hentikan "
        "server, lalu jalankan: quiz db repair"
    )
    UNREADABLE = (
        "Cakram tidak dapat dibaca atau ditulis dengan benar. Hentikan server, salin folder data "
        "ke cakram lain, lalu jalankan di sana: quiz db check"
    )
    NO_FILE = (
        "Berkas basis data tidak dapat dibuka. Periksa apakah folder data ada, boleh dibaca dan "
        "ditulis, dan apakah QUIZ_DATABASE_URL benar."
    )
    UNREACHABLE = (
        "PostgreSQL tidak dapat dihubungi. Periksa apakah servernya berjalan, dan apakah nama, "
        "sandi, dan alamat dalam QUIZ_DATABASE_URL benar."
    )


_OF_SQLITE = {
    3: Trouble.READ_ONLY,
    8: Trouble.READ_ONLY,
    10: Trouble.UNREADABLE,
    11: Trouble.DAMAGED,
    13: Trouble.FULL,
    14: Trouble.NO_FILE,
    26: Trouble.DAMAGED,
}
"""SQLite's primary result codes: PERM, READONLY, IOERR, CORRUPT, FULL, CANTOPEN, NOTADB."""

_OF_POSTGRESQL = {
    "53100": Trouble.FULL,
    "25006": Trouble.READ_ONLY,
    "58030": Trouble.UNREADABLE,
    "XX001": Trouble.DAMAGED,
    "XX002": Trouble.DAMAGED,
}
"""Its SQLSTATEs; 25006 in a transaction of ours that only reads comes as WroteWhileReading."""

_OF_SYSTEM = {
    errno.ENOSPC: Trouble.FULL,
    errno.EFBIG: Trouble.FULL,
    errno.EROFS: Trouble.READ_ONLY,
    errno.EACCES: Trouble.READ_ONLY,
    errno.EPERM: Trouble.READ_ONLY,
    errno.EIO: Trouble.UNREADABLE,
} | ({errno.EDQUOT: Trouble.FULL} if hasattr(errno, "EDQUOT") else {})


def trouble(error: BaseException) -> Trouble | None:
    """The trouble an error of the system or of a driver tells of; None for any other error."""
    if isinstance(error, DBAPIError):
        return None if error.orig is None else _of_driver(error.orig)
    if isinstance(error, OSError):
        return _OF_SYSTEM.get(error.errno or 0)
    return _of_driver(error)


def _of_driver(error: BaseException) -> Trouble | None:
    if isinstance(error, sqlite_driver.Error):
        return _OF_SQLITE.get(getattr(error, "sqlite_errorcode", 0) & 0xFF)
    if type(error).__module__.partition(".")[0] != "psycopg":
        return None
    state = getattr(error, "sqlstate", None)
    if state is None:
        lost = type(error).__name__ == "OperationalError"  # it never got as far as the server
        return Trouble.UNREACHABLE if lost else None
    return _OF_POSTGRESQL.get(state)
