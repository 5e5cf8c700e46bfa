"""Backups: the database and both keys in one zip, taken while the quiz is running.

SQLite is copied by its online backup, PostgreSQL by pg_dump. Without ``kartu.key`` every printed
card would be void, so a backup carries it. The file is as confidential as the roster: it is made
readable by its owner only.
"""

import json
import os
import shutil
import subprocess
import tempfile
import zipfile
from collections.abc import Iterator
from contextlib import closing, contextmanager
from datetime import datetime
from pathlib import Path
from typing import IO

from sqlalchemy import URL, Engine

from quiz.config import Settings
from quiz.database import sqlite_driver
from quiz.database.migrating import current_revision, known_revisions

FORMAT = 1
KEYS = ("kartu.key", "secret.key")
DATABASE = {"sqlite": "quiz.sqlite", "postgresql": "quiz.pgdump"}
MANIFEST = "isi.json"
NO_TOOL = (
    "Program {tool} tidak ditemukan. Pasang klien PostgreSQL (Debian: apt install "
    "postgresql-client), lalu ulangi."
)


class CannotBackUp(Exception):
    """A backup cannot be made or restored; the text is a sentence saying why."""


def back_up(settings: Settings, engine: Engine, target: Path, now: datetime) -> None:
    """Write the backup to ``target``, which must not exist yet; it appears whole or not at all."""
    if target.exists():
        raise CannotBackUp(f"{target} sudah ada. Pilih nama berkas lain.")
    kind = engine.dialect.name
    with engine.connect() as connection:
        revision = current_revision(connection)
    manifest = {"format": FORMAT, "made_at": now.isoformat(), "database": kind, "schema": revision}
    with tempfile.TemporaryDirectory(dir=target.absolute().parent, prefix=".cadangan-") as folder:
        dumped, whole = Path(folder) / DATABASE[kind], Path(folder) / "whole.zip"
        _dump(engine, dumped)
        with _private(whole) as file, zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
            archive.writestr(MANIFEST, json.dumps(manifest))
            archive.write(dumped, dumped.name)
            for name in KEYS:
                if (settings.instance / name).is_file():
                    archive.write(settings.instance / name, name)
        whole.rename(target)


def restore(settings: Settings, engine: Engine, source: Path, now: datetime) -> Path | None:
    """Put a backup in place of what is there; the backup of what was there before, if anything.

    Nothing is touched before the file has been found sound and of the right kind.
    """
    with tempfile.TemporaryDirectory(dir=settings.instance, prefix=".pulih-") as folder:
        unpacked = _unpack(source, Path(folder), engine.dialect.name)
        kept = _keep_present(settings, engine, now)
        _load(engine, unpacked)
        for name in KEYS:
            if (Path(folder) / name).is_file():
                (Path(folder) / name).chmod(0o600)
                (Path(folder) / name).replace(settings.instance / name)
    return kept


def integrity_faults(engine: Engine) -> list[str]:
    """What SQLite's own checks find wrong in the file; [] when sound, and on PostgreSQL."""
    if engine.dialect.name != "sqlite":
        return []
    with engine.execution_options(read_only=True).connect() as connection:
        found = [row[0] for row in connection.exec_driver_sql("PRAGMA integrity_check")]
        orphans = connection.exec_driver_sql("PRAGMA foreign_key_check").fetchall()
    faults = [line for line in found if line != "ok"]
    return faults + [f"tabel {row[0]}: baris {row[1]} menunjuk {row[2]}" for row in orphans]


def _dump(engine: Engine, target: Path) -> None:
    if engine.dialect.name == "sqlite":
        raw = engine.raw_connection()
        with closing(sqlite_driver.connect(str(target))) as copy, closing(raw):
            assert raw.driver_connection is not None  # noqa: S101  # the pool just gave it
            raw.driver_connection.backup(copy)
        return
    _postgresql("pg_dump", engine.url, "--format=custom", "--no-owner", f"--file={target}")


def _load(engine: Engine, dumped: Path) -> None:
    if engine.dialect.name == "sqlite":
        raw = engine.raw_connection()
        with closing(sqlite_driver.connect(str(dumped))) as copy, closing(raw):
            copy.backup(raw.driver_connection)
        return
    _postgresql(
        "pg_restore",
        engine.url,
        "--clean",
        "--if-exists",
        "--no-owner",
        "--single-transaction",
        str(dumped),
    )


def _postgresql(tool: str, url: URL, *arguments: str) -> None:
    """Run a PostgreSQL tool; the password goes by the environment, where no list shows it."""
    program = shutil.which(tool)
    if program is None:
        raise CannotBackUp(NO_TOOL.format(tool=tool))
    parts = {
        "PGHOST": url.host or str(url.query.get("host", "")),
        "PGPORT": str(url.port or ""),
        "PGUSER": url.username or "",
        "PGPASSWORD": url.password or "",
    }
    environ = os.environ | {name: value for name, value in parts.items() if value}
    command = [program, f"--dbname={url.database}", *arguments]
    done = subprocess.run(command, env=environ, capture_output=True, text=True, check=False)  # noqa: S603  # our own arguments
    if done.returncode:
        raise CannotBackUp(f"{tool} gagal: {done.stderr.strip()}")


def _unpack(source: Path, folder: Path, kind: str) -> Path:
    try:
        with zipfile.ZipFile(source) as archive:
            manifest = json.loads(archive.read(MANIFEST))
            for name in (DATABASE[kind], *KEYS):
                if name in archive.namelist():
                    archive.extract(name, folder)
    except (zipfile.BadZipFile, KeyError, ValueError) as error:
        raise CannotBackUp(f"{source} bukan berkas cadangan dari program ini.") from error
    if manifest.get("database") != kind:
        raise CannotBackUp(
            f"{source} cadangan basis data {manifest.get('database')}, sedangkan instalasi ini "
            f"memakai {kind}."
        )
    if manifest.get("format") != FORMAT or manifest.get("schema") not in known_revisions():
        raise CannotBackUp(
            f"{source} dibuat oleh program yang lebih baru. Pasang versi terbaru, lalu ulangi."
        )
    dumped = folder / DATABASE[kind]
    if kind == "sqlite" and _damaged(dumped):
        raise CannotBackUp(f"Basis data di dalam {source} rusak. Pakai cadangan lain.")
    return dumped


def _damaged(path: Path) -> bool:
    try:
        with closing(sqlite_driver.connect(str(path))) as connection:
            found = connection.execute("PRAGMA integrity_check").fetchone()
    except sqlite_driver.DatabaseError:
        return True
    return bool(found[0] != "ok")


def _keep_present(settings: Settings, engine: Engine, now: datetime) -> Path | None:
    with engine.connect() as connection:
        if current_revision(connection) is None:
            return None
    kept = settings.instance / f"sebelum-pulih-{now:%Y%m%d-%H%M%S-%f}.zip"
    back_up(settings, engine, kept, now)
    return kept


@contextmanager
def _private(path: Path) -> Iterator[IO[bytes]]:
    """A new file for its owner's eyes, on disk when the context ends."""
    with os.fdopen(os.open(path, os.O_RDWR | os.O_CREAT | os.O_EXCL, 0o600), "w+b") as file:
        yield file
        file.flush()
        os.fsync(file.fileno())
