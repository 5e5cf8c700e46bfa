"""Contests: what waits for a checker, without names, and what a person is told of their own."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Select, distinct, func, select
from sqlalchemy.orm import Session, contains_eager, joinedload

from quiz.assessment.analysis.suppression import OFFICE_MINIMUM
from quiz.assessment.items.item import option_letter
from quiz.assessment.items.types import ITEM_TYPES
from quiz.models import Attempt, BankItem, Contest, Enrolment, Event, ItemVersion, Sitting
from quiz.queries.people.merges import of_person
from quiz.queries.scores.contested.rulings import ToldRuling, told_rulings
from quiz.queries.taking.asked import asked_in
from quiz.queries.taking.attempt_page import options_as_seen

Letters = tuple[str, str]
"""An option's letter on the phone of who contested, and on the checker's page."""


def open_contest(session: Session, attempt: Attempt, position: int) -> Contest | None:
    """The contest at this position that nobody has decided yet."""
    return session.scalar(
        select(Contest).where(
            Contest.attempt_id == attempt.id,
            Contest.position == position,
            Contest.decided_at.is_(None),
        )
    )


@dataclass(frozen=True)
class QueueRow:
    """A version whose key is contested: how many contests wait, and since when.

    ``waiting`` is None for fewer than OFFICE_MINIMUM.
    """

    version: ItemVersion
    waiting: int | None
    since: datetime

    @property
    def stem(self) -> str:
        """The question's text."""
        return str(self.version.content["stem"])


def waiting_count(session: Session) -> int:
    """How many item versions have a contest that nobody has decided yet."""
    contested = func.count(distinct(Contest.item_version_id))
    return session.scalar(select(contested).where(Contest.decided_at.is_(None))) or 0


def queue(session: Session, *, offset: int, limit: int) -> tuple[list[QueueRow], int]:
    """Some contested versions, the longest waiting first, and how many there are. Two queries."""
    grouped = (
        select(
            Contest.item_version_id.label("version_id"),
            func.count().label("waiting"),
            func.min(Contest.filed_at).label("since"),
        )
        .where(Contest.decided_at.is_(None))
        .group_by(Contest.item_version_id)
        .subquery()
    )
    rows = session.execute(
        select(ItemVersion, grouped.c.waiting, grouped.c.since)
        .join(grouped, grouped.c.version_id == ItemVersion.id)
        .join(ItemVersion.bank_item)
        .options(contains_eager(ItemVersion.bank_item))
        .order_by(grouped.c.since, BankItem.code, ItemVersion.number)
        .offset(offset)
        .limit(limit)
    )
    total = session.scalar(select(func.count()).select_from(grouped)) or 0
    found = [
        QueueRow(version, waiting if waiting >= OFFICE_MINIMUM else None, since)
        for version, waiting, since in rows
    ]
    return found, total


def waiting_on(session: Session, version: ItemVersion, *, but_of: int) -> list[Contest]:
    """The open contests of a version, oldest first, with sitting and event.

    Those ``but_of`` this person are left out: nobody decides their own.
    """
    return list(
        session.scalars(
            _with_attempt()
            .where(
                Contest.item_version_id == version.id,
                Contest.decided_at.is_(None),
                ~of_person(but_of),
            )
            .order_by(Contest.filed_at, Contest.id)
        )
    )


def decided_on(session: Session, version: ItemVersion) -> list[Contest]:
    """The decided contests of a version, the latest decision first, with sitting and event."""
    return list(
        session.scalars(
            _with_attempt()
            .where(Contest.item_version_id == version.id, Contest.decided_at.is_not(None))
            .order_by(Contest.decided_at.desc(), Contest.id.desc())
        )
    )


def contests_of(session: Session, user_id: int, enrolment_id: int | None) -> list[Contest]:
    """A person's contests by time, with attempt and sitting; of one event for a card."""
    mine = of_person(user_id)
    if enrolment_id is not None:
        mine &= Enrolment.id == enrolment_id
    return list(session.scalars(_with_attempt().where(mine).order_by(Contest.filed_at, Contest.id)))


def _with_attempt() -> Select[Contest]:
    return (
        select(Contest)
        .join(Contest.attempt)
        .join(Attempt.enrolment)
        .options(
            contains_eager(Contest.attempt)
            .joinedload(Attempt.sitting, innerjoin=True)
            .joinedload(Sitting.event, innerjoin=True)
            .selectinload(Event.sittings),
            joinedload(Contest.ruling),
        )
    )


def letters_seen(version: ItemVersion, contests: Iterable[Contest]) -> dict[str, list[Letters]]:
    """Contest uid → each option's letter on that phone and on the checker's page, by the former.

    Only of contests whose author saw another order, and letters at all: where several options may
    be chosen a phone shows boxes. Reads each contest's attempt and sitting.
    """
    item = version.item
    if ITEM_TYPES[item.type].multiple:
        return {}
    here = {option.id: option_letter(place) for place, option in enumerate(item.options)}
    found = {}
    for contest in contests:
        attempt = contest.attempt
        order = options_as_seen(item, attempt.sitting, attempt.seed, contest.position)
        pairs = [(option_letter(place), here[option.id]) for place, option in enumerate(order)]
        if any(there != letter for there, letter in pairs):
            found[contest.uid] = pairs
    return found


@dataclass(frozen=True)
class Told:
    """What stands beside an item in the feedback: one's latest contest, and rulings in force."""

    contest: Contest | None
    rulings: Sequence[ToldRuling]


def told_beside(session: Session, attempt: Attempt) -> dict[int, Told]:
    """Position → what its reader is told. Two queries; reads the attempt's form."""
    rows = session.scalars(
        select(Contest)
        .where(Contest.attempt_id == attempt.id)
        .options(joinedload(Contest.ruling))
        .order_by(Contest.id)
    )
    latest = {row.position: row for row in rows}
    asked = asked_in(session, attempt)
    ruled = told_rulings(session, {one.version_uid for one in asked.values()})
    return {
        position: Told(latest.get(position), ruled.get(one.version_uid, ()))
        for position, one in asked.items()
    }


@dataclass(frozen=True)
class HomeLine:
    """How a person's contests of one attempt stand."""

    attempt: Attempt
    waiting: int
    kept: int
    ruled: int


def told_at_home(session: Session, enrolment_ids: Sequence[int]) -> dict[int, list[HomeLine]]:
    """Enrolment id → its attempts with contests, by time, with sitting. One query."""
    rows = session.execute(
        select(
            Attempt,
            func.count().filter(Contest.decided_at.is_(None)),
            func.count().filter(Contest.decided_at.is_not(None), Contest.ruling_id.is_(None)),
            func.count(Contest.ruling_id),
        )
        .join(Contest, Contest.attempt_id == Attempt.id)
        .join(Attempt.sitting)
        .options(contains_eager(Attempt.sitting))
        .where(Attempt.enrolment_id.in_(enrolment_ids), Attempt.voided_at.is_(None))
        .group_by(Attempt.id, Sitting.id)
        .order_by(Attempt.id)
    )
    found: dict[int, list[HomeLine]] = {}
    for attempt, waiting, kept, ruled in rows:
        line = HomeLine(attempt, waiting, kept, ruled)
        found.setdefault(attempt.enrolment_id, []).append(line)
    return found
