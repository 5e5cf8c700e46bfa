"""Erasing whose time has come, from first to last: rows, what the database freed, old backups.

Each step is whole by itself and taken up again where the one before it was interrupted. Needs an
application context; nothing of a request.
"""

from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta

from sqlalchemy.orm import Session

from quiz.actions.people.erasing import erase_forgotten
from quiz.actions.people.settings import drop_setting, trust_clock
from quiz.actions.scores.erasing import erase_event
from quiz.database import db
from quiz.database.clearing import overwrite_freed
from quiz.database.keeping import forget_older, keep
from quiz.database.kept import Occasion
from quiz.formats import date_id
from quiz.models.people.settings import UNCLEARED_KEY
from quiz.queries.people.audit import left_details
from quiz.queries.people.retention import (
    clock_noted,
    due_events,
    forgotten,
    leapt_from,
    retention,
    uncleared,
)
from quiz.web.keys import settings

BUSY = (
    "Masih ada kegiatan yang berlangsung. Penghapusan menulis ulang basis data, jadi lakukan "
    "sesudah kegiatannya selesai."
)

DAY = timedelta(days=1)


def leap_words(last: datetime, now: datetime) -> str:
    """Why nothing is erased where the clock has leapt from ``last`` to ``now``."""
    return (
        f"Jam server menunjukkan {date_id(now)}, padahal terakhir kali menyala {date_id(last)}. "
        "Penghapusan menunggu: periksa dulu tanggal di komputer server."
    )


def clock_goes_on(now: datetime) -> bool:
    """Whether the clock may be gone by; that is noted once a day. False where it has leapt.

    The caller holds no transaction.
    """
    with db.reading() as session:
        leapt, noted = leapt_from(session, now), clock_noted(session)
    if leapt is not None:
        return False
    if noted is None or abs(now - noted) > DAY:
        with db.writing() as session:
            trust_clock(session, now)
    return True


@dataclass
class Done:
    """What was done: codes of events, people who had no event left, names of old backups."""

    events: list[str] = field(default_factory=list)
    people: int = 0
    backups: list[str] = field(default_factory=list)

    @property
    def sentences(self) -> list[str]:
        """In words; [] when there was nothing to do."""
        said = [f"Data peserta kegiatan {code} dihapus." for code in self.events]
        if self.people:
            said.append(f"Data {self.people} orang yang tidak ada di kegiatan apa pun dihapus.")
        if self.backups:
            said.append(f"{len(self.backups)} cadangan yang masih memuat nama dihapus.")
        return said


def run(now: datetime, by_id: int | None = None) -> Done:
    """Erase everything whose time has come by ``now``. The caller holds no transaction.

    Raises NotCleared or CannotBackUp where rows are gone but the rest has to be done again later.
    """
    done = Done()
    with db.reading() as session:
        due = [event.id for event in due_events(session, now)]
        before = now - retention(session).length
        left = forgotten(session, before) or left_details(session, before)
    for event_id in due:
        with db.writing() as session:
            _erase(session, event_id, by_id, now, done)
    if left:
        with db.writing() as session:
            done.people = erase_forgotten(session, before, now)
    clear(now)
    done.backups = forget_older(settings().instance, now)
    return done


def _erase(session: Session, event_id: int, by_id: int | None, now: datetime, done: Done) -> None:
    """Erase the event if that is still to be done; somebody may have been quicker."""
    event = next((each for each in due_events(session, now) if each.id == event_id), None)
    if event is not None and erase_event(session, event, by_id, now) is not None:
        done.events.append(event.code)


def clear(now: datetime) -> None:
    """Overwrite what erasing has freed and make a backup of what is left, where that is undone."""
    with db.reading() as session:
        if not uncleared(session):
            return
    overwrite_freed(db.engine)
    keep(settings(), db.engine, Occasion.ERASURE, max(now, datetime.now(UTC)))
    with db.writing() as session:
        drop_setting(session, UNCLEARED_KEY)
