"""Whether phones get here: the first POST a day that comes from another machine leaves a note."""

import logging
from datetime import UTC, datetime

from flask import Flask, current_app, request
from sqlalchemy.exc import SQLAlchemyError
from werkzeug.wrappers import Response as Reply

from quiz.actions.people.settings import note_reached
from quiz.database import db
from quiz.formats import wita
from quiz.web.origin import from_another_machine

MOST = 8
"""Names of this server that are told apart; a hall has two or three."""

log = logging.getLogger(__name__)


def init_app(app: Flask) -> None:
    """Let ``app`` note by which of its addresses it is reached."""
    app.extensions["quiz.reached"] = {}
    app.after_request(note)


def note(reply: Reply) -> Reply:
    """Write down by which name a phone came, once a day and name; nothing else is slowed by it."""
    if request.method != "POST" or not from_another_machine():
        return reply
    now, host = datetime.now(UTC), request.host.lower()
    noted = current_app.extensions["quiz.reached"]
    today = wita(now).date()
    if noted.get(host) == today or (host not in noted and len(noted) >= MOST):
        return reply
    noted[host] = today
    db.give_up()
    try:
        with db.writing() as session:
            note_reached(session, host, now, MOST)
    except SQLAlchemyError:
        log.warning("Alamat yang dipakai HP tidak tercatat.")
    return reply
