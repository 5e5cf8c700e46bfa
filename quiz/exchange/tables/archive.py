"""The XML parts of an office file, unpacked within bounds: a ZIP can promise anything."""

import io
import zipfile
import zlib
from dataclasses import dataclass

MAX_PARTS = 1_000
MAX_UNPACKED = 25_000_000

_ENCRYPTED = 0x1
_BROKEN_ZIP = (zipfile.BadZipFile, zlib.error, EOFError, RuntimeError, ValueError, OSError)


class BadArchive(ValueError):
    """An archive that is damaged or cut short."""


class LockedArchive(BadArchive):
    """An archive with a password."""


class OverweightArchive(BadArchive):
    """An archive that unpacks to more than the bounds."""


@dataclass(frozen=True)
class Archive:
    """``names`` are those of all parts, ``parts`` the contents of the XML ones by name."""

    names: list[str]
    parts: dict[str, bytes]


def unpacked(blob: bytes, most: int = MAX_UNPACKED) -> Archive:
    """What the ZIP holds; pictures and macros stay packed. Raises BadArchive.

    What the directory declares is checked first, then what comes out: at most ``most`` bytes.
    """
    try:
        with zipfile.ZipFile(io.BytesIO(blob)) as archive:
            return _unpack(archive, most)
    except BadArchive:
        raise
    except _BROKEN_ZIP as fault:
        raise BadArchive(str(fault)) from fault


def _unpack(archive: zipfile.ZipFile, most: int) -> Archive:
    members = archive.infolist()
    if any(member.flag_bits & _ENCRYPTED for member in members):
        raise LockedArchive
    wanted = [member for member in members if member.filename.lower().endswith((".xml", ".rels"))]
    if len(members) > MAX_PARTS or sum(member.file_size for member in wanted) > most:
        raise OverweightArchive
    parts: dict[str, bytes] = {}
    for member in wanted:
        with archive.open(member) as part:
            content = part.read(min(member.file_size, most) + 1)
        most -= len(content)
        if most < 0:
            raise OverweightArchive
        parts[member.filename] = content
    return Archive([member.filename for member in members], parts)
