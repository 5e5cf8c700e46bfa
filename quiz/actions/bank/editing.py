"""Writing items: one draft a person, and the step from a draft to a version in review."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime
from fractions import Fraction
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from quiz.actions.bank.citing import cite_new_versions
from quiz.actions.bank.reviewing import ask_review
from quiz.assessment.items.item import Item, content_hash
from quiz.models.bank.drafts import ItemDraft
from quiz.models.bank.items import BankItem, ItemVersion
from quiz.models.people.users import User
from quiz.models.refusals import Refused
from quiz.queries.bank.drafts import current_version, draft_of, newer_version
from quiz.queries.bank.panel import wording_of


class OlderDraft(Refused):
    """What was sent began with an older save of the draft than the one stored."""


class NewerVersion(Refused):
    """The bank has another version than the one a draft began with; ``version`` is that one."""

    def __init__(self, version: ItemVersion) -> None:
        super().__init__(
            f"Soal ini sudah berubah: versi {version.number} masuk sesudah Anda mulai."
        )
        self.version = version


def begin_new(
    session: Session, content: Mapping[str, Any], author: User, now: datetime
) -> ItemDraft:
    """A draft of an item the bank does not have yet."""
    draft = ItemDraft(
        code=content["code"], content=dict(content), author=author, created_at=now, updated_at=now
    )
    session.add(draft)
    session.flush()
    return draft


def begin_change(session: Session, bank_item: BankItem, author: User, now: datetime) -> ItemDraft:
    """This person's draft of a change to the item: the one begun earlier, or a new one.

    Raises Refused for a retired item.
    """
    earlier = draft_of(session, bank_item, author)
    if earlier is not None:
        return earlier
    if bank_item.retired_at is not None:
        raise Refused(f"Soal {bank_item.code} sudah ditarik. Minta pemeriksa memakainya lagi dulu.")
    base = current_version(bank_item)
    draft = ItemDraft(
        bank_item=bank_item,
        code=bank_item.code,
        content=base.item.to_json() if base else {},
        author=author,
        base_version=base,
        created_at=now,
        updated_at=now,
    )
    session.add(draft)
    session.flush()
    return draft


def save_draft(draft: ItemDraft, content: Mapping[str, Any], revision: int, now: datetime) -> None:
    """Store what its author typed over the save with this ``revision``.

    The same content again changes nothing. Raises OlderDraft when another window saved since.
    """
    kept = dict(content)
    if draft.bank_item_id is not None:
        kept["code"] = draft.code
    if kept == draft.content:
        return
    if revision != draft.revision:
        raise OlderDraft("Draf ini sudah disimpan dari jendela lain sesudah halaman ini dibuka.")
    draft.content, draft.updated_at = kept, now
    draft.revision += 1
    if draft.bank_item_id is None:
        draft.code = str(kept.get("code", ""))[:60]


def take_ties(session: Session, draft: ItemDraft, item: Item) -> bool:
    """Whether the draft says what is published and changes only what nobody who answers reads.

    Then that is taken at once, for there is nothing to check, and the draft deleted.
    """
    published = draft.bank_item.published if draft.bank_item else None
    if published is None or published.uid != content_hash(item):
        return False
    if not published.tell_beside(item):
        return False
    session.delete(draft)
    return True


def send_to_review(
    session: Session, draft: ItemDraft, item: Item, now: datetime, over: str | None = None
) -> BankItem:
    """Make the draft a version that waits for a legal checker, and delete the draft.

    ``over`` is the uid of the newer version its author has seen and wants to replace. Raises
    NewerVersion when there is another, Refused for a code that is taken or a text that is
    published already.
    """
    bank_item = draft.bank_item or _new_item(session, draft, item)
    newer = newer_version(draft)
    if newer is not None and newer.uid != over:
        raise NewerVersion(newer)
    if bank_item.published is not None and bank_item.published.uid == content_hash(item):
        raise Refused("Isi draf sama dengan soal yang terbit, jadi tidak ada yang perlu diperiksa.")
    author = draft.author
    bank_item.revise(_without_stale_panel(item, draft.base_version), now, author)
    session.delete(draft)
    session.flush()
    ask_review(bank_item, author, now)
    cite_new_versions(session)
    return bank_item


def _without_stale_panel(item: Item, base: ItemVersion | None) -> Item:
    """Values a panel gave belong to words: with other words or values they are the author's own."""
    if not item.extra.get("panel"):
        return item
    before = base.item if base else None
    if before and wording_of(before) == wording_of(item) and _weights(before) == _weights(item):
        return item
    return replace(item, extra={k: v for k, v in item.extra.items() if k != "panel"})


def _weights(item: Item) -> list[Fraction]:
    return [option.weight for option in item.options]


def _new_item(session: Session, draft: ItemDraft, item: Item) -> BankItem:
    if session.scalar(select(BankItem.id).where(BankItem.code == item.code)) is not None:
        raise Refused(f"Kode soal {item.code} sudah dipakai. Pakai kode lain.")
    bank_item = BankItem(code=item.code, origin=draft.origin)
    session.add(bank_item)
    return bank_item
