"""Whose people are to be erased and when, what would go, what would stay, and what has gone."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from itertools import islice
from typing import TypeVar

from sqlalchemy import ColumnElement, Select, exists, func, or_, select
from sqlalchemy.orm import Session, aliased, joinedload

from quiz.models import (
    Attempt,
    Contest,
    Edition,
    Enrolment,
    Erasure,
    Event,
    PeopleMerge,
    Sitting,
    User,
)
from quiz.models.people.settings import (
    CLOCK_KEY,
    LEAP,
    RETENTION_KEY,
    UNCLEARED_KEY,
    Retention,
)
from quiz.queries.people.settings import setting

Each = TypeVar("Each")

AT_ONCE = 1000
"""So many values stand in one statement."""


def retention(session: Session) -> Retention:
    """How long people are kept here. One query."""
    return Retention.from_stored(setting(session, RETENTION_KEY))


@dataclass(frozen=True)
class Stored:
    """What is stored of an event's people, and when they go.

    ``people`` stand or stood on its roster; ``leaving`` of them have no other event and no account.
    ``open_contests`` nobody has answered yet.
    """

    event: Event
    last: datetime
    erases_at: datetime
    people: int = 0
    leaving: int = 0
    attempts: int = 0
    open_contests: int = 0
    editions: int = 0

    @property
    def staying(self) -> int:
        """How many stay people, being in another event or having an account."""
        return self.people - self.leaving

    def due(self, now: datetime) -> bool:
        """Whether they are to go."""
        return now >= self.erases_at

    @property
    def goes(self) -> list[str]:
        """What would go, in words."""
        words = [
            f"daftar peserta {self.people} orang, dengan kartu, kehadiran, dan daftar tunggunya",
            f"nama dan NIP {self.leaving} orang yang tidak ada di kegiatan lain",
            "berita acara, isian laporan pelaksanaan, saran evaluasi, dan rincian jejak audit",
        ]
        if self.attempts:
            words.append(
                f"{self.attempts} pengerjaan dengan nama, nilai perorangannya, dan sanggahannya"
            )
        if self.open_contests:
            words.append(f"{self.open_contests} sanggahan yang belum dijawab")
        return words

    @property
    def stays(self) -> list[str]:
        """What would stay, in words."""
        editions = f"{self.editions} edisi laporan" if self.editions else "belum ada edisi laporan"
        words = [f"jumlah peserta dan kehadiran; {editions}"]
        if self.attempts:
            words.append(
                "jawaban tanpa nama untuk analisis soal: hanya jenis unit dan status, bila "
                "dimiliki sedikitnya lima orang"
            )
        if self.staying:
            words.append(f"nama {self.staying} orang yang ada di kegiatan lain atau berakun")
        return words


def stored_people(session: Session, event: Event | None = None) -> list[Stored]:
    """Every event whose people are stored, or the one, by when they go. Seven queries."""
    rule = retention(session)
    wanted = select(Event).where(Event.erased_at.is_(None))
    if event is not None:
        wanted = wanted.where(Event.id == event.id)
    events = session.scalars(wanted).all()
    closing = _by_event(
        session, select(Sitting.event_id, func.max(Sitting.closes_at)).group_by(Sitting.event_id)
    )
    people = _by_event(session, _people())
    leaving = _by_event(session, _people().where(~_elsewhere(), User.username.is_(None)))
    at = (
        select(Sitting.event_id, func.count())
        .select_from(Attempt)
        .join(Attempt.sitting)
        .group_by(Sitting.event_id)
    )
    attempts = _by_event(session, at)
    contested = at.join(Contest, Contest.attempt_id == Attempt.id)
    contests = _by_event(session, contested.where(Contest.decided_at.is_(None)))
    editions = _by_event(session, select(Edition.event_id, func.count()).group_by(Edition.event_id))
    found = []
    for each in events:
        last = max(closing.get(each.id) or each.ends_at, each.ends_at)
        found.append(
            Stored(
                each,
                last,
                rule.erases_at(last, each.keep_until),
                people.get(each.id, 0),
                leaving.get(each.id, 0),
                attempts.get(each.id, 0),
                contests.get(each.id, 0),
                editions.get(each.id, 0),
            )
        )
    return sorted(found, key=lambda one: (one.erases_at, one.event.id))


def _by_event(session: Session, query: "Select[int, Each]") -> "dict[int, Each]":
    return {event_id: value for event_id, value in session.execute(query)}


def _people() -> Select[int, int]:
    return (
        select(Enrolment.event_id, func.count(Enrolment.user_id.distinct()))
        .join(Enrolment.user)
        .group_by(Enrolment.event_id)
    )


def _elsewhere() -> ColumnElement[bool]:
    """Whether a person of an event stands in another one, too."""
    other = aliased(Enrolment)
    return exists().where(other.user_id == Enrolment.user_id, other.event_id != Enrolment.event_id)


def due_events(session: Session, now: datetime) -> list[Event]:
    """The events whose people are to go at ``now``, the longest waiting first. Two queries."""
    rule = retention(session)
    last = (
        select(Sitting.event_id, func.max(Sitting.closes_at).label("last"))
        .group_by(Sitting.event_id)
        .subquery()
    )
    rows = session.execute(
        select(Event, last.c.last)
        .outerjoin(last, last.c.event_id == Event.id)
        .where(Event.erased_at.is_(None), Event.ends_at <= now)
    )
    found = [(rule.erases_at(max(end or e.ends_at, e.ends_at), e.keep_until), e) for e, end in rows]
    due = [(at, each.id, each) for at, each in found if at <= now]
    return [each for _, _, each in sorted(due)]


def erases_at(session: Session, event: Event) -> datetime:
    """When the event's people go. Two queries."""
    closes = session.scalar(select(func.max(Sitting.closes_at)).where(Sitting.event_id == event.id))
    last = max(closes or event.ends_at, event.ends_at)
    return retention(session).erases_at(last, event.keep_until)


