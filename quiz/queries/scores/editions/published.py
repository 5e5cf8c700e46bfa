"""Editions that were published, and the links that show a unit's part of them."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from sqlalchemy import func, or_, select
from sqlalchemy.orm import Session, joinedload, undefer

from quiz.assessment.analysis.editions.figures import (
    EditionFigures,
    SittingFigures,
    UnitPart,
    unit_part,
)
from quiz.assessment.analysis.editions.frozen import thaw
from quiz.formats import datetime_id
from quiz.models import Edition, Enrolment, Erasure, Event, Unit, UnitLink

Pools = Sequence[Sequence[str]]
"""Codes of units that are told as one."""


def editions(session: Session, event: Event) -> list[Edition]:
    """The editions of an event, newest first, without their figures. One query."""
    return list(
        session.scalars(
            select(Edition)
            .where(Edition.event_id == event.id)
            .options(joinedload(Edition.published_by), joinedload(Edition.withdrawn_by))
            .order_by(Edition.number.desc())
        )
    )


def edition_numbered(session: Session, event: Event, number: int) -> Edition | None:
    """That edition of the event, with its figures. One query."""
    return session.scalar(
        select(Edition)
        .where(Edition.event_id == event.id, Edition.number == number)
        .options(
            undefer(Edition.figures),
            joinedload(Edition.published_by),
            joinedload(Edition.withdrawn_by),
        )
    )


def next_number(session: Session, event: Event) -> int:
    """The number the event's next edition gets. One query."""
    latest = session.scalar(select(func.max(Edition.number)).where(Edition.event_id == event.id))
    return (latest or 0) + 1


def newest_valid(session: Session, event: Event) -> Edition | None:
    """The latest edition that was not withdrawn, with its figures. One query."""
    return session.scalar(
        select(Edition)
        .where(Edition.event_id == event.id, Edition.withdrawn_at.is_(None))
        .options(undefer(Edition.figures))
        .order_by(Edition.number.desc())
        .limit(1)
    )


def figures_of(edition: Edition) -> EditionFigures:
    """What the edition tells."""
    return thaw(EditionFigures, edition.figures)


def latest_pools(session: Session, events: Collection[int]) -> dict[int, Mapping[str, Pools]]:
    """Event id → sitting uid → what its latest edition, withdrawn or not, tells as one.

    Events without an edition are not there. One query.
    """
    rows = session.execute(
        select(Edition.event_id, Edition.pools)
        .where(Edition.event_id.in_(events))
        .order_by(Edition.number)
    )
    return {event_id: pools for event_id, pools in rows}


def events_with_editions(
    session: Session, unit: Unit | None = None, *, offset: int = 0, limit: int | None = None
) -> tuple[list[tuple[Event, int]], int]:
    """Events that have a valid edition with its number, latest first, and how many there are.

    With ``unit`` those on whose roster it stands, or stood before people were erased. Two queries,
    three with a unit.
    """
    newest = (
        select(Edition.event_id, func.max(Edition.number).label("number"))
        .where(Edition.withdrawn_at.is_(None))
        .group_by(Edition.event_id)
        .subquery()
    )
    wanted = select(Event, newest.c.number).join(newest, newest.c.event_id == Event.id)
    if unit is not None:
        there = select(Enrolment.event_id).where(
            Enrolment.unit_id == unit.id, Enrolment.removed_at.is_(None)
        )
        kept = session.execute(select(Erasure.event_id, Erasure.unit_ids))
        stood = [event_id for event_id, unit_ids in kept if unit.id in unit_ids]
        wanted = wanted.where(or_(Event.id.in_(there), Event.id.in_(stood)))
    total = session.scalar(select(func.count()).select_from(wanted.subquery())) or 0
    rows = session.execute(
        wanted.order_by(Event.starts_at.desc(), Event.id).offset(offset).limit(limit)
    )
    return [(event, number) for event, number in rows], total


class UnitAt(NamedTuple):
    """A unit at an event on whose roster it stands, or stood."""

    unit: Unit
    event: Event

    @property
    def uid(self) -> str:
        """The unit's."""
        return self.unit.uid


class Part(NamedTuple):
    """A sitting of an edition, and what of it the head of one unit sees."""

    figures: SittingFigures
    part: UnitPart


@dataclass(frozen=True)
class UnitParts:
    """What the head of one unit sees of an event: of the newest ``edition`` that holds, the
    sittings in which the unit stands, latest first. ``withdrawn`` is the latest edition where that
    was withdrawn."""

    edition: Edition | None
    withdrawn: Edition | None
    parts: Sequence[Part]


def parts_of_unit(session: Session, at: UnitAt) -> UnitParts:
    """What the editions of an event tell of one unit. Two queries."""
    every, newest = editions(session, at.event), newest_valid(session, at.event)
    sittings = figures_of(newest).sittings if newest else ()
    found = [(each, unit_part(each.units, at.unit.code)) for each in reversed(sittings)]
    return UnitParts(
        newest,
        every[0] if every and every[0] is not newest else None,
        [Part(figures, part) for figures, part in found if part is not None],
    )


def withdrawal_words(edition: Edition) -> str:
    """What a withdrawn edition says instead of its figures, or above them."""
    when = datetime_id(edition.withdrawn_at) if edition.withdrawn_at else ""
    return f"Kesbangpol menarik edisi {edition.number} pada {when}: {edition.withdraw_reason or ''}"


def unit_links(session: Session, event: Event) -> list[UnitLink]:
    """The links made for units of an event, newest first. One query."""
    return list(
        session.scalars(
            select(UnitLink)
            .where(UnitLink.event_id == event.id)
            .options(joinedload(UnitLink.unit), joinedload(UnitLink.made_by))
            .order_by(UnitLink.id.desc())
        )
    )


def unit_link(session: Session, event: Event, uid: str) -> UnitLink | None:
    """The link ``uid`` of that event."""
    return session.scalar(
        select(UnitLink).where(UnitLink.event_id == event.id, UnitLink.uid == uid)
    )


def link_with_index(session: Session, index: str) -> UnitLink | None:
    """The link whose token has this index, with its unit and event."""
    return session.scalar(
        select(UnitLink)
        .where(UnitLink.token_index == index)
        .options(joinedload(UnitLink.unit), joinedload(UnitLink.event))
    )


def units_at(session: Session, event: Event) -> list[Unit]:
    """The units on an event's roster, by name. One query."""
    return list(
        session.scalars(
            select(Unit)
            .where(
                Unit.id.in_(
                    select(Enrolment.unit_id).where(
                        Enrolment.event_id == event.id, Enrolment.removed_at.is_(None)
                    )
                )
            )
            .order_by(func.lower(Unit.name), Unit.code)
        )
    )
