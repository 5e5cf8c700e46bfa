"""Ending a session, so that no copy of its cookie opens anything."""

from datetime import datetime, timedelta

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from quiz.models import EndedSession

LONGEST_SESSION = timedelta(days=30)
"""How long the cookie of a session may live; what was left before that need not be remembered."""


def end_session(session: Session, sid: str, now: datetime) -> None:
    """Remember that the session ``sid`` was left, and forget those no cookie can name any more."""
    session.execute(delete(EndedSession).where(EndedSession.ended_at < now - LONGEST_SESSION))
    if session.scalar(select(EndedSession.id).where(EndedSession.sid == sid)) is None:
        session.add(EndedSession(sid=sid, ended_at=now))
