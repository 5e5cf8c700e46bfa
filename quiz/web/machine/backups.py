"""Backups on behalf of whoever asks for a page; nobody who saves waits for them."""

from datetime import UTC, datetime

from flask import flash

from quiz.database import db
from quiz.database.backup import CannotBackUp
from quiz.database.keeping import keep
from quiz.database.kept import Kept, Occasion
from quiz.models.people.audit import Action
from quiz.web.access import log_apart
from quiz.web.keys import settings


def make_backup(occasion: Occasion) -> Kept:
    """Make a backup, with a line in the audit log. Raises CannotBackUp.

    What this request has not committed is undone first, and its lock let go: rows it has loaded are
    loaded again by whoever wants to change them.
    """
    db.give_up()
    made = keep(settings(), db.engine, occasion, datetime.now(UTC))
    log_apart(Action.DATABASE_BACKED_UP, ("installation", ""), by=occasion.label, file=made.name)
    return made


def try_to_back_up(occasion: Occasion) -> None:
    """As ``make_backup`` beside what an event needs: where it cannot be made, the page says so."""
    try:
        make_backup(occasion)
    except CannotBackUp as error:
        flash(f"Cadangan otomatis tidak jadi. {error}", "attention")
