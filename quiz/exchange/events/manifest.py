"""What an event file says of itself: what it is, how much it holds, and checksums of all of it."""

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Self

FORMAT = 1
"""Counted up when an older program could not read the file."""

MANIFEST = "isi.json"
KEYS = "kunci.json"
ROWS, LOGS = "tabel/{}.jsonl", "jejak/{}.jsonl"

KIND = "kegiatan"


class BadFile(Exception):
    """A file cannot be read in; the text is an Indonesian sentence that says why and what to do."""


@dataclass(frozen=True)
class Manifest:
    """``parts`` holds size and SHA-256 of each part, ``counts`` the rows of each table.

    ``heads`` are the digests of the last line of each audit log in it; ``maker`` is that of the log
    of the installation that made it, "" where it had none.
    """

    program: str
    made_at: datetime
    event: Mapping[str, str]
    counts: Mapping[str, int]
    heads: tuple[str, ...]
    maker: str
    parts: Mapping[str, tuple[int, str]]

    @property
    def told(self) -> dict[str, Any]:
        """As JSON holds it, but for the checksum over the whole."""
        return {
            "kind": KIND,
            "format": FORMAT,
            "program": self.program,
            "made_at": self.made_at.isoformat(),
            "event": dict(self.event),
            "counts": dict(self.counts),
            "heads": list(self.heads),
            "maker": self.maker,
            "parts": {
                name: {"size": size, "sha256": digest}
                for name, (size, digest) in self.parts.items()
            },
        }

    @property
    def whole(self) -> str:
        """SHA-256 (hex) over everything the file holds."""
        return hashlib.sha256(packed(self.told)).hexdigest()

    def packed(self) -> bytes:
        """The bytes of the manifest."""
        return packed(self.told | {"whole": self.whole})

    @classmethod
    def from_bytes(cls, blob: bytes) -> Self:
        """What ``packed`` gave.

        Raises BadFile for a newer format, and for anything that is no manifest or was altered.
        """
        try:
            told = unpacked(blob)
            if told["kind"] != KIND:
                raise ValueError(told["kind"])
        except (ValueError, KeyError, TypeError) as error:
            raise BadFile(FOREIGN) from error
        if not isinstance(told.get("format"), int) or told["format"] > FORMAT:
            raise BadFile(
                "Berkas ini dibuat oleh program yang lebih baru. Pasang versi terbaru di sini, "
                "lalu ulangi."
            )
        try:
            made = cls(
                str(told["program"]),
                datetime.fromisoformat(told["made_at"]),
                {name: str(told["event"][name]) for name in ("uid", "code", "title")},
                {str(name): int(count) for name, count in told["counts"].items()},
                tuple(map(str, told["heads"])),
                str(told["maker"]),
                {
                    str(name): (int(each["size"]), str(each["sha256"]))
                    for name, each in told["parts"].items()
                },
            )
        except (ValueError, KeyError, TypeError, AttributeError) as error:
            raise BadFile(DAMAGED.format("daftar isinya")) from error
        if made.whole != told.get("whole") or made.made_at.tzinfo is None:
            raise BadFile(DAMAGED.format("daftar isinya"))
        return made


FOREIGN = (
    "Ini bukan berkas kegiatan dari program ini. Pilih berkas yang diunduh dari halaman kegiatan "
    "di komputer lain (Unduh berkas kegiatan)."
)

DAMAGED = (
    "Berkas ini tidak utuh: {} rusak, terpotong, atau pernah diubah. Salin lagi dari komputer "
    "asalnya, atau unduh lagi di sana."
)


def packed(content: Any) -> bytes:
    """JSON in the one form that gives the same bytes everywhere."""
    text = json.dumps(content, sort_keys=True, ensure_ascii=False, separators=(",", ":"))
    return text.encode()


def unpacked(blob: bytes) -> dict[str, Any]:
    """The JSON object in ``blob``.

    Raises ValueError for anything else, for brackets within brackets without end, and for text that
    no database can hold.
    """
    try:
        found = json.loads(blob)
        text = json.dumps(found, ensure_ascii=False)
    except RecursionError as error:
        raise ValueError("too deep") from error
    text.encode()  # raises UnicodeEncodeError, a ValueError, for half of a surrogate pair
    if "\\u0000" in text or not isinstance(found, dict):
        raise ValueError("no object that a database can hold")
    return found
