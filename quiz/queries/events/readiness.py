"""Whether an event is ready for its people: what is looked at beforehand, and how it is."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from itertools import combinations

from sqlalchemy import and_, or_, select
from sqlalchemy.orm import Session, contains_eager

from quiz.models import Event, Sitting
from quiz.queries.events.event_steps import Lack, Wanting
from quiz.queries.events.ready import TESTS

ENOUGH, SCARCE = 1_000_000_000, 200_000_000
"""Bytes of free disk: for a day and its backups; below the second answers may soon not fit."""

FRESH = timedelta(hours=24)
"""How long a backup, or a phone that came by, says how things are."""

APART = timedelta(minutes=1)
"""How far behind its own log a clock may be before it counts as set back."""


class Grade(StrEnum):
    """How something looked at is."""

    GOOD = "good"
    LOOK = "look"
    LACKING = "lacking"


class Subject(StrEnum):
    """What is looked at; the page says what was found and what to do."""

    ADDRESS = "address"
    REACHED = "reached"
    PRINTED = "printed"
    ROSTER = "roster"
    SITTINGS = "sittings"
    STATUSES = "statuses"
    OVERLAPS = "overlaps"
    BACKUP = "backup"
    DISK = "disk"
    CLOCK = "clock"


@dataclass(frozen=True)
class Machine:
    """What the server knows of itself.

    ``reachable``: phones can open its address. ``ours``: the number in it is this machine's own, or
    it has a name. ``reached_at``: when one first came by it, on the last day one did. ``printed``:
    whether the printed cards lead there, None while there are none. ``free``: bytes of disk.
    ``backed_up_at``, ``logged_at``: the times of the last backup and of the last line of the log.
    """

    reachable: bool
    ours: bool
    reached_at: datetime | None
    printed: bool | None
    free: int
    backed_up_at: datetime | None
    logged_at: datetime | None


@dataclass(frozen=True)
class Check:
    """One thing looked at."""

    subject: Subject
    grade: Grade


def checks(
    machine: Machine, wanting: Sequence[Wanting], overlaps: Sequence[Sitting], now: datetime
) -> list[Check]:
    """Everything, in the order in which it is put right. ``wanting``: what the event lacks."""
    lacks = {want.lack for want in wanting}
    return [
        Check(Subject.ADDRESS, _address(machine)),
        Check(Subject.REACHED, _fresh(machine.reached_at, now)),
        Check(Subject.PRINTED, _printed(machine.printed)),
        Check(Subject.ROSTER, _unless(lacks, {Lack.PEOPLE})),
        Check(
            Subject.SITTINGS,
            _unless(lacks, {Lack.SITTINGS, Lack.PREPARATION}, {Lack.OUTSIDE, Lack.LATE}),
        ),
        Check(Subject.STATUSES, _unless(lacks, {Lack.STATUSES})),
        Check(Subject.OVERLAPS, Grade.LOOK if overlaps else Grade.GOOD),
        Check(Subject.BACKUP, _fresh(machine.backed_up_at, now)),
        Check(Subject.DISK, _room(machine.free)),
        Check(Subject.CLOCK, _clock(machine, now)),
    ]


def _unless(
    lacks: set[Lack], lacking: set[Lack], look: frozenset[Lack] | set[Lack] = frozenset()
) -> Grade:
    if lacks & lacking:
        return Grade.LACKING
    return Grade.LOOK if lacks & look else Grade.GOOD


def _fresh(moment: datetime | None, now: datetime) -> Grade:
    if moment is None:
        return Grade.LACKING
    return Grade.GOOD if now - moment < FRESH else Grade.LOOK


def _address(machine: Machine) -> Grade:
    """Another machine's number may be right: a server in front of this one passes phones on."""
    if not machine.reachable:
        return Grade.LACKING
    return Grade.GOOD if machine.ours else Grade.LOOK


def _printed(printed: bool | None) -> Grade:
    if printed is None:
        return Grade.LOOK
    return Grade.GOOD if printed else Grade.LACKING


def _room(free: int) -> Grade:
    if free < SCARCE:
        return Grade.LACKING
    return Grade.GOOD if free >= ENOUGH else Grade.LOOK


def _clock(machine: Machine, now: datetime) -> Grade:
    """A clock that stands before what has already happened was set back."""
    past = [moment for moment in (machine.logged_at, machine.backed_up_at) if moment]
    return Grade.LACKING if max(past, default=now) > now + APART else Grade.GOOD


def overlapping(
    session: Session, event: Event, sittings: Sequence[Sitting], now: datetime
) -> list[Sitting]:
    """Tests that will be open at the same time as one of this event's tests, its own among them.

    ``sittings``: the event's. Two queries at most.
    """
    tests = [each for each in sittings if each.phase in TESTS and each.closes_at > now]
    own = {each for pair in combinations(tests, 2) if _together(*pair) for each in pair}
    if not tests:
        return []
    elsewhere = session.scalars(
        select(Sitting)
        .join(Sitting.event)
        .where(
            Sitting.event_id != event.id,
            Sitting.phase.in_(TESTS),
            Event.archived_at.is_(None),
            or_(
                *(
                    and_(Sitting.opens_at < each.closes_at, Sitting.closes_at > each.opens_at)
                    for each in tests
                )
            ),
        )
        .options(contains_eager(Sitting.event).selectinload(Event.sittings))
    )
    return sorted([*own, *elsewhere], key=lambda each: (each.opens_at, each.id))


def _together(one: Sitting, other: Sitting) -> bool:
    return one.opens_at < other.closes_at and other.opens_at < one.closes_at
