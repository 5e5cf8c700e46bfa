"""What happened to an item, step by step, and what a checker returned."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ColumnElement, and_, case, or_, select
from sqlalchemy.orm import Session, contains_eager, joinedload

from quiz.models import AuditEntry, BankItem, ItemVersion, ReviewNote, User
from quiz.models.bank.notes import COMMENT, RETURNED
from quiz.models.people.audit import Action


@dataclass(frozen=True)
class Step:
    """One thing somebody did to an item, in the words of the audit log."""

    at: datetime
    who: str
    done: str
    version: int | None
    note: str = ""


_TOLD = {RETURNED: Action.ITEM_RETURNED, COMMENT: Action.ITEM_COMMENTED}
"""Kind of a note → the step that carried it."""


def item_history(session: Session, bank_item: BankItem) -> list[Step]:
    """The item's steps and notes, the latest first. Two queries.

    A note stands for the step that carried it, so that nothing is told twice.
    """
    notes = [
        Step(note.created_at, note.author.name, _TOLD[note.kind].sentence, version, note.text)
        for note, version in session.execute(
            select(ReviewNote, ItemVersion.number)
            .join(ItemVersion, ItemVersion.id == ReviewNote.item_version_id)
            .where(ItemVersion.bank_item_id == bank_item.id)
            .options(joinedload(ReviewNote.author))
        )
    ]
    steps = [
        Step(
            entry.at, entry.actor.name if entry.actor else "Sistem", entry.sentence, _number(entry)
        )
        for entry in session.scalars(
            select(AuditEntry)
            .where(AuditEntry.subject_type == "item", AuditEntry.subject_uid == bank_item.code)
            .options(joinedload(AuditEntry.actor), joinedload(AuditEntry.detail))
        )
        if entry.action not in _TOLD.values()
    ]
    return sorted([*steps, *notes], key=lambda step: step.at, reverse=True)


def notes_on(session: Session, version: ItemVersion) -> list[ReviewNote]:
    """What was said of one version, in order, with authors. One query."""
    return list(
        session.scalars(
            select(ReviewNote)
            .where(ReviewNote.item_version_id == version.id)
            .options(joinedload(ReviewNote.author))
            .order_by(ReviewNote.created_at, ReviewNote.id)
        )
    )


def submitter_of(session: Session, bank_item: BankItem) -> User | None:
    """Who sent the item to review. One query."""
    return session.get(User, bank_item.submitted_by_id) if bank_item.submitted_by_id else None


_OPEN_VERSION = case(
    (BankItem.retired_at.is_not(None), None),
    (BankItem.draft_id.is_not(None) & BankItem.in_review_at.is_(None), BankItem.draft_id),
    (BankItem.draft_id.is_(None) & BankItem.signed_at.is_(None), BankItem.published_id),
)
"""In SQL: the version of an item that a return still speaks of, if one was made."""

_A_RETURN = and_(ReviewNote.item_version_id == _OPEN_VERSION, ReviewNote.kind == RETURNED)


def was_returned() -> ColumnElement[bool]:
    """In SQL: whether the item waits for its author to answer a return."""
    return select(ReviewNote.id).where(_A_RETURN).correlate(BankItem).exists()


def latest_return(session: Session, bank_item: BankItem) -> ReviewNote | None:
    """The return of this item that nobody has answered yet, with its checker. One query."""
    return session.scalar(
        select(ReviewNote)
        .join(BankItem, _A_RETURN)
        .where(BankItem.id == bank_item.id)
        .options(joinedload(ReviewNote.author))
        .order_by(ReviewNote.created_at.desc(), ReviewNote.id.desc())
        .limit(1)
    )


def returns_to(session: Session, user_id: int) -> list[ReviewNote]:
    """The unanswered returns of what this person wrote or sent, the latest first, one an item.

    With checker, version and item. One query.
    """
    notes = session.scalars(
        select(ReviewNote)
        .join(BankItem, _A_RETURN)
        .join(ReviewNote.version)
        .where(or_(ItemVersion.author_id == user_id, BankItem.submitted_by_id == user_id))
        .options(
            joinedload(ReviewNote.author),
            contains_eager(ReviewNote.version).joinedload(ItemVersion.bank_item),
        )
        .order_by(ReviewNote.created_at.desc(), ReviewNote.id.desc())
    )
    latest: dict[int, ReviewNote] = {}
    for note in notes:
        latest.setdefault(note.item_version_id, note)
    return list(latest.values())


def _number(entry: AuditEntry) -> int | None:
    number = entry.detail.content.get("version") if entry.detail else None
    return number if isinstance(number, int) else None
