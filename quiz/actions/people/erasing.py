"""Erasing people, and what the log says of them beside its lines."""

from collections.abc import Collection, Iterable
from datetime import datetime
from typing import Any, NamedTuple

from sqlalchemy import delete, or_, select, update
from sqlalchemy.orm import Session

from quiz.actions.people.auditing import record
from quiz.actions.people.settings import put_setting
from quiz.assessment.items.item import Status
from quiz.models import AuditDetail, AuditEntry, OneTimeLink, SubjectRequest, User
from quiz.models.people.audit import Action, in_ranges
from quiz.models.people.settings import UNCLEARED_KEY
from quiz.models.people.users import ERASED_NAME
from quiz.permissions import Role
from quiz.queries.people.audit import left_details
from quiz.queries.people.retention import forgotten, pieces, without_place


class Gone(NamedTuple):
    """The people who became tombstones, and the lines of the log by or about them, by id."""

    people: Collection[int]
    lines: Collection[int]


def erase_people(
    session: Session, ids: Collection[int], now: datetime, *, whatever: bool = False
) -> Gone:
    """Make tombstones of those of these people who have neither a place nor an account.

    ``whatever`` else is known of them, for people who were erased before. Their details in the log
    are for the caller to erase.
    """
    session.flush()
    put_setting(session, UNCLEARED_KEY, now.isoformat())
    gone = list(ids) if whatever else without_place(session, ids)
    lines: list[int] = []
    for some in pieces(gone):
        uids = select(User.uid).where(User.id.in_(some))
        about = (AuditEntry.subject_type == "user") & AuditEntry.subject_uid.in_(uids)
        lines += session.scalars(
            select(AuditEntry.id).where(or_(AuditEntry.actor_id.in_(some), about))
        )
        followed = User.merged_into_id.in_(some)
        session.execute(update(User).where(followed).values(merged_into_id=None))
        session.execute(delete(SubjectRequest).where(SubjectRequest.user_id.in_(some)))
        session.execute(delete(OneTimeLink).where(OneTimeLink.user_id.in_(some)))
        session.execute(update(User).where(User.id.in_(some)).values(_tombstone(now)))
    return Gone(gone, lines)


def _tombstone(now: datetime) -> dict[str, Any]:
    return {
        "name": ERASED_NAME,
        "normalised_name": "",
        "nip": None,
        "position": None,
        "status": Status.NON_ASN,
        "role": Role.PARTICIPANT,
        "unit_id": None,
        "merged_into_id": None,
        "disabled_at": now,
        "erased_at": now,
    }


def erase_details(session: Session, lines: Iterable[int]) -> str:
    """Erase what these lines of the log say beside themselves; which had anything, in ranges.

    The caller writes that down in a line of its own, or the log counts as damaged.
    """
    erased: list[int] = []
    for some in pieces(set(lines)):
        held = (AuditEntry.id.in_(some), AuditEntry.detail_id.is_not(None))
        rows = session.execute(select(AuditEntry.id, AuditEntry.detail_id).where(*held)).all()
        session.execute(update(AuditEntry).where(*held).values(detail_id=None))
        details = [detail_id for _, detail_id in rows]
        session.execute(delete(AuditDetail).where(AuditDetail.id.in_(details)))
        erased += [line for line, _ in rows]
    return in_ranges(erased)


def erase_forgotten(session: Session, before: datetime, now: datetime) -> int:
    """Erase people without an account whom no event has, known since before then; how many.

    They were left by events that were deleted, or by rosters that were taken back; so were details
    of the log, which go with them.
    """
    left, lines = without_place(session, forgotten(session, before)), left_details(session, before)
    if left or lines:
        erase_without_event(session, left, now, lines)
    return len(left)


def erase_without_event(
    session: Session, ids: Collection[int], now: datetime, lines: Collection[int] = ()
) -> None:
    """Erase these people whatever is known of them, with their details in the log and those of
    ``lines``, and say so in a line of it."""
    gone = erase_people(session, ids, now, whatever=True)
    erased = erase_details(session, [*lines, *gone.lines])
    record(
        session,
        now,
        None,
        Action.PEOPLE_ERASED,
        ("installation", ""),
        removed=len(gone.people),
        lines=erased,
    )
