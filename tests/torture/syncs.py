"""Counts how often SQLite syncs its write-ahead log, from inside SQLite and without any tool.

SQLite reaches the disk through a VFS, a table of C functions. This registers a copy of the usual
one that gives each file opened as a WAL a copy of its method table, in which xSync counts and then
calls the original. It needs a driver whose library exports ``sqlite3_vfs_register``, as that of
pysqlite3 does.
"""

import ctypes
from collections.abc import Iterator
from contextlib import contextmanager
from ctypes import CFUNCTYPE, POINTER, Structure, c_char_p, c_int, c_void_p

OPEN_WAL = 0x00080000

_kept: list["Syncs"] = []
"""Connections may be closed later than the counting ends, and still call into these."""

OPEN = CFUNCTYPE(c_int, c_void_p, c_void_p, c_void_p, c_int, c_void_p)
SYNC = CFUNCTYPE(c_int, c_void_p, c_int)


class Methods(Structure):
    """``sqlite3_io_methods``, version 3 (sqlite.org/c3ref/io_methods.html)."""

    _fields_ = (
        ("version", c_int),
        ("close", c_void_p),
        ("read", c_void_p),
        ("write", c_void_p),
        ("truncate", c_void_p),
        ("sync", SYNC),
        ("rest", c_void_p * 13),
    )


class File(Structure):
    """``sqlite3_file``: whatever follows belongs to the VFS."""

    _fields_ = (("methods", POINTER(Methods)),)


class Vfs(Structure):
    """``sqlite3_vfs``, version 3 (sqlite.org/c3ref/vfs.html)."""

    _fields_ = (
        ("version", c_int),
        ("file_size", c_int),
        ("longest_path", c_int),
        ("next", c_void_p),
        ("name", c_char_p),
        ("app_data", c_void_p),
        ("open", OPEN),
        ("rest", c_void_p * 15),
    )


class Syncs:
    """``count`` syncs of a write-ahead log so far."""

    def __init__(self, usual: "ctypes._Pointer[Vfs]") -> None:
        self.count = 0
        self._usual = usual
        self._tables: dict[int, tuple[Methods, Methods]] = {}
        self._watched = Vfs()
        ctypes.pointer(self._watched)[0] = usual.contents
        self._watched.name = b"watched"
        self._watched.next = None
        self._watched.open = self._open_watched = OPEN(self._open)
        self._counting = SYNC(self._sync)

    @property
    def vfs(self) -> Vfs:
        return self._watched

    def _open(self, _vfs: int, name: int, file: int, flags: int, told: int) -> int:
        status: int = self._usual.contents.open(
            ctypes.cast(self._usual, c_void_p), name, file, flags, told
        )
        if status == 0 and flags & OPEN_WAL:
            self._watch(File.from_address(file))
        return status

    def _watch(self, file: File) -> None:
        address = ctypes.addressof(file.methods.contents)
        if address not in self._tables:
            usual = Methods.from_address(address)
            watched = Methods.from_buffer_copy(usual)
            watched.sync = self._counting
            self._tables[address] = (usual, watched)
        usual, watched = self._tables[address]
        self._usual_sync = usual.sync
        file.methods = ctypes.pointer(watched)

    def _sync(self, file: int, flags: int) -> int:
        self.count += 1
        status: int = self._usual_sync(file, flags)
        return status


@contextmanager
def counted_syncs(library: str) -> Iterator[Syncs]:
    """Connections opened inside count their syncs; ``library`` is the driver's shared object.

    Raises AttributeError where the library keeps its functions to itself.
    """
    sqlite = ctypes.CDLL(library)
    sqlite.sqlite3_vfs_find.restype = POINTER(Vfs)
    usual = sqlite.sqlite3_vfs_find(None)
    syncs = Syncs(usual)
    _kept.append(syncs)
    sqlite.sqlite3_vfs_register(ctypes.byref(syncs.vfs), 1)
    try:
        yield syncs
    finally:
        sqlite.sqlite3_vfs_register(usual, 1)
        sqlite.sqlite3_vfs_unregister(ctypes.byref(syncs.vfs))
