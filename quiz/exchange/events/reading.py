"""Reading an event file: nothing of it is believed before all of it was read once and agreed."""

import hashlib
import json
import lzma
import struct
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from typing import IO, Any

from quiz.exchange.events.manifest import (
    DAMAGED,
    FOREIGN,
    KEYS,
    LOGS,
    MANIFEST,
    ROWS,
    BadFile,
    Manifest,
    unpacked,
)
from quiz.exchange.events.tables import BY_NAME, TABLES

LARGEST_MANIFEST = 1 << 20
LARGEST_PART = 1 << 30
LONGEST_LINE = 8 << 20
"""Bytes. A line is a row; the longest are the figures of an edition."""

BROKEN = (
    *(zipfile.BadZipFile, zlib.error, lzma.LZMAError, struct.error, EOFError),
    *(KeyError, NotImplementedError, RuntimeError, ValueError),
)
"""What a file that is no sound zip of ours raises."""


class EventFile:
    """An event file that was proved whole: its manifest, its rows, its logs.

    ``of`` is the only way to have one. Everything is read from the file again each time, a line at
    a time.
    """

    def __init__(self, archive: zipfile.ZipFile, manifest: Manifest) -> None:
        self._zip, self.manifest = archive, manifest
        self._proved = False

    @classmethod
    @contextmanager
    def of(cls, source: IO[bytes]) -> "Iterator[EventFile]":
        """The file in ``source``. Raises BadFile for anything that is not one, or not whole."""
        try:
            archive = zipfile.ZipFile(source)
        except BROKEN as error:
            raise BadFile(FOREIGN) from error
        with archive:
            file = cls(archive, _manifest(archive))
            file._prove()
            yield file

    def rows(self, table: str) -> Iterator[dict[str, Any]]:
        """The rows of a table, with exactly its columns. Raises BadFile, naming table and row."""
        known = set(BY_NAME[table].columns)
        name = ROWS.format(table)
        if name not in self.manifest.parts:
            return
        if self._proved:
            yield from self._again(name)
            return
        for number, row in enumerate(self._objects(name), 1):
            if row.keys() != known:
                raise BadFile(DAMAGED.format(f"{BY_NAME[table].label} baris {number}"))
            yield row

    def log(self, number: int) -> Iterator[dict[str, Any]]:
        """The lines of one of the logs, counted from 0 as ``manifest.heads`` are."""
        return self._objects(LOGS.format(number + 1))

    @property
    def keys(self) -> dict[str, bytes]:
        """Fingerprint → card key. Raises BadFile for what is no key."""
        found = next(self._objects(KEYS), {})
        try:
            return {str(name): bytes.fromhex(key) for name, key in found.items()}
        except (ValueError, TypeError) as error:
            raise BadFile(DAMAGED.format("kunci kartunya")) from error

    def _prove(self) -> None:
        wanted = {
            *(ROWS.format(table.name) for table in TABLES),
            *(LOGS.format(number + 1) for number in range(len(self.manifest.heads))),
            KEYS,
        }
        listed = self.manifest.parts
        names = self._zip.namelist()
        if not listed.keys() == wanted == {*names} - {MANIFEST} or len(names) > len(wanted) + 1:
            raise BadFile(DAMAGED.format("isinya tidak sama dengan daftarnya, atau"))
        for name, (size, digest) in listed.items():
            if size > LARGEST_PART or self._read(name, size) != (size, digest):
                raise BadFile(DAMAGED.format(name))
        for table in TABLES:
            if sum(1 for _ in self.rows(table.name)) != self.manifest.counts.get(table.name):
                raise BadFile(DAMAGED.format(ROWS.format(table.name)))
        self._proved = True

    def _read(self, name: str, most: int) -> tuple[int, str]:
        """Size and SHA-256 of a part, of which no more is read than a byte beyond ``most``."""
        size, digest = 0, hashlib.sha256()
        with _sound(name), self._zip.open(name) as part:
            while size <= most and (piece := part.read(1 << 20)):
                size += len(piece)
                digest.update(piece)
        return size, digest.hexdigest()

    def _again(self, name: str) -> Iterator[dict[str, Any]]:
        """The lines of a part that were looked at before."""
        with _sound(name), self._zip.open(name) as part:
            yield from map(json.loads, part)

    def _objects(self, name: str) -> Iterator[dict[str, Any]]:
        with _sound(name), self._zip.open(name) as part:
            number = 0
            while line := part.readline(LONGEST_LINE):
                number += 1
                try:
                    found = unpacked(line)
                except ValueError as error:
                    raise BadFile(DAMAGED.format(f"{name} baris {number}")) from error
                yield found


@contextmanager
def _sound(name: str) -> Iterator[None]:
    """Whatever a damaged zip raises while ``name`` is read, as BadFile."""
    try:
        yield
    except BROKEN as error:
        raise BadFile(DAMAGED.format(name)) from error


def _manifest(archive: zipfile.ZipFile) -> Manifest:
    try:
        if archive.getinfo(MANIFEST).file_size > LARGEST_MANIFEST:
            raise ValueError("no manifest of ours is that long")
        with archive.open(MANIFEST) as part:
            blob = part.read(LARGEST_MANIFEST + 1)
    except KeyError as error:
        raise BadFile(FOREIGN) from error
    except BROKEN as error:
        raise BadFile(DAMAGED.format("daftar isinya")) from error
    return Manifest.from_bytes(blob)
