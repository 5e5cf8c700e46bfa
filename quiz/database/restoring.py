"""Restoring a backup: everything is proved on a copy before anything is replaced."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from sqlalchemy import Engine, select, update
from sqlalchemy.exc import DBAPIError, SQLAlchemyError
from sqlalchemy.orm import Session

from quiz.codes import CardKeys
from quiz.config.settings import Settings
from quiz.database import schema
from quiz.database.anchor import Anchor, end_of_log, replace_anchor
from quiz.database.archive import NotRestorable, Unpacked, unpack
from quiz.database.backup import CannotBackUp, pack
from quiz.database.clearing import overwrite_freed
from quiz.database.contents import unreadable
from quiz.database.folder import MADE_BY_US, alone, database_alone, scratch
from quiz.database.migrating import BrokenKeys, SchemaTooNew, at_head, current_revision, upgrade
from quiz.database.tools import copy_of, database_files, dump, load
from quiz.models import EndedSession, User
from quiz.queries.events.card_key import lacking_key
from quiz.queries.people.audit import chain_faults
from quiz.queries.people.retention import uncleared


@dataclass(frozen=True)
class Restored:
    """What a restore left: where what was there before is kept, if anything, and what to say.

    That is a backup, or a folder with the files as they were where none could be made of them.
    """

    kept: Path | None
    notes: list[str]


BROKEN = "rusak-"
"""How the folder begins that holds files no backup could be made of."""

Carry = Callable[[Session | None, Session], list[str]]
"""What the present (None where it cannot be read) lets a backup know; what to say of it."""


def restore(
    settings: Settings,
    engine: Engine,
    source: Path,
    now: datetime,
    carry: Carry,
    passphrase: str = "",
) -> Restored:
    """Put a backup in place of what is there, brought to this program's schema.

    ``carry`` changes its copy before that, and what the copy has freed by it is overwritten.
    ``passphrase`` opens a sealed one.

    Staff are logged out by it. Participants keep their cards and their sessions, except those they
    left, of which what is there may know more than the backup. Raises NotRestorable, FolderInUse or
    ToolFailed with nothing changed.
    """
    with (
        alone(settings.instance),
        database_alone(engine),
        scratch(settings.instance, MADE_BY_US[1]) as folder,
    ):
        unpacked = unpack(source, folder, engine.dialect.name, passphrase)
        proved, notes, end = _proved(source, unpacked, engine, carry)
        kept = _keep_present(settings, engine, now)
        load(engine, proved)
        for name, path in unpacked.keys.items():
            path.chmod(0o600)
            path.replace(settings.instance / name)
        replace_anchor(settings.instance, end)
    return Restored(kept, notes)


def faults(engine: Engine, card_keys: CardKeys) -> list[str]:
    """What is wrong with a database, as sentences; [] when it is sound.

    The file itself, rows that point to nothing, the schema, every value, and whether the cards'
    keys are its own.
    """
    with engine.execution_options(read_only=True).connect() as connection:
        if engine.dialect.name == "sqlite":
            found = [row[0] for row in connection.exec_driver_sql("PRAGMA integrity_check")]
            orphans = connection.exec_driver_sql("PRAGMA foreign_key_check").fetchall()
            broken = [line for line in found if line != "ok"]
            broken += [f"tabel {row[0]}: baris {row[1]} menunjuk {row[2]}" for row in orphans]
        else:
            broken = []
        broken += schema.differences(connection)
        if schema.missing(connection):
            return broken
        broken += unreadable(connection)
        lacking = lacking_key(Session(connection), card_keys)
        if lacking:
            broken.append(f"{lacking} bukan kunci kartu basis data ini")
    return broken


def _proved(
    source: Path, unpacked: Unpacked, live: Engine, carry: Carry
) -> tuple[Path, list[str], Anchor]:
    """The dump of a copy that was found sound, what to say of it, and where its log ends."""
    with _refusing_damage(source), copy_of(unpacked.database, live) as copy:
        with copy.connect() as connection:
            if current_revision(connection) is None:
                raise NotRestorable(f"Basis data di dalam {source} bukan milik program ini.")
        upgrade(copy)
        wrong = faults(copy, unpacked.card_keys)
        if wrong:
            raise NotRestorable(
                f"Basis data di dalam {source} tidak lengkap:\n" + "\n".join(wrong[:20])
            )
        with Session(copy) as session:
            session.execute(update(User).values(session_epoch=User.session_epoch + 1))
            _carry_ended(live, session)
            said = _carried(live, session, carry)
            session.commit()
            notes, end = [*said, *chain_faults(session)], end_of_log(session)
            freed = uncleared(session)
        if freed:
            overwrite_freed(copy)
        proved = unpacked.database.with_name("terbukti")
        dump(copy, proved)
    return proved, notes, end


def _carried(live: Engine, copy: Session, carry: Carry) -> list[str]:
    try:
        with live.connect() as connection:
            readable = at_head(connection)
        if readable:
            with Session(live.execution_options(read_only=True)) as present:
                return carry(present, copy)
    except (DBAPIError, SchemaTooNew):
        pass
    return carry(None, copy)


def _carry_ended(live: Engine, session: Session) -> None:
    """Let the copy know of every session that was left; of none where nothing can be read."""
    known = select(EndedSession.sid, EndedSession.ended_at)
    try:
        with Session(live.execution_options(read_only=True)) as present:
            left = {sid: ended_at for sid, ended_at in present.execute(known)}
    except DBAPIError:
        return
    for sid, _ in session.execute(known):
        left.pop(sid, None)
    session.add_all(EndedSession(sid=sid, ended_at=ended_at) for sid, ended_at in left.items())


@contextmanager
def _refusing_damage(source: Path) -> Iterator[None]:
    try:
        yield
    except (SQLAlchemyError, ValueError, TypeError) as error:
        raise NotRestorable(f"Basis data di dalam {source} rusak. Pakai cadangan lain.") from error
    except SchemaTooNew as error:
        raise NotRestorable(
            f"{source} dibuat oleh program yang lebih baru. Pasang versi terbaru, lalu ulangi."
        ) from error
    except BrokenKeys as error:
        raise NotRestorable(f"Basis data di dalam {source} tidak lengkap: {error}") from error


def _keep_present(settings: Settings, engine: Engine, now: datetime) -> Path | None:
    kept = settings.instance / f"sebelum-pulih-{now:%Y%m%d-%H%M%S-%f}.zip"
    try:
        with engine.connect() as connection:
            if current_revision(connection) is None:
                return None
        pack(settings, engine, kept, now)
    except (DBAPIError, CannotBackUp):
        if engine.dialect.name != "sqlite":
            raise
        return put_aside(engine, now)
    return kept


def put_aside(engine: Engine, now: datetime) -> Path:
    """Move SQLite's files, as they are, into a folder of their own beside them, and say which.

    Nothing is opened or overwritten: what cannot be read today may be read by somebody else.
    """
    engine.dispose()
    database = Path(str(engine.url.database))
    folder = database.with_name(f"{BROKEN}{now:%Y%m%d-%H%M%S-%f}")
    folder.mkdir(mode=0o700)
    for path in database_files(database):
        path.rename(folder / path.name)
    return folder
