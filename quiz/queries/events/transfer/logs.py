"""Audit logs as an event file carries them: every link of each chain, and of the lines about
something else nothing but their digest."""

from collections.abc import Collection, Iterator
from datetime import datetime
from itertools import groupby
from typing import Any, NamedTuple

from sqlalchemy import Select, func, select
from sqlalchemy.orm import Session, aliased

from quiz.models import (
    Attempt,
    AuditDetail,
    AuditEntry,
    Enrolment,
    Event,
    ForeignLine,
    Sitting,
    User,
)
from quiz.models.people.audit import GENESIS, Action
from quiz.queries.events.transfer.values import plain

COLUMNS = (
    *("digest", "at", "actor", "actor_uid", "action", "subject_type", "subject_uid"),
    *("detail_digest", "detail", "salt"),
)
"""What a line may say."""

ABOUT = ("event", "sitting", "enrolment", "attempt")
"""Kinds of subject that are of an event."""

LEAVES_AS_IT_IS = frozenset(
    {
        Action.CARDS_LISTED,
        Action.CARDS_OPENED,
        Action.CODE_REFUSED,
        Action.ENTERED_ADMITTED,
        Action.ENTERED_BY_CARD,
        Action.ENTERED_BY_CODE,
        Action.EVENT_EXPORTED,
        Action.EVENT_IMPORTED,
        Action.JOIN_REFUSED,
        Action.PAPERS_OPENED,
        Action.PARTICIPANT_OPENED,
        Action.PARTICIPANTS_DOWNLOADED,
        Action.PARTICIPANTS_OPENED,
        Action.QUESTION_SHEET_MADE,
        Action.RECEIPT_MATCHED,
        Action.REFUSED,
        Action.REPORT_WRITTEN,
        Action.RESULT_SHEET_MADE,
        Action.ROSTER_APPLIED,
    }
)
"""What is done without changing the row that the line is about."""


class Chain(NamedTuple):
    """One log: the digest of its last line, its lines as a file tells them, whether it is the
    installation's own."""

    head: str
    lines: Iterator[dict[str, Any]]
    own: bool


def subjects_of(event_id: int) -> list[Select[str]]:
    """The uids of an event and of what is its own, as lines of the log name them."""
    sittings = select(Sitting.id).where(Sitting.event_id == event_id)
    return [
        select(Event.uid).where(Event.id == event_id),
        select(Sitting.uid).where(Sitting.event_id == event_id),
        select(Enrolment.uid).where(Enrolment.event_id == event_id),
        select(Attempt.uid).where(Attempt.sitting_id.in_(sittings)),
    ]


def chains(session: Session, event_id: int) -> Iterator[Chain]:
    """The installation's own log, then those of others that say something of the event.

    Each is read a line at a time, before the next is asked for.
    """
    about = {uid for query in subjects_of(event_id) for uid in session.scalars(query)}
    last = select(AuditEntry.digest).order_by(AuditEntry.id.desc()).limit(1)
    if head := session.scalar(last):
        yield Chain(head, _own_lines(session, about), own=True)
    told = (
        select(ForeignLine.chain)
        .distinct()
        .where(ForeignLine.action.is_not(None))
        .order_by(ForeignLine.chain)
    )
    for chain in session.scalars(told).all():
        uids = session.scalars(
            select(ForeignLine.subject_uid).distinct().where(ForeignLine.chain == chain)
        )
        if about.isdisjoint(uids):
            continue
        rows = select(ForeignLine.digest).where(ForeignLine.chain == chain)
        head = session.scalar(rows.order_by(ForeignLine.number.desc()).limit(1)) or ""
        yield Chain(head, _foreign_lines(session, chain, about), own=False)


