"""Backups: the database and both keys in one zip, taken while the quiz is running.

SQLite is copied by its online backup, PostgreSQL by pg_dump. Without ``kartu.key`` every printed
card would be void, so a backup carries it. The file is as confidential as the roster: it is made
readable by its owner only.

The manifest names each file with its size and checksum, the schema, and where the audit log ended.
"""

import hashlib
import json
import os
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict
from datetime import datetime
from pathlib import Path
from typing import IO, Any

from sqlalchemy import Engine
from sqlalchemy.orm import Session

from quiz.config import CARD_KEY, SECRET_KEY, Settings
from quiz.database.anchor import end_of_log
from quiz.database.folder import MADE_BY_US, scratch
from quiz.database.migrating import current_revision
from quiz.database.tools import dump
from quiz.queries.events.card_key import key_fits

FORMAT = 2
"""Format 1 had no list of files in its manifest."""

KEYS = (CARD_KEY, SECRET_KEY)
DATABASE = {"sqlite": "quiz.sqlite", "postgresql": "quiz.pgdump"}
MANIFEST = "isi.json"


class CannotBackUp(Exception):
    """A backup cannot be made; the text is a sentence saying why."""


def back_up(settings: Settings, engine: Engine, target: Path, now: datetime) -> None:
    """Write the backup to ``target``, which must not exist yet; it appears whole or not at all.

    Raises CannotBackUp where the card key is not this database's: such a backup could not be
    restored.
    """
    with Session(engine.execution_options(read_only=True)) as session:
        if not key_fits(session, settings.card_key):
            raise CannotBackUp(
                f"{CARD_KEY} di {settings.instance} bukan kunci kartu basis data ini, jadi "
                "cadangannya tidak akan berguna. Kembalikan kunci yang benar dulu."
            )
    pack(settings, engine, target, now)


def pack(settings: Settings, engine: Engine, target: Path, now: datetime) -> None:
    """As ``back_up``, of what is there, sound or not. Raises CannotBackUp, ToolFailed."""
    if target.exists():
        raise CannotBackUp(f"{target} sudah ada. Pilih nama berkas lain.")
    manifest = _manifest(engine, now)
    with scratch(target.absolute().parent, MADE_BY_US[0]) as folder:
        dumped, whole = folder / DATABASE[engine.dialect.name], folder / "whole.zip"
        dump(engine, dumped)
        keys = [settings.instance / name for name in KEYS if (settings.instance / name).is_file()]
        files = [dumped, *keys]
        manifest["files"] = {path.name: _described(path) for path in files}
        with _private(whole) as file, zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
            archive.writestr(MANIFEST, json.dumps(manifest))
            for path in files:
                archive.write(path, path.name)
        whole.rename(target)


def _manifest(engine: Engine, now: datetime) -> dict[str, Any]:
    with engine.execution_options(read_only=True).connect() as connection:
        revision = current_revision(connection)
        end = end_of_log(Session(connection)) if revision else None
    return {
        "format": FORMAT,
        "made_at": now.isoformat(),
        "database": engine.dialect.name,
        "schema": revision,
        "audit": asdict(end) if end else None,
    }


def _described(path: Path) -> dict[str, Any]:
    return {"size": path.stat().st_size, "sha256": digest_of_file(path)}


def digest_of_file(path: Path) -> str:
    """SHA-256 (hex) of a file of any size."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


@contextmanager
def _private(path: Path) -> Iterator[IO[bytes]]:
    """A new file for its owner's eyes, on disk when the context ends."""
    with os.fdopen(os.open(path, os.O_RDWR | os.O_CREAT | os.O_EXCL, 0o600), "w+b") as file:
        yield file
        file.flush()
        os.fsync(file.fileno())
