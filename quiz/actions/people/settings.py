"""Remembering small facts of the installation."""

from sqlalchemy import select
from sqlalchemy.orm import Session

from quiz.models.people.settings import Setting


def put_setting(session: Session, key: str, value: str) -> None:
    """Remember ``value`` under ``key``, in place of what was there."""
    stored = session.scalar(select(Setting).where(Setting.key == key))
    if stored is None:
        session.add(Setting(key=key, value=value))
    else:
        stored.value = value