def _own_lines(session: Session, about: Collection[str]) -> Iterator[dict[str, Any]]:
    rows = session.execute(
        select(AuditEntry, AuditDetail, User.uid)
        .outerjoin(AuditDetail, AuditDetail.id == AuditEntry.detail_id)
        .outerjoin(User, User.id == AuditEntry.actor_id)
        .order_by(AuditEntry.id),
        execution_options={"yield_per": 1000},
    )
    for line, detail, actor in rows:
        if line.subject_uid not in about or line.subject_type not in ABOUT:
            yield _bare(line.digest)
            continue
        yield {
            "digest": line.digest,
            "at": plain(line.at),
            "actor": str(line.actor_id),
            "actor_uid": actor,
            "action": line.action,
            "subject_type": line.subject_type,
            "subject_uid": line.subject_uid,
            "detail_digest": line.detail_digest,
            "detail": detail.content if detail else None,
            "salt": detail.salt if detail else None,
        }


def _foreign_lines(
    session: Session, chain: str, about: Collection[str]
) -> Iterator[dict[str, Any]]:
    rows = session.scalars(
        select(ForeignLine).where(ForeignLine.chain == chain).order_by(ForeignLine.number),
        execution_options={"yield_per": 1000},
    )
    for line in rows:
        if line.subject_uid not in about:
            yield _bare(line.digest)
        else:
            yield {name: plain(getattr(line, name)) for name in COLUMNS}


def _bare(digest: str) -> dict[str, Any]:
    return dict.fromkeys(COLUMNS) | {"digest": digest}


def seen(session: Session, event_uid: str, maker: str, whole: str) -> bool:
    """Whether everything in a file of this event, with these digests of its maker's log and of the
    whole, is known here: it was made here, or read in here, or a later one of its maker was.

    Two files may be made between two lines of a log, so the last line known of another installation
    proves nothing. Three queries.
    """
    if maker and session.scalar(select(AuditEntry.id).where(AuditEntry.digest == maker)):
        return True
    line, later = aliased(ForeignLine), aliased(ForeignLine)
    followed = (
        select(line.id)
        .join(later, (later.chain == line.chain) & (later.number == line.number + 1))
        .where(line.digest == maker)
        .limit(1)
    )
    if maker and session.scalar(followed) is not None:
        return True
    took = session.scalars(
        select(AuditDetail.content)
        .join(AuditEntry, AuditEntry.detail_id == AuditDetail.id)
        .where(AuditEntry.action == Action.EVENT_IMPORTED, AuditEntry.subject_uid == event_uid)
    )
    return any(content.get("same") == whole for content in took)


def last_changes(session: Session, event_id: int) -> dict[tuple[str, str], datetime]:
    """(Kind, uid) of what is the event's own → when a line last said that it was changed.

    Two queries.
    """
    found: dict[tuple[str, str], datetime] = {}
    subjects = subjects_of(event_id)
    for table in (AuditEntry, ForeignLine):
        for subject in subjects:
            rows = session.execute(
                select(table.subject_type, table.subject_uid, func.max(table.at))
                .where(table.subject_uid.in_(subject), table.action.not_in(LEAVES_AS_IT_IS))
                .group_by(table.subject_type, table.subject_uid)
            )
            for kind, uid, at in rows:
                if kind and uid and at:  # which lines that say something do
                    found[kind, uid] = max(at, found.get((kind, uid), at))
    return found


def foreign_faults(session: Session) -> list[str]:
    """What shows that a log of another installation was altered since it was read in; [] when all
    follow line by line. Reads all of them."""
    lines = session.scalars(
        select(ForeignLine).order_by(ForeignLine.chain, ForeignLine.number),
        execution_options={"yield_per": 1000},
    )
    found = []
    for chain, some in groupby(lines, key=lambda line: line.chain):
        previous = GENESIS
        for number, line in enumerate(some, 1):
            if line.number != number or not line.follows(previous):
                found.append(
                    f"rantai jejak audit dari instalasi lain ({chain[:8]}) putus pada baris "
                    f"{number}"
                )
                break
            previous = line.digest
    return found
