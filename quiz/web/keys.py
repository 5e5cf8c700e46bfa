"""What this installation is: what the environment decided, what the office set, its card key.

What the office set is known to every process without asking the database each time. A change makes
a small file in the data folder a byte longer; a process that finds it so reads the table again, and
any process does after a minute, whichever machine it runs on.
"""

import logging
import time
from contextlib import suppress
from dataclasses import replace
from pathlib import Path
from typing import NamedTuple

from flask import Flask, current_app, g
from sqlalchemy.exc import SQLAlchemyError

from quiz.codes import CardKeys, receipt
from quiz.config.addresses import LOOPBACK_HOSTS, host_of
from quiz.config.settings import Settings
from quiz.database import NotDurable, db
from quiz.models import Attempt, Enrolment
from quiz.models.people.settings import DEMANDED, Office, Retention
from quiz.queries.people.settings import Installation, installation

MARK = "setelan.diubah"
"""The file in the data folder whose length is how often settings have changed."""

LONGEST = 60.0
"""Seconds until what is known is read again although no change was marked."""

log = logging.getLogger(__name__)


def settings() -> Settings:
    """What the environment decided when the application was made."""
    found: Settings = current_app.extensions["quiz.settings"]
    return found


def card_key() -> bytes:
    """The key new personal codes, cards and receipts are derived from."""
    return settings().card_key


def card_keys() -> CardKeys:
    """That key, and those of other installations whose events were read in here; the folder is
    asked once a request."""
    if "card_keys" not in g:
        g.card_keys = settings().card_keys
    found: CardKeys = g.card_keys
    return found


def card_key_of(enrolment: Enrolment) -> bytes:
    """The key this place's card was made with."""
    return card_keys().of(enrolment.card_key)


def receipt_of(attempt: Attempt) -> str:
    """The attempt's receipt: six characters, the same whether already stored or not."""
    return attempt.receipt or receipt(attempt.uid, card_key())


class Known(NamedTuple):
    """What was read, when (on the monotonic clock), and how long the mark was just before."""

    installation: Installation
    marked: int
    read_at: float


def office() -> Office:
    """What holds now: the environment's word before the table's, which is before the default."""
    return with_fixed(_known(current_app).installation.office)


def with_fixed(stored: Office) -> Office:
    """``stored`` as it holds beside what the environment decides."""
    return replace(stored, **settings().fixed)


def in_demo() -> bool:
    """Whether everybody here is invented."""
    return _known(current_app).installation.demo


def demands_second_step() -> bool:
    """Whether every member of staff must have a second step; never where everybody is invented."""
    return office().second_step == DEMANDED and not in_demo()


def retention() -> Retention:
    """How long people are kept."""
    return _known(current_app).installation.retention


def abbreviations() -> dict[str, str]:
    """What abbreviations stand for, as question files tell it."""
    return _known(current_app).installation.abbreviations


def hall_address() -> str | None:
    """Where phones find the quiz: as set, else what ``quiz serve`` found on the hall's network."""
    found: str | None = current_app.extensions.get("quiz.hall_address")
    return office().hall_url or found


def typed_address() -> str | None:
    """The name ``quiz serve`` announces in the hall, as people type it; None without one."""
    found: str | None = current_app.extensions.get("quiz.typed")
    return found


def addresses(held: Office) -> list[str]:
    """Where people are told to go if ``held`` holds: the hall and the office, as far as set.

    Beside the office's alone, the hall's address as found stays good.
    """
    found = current_app.extensions.get("quiz.hall_address") if held.office_url else None
    return [url for url in (held.hall_url or found, held.office_url) if url]


def known_hosts(told: list[str]) -> set[str] | None:
    """Names that are answered, without port, beside these addresses; None (any) without one."""
    return {host_of(url) for url in told} | LOOPBACK_HOSTS if told else None


def addresses_before_request(app: Flask) -> list[str]:
    """The addresses to answer on; those last known where the table fails."""
    with app.app_context():
        try:
            held = office()
        except (SQLAlchemyError, NotDurable):
            log.warning("Setelan tidak terbaca; alamat yang terakhir diketahui tetap berlaku.")
            last: Known | None = app.extensions.get("quiz.office")
            held = with_fixed(last.installation.office if last else Office())
        return addresses(held)


def tell_every_process() -> None:
    """Make the mark longer. Call it after the commit of a change."""
    current_app.extensions.pop("quiz.office", None)
    with suppress(OSError), _mark(current_app).open("ab") as mark:  # then a minute tells them
        mark.write(b".")


def _known(app: Flask) -> Known:
    known: Known | None = app.extensions.get("quiz.office")
    marked, now = _length(_mark(app)), time.monotonic()
    if known is None or known.marked != marked or now - known.read_at > LONGEST:
        with db.reading() as session:
            known = Known(installation(session), marked, now)
        app.extensions["quiz.office"] = known
    return known


def _mark(app: Flask) -> Path:
    folder: Path = app.extensions["quiz.folder"]
    return folder / MARK


def _length(mark: Path) -> int:
    try:
        return mark.stat().st_size
    except OSError:
        return 0
