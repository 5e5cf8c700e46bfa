"""What an installation could go on with: what is left of a damaged file, and its backups."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from sqlalchemy import Engine, func, select
from sqlalchemy.exc import DBAPIError
from sqlalchemy.orm import Session

from quiz.codes import CardKeys
from quiz.config.databases import sqlite_url
from quiz.config.settings import Settings
from quiz.database import make_engine, sqlite_driver
from quiz.database.archive import NotRestorable, Unpacked, unpack
from quiz.database.backup import pack
from quiz.database.folder import MADE_BY_US, alone, database_alone, scratch
from quiz.database.kept import FOLDER, Kept, Occasion, kept_in, newest_first
from quiz.database.migrating import current_revision, upgrade
from quiz.database.rescue.rebuilding import Rescued, rescue
from quiz.database.restoring import faults
from quiz.database.storage import trouble
from quiz.database.tools import ToolFailed, copy_of, damage
from quiz.models import Attempt, Enrolment, StoredResponse

LOOKED_AT = 8
"""How many of the newest backups are opened."""


@dataclass(frozen=True)
class Holding:
    """How much a database holds of what people did, and until when."""

    responses: int
    last_at: datetime | None
    attempts: int
    people: int


@dataclass(frozen=True)
class Choice:
    """A backup one could restore; ``rescued`` where it was made of the damaged file."""

    kept: Kept
    holding: Holding
    rescued: Rescued | None = None


@dataclass(frozen=True)
class Survey:
    """What can be chosen, the fullest first, and what cannot, with the reason."""

    choices: list[Choice]
    unusable: list[tuple[str, str]]


def wrong_with(engine: Engine, card_keys: CardKeys) -> list[str]:
    """What is wrong with the database, as sentences; [] when it is sound."""
    try:
        with engine.connect() as connection:
            if current_revision(connection) is None:
                return ["Basis data kosong atau hilang."]
        return faults(engine, card_keys)
    except (DBAPIError, sqlite_driver.Error) as error:
        found = trouble(error)
        return [f"{found.value if found else 'Basis data tidak terbaca.'} ({error})"]


def survey(settings: Settings, engine: Engine, now: datetime) -> Survey:
    """Look into the newest backups, and make one of what is left of SQLite's file.

    What is there stays as it is. Raises FolderInUse while a server runs, and CannotBackUp where
    there is no room for what was rescued.
    """
    found = Survey([], [])
    with alone(settings.instance), database_alone(engine):
        for kept in newest_first(kept_in(settings.instance), now)[:LOOKED_AT]:
            try:
                with _opened(settings, engine, kept) as unpacked:
                    found.choices.append(Choice(kept, _held(unpacked, engine)))
            except (NotRestorable, ToolFailed, OSError, DBAPIError, sqlite_driver.Error) as error:
                found.unusable.append((kept.name, str(error)))
        if engine.dialect.name == "sqlite":
            _rescue(settings, engine, now, found)
    found.choices.sort(key=_fullest, reverse=True)
    return found


def _fullest(choice: Choice) -> tuple[object, ...]:
    """Among equals what was rescued goes first if nothing of it is lost, and last if something is.

    It knows what was done since the newest backup.
    """
    held, rescued = choice.holding, choice.rescued
    rank = 1 if rescued is None else 0 if rescued.loses else 2
    last_at = held.last_at.timestamp() if held.last_at else 0.0
    return held.responses, last_at, held.attempts, held.people, rank, choice.kept


@contextmanager
def _opened(settings: Settings, engine: Engine, kept: Kept) -> Iterator[Unpacked]:
    with scratch(settings.instance, MADE_BY_US[1]) as folder:
        source = settings.instance / FOLDER / kept.name
        unpacked = unpack(source, folder, engine.dialect.name)
        found = damage(engine, unpacked.database)
        if found:
            raise NotRestorable(f"Basis data di dalamnya rusak: {found}")
        yield unpacked


def _held(unpacked: Unpacked, engine: Engine) -> Holding:
    with (
        copy_of(unpacked.database, engine) as copy,
        Session(copy.execution_options(read_only=True)) as session,
    ):
        responses, last_at = session.execute(
            select(func.count(StoredResponse.id), func.max(StoredResponse.saved_at))
        ).one()
        attempts = session.scalar(select(func.count(Attempt.id))) or 0
        people = session.scalar(select(func.count(Enrolment.id))) or 0
    return Holding(responses, last_at, attempts, people)


def _rescue(settings: Settings, engine: Engine, now: datetime, found: Survey) -> None:
    """Make a backup of what can be read of the damaged file, and put it among the choices."""
    damaged = Path(str(engine.url.database))
    if not damaged.is_file() or not damaged.stat().st_size:
        found.unusable.append((damaged.name, "berkasnya kosong atau tidak ada"))
        return
    made = Kept(now, Occasion.RESCUE)
    with scratch(settings.instance, MADE_BY_US[1]) as folder:
        target = folder / "selamat.sqlite"
        rescued = _with_newest(settings, engine, found, damaged, target)
        if rescued is None:
            found.unusable.append((damaged.name, "skemanya pun tidak terbaca"))
            return
        sound = make_engine(sqlite_url(target))
        try:
            upgrade(sound)
            wrong = wrong_with(sound, settings.card_keys)
            if wrong:
                found.unusable.append((damaged.name, wrong[0]))
                return
            pack(settings, sound, settings.instance / FOLDER / made.name, now)
            found.choices.append(Choice(made, _held(Unpacked(target, {}), sound), rescued))
        finally:
            sound.dispose()


def _with_newest(
    settings: Settings, engine: Engine, found: Survey, damaged: Path, target: Path
) -> Rescued | None:
    """Rescue, with the newest backup that can be opened to fill what is unreadable."""
    if not found.choices:
        return rescue(damaged, target, None)
    with _opened(settings, engine, found.choices[0].kept) as unpacked:
        return rescue(damaged, target, unpacked.database)
