"""Who was affected when personal data came into wrong hands, and by which kinds of data."""

from collections import defaultdict
from collections.abc import Iterable, Set
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import NamedTuple

from sqlalchemy import ColumnElement, select
from sqlalchemy.orm import Session, joinedload

from quiz.models import (
    Attempt,
    AuditEntry,
    Contest,
    Enrolment,
    Event,
    Presence,
    Score,
    Sitting,
    SubjectRequest,
    User,
)
from quiz.models.people.audit import Action
from quiz.permissions import ROLE_PERMISSIONS, Permission
from quiz.queries.people.merges import merged_person, read_merges


class Way(StrEnum):
    """How the data came into wrong hands; the value stands in addresses and on the command line."""

    ACCOUNT = "akun"
    BACKUP = "cadangan"
    UNKNOWN = "lain"

    @property
    def label(self) -> str:
        return _WAYS[self]


_WAYS = {
    Way.ACCOUNT: "lewat sebuah akun yang dipakai orang lain",
    Way.BACKUP: "cadangan, basis data, atau komputer server diambil orang",
    Way.UNKNOWN: "cara lain, atau belum diketahui",
}


class DataKind(StrEnum):
    """A kind of what is stored about somebody, as letters name it."""

    IDENTITY = "nama, unit kerja, dan status"
    POSITION = "jabatan"
    NIP = "NIP"
    NIP_END = "empat angka terakhir NIP"
    PRESENCE = "jam hadir"
    RESPONSES = "jawaban kuis"
    SCORES = "nilai"
    WORDS = "sanggahan dan permintaan yang ditulis sendiri"
    CARD = "kode masuk peserta"
    ACCOUNT = "nama pengguna dan sidik (hash) kata sandi"


ALL_KINDS = frozenset(DataKind) - {DataKind.NIP_END}

_SEEN_BY: tuple[tuple[Permission, frozenset[DataKind]], ...] = (
    (
        Permission.MANAGE_ROSTERS,
        frozenset({DataKind.IDENTITY, DataKind.POSITION, DataKind.NIP_END, DataKind.PRESENCE}),
    ),
    (Permission.HANDLE_CARDS, frozenset({DataKind.IDENTITY, DataKind.CARD})),
    (
        Permission.SEE_NAMED_SCORES,
        frozenset({DataKind.IDENTITY, DataKind.RESPONSES, DataKind.SCORES}),
    ),
    (Permission.ANSWER_REQUESTS, frozenset({DataKind.IDENTITY, DataKind.WORDS})),
)
"""What a permission shows of everybody."""

_OF_ONE = {Action.PARTICIPANT_OPENED, Action.RESULT_SHEET_MADE}
_OF_SITTING = {Action.PARTICIPANTS_OPENED, Action.PARTICIPANTS_DOWNLOADED}
_OF_EVENT = {Action.CARDS_OPENED, Action.CARDS_LISTED, Action.PAPERS_OPENED}


@dataclass(frozen=True)
class Breach:
    """What is known of it: between when and when, since when it is known, by which way, and of
    which event alone, where that is sure. ``account`` is given by way of an account."""

    since: datetime
    until: datetime
    known_at: datetime
    way: Way
    event: Event | None = None
    account: User | None = None


class Affected(NamedTuple):
    """Somebody, at which events (codes), with what; ``opened``: the log names an opening."""

    name: str
    unit: str
    events: list[str]
    kinds: list[DataKind]
    opened: bool


def affected(session: Session, breach: Breach) -> list[Affected]:
    """Everybody whose data could be seen, by unit and name. At most ten queries.

    Whoever had no data here by the end of it is left out, and so is what no one could see that
    way. An account that shows nobody's data affects its owner alone.
    """
    trace = _trace(session, breach)
    reach = ALL_KINDS if trace.everything else _reach(breach)
    merges = read_merges(session)
    places: dict[int, list[Enrolment]] = defaultdict(list)
    for place in _places(session, breach):
        places[merged_person(place.user_id, merges)].append(place)
    held = _held(session, breach)
    people = {user.id: user for user in _people(session, breach, reach)}
    only: Set[int] = people.keys() if breach.event is None else places.keys()
    if breach.account is not None and not reach:
        reach, only = ALL_KINDS, {breach.account.id}
    found = [
        _one(people[user_id], places[user_id], held, reach, trace)
        for user_id in only
        if user_id in people
    ]
    return sorted((each for each in found if each.kinds), key=lambda each: (each.unit, each.name))


