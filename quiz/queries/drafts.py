"""Drafts of items on their pages."""

from sqlalchemy import select
from sqlalchemy.orm import Session, joinedload

from quiz.models import BankItem, ItemDraft, User


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
        .order_by(ItemDraft.updated_at.desc())
    )
    return [(user, draft) for user, draft in rows]
