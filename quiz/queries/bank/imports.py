"""Files of questions on their pages: what waits, what it resembles, what it became."""

from dataclasses import dataclass

from sqlalchemy import func, select
from sqlalchemy.orm import Session, joinedload

from quiz.models import BankItem, ItemDraft, ItemImport, ItemVersion


def own_import(session: Session, uid: str, user_id: int | None) -> ItemImport | None:
    """The import ``uid`` of this person, with that person. One query."""
    return session.scalar(
        select(ItemImport)
        .where(ItemImport.uid == uid, ItemImport.user_id == user_id)
        .options(joinedload(ItemImport.user))
    )


@dataclass(frozen=True)
class KnownStem:
    """A stem there is already; with ``draft_uid`` it is one this person is still writing."""

    code: str
    stem: str
    draft_uid: str | None = None


def known_stems(session: Session, author_id: int | None) -> dict[str, KnownStem]:
    """Stems by code: of every item of the bank, and of new ones of this person. Two queries."""
    drafts = session.scalars(
        select(ItemDraft).where(ItemDraft.author_id == author_id, ItemDraft.bank_item_id.is_(None))
    )
    in_bank = session.execute(
        select(BankItem.code, ItemVersion.content["stem"].as_string()).join(
            ItemVersion, ItemVersion.id == func.coalesce(BankItem.published_id, BankItem.draft_id)
        )
    )
    known = {d.code: KnownStem(d.code, str(d.content.get("stem", "")), d.uid) for d in drafts}
    return known | {code: KnownStem(code, stem or "") for code, stem in in_bank}


@dataclass(frozen=True)
class LandedItem:
    """What a question of a file became; neither item nor draft when it was thrown away since."""

    code: str
    stem: str
    bank_item: BankItem | None = None
    draft: ItemDraft | None = None


def landed_items(session: Session, waiting: ItemImport) -> list[LandedItem]:
    """What the questions of a confirmed import became, in the file's order. Two queries."""
    drafts = session.scalars(select(ItemDraft).where(ItemDraft.import_uid == waiting.uid))
    writing = {draft.code: draft for draft in drafts}
    rows = session.execute(
        select(BankItem, ItemVersion)
        .join(
            ItemVersion, ItemVersion.id == func.coalesce(BankItem.published_id, BankItem.draft_id)
        )
        .where(BankItem.code.in_(waiting.landed))
    )
    in_bank = {item.code: (item, version) for item, version in rows}
    return [_landed(code, writing.get(code), in_bank.get(code)) for code in waiting.landed]


def open_drafts(session: Session, waiting: ItemImport) -> list[ItemDraft]:
    """The drafts a confirmed import became that are still written on, in the file's order."""
    drafts = session.scalars(
        select(ItemDraft)
        .where(ItemDraft.import_uid == waiting.uid, ItemDraft.bank_item_id.is_(None))
        .options(joinedload(ItemDraft.author), joinedload(ItemDraft.base_version))
        .order_by(ItemDraft.id)
    )
    return list(drafts)


def _landed(
    code: str, draft: ItemDraft | None, found: tuple[BankItem, ItemVersion] | None
) -> LandedItem:
    if draft is not None:
        return LandedItem(code, str(draft.content.get("stem", "")), draft=draft)
    if found is not None:
        bank_item, version = found
        return LandedItem(code, str(version.content["stem"]), bank_item=bank_item)
    return LandedItem(code, "")
