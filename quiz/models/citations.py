"""What an item version leans on, as it read when the version was made.

A passage, an article or a claim that reads otherwise now flags exactly the versions that cite it:
they stay out of new forms until somebody has compared them and confirmed. Whether a version is
flagged is computed from checksums, never stored.
"""

import hashlib
import json
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass

from sqlalchemy import (
    ColumnElement,
    ForeignKey,
    Index,
    String,
    UniqueConstraint,
    exists,
    false,
    select,
    tuple_,
)
from sqlalchemy.orm import InstrumentedAttribute, Mapped, Session, mapped_column

from quiz.assessment.item import Item
from quiz.models.bank import BankItem, ItemVersion
from quiz.models.base import Base
from quiz.models.material import Claim, Passage, Reference

PASSAGE, REFERENCE, CLAIM = "passage", "reference", "claim"

LAW_READ = (
    *("law", "title", "article", "text", "verbatim", "valid_from", "valid_to"),
    *("successor", "changes"),
)
CLAIM_READ = ("statement", "references", "basis", "confidence")
"""Columns of an article and of a claim that an item rests on; any other may change freely."""

UNKNOWN = ""
"""The checksum of a code that leads nowhere."""


@dataclass(frozen=True)
class Source:
    """Something an item version cites: its kind (passage, reference or claim) and code."""

    kind: str
    code: str


class ItemCitation(Base):
    """One source of a version with the checksum of its text on the day it was last compared."""

    __tablename__ = "item_citation"
    __table_args__ = (
        UniqueConstraint("item_version_id", "kind", "code"),
        Index("ix_item_citation_source", "kind", "code"),
    )

    item_version_id: Mapped[int] = mapped_column(ForeignKey("item_version.id"))
    kind: Mapped[str] = mapped_column(String(12))
    code: Mapped[str] = mapped_column(String(80))
    checksum: Mapped[str] = mapped_column(String(64))


def cite_new_versions(session: Session) -> None:
    """Record what every version without a record cites, as it reads now.

    Call it after versions or their sources were made, before committing. Five queries at most.
    """
    session.flush()
    uncited = session.scalars(
        select(ItemVersion).where(~exists().where(ItemCitation.item_version_id == ItemVersion.id))
    ).all()
    if not uncited:
        return
    now = current_checksums(session)
    for version in uncited:
        session.add_all(
            ItemCitation(
                item_version_id=version.id,
                kind=source.kind,
                code=source.code,
                checksum=now.get(source, UNKNOWN),
            )
            for source in sources_of(version.item)
        )
    session.flush()


def changed_sources(session: Session, version_ids: Collection[int]) -> dict[int, list[Source]]:
    """Version id → its sources that read otherwise than when they were last compared.

    Only versions with such sources are in it. Four queries, however many versions.
    """
    now = current_checksums(session)
    rows = session.scalars(
        select(ItemCitation)
        .where(ItemCitation.item_version_id.in_(version_ids))
        .order_by(ItemCitation.id)
    )
    return _changed(rows, now)


def flagged_versions(session: Session) -> set[int]:
    """The ids of all published versions with a changed source. Five queries."""
    published = select(BankItem.published_id).where(
        BankItem.published_id.is_not(None), cites_changed(session, BankItem.published_id)
    )
    return {version for version in session.scalars(published) if version is not None}


def cites_changed(
    session: Session, version_id: InstrumentedAttribute[int | None]
) -> ColumnElement[bool]:
    """In SQL: whether the version with this id cites something that reads otherwise now.

    Sources and the readings of them are few and get compared here, so that citations are looked
    up only by what has changed, however many versions there are. Four queries.
    """
    now = current_checksums(session)
    reading = (ItemCitation.kind, ItemCitation.code, ItemCitation.checksum)
    known = session.execute(select(*reading).distinct()).all()
    stale = [
        (k, code, read) for k, code, read in known if now.get(Source(k, code), UNKNOWN) != read
    ]
    if not stale:
        return false()
    citing = select(ItemCitation.item_version_id).where(tuple_(*reading).in_(stale))
    return version_id.in_(citing)


def confirm_sources(session: Session, version: ItemVersion) -> list[Source]:
    """Take the sources of a version as they read now; returns those that had changed."""
    changed = changed_sources(session, [version.id]).get(version.id, [])
    now = current_checksums(session)
    rows = session.scalars(select(ItemCitation).where(ItemCitation.item_version_id == version.id))
    for row in rows:
        row.checksum = now.get(Source(row.kind, row.code), UNKNOWN)
    return changed


def items_citing(session: Session, source: Source) -> list[str]:
    """The codes of the items whose published version cites this, in order. One query.

    These are exactly the items a change of it would flag.
    """
    return list(
        session.scalars(
            select(BankItem.code)
            .join(ItemCitation, ItemCitation.item_version_id == BankItem.published_id)
            .where(
                ItemCitation.kind == source.kind,
                ItemCitation.code == source.code,
                BankItem.retired_at.is_(None),
            )
            .order_by(BankItem.code)
        )
    )


def sources_of(item: Item) -> Iterator[Source]:
    """Everything an item cites."""
    yield from (Source(PASSAGE, code) for code in item.passages)
    yield from (Source(REFERENCE, code) for code in item.references)
    yield from (Source(CLAIM, code) for code in item.claims)


def current_checksums(session: Session) -> dict[Source, str]:
    """Every source with the checksum of what it says now. Three queries."""
    passages = session.execute(select(Passage.code, Passage.checksum))
    return (
        {Source(PASSAGE, code): checksum for code, checksum in passages}
        | {Source(REFERENCE, r.code): _of_reference(r) for r in session.scalars(select(Reference))}
        | {Source(CLAIM, c.code): _of_claim(c) for c in session.scalars(select(Claim))}
    )


def _changed(rows: Iterable[ItemCitation], now: dict[Source, str]) -> dict[int, list[Source]]:
    changed: defaultdict[int, list[Source]] = defaultdict(list)
    for row in rows:
        source = Source(row.kind, row.code)
        if now.get(source, UNKNOWN) != row.checksum:
            changed[row.item_version_id].append(source)
    return dict(changed)


def _of_reference(row: Reference) -> str:
    return _digest(*(getattr(row, name) for name in LAW_READ))


def _of_claim(row: Claim) -> str:
    return _digest(*(getattr(row, name) for name in CLAIM_READ))


def _digest(*content: object) -> str:
    return hashlib.sha256(json.dumps(content, default=str).encode()).hexdigest()
