"""The audit log, newest first, with names for what its lines are about."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import Select, exists, func, or_, select
from sqlalchemy.orm import Session, joinedload

from quiz.models import (
    Attempt,
    AuditEntry,
    BankItem,
    Edition,
    Enrolment,
    Event,
    ForeignLine,
    Quiz,
    Sitting,
    Unit,
    UnitKind,
    User,
)
from quiz.models.people.audit import GENESIS, Action, SubjectType, digest_of, from_ranges


@dataclass(frozen=True)
class Wanted:
    """Which lines: by this person (uid), of this action, about this kind of subject or this very
    one (uid), in [since, until); None is any."""

    actor_uid: str | None = None
    action: str | None = None
    kind: str | None = None
    subject: str | None = None
    since: datetime | None = None
    until: datetime | None = None


def entries(
    session: Session, wanted: Wanted, *, offset: int, limit: int
) -> tuple[list[AuditEntry], int]:
    """Some lines, newest first, with actor and detail, and how many there are. Two queries."""
    query = _chosen(wanted)
    total = session.scalar(select(func.count()).select_from(query.subquery())) or 0
    rows = session.scalars(
        query.options(joinedload(AuditEntry.actor), joinedload(AuditEntry.detail))
        .order_by(AuditEntry.id.desc())
        .offset(offset)
        .limit(limit)
    )
    return list(rows), total


def _chosen(wanted: Wanted) -> Select[AuditEntry]:
    query = select(AuditEntry)
    if wanted.actor_uid is not None:
        query = query.join(AuditEntry.actor).where(User.uid == wanted.actor_uid)
    if wanted.action is not None:
        query = query.where(AuditEntry.action == wanted.action)
    if wanted.kind is not None:
        query = query.where(AuditEntry.subject_type == wanted.kind)
    if wanted.subject is not None:
        query = query.where(AuditEntry.subject_uid == wanted.subject)
    if wanted.since is not None:
        query = query.where(AuditEntry.at >= wanted.since)
    if wanted.until is not None:
        query = query.where(AuditEntry.at < wanted.until)
    return query


AGAIN = timedelta(minutes=10)
"""What is done over and over within this time, such as turning pages, is one line."""


def last_line_at(session: Session) -> datetime | None:
    """When the log's last line was written; None for an empty log. One query."""
    return session.scalar(select(func.max(AuditEntry.at)))


def recently(
    session: Session,
    now: datetime,
    actor_id: int | None,
    action: Action,
    subject: tuple[SubjectType, str],
) -> bool:
    """True when the log has such a line of the last ``AGAIN``. One query."""
    found = session.scalar(
        select(AuditEntry.id)
        .where(
            AuditEntry.at > now - AGAIN,
            AuditEntry.action == action.value,
            AuditEntry.actor_id == actor_id,
            AuditEntry.subject_type == subject[0],
            AuditEntry.subject_uid == subject[1],
        )
        .limit(1)
    )
    return found is not None


def lines_since(session: Session, action: Action, since: datetime) -> int:
    """How many lines of this action the log has since then. One query."""
    counted = select(func.count()).where(AuditEntry.action == action.value, AuditEntry.at >= since)
    return session.scalar(counted) or 0


def actors(session: Session) -> list[tuple[str, str]]:
    """(uid, name) of everybody who has a line, by name."""
    rows = session.execute(
        select(User.uid, User.name)
        .where(User.id.in_(select(AuditEntry.actor_id)), User.erased_at.is_(None))
        .order_by(User.normalised_name, User.id)
    )
    return [(uid, name) for uid, name in rows]


_NAMES: dict[str, Select[str, str]] = {
    "user": select(User.uid, User.name),
    "unit": select(Unit.uid, Unit.name),
    "unit_kind": select(UnitKind.code, UnitKind.name),
    "quiz": select(Quiz.uid, Quiz.title),
    "event": select(Event.uid, Event.code),
    "item": select(BankItem.code, BankItem.code),
    "enrolment": select(Enrolment.uid, User.name).join(Enrolment.user),
    "attempt": select(Attempt.uid, User.name).join(Attempt.enrolment).join(Enrolment.user),
    "sitting": select(Sitting.uid, Event.code).join(Sitting.event),
}
"""Subject type → a select of (what the log keeps, what a reader knows it by)."""


