"""The file of a backup: what it holds is proved against its manifest before anybody uses it."""

import errno
import hashlib
import io
import json
import lzma
import shutil
import struct
import zipfile
import zlib
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Any

from quiz.codes import CardKeys
from quiz.config.keys import CARD_KEY, SECRET_KEY, foreign_print, is_key, read_foreign_keys
from quiz.database.migrating import known_revisions
from quiz.database.sealing import Damaged, WrongPassphrase, is_sealed, unsealed

FORMAT = 2
"""Format 1 had no list of files in its manifest."""

KEYS = (CARD_KEY, SECRET_KEY)
DATABASE = {"sqlite": "quiz.sqlite", "postgresql": "quiz.pgdump"}
MANIFEST = "isi.json"

LARGEST_MANIFEST = 64 * 1024
LARGEST_KEY = 4096
PIECE = 1 << 20

BROKEN = (
    *(zipfile.BadZipFile, zlib.error, lzma.LZMAError, struct.error, EOFError),
    *(KeyError, ValueError, RuntimeError),
)
"""What a file that is no sound zip of ours raises. RuntimeError: deep JSON, an unknown packing."""


class NotRestorable(Exception):
    """A file cannot be restored from; the text is a sentence saying why. Nothing was changed."""


@dataclass(frozen=True)
class Unpacked:
    """A backup in a folder: the dumped database, and the keys it brought, by file name."""

    database: Path
    keys: dict[str, Path]

    @property
    def card_keys(self) -> CardKeys:
        """The card keys it brought; the own one empty when there is none."""
        path = self.keys.get(CARD_KEY)
        own = bytes.fromhex(path.read_text(encoding="utf-8").strip()) if path else b""
        return CardKeys(own, read_foreign_keys(self.database.parent))


def unpack(source: Path, folder: Path, kind: str, passphrase: str = "") -> Unpacked:
    """Unpack a backup of a database of this ``kind`` into ``folder``. Raises NotRestorable.

    A sealed one is opened by its ``passphrase``, and only in memory.
    """
    try:
        with zipfile.ZipFile(_opened(source, passphrase)) as archive:
            manifest = _manifest(archive)
            _refuse_other_kinds(source, manifest, kind)
            _refuse_too_large(source, archive, folder)
            ours = (DATABASE[kind], *KEYS)
            names = [n for n in archive.namelist() if n in ours or foreign_print(n)]
            paths = {name: _extract(archive, name, folder) for name in names}
    except (*BROKEN, OSError) as error:
        if isinstance(error, OSError) and error.errno != errno.EINVAL:
            raise  # a disk that is full, a stick pulled out: the system says it best
        raise NotRestorable(f"{source} bukan berkas cadangan dari program ini.") from error
    if DATABASE[kind] not in paths:
        raise NotRestorable(f"{source} tidak memuat basis data. Pakai cadangan lain.")
    _refuse_altered(source, manifest, paths)
    database = paths.pop(DATABASE[kind])
    _refuse_bad_keys(source, paths)
    return Unpacked(database, paths)


def _opened(source: Path, passphrase: str) -> Path | IO[bytes]:
    if not is_sealed(source):
        return source
    try:
        return io.BytesIO(unsealed(source, passphrase))
    except WrongPassphrase as error:
        raise NotRestorable(
            f"Kata sandi tidak cocok dengan {source}. Ketik persis seperti yang dicatat, termasuk "
            "tanda hubung dan huruf besarnya, atau pakai cadangan lain."
        ) from error
    except Damaged as error:
        raise NotRestorable(f"{source} tidak utuh lagi. Pakai cadangan lain.") from error


def prove_whole(source: Path) -> None:
    """Read a backup to its end. Raises NotRestorable unless it holds what its manifest lists."""
    try:
        with zipfile.ZipFile(source) as archive:
            listed = _manifest(archive)["files"]
            altered = [name for name, told in listed.items() if _read_again(archive, name) != told]
    except BROKEN as error:
        raise NotRestorable(f"{source} tidak terbaca kembali.") from error
    if altered:
        raise NotRestorable(f"{source} tidak utuh: {', '.join(sorted(altered))}.")


