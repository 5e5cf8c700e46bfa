"""Remembering what the office sets, and small facts of the installation."""

import json
from datetime import datetime

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from quiz.actions.people.auditing import record
from quiz.models.people.audit import Action
from quiz.models.people.outline import OUTLINE_KEY, Outline
from quiz.models.people.settings import (
    CLOCK_KEY,
    OFFICE_PARTS,
    REACHED_KEY,
    RETENTION_KEY,
    Office,
    Setting,
)
from quiz.queries.people.retention import retention
from quiz.queries.people.settings import installation, outline, reached, setting


def change_office(session: Session, wanted: Office, actor_id: int, now: datetime) -> list[str]:
    """Keep what differs from what is stored, with a line in the audit log for each; their names."""
    stored = installation(session).office
    changed = [name for name in OFFICE_PARTS if getattr(stored, name) != getattr(wanted, name)]
    for name in changed:
        before, after = getattr(stored, name), getattr(wanted, name)
        put_setting(session, name, after)
        record(
            session,
            now,
            actor_id,
            Action.SETTING_CHANGED,
            ("installation", ""),
            columns=[name],
            before=before,
            after=after,
        )
    return changed


def change_outline(session: Session, wanted: Outline, actor_id: int, now: datetime) -> list[str]:
    """Keep the office's outline, with a line in the audit log; what changed in it, by title."""
    changed = wanted.changed_from(outline(session))
    if changed:
        put_setting(session, OUTLINE_KEY, json.dumps(wanted.stored))
        record(
            session,
            now,
            actor_id,
            Action.OUTLINE_CHANGED,
            ("installation", ""),
            title="; ".join(changed),
        )
    return changed


def restore_outline(session: Session, actor_id: int, now: datetime) -> None:
    """Let the first outline hold again; where another held, with a line in the audit log."""
    if setting(session, OUTLINE_KEY) is not None:
        drop_setting(session, OUTLINE_KEY)
        record(session, now, actor_id, Action.OUTLINE_RESTORED, ("installation", ""))


def note_reached(session: Session, host: str, now: datetime, most: int) -> None:
    """Remember that another machine came by this name of ours; of ``most`` names at most."""
    known = reached(session) | {host: now}
    latest = sorted(known.items(), key=lambda each: each[1], reverse=True)[:most]
    told = {name: moment.isoformat() for name, moment in latest}
    put_setting(session, REACHED_KEY, json.dumps(told))


def change_retention(session: Session, days: int, actor_id: int, now: datetime) -> bool:
    """Keep people so many days, with a line in the audit log; False where that is so already."""
    held = retention(session)
    if held.days == days:
        return False
    put_setting(session, RETENTION_KEY, held.changed_to(days, now).stored)
    record(
        session,
        now,
        actor_id,
        Action.SETTING_CHANGED,
        ("installation", ""),
        columns=[RETENTION_KEY],
        before=f"{held.days} hari",
        after=f"{days} hari",
    )
    return True


def trust_clock(session: Session, now: datetime) -> None:
    """Remember that the clock is right at ``now``."""
    put_setting(session, CLOCK_KEY, now.isoformat())


def drop_setting(session: Session, key: str) -> None:
    """Remember nothing under ``key``."""
    session.execute(delete(Setting).where(Setting.key == key))


def put_setting(session: Session, key: str, value: str) -> None:
    """Remember ``value`` under ``key``, in place of what was there."""
    stored = session.scalar(select(Setting).where(Setting.key == key))
    if stored is None:
        session.add(Setting(key=key, value=value))
    else:
        stored.value = value
