"""Writing items: one draft a person, and the step from a draft to a version in review."""

import re
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import datetime
from fractions import Fraction
from itertools import count
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session, joinedload

from quiz.assessment.item import Item, content_hash
from quiz.models.bank import FILE_DIFFERS, BankItem, ItemVersion
from quiz.models.citations import cite_new_versions
from quiz.models.drafts import ItemDraft
from quiz.models.panel import wording_of
from quiz.models.people import User
from quiz.models.refusals import Refused
from quiz.models.reviewing import submit

_NUMBERED = re.compile(r"(?P<start>[A-Z0-9-]+)-(?P<number>[0-9]{1,6})")


class OlderDraft(Refused):
    """What was sent began with an older save of the draft than the one stored."""


class NewerVersion(Refused):
    """The bank has another version than the one a draft began with; ``version`` is that one."""

    def __init__(self, version: ItemVersion) -> None:
        super().__init__(
            f"Soal ini sudah berubah: versi {version.number} masuk sesudah Anda mulai."
        )
        self.version = version


def current_version(bank_item: BankItem) -> ItemVersion | None:
    """What a change begins with: the newest text of the browser, else what is published.

    A text that only a file brought (*berkas berbeda*) is not taken for it.
    """
    waiting = bank_item.draft
    if waiting is not None and (waiting.note != FILE_DIFFERS or bank_item.published is None):
        return waiting
    return bank_item.published


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


def draft_of(session: Session, bank_item: BankItem, author: User) -> ItemDraft | None:
    """What this person has written of a change to the item. One query."""
    return session.scalar(
        select(ItemDraft).where(
            ItemDraft.bank_item_id == bank_item.id, ItemDraft.author_id == author.id
        )
    )


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


def other_drafts(session: Session, draft: ItemDraft) -> list[ItemDraft]:
    """What others are writing of the same item, the latest save first, with authors. One query."""
    if draft.bank_item_id is None:
        return []
    return list(
        session.scalars(
            select(ItemDraft)
            .where(ItemDraft.bank_item_id == draft.bank_item_id, ItemDraft.id != draft.id)
            .options(joinedload(ItemDraft.author))
            .order_by(ItemDraft.updated_at.desc())
        )
    )


def newer_version(draft: ItemDraft) -> ItemVersion | None:
    """The version of the bank that appeared after this draft was begun; None when none did."""
    if draft.bank_item is None:
        return None
    current = draft.bank_item.draft or draft.bank_item.published
    return current if current is not None and current.id != draft.base_version_id else None


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
    submit(bank_item, author, now)
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


def free_code(session: Session, topic: str) -> str:
    """A code for a new item on ``topic``: the next number of the prefix most of them have."""
    return next(free_codes(session, topic))


def free_codes(session: Session, topic: str) -> Iterator[str]:
    """Codes for new items on ``topic``, one number after another. Three queries for all of them."""
    in_topic = session.scalars(
        select(BankItem.code)
        .join(ItemVersion, ItemVersion.bank_item_id == BankItem.id)
        .where(ItemVersion.topic == topic)
    )
    starts = Counter(m["start"] for code in in_topic if (m := _NUMBERED.fullmatch(code)))
    letters = re.sub(r"[^A-Z0-9]", "", topic.upper())[:3] or "SOAL"
    start = starts.most_common(1)[0][0] if starts else letters
    taken = [
        int(m["number"])
        for model in (BankItem, ItemDraft)
        for code in session.scalars(select(model.code).where(model.code.startswith(f"{start}-")))
        if (m := _NUMBERED.fullmatch(code)) and m["start"] == start
    ]
    for number in count(max(taken, default=0) + 1):
        yield f"{start}-{number:03}"
