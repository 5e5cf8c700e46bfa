"""The server's own small clock: backups around what opens and closes by itself, and erasing people
whose time has come.

Nothing else runs in the background; a sitting's state is computed from its times as ever.
"""

import logging
import threading
from datetime import UTC, datetime, timedelta

from flask import Flask

from quiz.cli.opening import log as log_this
from quiz.cli.opening import settings
from quiz.database import db
from quiz.database.backup import CannotBackUp
from quiz.database.clearing import NotCleared
from quiz.database.keeping import keep
from quiz.database.kept import BEFOREHAND, Kept, due, kept_in, newest
from quiz.models.people.audit import Action
from quiz.queries.people.retention import busy
from quiz.queries.taking.clock import last_answers_in, openings
from quiz.web.machine import retention

EVERY = 20.0
"""Seconds between two looks."""

REST = timedelta(minutes=10)
"""How long after something that could not be done it is tried again, and how long between two looks
for people to erase."""

log = logging.getLogger(__name__)


def start(app: Flask) -> None:
    """Look again and again, in a thread that ends with the process."""
    threading.Thread(target=_run, args=(app,), name="timer", daemon=True).start()


def _run(app: Flask) -> None:
    waiting, not_before = threading.Event(), datetime.min.replace(tzinfo=UTC)
    erasing = not_before
    while not waiting.wait(EVERY):
        now = datetime.now(UTC)
        if now < not_before:
            continue
        try:
            look(app, now)
            if now >= erasing:
                erase(app, now)
                erasing = now + REST
        except (CannotBackUp, NotCleared) as error:
            log.warning("Cadangan atau penghapusan otomatis tidak jadi: %s", error)
            not_before = now + REST
        except Exception:
            log.exception("Cadangan atau penghapusan otomatis tidak jadi.")
            not_before = now + REST


def look(app: Flask, now: datetime) -> Kept | None:
    """Make the backup the clock asks for at ``now``, if any. Raises CannotBackUp."""
    with app.app_context():
        kept = kept_in(settings().instance)
        with db.reading() as session:
            soon, ended = openings(session, now, BEFOREHAND), last_answers_in(session, now)
        occasion = due(now, newest(kept, now), soon, ended)
        if occasion is None:
            return None
        made = keep(settings(), db.engine, occasion, now)
        with db.writing() as session:
            log_this(session, Action.DATABASE_BACKED_UP, by=occasion.label, file=made.name)
    return made


def erase(app: Flask, now: datetime) -> retention.Done | None:
    """Erase whose time has come at ``now``; None while an event goes on, which must not wait, and
    where the clock has leapt, until somebody says that it is right.

    Raises NotCleared or CannotBackUp where the rest has to be done again.
    """
    with app.app_context():
        if not retention.clock_goes_on(now):
            log.warning("Tanggal server melompat jauh; penghapusan menunggu petugas.")
            return None
        with db.reading() as session:
            if busy(session, now):
                return None
        done = retention.run(now)
    for sentence in done.sentences:
        log.info(sentence)
    return done
