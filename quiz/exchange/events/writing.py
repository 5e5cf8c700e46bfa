"""Writing an event file: parts one after the other, never more of it in memory than a row.

The same rows give the same bytes. Whoever wants the file otherwise than plain, encrypted say, has
its bytes here and nowhere else; ``reading.EventFile`` is their other end.
"""

import hashlib
import zipfile
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import IO, Any, Self

from quiz.exchange.events.manifest import KEYS, LOGS, MANIFEST, ROWS, Manifest, packed

FIRST_DAY = (1980, 1, 1, 0, 0, 0)
"""The date of every part: bytes must not depend on when they were written."""

Row = dict[str, Any]


@dataclass
class EventWriter:
    """A stretch in which ``target`` takes the bytes: ``rows`` for each table, ``log`` for each
    chain, ``keys``, then ``close``. Without that it is no event file."""

    target: IO[bytes]
    counts: dict[str, int] = field(default_factory=dict)
    heads: list[str] = field(default_factory=list)
    maker: str = ""
    parts: dict[str, tuple[int, str]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self._zip = zipfile.ZipFile(self.target, "w", zipfile.ZIP_DEFLATED)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_failure: object) -> None:
        self._zip.close()

    def rows(self, table: str, rows: Iterable[Row]) -> None:
        """A table's rows, in the order they come."""
        self.counts[table] = self._part(ROWS.format(table), map(packed, rows))

    def log(self, lines: Iterable[Row], head: str, *, own: bool) -> None:
        """The lines of one audit log; ``head`` is the digest of the last, ``own`` says that it is
        that of the installation that writes."""
        self._part(LOGS.format(len(self.heads) + 1), map(packed, lines))
        self.heads.append(head)
        self.maker = head if own else self.maker

    def keys(self, keys: Mapping[str, str]) -> None:
        """Card keys by their fingerprints."""
        self._part(KEYS, [packed(dict(keys))])

    def close(self, program: str, made_at: datetime, event: Mapping[str, str]) -> Manifest:
        """Write what the file says of itself; nothing can be added then."""
        logs = tuple(self.heads), self.maker
        manifest = Manifest(program, made_at, event, self.counts, *logs, self.parts)
        with self._zip.open(_named(MANIFEST), "w") as part:
            part.write(manifest.packed())
        return manifest

    def _part(self, name: str, lines: Iterable[bytes]) -> int:
        """Write a part of one line each; how many there were."""
        size, digest, number = 0, hashlib.sha256(), 0
        with self._zip.open(_named(name), "w", force_zip64=True) as part:
            for number, line in enumerate(_ended(lines), 1):  # noqa: B007  # counts
                part.write(line)
                digest.update(line)
                size += len(line)
        self.parts[name] = (size, digest.hexdigest())
        return number


def _ended(lines: Iterable[bytes]) -> Iterator[bytes]:
    return (line + b"\n" for line in lines)


def _named(name: str) -> zipfile.ZipInfo:
    part = zipfile.ZipInfo(name, FIRST_DAY)
    part.compress_type = zipfile.ZIP_DEFLATED
    part.external_attr = 0o600 << 16
    part.create_system = 3  # the same on Windows
    return part
