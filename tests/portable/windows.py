"""Run the program as if Python were Windows' as far as that can be had here.

``python -m tests.portable.windows db upgrade , serve`` is ``quiz db upgrade`` and then ``quiz
serve`` in a process where whoever is not
the standard library finds neither the modules nor the names that Windows lacks, where ``select``
watches 512 sockets, an opened file is neither removed nor replaced and the default encoding is
refused, and where the program itself is told that
it runs on Windows. ``msvcrt`` is stood in for by locks of the same kind: of an opened file, by
bytes, never shared. Packages are not told: their Windows branches need Windows.
"""

import asyncio
import builtins
import errno
import fcntl
import importlib
import multiprocessing.util
import os
import select
import struct
import subprocess  # noqa: F401  # loaded before its POSIX half is out of reach
import sys
import sysconfig
import tempfile  # noqa: F401  # the same
import types
import warnings
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from sys import _getframe
from typing import Any

from tests.portable.lacks import MODULES, NAMES, WATCHED

LIBRARY = sysconfig.get_path("stdlib")
LOADED = (asyncio, multiprocessing.util)


PROGRAM = f"{os.sep}quiz{os.sep}"
DESCRIPTORS = Path("/proc/self/fd")
TOLD = {("sys", "platform"): "win32", ("os", "name"): "nt"}
"""What the program alone is told."""


def _of_the_library(file: str) -> bool:
    """Whether code in ``file`` is Python's own, whose Windows half we cannot have."""
    return file.startswith((LIBRARY, "<frozen")) and "site-packages" not in file


class WithoutPosix(types.ModuleType):
    """A module in which others than the standard library do not find what Windows lacks."""

    def __getattribute__(self, name: str) -> Any:
        own = types.ModuleType.__getattribute__(self, "__name__")
        asking = _getframe(1).f_code.co_filename
        if not _of_the_library(asking):
            if (own, name) in TOLD and PROGRAM in asking:
                return TOLD[own, name]
            if name in NAMES.get(own, ()):
                raise AttributeError(f"Windows' Python has no {own}.{name}")
        return types.ModuleType.__getattribute__(self, name)


_import = builtins.__import__


def _import_what_windows_has(name: str, scope: Any = None, *others: Any, **more: Any) -> Any:
    importer = (scope or {}).get("__file__") or ""
    if name in MODULES and not _of_the_library(importer):
        raise ModuleNotFoundError(f"Windows' Python has no module {name}", name=name)
    return _import(name, scope, *others, **more)


_select = select.select


def _select_few(read: Any, write: Any, odd: Any, *timeout: float) -> Any:
    if max(len(read), len(write), len(odd)) > WATCHED:
        raise ValueError("too many file descriptors in select()")
    return _select(read, write, odd, *timeout)


def _opened(path: Any, folder: int | None) -> bool:
    """Whether this process has ``path``, within the opened ``folder`` if any, open itself."""
    base = DESCRIPTORS / str(folder) if folder is not None else Path()
    wanted = (base / path).resolve()
    for each in DESCRIPTORS.iterdir():
        with suppress(OSError):
            if each.readlink() == wanted and not wanted.is_dir():
                return True
    return False


def _refusing_what_is_open(act: Callable[..., None]) -> Callable[..., None]:
    """``os.unlink``, ``os.rename`` or ``os.replace``, for files that nobody has open."""

    def refuse_or_act(*paths: Any, **more: Any) -> None:
        if any(_opened(path, more.get("dir_fd")) for path in paths):
            raise PermissionError(errno.EACCES, "The file is being used", *paths[:1])
        act(*paths, **more)

    return refuse_or_act


def _locking(descriptor: int, mode: int, length: int) -> None:
    """As ``msvcrt.locking``: so many bytes from where the file stands, of this opened file."""
    kind = fcntl.F_UNLCK if mode == 0 else fcntl.F_WRLCK
    start = os.lseek(descriptor, 0, os.SEEK_CUR)
    try:
        fcntl.fcntl(
            descriptor,
            fcntl.F_OFD_SETLK,
            struct.pack("hhqqi4x", kind, os.SEEK_SET, start, length, 0),
        )
    except OSError as error:
        raise OSError(errno.EACCES, "Permission denied") from error


def become_windows() -> None:
    """Take away what Windows lacks."""
    msvcrt = types.ModuleType("msvcrt")
    msvcrt.LK_UNLCK, msvcrt.LK_NBLCK, msvcrt.locking = 0, 2, _locking  # type: ignore[attr-defined]
    sys.modules["msvcrt"] = msvcrt
    select.select = _select_few
    for act in ("unlink", "remove", "rename", "replace"):
        setattr(os, act, _refusing_what_is_open(getattr(os, act)))
    for name in NAMES:
        importlib.import_module(name).__class__ = WithoutPosix
    builtins.__import__ = _import_what_windows_has
    warnings.filterwarnings("error", category=EncodingWarning, module=r"quiz\.")


if __name__ == "__main__":
    become_windows()
    from quiz.cli import main

    for command in " ".join(sys.argv[1:]).split(" , "):
        status = main(command.split())
        if status:
            sys.exit(status)