def _read_again(archive: zipfile.ZipFile, name: str) -> dict[str, Any]:
    with archive.open(name) as packed:
        return described(packed, archive.getinfo(name).file_size)


def described(file: IO[bytes], size: int) -> dict[str, Any]:
    """What a manifest says of a file: its size in bytes and its checksum."""
    digest = hashlib.file_digest(file, "sha256")  # type: ignore[arg-type]  # as zipfile types it
    return {"size": size, "sha256": digest.hexdigest()}


def digest_of_file(path: Path) -> str:
    """SHA-256 (hex) of a file of any size."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def _manifest(archive: zipfile.ZipFile) -> dict[str, Any]:
    if archive.getinfo(MANIFEST).file_size > LARGEST_MANIFEST:
        raise ValueError("no manifest of ours is that long")
    manifest = json.loads(archive.read(MANIFEST))
    if (
        not isinstance(manifest, dict)
        or manifest.get("database") not in list(DATABASE)
        or not isinstance(manifest.get("files", {}), dict)
    ):
        raise ValueError("not a manifest")
    return manifest


def _refuse_other_kinds(source: Path, manifest: dict[str, Any], kind: str) -> None:
    if manifest.get("database") != kind:
        raise NotRestorable(
            f"{source} cadangan basis data {manifest.get('database')}, sedangkan instalasi ini "
            f"memakai {kind}."
        )
    if manifest.get("format") not in range(1, FORMAT + 1) or (
        manifest.get("schema") not in known_revisions()
    ):
        raise NotRestorable(
            f"{source} dibuat oleh program yang lebih baru. Pasang versi terbaru, lalu ulangi."
        )


def _refuse_too_large(source: Path, archive: zipfile.ZipFile, folder: Path) -> None:
    wanted = sum(info.file_size for info in archive.infolist())
    free = shutil.disk_usage(folder).free
    if wanted > free:
        raise NotRestorable(
            f"Isi {source} {wanted >> 20} MB, sedangkan ruang kosong di {folder.parent} tinggal "
            f"{free >> 20} MB. Kosongkan sebagian cakram, lalu ulangi."
        )


def _extract(archive: zipfile.ZipFile, name: str, folder: Path) -> Path:
    """Unpack one file under a name of ours, whatever the archive says of paths."""
    is_database = name in DATABASE.values()
    limit = archive.getinfo(name).file_size if is_database else LARGEST_KEY
    target, taken = folder / name, 0
    with archive.open(name) as packed, target.open("wb") as file:
        while piece := packed.read(PIECE):
            taken += len(piece)
            if taken > limit:
                raise ValueError(f"{name} is longer than it may be")
            file.write(piece)
    return target


def _refuse_altered(source: Path, manifest: dict[str, Any], paths: dict[str, Path]) -> None:
    listed = manifest.get("files", {})
    known = (*DATABASE.values(), *KEYS)
    ours = [name for name in listed if name in known or foreign_print(name)]
    altered = [
        name
        for name in ours
        if name not in paths
        or not isinstance(listed[name], dict)
        or listed[name].get("sha256") != digest_of_file(paths[name])
    ]
    unlisted = manifest["format"] > 1 and not paths.keys() <= listed.keys()
    if altered or unlisted or len(ours) < len(listed):
        raise NotRestorable(
            f"{source} tidak utuh: {', '.join(sorted(altered)) or 'isinya'} tidak sama dengan "
            "daftar isinya. Pakai cadangan lain."
        )


def _refuse_bad_keys(source: Path, keys: dict[str, Path]) -> None:
    for name, path in keys.items():
        if not is_key(path.read_text(encoding="utf-8", errors="replace").strip()):
            raise NotRestorable(f"Kunci {name} di dalam {source} rusak. Pakai cadangan lain.")