def subject_names(session: Session, lines: Iterable[AuditEntry]) -> dict[tuple[str, str], str]:
    """(type, uid) → name, for the subjects that still exist. One query for each type met."""
    wanted: defaultdict[str, set[str]] = defaultdict(set)
    for line in lines:
        wanted[line.subject_type].add(line.subject_uid)
    names = {}
    for kind, uids in wanted.items():
        query = _NAMES.get(kind)
        if query is None:
            continue
        key = query.selected_columns[0]
        for uid, name in session.execute(query.where(key.in_(uids))):
            names[kind, uid] = name
    return names


_PLACES = {"event": Event.uid, "sitting": Sitting.uid, "enrolment": Enrolment.uid}
"""Subject type → the uids that there still are of what goes with a deleted event."""


def left_details(session: Session, before: datetime) -> list[int]:
    """Lines of the log, from before then, that tell more of an event, a sitting or a place on a
    roster that was deleted. Three queries; that of the deletion itself is not among them."""
    found: list[int] = []
    for kind, uids in _PLACES.items():
        found += session.scalars(
            select(AuditEntry.id).where(
                AuditEntry.subject_type == kind,
                AuditEntry.at < before,
                AuditEntry.detail_id.is_not(None),
                AuditEntry.action.not_in((Action.EVENT_DELETED, Action.SITTING_DELETED)),
                ~exists().where(uids == AuditEntry.subject_uid),
            )
        )
    return found


def editions_cut_off(session: Session) -> list[str]:
    """Editions whose line of the log is gone or says something else, as sentences. One query.

    The line of one published on another machine stands in that one's log.
    """
    rows = session.execute(
        select(Event.code, Edition.number, Edition.log_line)
        .join(Edition.event)
        .outerjoin(AuditEntry, AuditEntry.id == Edition.log_line)
        .where(Edition.log_line.is_not(None))
        .where(or_(AuditEntry.id.is_(None), AuditEntry.digest != Edition.log_digest))
        .where(~exists().where(ForeignLine.digest == Edition.log_digest))
        .order_by(Edition.log_line)
    )
    return [
        f"baris {line}, yang disebut edisi {number} laporan {code}, bukan lagi yang tertulis waktu "
        "edisi itu terbit"
        for code, number, line in rows
    ]


def chain_faults(session: Session) -> list[str]:
    """What shows that the log was altered outside the application; [] when it follows line by line.

    Details may be missing where a later line says that they were erased. Reads the whole log. A cut
    end does not show here: the anchor tells (``quiz.database.anchor``).
    """
    previous = GENESIS
    erased = _erased_details(session)
    lines = session.scalars(
        select(AuditEntry).options(joinedload(AuditEntry.detail)).order_by(AuditEntry.id)
    )
    for line in lines:
        if line.digest != line.expected_digest(previous):
            return [f"rantai jejak audit putus pada baris {line.id}"]
        gone = line.detail_digest is not None and line.detail is None
        if gone and erased.get(line.id, 0) <= line.id:
            return [f"perincian jejak audit baris {line.id} hilang"]
        if line.detail is not None and (
            digest_of(line.detail.content, line.detail.salt) != line.detail_digest
        ):
            return [f"perincian jejak audit baris {line.id} pernah diubah"]
        previous = line.digest
    return []


def _erased_details(session: Session) -> dict[int, int]:
    """Line → the latest line that says its details were erased. One query."""
    found: dict[int, int] = {}
    erasing = session.scalars(
        select(AuditEntry)
        .where(AuditEntry.action.in_((Action.EVENT_ERASED, Action.PEOPLE_ERASED)))
        .options(joinedload(AuditEntry.detail))
        .order_by(AuditEntry.id)
    )
    for line in erasing:
        told = line.detail.content.get("lines", "") if line.detail else ""
        found |= dict.fromkeys(from_ranges(told), line.id)
    return found
