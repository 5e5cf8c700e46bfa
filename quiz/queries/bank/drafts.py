"""Drafts of items on their pages."""

from sqlalchemy import func, select
from sqlalchemy.orm import Session, joinedload

from quiz.models import BankItem, ItemDraft, User
from quiz.models.bank.items import FILE_DIFFERS, ItemVersion


def own_draft(session: Session, uid: str, author_id: int) -> ItemDraft | None:
    """The draft ``uid`` of this author, with all its page asks for; None without. One query."""
    return session.scalar(
        select(ItemDraft)
        .where(ItemDraft.uid == uid, ItemDraft.author_id == author_id)
        .options(
            joinedload(ItemDraft.author),
            joinedload(ItemDraft.base_version),
            joinedload(ItemDraft.bank_item).joinedload(BankItem.draft),
            joinedload(ItemDraft.bank_item).joinedload(BankItem.published),
        )
    )


def drafts_by(session: Session, author_id: int) -> list[ItemDraft]:
    """Everything this person is still writing, the latest save first. One query."""
    return list(
        session.scalars(
            select(ItemDraft)
            .where(ItemDraft.author_id == author_id)
            .options(joinedload(ItemDraft.bank_item))
            .order_by(ItemDraft.updated_at.desc(), ItemDraft.id.desc())
        )
    )


def count_of_drafts(session: Session, author_id: int) -> int:
    """How much this person is still writing. One query."""
    written = select(func.count()).where(ItemDraft.author_id == author_id)
    return session.scalar(written) or 0


def item_of(session: Session, code: str) -> BankItem | None:
    """The item with this code, with what is published and what waits. One query."""
    return session.scalar(
        select(BankItem)
        .where(BankItem.code == code)
        .options(joinedload(BankItem.published), joinedload(BankItem.draft))
    )


def writers_of(session: Session, bank_item: BankItem) -> list[tuple[User, ItemDraft]]:
    """Who is writing a change of the item, with their drafts, the latest first. One query."""
    rows = session.execute(
        select(User, ItemDraft)
        .join(ItemDraft, ItemDraft.author_id == User.id)
        .where(ItemDraft.bank_item_id == bank_item.id)
        .order_by(ItemDraft.updated_at.desc(), ItemDraft.id.desc())
    )
    return [(user, draft) for user, draft in rows]


def current_version(bank_item: BankItem) -> ItemVersion | None:
    """What a change begins with: the newest text of the browser, else what is published.

    A text that only a file brought (*berkas berbeda*) is not taken for it.
    """
    waiting = bank_item.draft
    if waiting is not None and (waiting.note != FILE_DIFFERS or bank_item.published is None):
        return waiting
    return bank_item.published


def draft_of(session: Session, bank_item: BankItem, author: User) -> ItemDraft | None:
    """What this person has written of a change to the item. One query."""
    return session.scalar(
        select(ItemDraft).where(
            ItemDraft.bank_item_id == bank_item.id, ItemDraft.author_id == author.id
        )
    )


def other_drafts(session: Session, draft: ItemDraft) -> list[ItemDraft]:
    """What others are writing of the same item, the latest save first, with authors. One query."""
    if draft.bank_item_id is None:
        return []
    return list(
        session.scalars(
            select(ItemDraft)
            .where(ItemDraft.bank_item_id == draft.bank_item_id, ItemDraft.id != draft.id)
            .options(joinedload(ItemDraft.author))
            .order_by(ItemDraft.updated_at.desc(), ItemDraft.id.desc())
        )
    )


def newer_version(draft: ItemDraft) -> ItemVersion | None:
    """The version of the bank that appeared after this draft was begun; None when none did."""
    if draft.bank_item is None:
        return None
    current = draft.bank_item.draft or draft.bank_item.published
    return current if current is not None and current.id != draft.base_version_id else None