def clock_noted(session: Session) -> datetime | None:
    """When the clock was last found right; None where it never was noted. One query."""
    stored = setting(session, CLOCK_KEY)
    return datetime.fromisoformat(stored) if stored else None


def leapt_from(session: Session, now: datetime) -> datetime | None:
    """When the clock was last right, where it has leapt ahead since: the server was off for long,
    or its clock is wrong. None where it goes on as it should. One query."""
    noted = clock_noted(session)
    return noted if noted is not None and now - noted > LEAP else None


def busy(session: Session, now: datetime) -> bool:
    """Whether an event goes on or a sitting is open, so that nothing long may be done. Two
    queries."""
    sittings = session.scalars(
        select(Sitting)
        .where(Sitting.prepared_at.is_not(None), Sitting.opens_at <= now)
        .order_by(Sitting.closes_at.desc())
        .limit(20)
    )
    if any(now < sitting.last_arrival for sitting in sittings):
        return True
    near = session.scalars(select(Event).where(Event.ends_at > now, Event.erased_at.is_(None)))
    return any(event.under_way(now) for event in near)


def erasures(session: Session) -> list[Erasure]:
    """What was erased, the latest first, with the events. One query."""
    return list(
        session.scalars(
            select(Erasure)
            .options(joinedload(Erasure.event, innerjoin=True))
            .order_by(Erasure.at.desc(), Erasure.id.desc())
        )
    )


def erasure_of(session: Session, event: Event) -> Erasure | None:
    """What stands in place of the event's people. One query."""
    return session.scalar(select(Erasure).where(Erasure.event_id == event.id))


def uncleared(session: Session) -> bool:
    """Whether what the database freed by erasing has still to be overwritten. One query."""
    return setting(session, UNCLEARED_KEY) is not None


@dataclass(frozen=True)
class Erased:
    """What an installation has erased, for an older state of it: uids of events and of people, and
    until when, and why, other events are kept longer."""

    events: Collection[str] = ()
    people: Collection[str] = ()
    kept: Mapping[str, tuple[datetime | None, str | None]] = field(default_factory=dict)


def everything_erased(session: Session) -> Erased:
    """What was erased here. Three queries."""
    kept = session.execute(
        select(Event.uid, Event.keep_until, Event.keep_reason).where(
            Event.keep_until.is_not(None), Event.erased_at.is_(None)
        )
    )
    return Erased(
        session.scalars(select(Event.uid).where(Event.erased_at.is_not(None))).all(),
        session.scalars(select(User.uid).where(User.erased_at.is_not(None))).all(),
        {uid: (until, reason) for uid, until, reason in kept},
    )


def people_of(session: Session, event: Event) -> list[int]:
    """Ids of everybody who stands or stood on its roster, and of the records merged with theirs."""
    here = select(Enrolment.user_id).where(Enrolment.event_id == event.id)
    joined = select(PeopleMerge.joined_person_id).where(
        PeopleMerge.event_id == event.id, PeopleMerge.joined_person_id.is_not(None)
    )
    other = aliased(User)
    with_them = select(other.merged_into_id).where(
        other.id.in_(here), other.merged_into_id.is_not(None)
    )
    return list(
        session.scalars(
            select(User.id).where(
                or_(
                    User.id.in_(here),
                    User.id.in_(joined),
                    User.id.in_(with_them),
                    User.merged_into_id.in_(here),
                )
            )
        )
    )


def without_place(session: Session, ids: Collection[int]) -> list[int]:
    """Those of these people who have no account and stand in no event, nor does a record that was
    merged into theirs."""
    merged = aliased(User)
    place = exists().where(Enrolment.user_id == User.id)
    theirs = exists().where(
        merged.merged_into_id == User.id,
        or_(merged.username.is_not(None), exists().where(Enrolment.user_id == merged.id)),
    )
    found: list[int] = []
    for some in pieces(ids):
        found += session.scalars(
            select(User.id).where(
                User.id.in_(some),
                User.username.is_(None),
                User.erased_at.is_(None),
                ~place,
                ~theirs,
            )
        )
    return found


def forgotten(session: Session, before: datetime) -> list[int]:
    """People without an account in no event, known since before then. One query."""
    return list(
        session.scalars(
            select(User.id).where(
                User.username.is_(None),
                User.erased_at.is_(None),
                User.created_at < before,
                ~exists().where(Enrolment.user_id == User.id),
            )
        )
    )


def pieces(values: Collection[Each]) -> "Iterator[Sequence[Each]]":
    """``AT_ONCE`` of them at a time."""
    left = iter(values)
    while some := list(islice(left, AT_ONCE)):
        yield some
