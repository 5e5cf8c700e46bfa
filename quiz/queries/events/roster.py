"""An event's roster: who is on it, by unit, and how far each person is."""

from collections import defaultdict
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from sqlalchemy import ColumnElement, Select, func, or_, select
from sqlalchemy.orm import Session, contains_eager, joinedload

from quiz.assessment.attempt_state import AttemptState
from quiz.exchange.rosters.names import normalise_name
from quiz.models import Attempt, Enrolment, Event, RosterDraft, Sitting, Unit, User
from quiz.models.events.events import Phase

SHORTEST_END = 3
"""Digits that are looked for at the end of a NIP; fewer would find anybody."""


class Which(StrEnum):
    """Part of a roster to look at."""

    ALL = "semua"
    PRESENT = "hadir"
    AWAITED = "belum"


@dataclass(frozen=True)
class Wanted:
    """Whom to list: each word of ``search`` is in name, unit or position, or ends the NIP."""

    search: str = ""
    which: Which = Which.ALL


@dataclass(frozen=True)
class Progress:
    """How far a person is with one sitting, in the attempt with this uid."""

    uid: str
    phase: Phase
    state: AttemptState
    submitted_at: datetime | None
    clocked_at: datetime | None
    waiting: int


@dataclass(frozen=True)
class RosterLine:
    """A person on the roster and what they have done in its counted sittings."""

    enrolment: Enrolment
    progress: list[Progress]


def roster_lines(
    session: Session,
    event: Event,
    wanted: Wanted,
    now: datetime,
    *,
    offset: int,
    limit: int,
) -> tuple[list[RosterLine], int]:
    """Part of the roster by unit and name, and how many match. Three queries."""
    found = _chosen(event, wanted)
    total = session.scalar(select(func.count()).select_from(found.subquery())) or 0
    enrolments = session.scalars(
        found.options(contains_eager(Enrolment.user))
        .order_by(Enrolment.unit_name, User.normalised_name, Enrolment.id)
        .offset(offset)
        .limit(limit)
    ).all()
    done = progress_of(session, [enrolment.id for enrolment in enrolments], now)
    return [RosterLine(each, done.get(each.id, [])) for each in enrolments], total


def enrolment_ids(session: Session, event: Event, wanted: Wanted) -> set[int]:
    """Ids of the places on the roster that match. One query."""
    return set(session.scalars(_chosen(event, wanted).with_only_columns(Enrolment.id)))


def _chosen(event: Event, wanted: Wanted) -> Select[Enrolment]:
    query = (
        select(Enrolment)
        .join(Enrolment.user)
        .where(Enrolment.event_id == event.id, Enrolment.removed_at.is_(None))
    )
    search = wanted.search
    if wanted.which is Which.PRESENT:
        query = query.where(Enrolment.checked_in_at.is_not(None))
    if wanted.which is Which.AWAITED:
        query = query.where(Enrolment.checked_in_at.is_(None))
    for word in _words(search):
        query = query.where(_found(word))
    return query


def _words(search: str) -> list[str]:
    """The words to look for, in any order; titles and degrees beside a name are left out."""
    return normalise_name(search).split() or search.casefold().split()


def _found(word: str) -> ColumnElement[bool]:
    columns = (
        User.normalised_name,
        func.lower(Enrolment.unit_name),
        func.lower(func.coalesce(User.position, "")),
    )
    places = [column.contains(word, autoescape=True) for column in columns]
    if word.isdecimal() and len(word) >= SHORTEST_END:
        places.append(User.nip.endswith(word, autoescape=True))
    return or_(*places)


def progress_of(
    session: Session, enrolment_ids: list[int], now: datetime
) -> dict[int, list[Progress]]:
    """Enrolment id → unvoided attempts in counted sittings, by opening time. One query."""
    attempts = session.scalars(
        select(Attempt)
        .join(Attempt.sitting)
        .options(contains_eager(Attempt.sitting))
        .where(
            Attempt.enrolment_id.in_(enrolment_ids),
            Attempt.voided_at.is_(None),
            Attempt.counted,
        )
        .order_by(Sitting.opens_at, Attempt.id)
    )
    found: defaultdict[int, list[Progress]] = defaultdict(list)
    for attempt in attempts:
        found[attempt.enrolment_id].append(
            Progress(
                attempt.uid,
                attempt.sitting.phase,
                attempt.state(now),
                attempt.submitted_at,
                attempt.clocked_at,
                attempt.waiting,
            )
        )
    return dict(found)


def enrolment_of(session: Session, event: Event, uid: str) -> Enrolment | None:
    """The place ``uid`` on this event's roster, with person and unit, unless removed."""
    return session.scalar(
        select(Enrolment)
        .where(Enrolment.event_id == event.id, Enrolment.uid == uid, Enrolment.removed_at.is_(None))
        .options(
            joinedload(Enrolment.user, innerjoin=True), joinedload(Enrolment.unit, innerjoin=True)
        )
    )


def enrolments_for_cards(
    session: Session,
    event: Event,
    *,
    unit_uid: str | None = None,
    uid: str | None = None,
    offset: int = 0,
    limit: int | None = None,
) -> tuple[list[Enrolment], int]:
    """Everybody on the roster by unit and name, of one unit or one person, and how many."""
    query = (
        select(Enrolment)
        .join(Enrolment.user)
        .where(Enrolment.event_id == event.id, Enrolment.removed_at.is_(None))
    )
    if unit_uid is not None:
        query = query.join(Enrolment.unit).where(Unit.uid == unit_uid)
    if uid is not None:
        query = query.where(Enrolment.uid == uid)
    total = session.scalar(select(func.count()).select_from(query.subquery())) or 0
    rows = session.scalars(
        query.options(contains_eager(Enrolment.user))
        .order_by(Enrolment.unit_name, User.normalised_name, Enrolment.id)
        .offset(offset)
        .limit(limit)
    )
    return list(rows), total


def units_on(session: Session, event: Event) -> list[tuple[str, str, int]]:
    """(uid, name on that day, persons) of each unit on the roster, by name. One query."""
    rows = session.execute(
        select(Unit.uid, Enrolment.unit_name, func.count())
        .join(Unit, Unit.id == Enrolment.unit_id)
        .where(Enrolment.event_id == event.id, Enrolment.removed_at.is_(None))
        .group_by(Unit.uid, Enrolment.unit_name)
        .order_by(Enrolment.unit_name, Unit.uid)
    )
    return [(uid, name, number) for uid, name, number in rows]


def own_draft(session: Session, event: Event, uid: str, user_id: int) -> RosterDraft | None:
    """The upload ``uid`` for this event, if this person made it."""
    return session.scalar(
        select(RosterDraft).where(
            RosterDraft.uid == uid,
            RosterDraft.event_id == event.id,
            RosterDraft.user_id == user_id,
        )
    )
