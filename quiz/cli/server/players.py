"""The invented people of a demonstration, kept going while it is served."""

import logging
import threading
from datetime import UTC, datetime
from random import Random

from flask import Flask

from quiz import demo
from quiz.cli.opening import settings
from quiz.database import db

EVERY = 0.8
"""Seconds between two things that happen: thirty people do something every half minute each."""

REST = 15.0
"""Seconds after which it is looked again where nobody has anything to do, or a step failed."""

log = logging.getLogger(__name__)


def start(app: Flask) -> None:
    """Let them go on, in a thread that ends with the process; nothing but in a demonstration."""
    with app.app_context(), db.reading() as session:
        seed = demo.seed_of_moving(session)
    if seed is not None:
        threading.Thread(target=_run, args=(app, seed), name="players", daemon=True).start()


def _run(app: Flask, seed: str) -> None:
    waiting, chance = threading.Event(), Random(seed)  # noqa: S311  # invented, no secret
    rest = EVERY
    while not waiting.wait(rest):
        try:
            with app.app_context(), db.writing() as session:
                moved = demo.step(session, settings().card_key, seed, chance, datetime.now(UTC))
        except Exception:
            log.exception("Peserta rekaan berhenti sebentar.")
            moved = False
        rest = EVERY if moved else REST
