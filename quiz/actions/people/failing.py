"""Counting wrong passwords and codes, and logging them."""

from datetime import datetime, timedelta

from sqlalchemy import delete
from sqlalchemy.orm import Session

from quiz.actions.people.auditing import record
from quiz.models import Failure
from quiz.models.people.audit import Action, SubjectType
from quiz.models.people.users import FailureKind
from quiz.queries.people.audit import lines_since

KEPT = timedelta(hours=1)

MOST_LINES = 1_000
"""Failures of a kind that the audit log takes within ``KEPT``: who guesses on fills no disk."""


def note_failure(session: Session, kind: FailureKind, key: str, now: datetime) -> None:
    """Count a wrong password or code, and forget what is older than an hour."""
    session.execute(delete(Failure).where(Failure.at < now - KEPT))
    session.add(Failure(kind=kind, key=key[:64], at=now))


def log_failure(
    session: Session,
    now: datetime,
    action: Action,
    subject: tuple[SubjectType, str],
    address: str,
) -> None:
    """Say in the audit log that somebody at ``address`` failed; what was typed is not kept."""
    if lines_since(session, action, now - KEPT) < MOST_LINES:
        record(session, now, None, action, subject, address=address)