def _reach(breach: Breach) -> Set[DataKind]:
    """What the way shows of others."""
    if breach.way is not Way.ACCOUNT or breach.account is None:
        return ALL_KINDS
    may = ROLE_PERMISSIONS[breach.account.role]
    return frozenset().union(*(kinds for needed, kinds in _SEEN_BY if needed in may))


class _Trace(NamedTuple):
    """What the log says the account opened: everything (a backup), or these places and events."""

    everything: bool
    enrolments: Set[str]
    event_ids: Set[int]


def _trace(session: Session, breach: Breach) -> _Trace:
    if breach.account is None:
        return _Trace(False, frozenset(), frozenset())
    actions = {Action.BACKUP_DOWNLOADED, *_OF_ONE, *_OF_SITTING, *_OF_EVENT}
    lines = session.execute(
        select(AuditEntry.action, AuditEntry.subject_uid).where(
            AuditEntry.actor_id == breach.account.id,
            AuditEntry.at >= breach.since,
            AuditEntry.at <= breach.until,
            AuditEntry.action.in_([action.value for action in actions]),
        )
    ).all()
    sittings = {uid for action, uid in lines if action in _OF_SITTING}
    events = {uid for action, uid in lines if action in _OF_EVENT}
    ids = [
        *session.scalars(select(Sitting.event_id).where(Sitting.uid.in_(sittings))),
        *session.scalars(select(Event.id).where(Event.uid.in_(events))),
    ]
    everything = any(action == Action.BACKUP_DOWNLOADED for action, _ in lines)
    return _Trace(everything, {uid for action, uid in lines if action in _OF_ONE}, set(ids))


def _places(session: Session, breach: Breach) -> Iterable[Enrolment]:
    query = (
        select(Enrolment)
        .join(Enrolment.event)
        .options(joinedload(Enrolment.event))
        .where(Event.created_at <= breach.until)
        .order_by(Event.starts_at, Enrolment.id)
    )
    if breach.event is not None:
        query = query.where(Enrolment.event_id == breach.event.id)
    return session.scalars(query)


def _people(session: Session, breach: Breach, reach: Set[DataKind]) -> Iterable[User]:
    """Who was known by then; whoever has no place on a roster only where accounts are reached."""
    query = (
        select(User)
        .options(joinedload(User.unit))
        .where(User.merged_into_id.is_(None), User.created_at <= breach.until)
    )
    if DataKind.ACCOUNT not in reach:
        invited = User.id.in_(select(Enrolment.user_id))
        query = query.where(invited | (User.id == breach.account.id) if breach.account else invited)
    return session.scalars(query)


class _Held(NamedTuple):
    """Enrolment ids of whom there was by then: presence, responses, scores, contests, requests."""

    presence: Set[int]
    responses: Set[int]
    scores: Set[int]
    words: Set[int]
    asked: Set[int]


def _held(session: Session, breach: Breach) -> _Held:
    by_then = breach.until

    def of_attempts(*conditions: ColumnElement[bool]) -> set[int]:
        return set(session.scalars(select(Attempt.enrolment_id).distinct().where(*conditions)))

    scored = select(Score.attempt_id).where(Score.made_at <= by_then)
    filed = select(Contest.attempt_id).where(Contest.filed_at <= by_then)
    there = select(Presence.enrolment_id).where(Presence.at <= by_then)
    asked = select(SubjectRequest.user_id).where(SubjectRequest.made_at <= by_then)
    return _Held(
        set(session.scalars(there)),
        of_attempts(Attempt.started_at <= by_then),
        of_attempts(Attempt.id.in_(scored)),
        of_attempts(Attempt.id.in_(filed)),
        set(session.scalars(asked)),
    )


def _one(
    user: User, places: list[Enrolment], held: _Held, reach: Set[DataKind], trace: _Trace
) -> Affected:
    ids = {place.id for place in places}
    there = {
        DataKind.IDENTITY: True,
        DataKind.POSITION: bool(user.position),
        DataKind.NIP: bool(user.nip),
        DataKind.NIP_END: bool(user.nip),
        DataKind.PRESENCE: bool(ids & held.presence),
        DataKind.RESPONSES: bool(ids & held.responses),
        DataKind.SCORES: bool(ids & held.scores),
        DataKind.WORDS: bool(ids & held.words) or user.id in held.asked,
        DataKind.CARD: bool(ids),
        DataKind.ACCOUNT: user.username is not None,
    }
    opened = any(
        trace.everything or place.uid in trace.enrolments or place.event_id in trace.event_ids
        for place in places
    )
    return Affected(
        name=user.name,
        unit=places[-1].unit_name if places else (user.unit.name if user.unit else ""),
        events=[place.event.code for place in places],
        kinds=[kind for kind in DataKind if kind in reach and there[kind]],
        opened=opened,
    )
