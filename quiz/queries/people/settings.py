"""What the installation remembers about itself."""

import json
from datetime import datetime
from typing import NamedTuple

from sqlalchemy import select
from sqlalchemy.orm import Session

from quiz.assessment.items.item import Item
from quiz.models.people.first_outline import FIRST_OUTLINE
from quiz.models.people.outline import OUTLINE_KEY, Outline
from quiz.models.people.settings import (
    ABBREVIATIONS_KEY,
    DEMO_KEY,
    OFFICE_PARTS,
    PRACTICE_KEY,
    REACHED_KEY,
    RETENTION_KEY,
    Office,
    Retention,
    Setting,
)


def setting(session: Session, key: str) -> str | None:
    """What is remembered under ``key``. One query."""
    return session.scalar(select(Setting.value).where(Setting.key == key))


def practice_item(session: Session) -> Item | None:
    """The one item to practise on; None before a folder with one is loaded. One query."""
    stored = setting(session, PRACTICE_KEY)
    return None if stored is None else Item.from_json(json.loads(stored))


def reached(session: Session) -> dict[str, datetime]:
    """Host and port → when another machine last came by it first that day. One query."""
    stored = json.loads(setting(session, REACHED_KEY) or "{}")
    return {host: datetime.fromisoformat(moment) for host, moment in stored.items()}


def abbreviations(session: Session) -> dict[str, str]:
    """What abbreviations stand for; {} before a folder with any is loaded. One query."""
    return _told(setting(session, ABBREVIATIONS_KEY))


def _told(stored: str | None) -> dict[str, str]:
    found: dict[str, str] = json.loads(stored or "{}")
    return found


def outline(session: Session) -> Outline:
    """The office's outline of its activity reports, or the first one. One query."""
    stored = setting(session, OUTLINE_KEY)
    return FIRST_OUTLINE if stored is None else Outline.from_stored(json.loads(stored))


def is_demo(session: Session) -> bool:
    """True when the database holds an invented event. One query."""
    return setting(session, DEMO_KEY) is not None


class Installation(NamedTuple):
    """What pages say of it: what the office set, whether its event is invented, how long people
    are kept, abbreviations."""

    office: Office
    demo: bool
    retention: Retention
    abbreviations: dict[str, str]


def installation(session: Session) -> Installation:
    """What pages say of it. One query."""
    keys = (*OFFICE_PARTS, DEMO_KEY, RETENTION_KEY, ABBREVIATIONS_KEY)
    wanted = select(Setting.key, Setting.value).where(Setting.key.in_(keys))
    stored = {key: value for key, value in session.execute(wanted)}
    return Installation(
        Office.from_stored(stored),
        DEMO_KEY in stored,
        Retention.from_stored(stored.get(RETENTION_KEY)),
        _told(stored.get(ABBREVIATIONS_KEY)),
    )
