"""Backups: the database and its keys in one zip, taken while the quiz is running.

SQLite is copied by its online backup, PostgreSQL by pg_dump. Without ``kartu.key`` every printed
card would be void, so a backup carries it. The file is as confidential as the roster: it is made
readable by its owner only.

The manifest names each file with its size and checksum, the schema, and where the audit log ended.
What was written is read again before it counts as a backup.
"""

import json
import os
import shutil
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict
from datetime import datetime
from pathlib import Path
from typing import IO, Any

from sqlalchemy import Engine
from sqlalchemy.exc import DBAPIError
from sqlalchemy.orm import Session

from quiz.config.keys import foreign_print
from quiz.config.settings import Settings
from quiz.database import sqlite_driver
from quiz.database.anchor import end_of_log
from quiz.database.archive import (
    DATABASE,
    FORMAT,
    KEYS,
    MANIFEST,
    NotRestorable,
    described,
    prove_whole,
)
from quiz.database.folder import (
    MADE_BY_US,
    FolderInUse,
    backing_up,
    put_name_on_disk,
    scratch,
)
from quiz.database.kept import FOLDER
from quiz.database.migrating import current_revision
from quiz.database.sealing import NotSealed, seal
from quiz.database.storage import Trouble, trouble
from quiz.database.tools import ToolFailed, damage, dump, size_of
from quiz.formats import size_id, why_id
from quiz.queries.events.card_key import lacking_key


class CannotBackUp(Exception):
    """A backup cannot be made; the text is a sentence saying why."""


def back_up(settings: Settings, engine: Engine, target: Path, now: datetime) -> None:
    """As ``pack``, of an installation that is sound.

    Raises CannotBackUp where the card key is not this database's: such a backup could not be
    restored.
    """
    with (
        _saying_why(target.parent),
        Session(engine.execution_options(read_only=True)) as session,
    ):
        lacking = lacking_key(session, settings.card_keys)
        if lacking:
            raise CannotBackUp(
                f"{lacking} di {settings.instance} bukan kunci kartu basis data ini, jadi "
                "cadangannya tidak akan berguna. Kembalikan kunci yang benar dulu."
            )
    pack(settings, engine, target, now)


def pack(settings: Settings, engine: Engine, target: Path, now: datetime) -> None:
    """Write the backup to ``target``, which must not exist yet; it appears whole or not at all.

    One at a time for a data folder, and whoever calls must not hold the lock of the writers. What
    was written is read to its end first. Raises CannotBackUp, also for a database that is damaged,
    and where there is no room.
    """
    refuse_present(target)
    with (
        _saying_why(target.parent),
        backing_up(settings.instance / FOLDER),
        scratch(target.absolute().parent, MADE_BY_US[0]) as folder,
    ):
        _refuse_no_room(engine, target.absolute().parent)
        dumped, whole = folder / DATABASE[engine.dialect.name], folder / "whole.zip"
        manifest = _manifest(engine, now)
        dump(engine, dumped)
        _refuse_damage(engine, dumped)
        _write(whole, manifest, [dumped, *_keys(settings.instance)])
        prove_whole(whole)
        whole.rename(target)
        put_name_on_disk(target.absolute().parent)


def write_sealed(source: Path, target: Path, passphrase: str) -> None:
    """Write a copy of a backup that only ``passphrase`` opens; nothing readable goes to its disk.

    Raises CannotBackUp.
    """
    refuse_present(target)
    with _saying_why(target.absolute().parent):
        try:
            seal(source, target, passphrase)
        except NotSealed as error:
            raise NotRestorable(str(error)) from error


def refuse_present(target: Path) -> None:
    """Nothing is ever written over. Raises CannotBackUp."""
    if target.exists():
        raise CannotBackUp(f"{target} sudah ada. Pilih nama berkas lain.")


@contextmanager
def _saying_why(folder: Path) -> Iterator[None]:
    """Whatever keeps a backup from being made in ``folder``, as CannotBackUp."""
    try:
        yield
    except (ToolFailed, FolderInUse) as error:
        raise CannotBackUp(str(error)) from error
    except NotRestorable as error:
        raise CannotBackUp(
            f"Cadangan yang baru ditulis ke {folder} tidak terbaca kembali dengan utuh, jadi tidak "
            "disimpan. Periksa cakramnya, atau pilih tempat lain."
        ) from error
    except (DBAPIError, sqlite_driver.Error) as error:
        found = trouble(error)
        raise CannotBackUp(
            found.value if found else f"Basis data tidak terbaca: {getattr(error, 'orig', error)}."
        ) from error
    except OSError as error:
        raise CannotBackUp(
            f"Cadangan tidak dapat ditulis ke {folder}: {why_id(error)}. Kosongkan sebagian cakram "
            "atau pilih tempat lain, lalu ulangi."
        ) from error


ROOM_LEFT = 32 << 20
"""Bytes that a backup leaves free: what people answer meanwhile goes before it."""


def _refuse_no_room(engine: Engine, folder: Path) -> None:
    """The copy and its zip stand beside each other for a moment."""
    wanted, free = 2 * size_of(engine) + ROOM_LEFT, shutil.disk_usage(folder).free
    if free < wanted:
        raise CannotBackUp(
            f"Cadangan perlu {size_id(wanted)} ruang kosong di {folder}, padahal tinggal "
            f"{size_id(free)}: kurang {size_id(wanted - free)}. Kosongkan sebagian cakram itu, "
            "lalu ulangi."
        )


def _refuse_damage(engine: Engine, dumped: Path) -> None:
    found = damage(engine, dumped)
    if found:
        raise CannotBackUp(f"{Trouble.DAMAGED.value} (Tidak dicadangkan: {found}.)")


def _keys(instance: Path) -> list[Path]:
    own = [instance / name for name in KEYS if (instance / name).is_file()]
    return own + [path for path in sorted(instance.iterdir()) if foreign_print(path.name)]


def _write(whole: Path, manifest: dict[str, Any], files: list[Path]) -> None:
    manifest["files"] = {path.name: _described(path) for path in files}
    with _private(whole) as file, zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr(MANIFEST, json.dumps(manifest))
        for path in files:
            archive.write(path, path.name)


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
    with path.open("rb") as file:
        return described(file, path.stat().st_size)


@contextmanager
def _private(path: Path) -> Iterator[IO[bytes]]:
    """A new file for its owner's eyes, on disk when the context ends."""
    with os.fdopen(os.open(path, os.O_RDWR | os.O_CREAT | os.O_EXCL, 0o600), "w+b") as file:
        yield file
        file.flush()
        os.fsync(file.fileno())
