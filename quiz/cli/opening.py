"""The database, for commands that need one: an application, and a schema this program knows."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from typing import Unpack

from flask import Flask, current_app
from sqlalchemy.exc import DBAPIError
from sqlalchemy.orm import Session

from quiz import create_app
from quiz.actions.people.auditing import record
from quiz.cli.words import Refusal
from quiz.config.keys import CARD_KEY
from quiz.config.settings import Settings
from quiz.database import db, sqlite_driver
from quiz.database.anchor import ANCHOR, cut_off, read_anchor
from quiz.database.migrating import at_head
from quiz.database.schema import missing
from quiz.models.people.audit import Action, Detail
from quiz.queries.events.card_key import lacking_key
from quiz.queries.events.transfer.logs import foreign_faults
from quiz.queries.people.audit import chain_faults, editions_cut_off


@contextmanager
def application() -> Iterator[Flask]:
    """The application in a context of its own, its connections closed at the end."""
    app = create_app()
    try:
        with app.app_context():
            yield app
    finally:
        app.extensions["quiz.engine"].dispose()


def settings() -> Settings:
    """The settings of the application whose context this is."""
    found: Settings = current_app.extensions["quiz.settings"]
    return found


@contextmanager
def reading() -> Iterator[Session]:
    """A read-only transaction on the configured database. Raises Refusal before a migration."""
    with application():
        require_schema()
        require_key()
        with db.reading() as session:
            yield session


@contextmanager
def writing() -> Iterator[Session]:
    """A transaction on the configured database, committed at the end."""
    with application():
        require_schema()
        require_key()
        with db.writing() as session:
            yield session


def log(session: Session, action: Action, **detail: Unpack[Detail]) -> None:
    """Say in the audit log that the operator of the machine did this to the installation."""
    record(session, datetime.now(UTC), None, action, ("installation", ""), **detail)


def log_apart(session: Session, action: Action, **detail: Unpack[Detail]) -> None:
    """As ``log``, in a short transaction of its own after what ``session`` has read: a running
    server waits for whoever writes. Needs an application context."""
    session.close()
    with db.writing() as writing:
        log(writing, action, **detail)


def require_schema() -> None:
    """Refuse a database that is not at this program's schema. Needs an application context."""
    with db.engine.execution_options(read_only=True).connect() as connection:
        if not at_head(connection):
            raise Refusal("Skema basis data belum terbaru. Jalankan dulu: quiz db upgrade")
        gone = missing(connection)
    if gone:
        raise Refusal(
            f"Skema basis data menyebut versi terbaru, tetapi tidak memuat {', '.join(gone)}: "
            "mungkin dibuat oleh program yang belum selesai. Pakai folder lain, atau pulihkan "
            "cadangan: quiz db restore BERKAS"
        )


def require_key() -> None:
    """Refuse card keys that did not make this database's cards. Needs an application context.

    One that was made just now, because there was none, is taken away again.
    """
    made = settings()
    with db.reading() as session:
        lacking = lacking_key(session, made.card_keys)
    if lacking is None:
        return
    path = made.instance / lacking
    if made.card_key_made and lacking == CARD_KEY:
        path.unlink(missing_ok=True)
    state = "bukan kunci basis data ini" if path.exists() else "tidak ada"
    raise Refusal(
        f"Kunci kartu {path} {state}; dengan kunci lain semua kartu dan kode peserta mati. "
        "Salin kembali berkas itu, atau pulihkan cadangan: quiz db restore BERKAS"
    )


def log_faults(session: Session) -> list[str]:
    """What shows that the audit log was altered or cut, as sentences; [] when it is whole."""
    found = [*chain_faults(session), *editions_cut_off(session), *foreign_faults(session)]
    return found + _cut_off(session)


def cut_off_words() -> list[str]:
    """As ``log_faults`` of the log's end alone; [] also where the log cannot be read."""
    try:
        with db.reading() as session:
            return _cut_off(session)
    except (DBAPIError, sqlite_driver.Error):
        return []


def _cut_off(session: Session) -> list[str]:
    folder = settings().instance
    anchor = read_anchor(folder)
    if anchor is None or not cut_off(session, anchor):
        return []
    return [
        f"jejak audit: baris {anchor.line}, yang menurut {folder / ANCHOR} sudah tertulis, tidak "
        "ada lagi; mungkin isi basis data ini lebih tua daripada yang terakhir dipakai"
    ]
