"""What gave way when files of an event were read in, as an officer reads it."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from quiz.exchange.events.tables import BY_NAME
from quiz.models import Attempt, Enrolment, Event, SetAside, User
from quiz.queries.events.transfer.words import row_in_words

MOST_SHOWN = 200


@dataclass(frozen=True)
class Aside:
    """One row: of what kind, whose, what it said, and when its file was made."""

    kind: str
    about: str
    told: Mapping[str, Any]
    at: datetime

    @property
    def sentence(self) -> str:
        """What it said."""
        return row_in_words(self.told)


def number_set_aside(session: Session, event: Event) -> int:
    """How many rows gave way. One query."""
    counted = select(func.count()).where(SetAside.event_id == event.id)
    return session.scalar(counted) or 0


def rows_set_aside(session: Session, event: Event) -> list[Aside]:
    """The latest of them, at most ``MOST_SHOWN``. Three queries."""
    rows = session.scalars(
        select(SetAside)
        .where(SetAside.event_id == event.id)
        .order_by(SetAside.at.desc(), SetAside.id.desc())
        .limit(MOST_SHOWN)
    ).all()
    names = _names(session, (each.row for each in rows))
    return [
        Aside(
            BY_NAME[each.kind].label,
            _whose(each.kind, each.row, names),
            {name: each.row.get(name) for name in BY_NAME[each.kind].compared},
            each.at,
        )
        for each in rows
    ]


def _whose(kind: str, row: Mapping[str, Any], names: Mapping[str, str]) -> str:
    told = names.get(_uid(kind, row)) or str(row.get("title") or row.get("name") or "")
    return f"{told}, nomor {row['position']}" if kind == "response" else told


def _uid(kind: str, row: Mapping[str, Any]) -> str:
    """The uid of the attempt or of the place on the roster that the row is of; "" of none."""
    if kind in {"attempt", "enrolment"}:
        return str(row["uid"])
    return str(row.get("attempt_id") or row.get("enrolment_id") or "")


def _names(session: Session, rows: Iterable[Mapping[str, Any]]) -> dict[str, str]:
    """The uid of an attempt or a place → whose it is."""
    uids = {
        str(row[name])
        for row in rows
        for name in ("uid", "attempt_id", "enrolment_id")
        if row.get(name)
    }
    of_places = select(Enrolment.uid, User.name).join(User, User.id == Enrolment.user_id)
    of_attempts = (
        select(Attempt.uid, User.name)
        .join(Enrolment, Enrolment.id == Attempt.enrolment_id)
        .join(User, User.id == Enrolment.user_id)
    )
    ways = (of_places.where(Enrolment.uid.in_(uids)), of_attempts.where(Attempt.uid.in_(uids)))
    return {uid: name for way in ways for uid, name in session.execute(way)}
