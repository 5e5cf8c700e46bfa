"""Counting wrong passwords and codes."""

from datetime import datetime, timedelta

from sqlalchemy import delete
from sqlalchemy.orm import Session

from quiz.models import Failure

KEPT = timedelta(hours=1)


def note_failure(session: Session, kind: str, key: str, now: datetime) -> None:
    """Count a wrong password or code, and forget what is older than an hour."""
    session.execute(delete(Failure).where(Failure.at < now - KEPT))
    session.add(Failure(kind=kind, key=key[:64], at=now))
