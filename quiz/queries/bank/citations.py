"""Which versions lean on what, and which of it reads otherwise now than when it was compared.

Whether a version is flagged is computed from checksums, never stored: flagged versions stay out
of new forms until somebody has compared them and confirmed.
"""

import hashlib
import json
from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from typing import Any, Final

from sqlalchemy import (
    ColumnElement,
    false,
    select,
    tuple_,
)
from sqlalchemy.orm import InstrumentedAttribute, Session

from quiz.models.bank.citations import (
    CLAIM,
    CLAIM_READ,
    LAW_READ,
    PASSAGE,
    REFERENCE,
    UNKNOWN,
    ItemCitation,
    Source,
    SourceKind,
)
from quiz.models.bank.items import BankItem
from quiz.models.sources.material import Claim, Passage, Record, Reference


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


READ: Final[dict[type[Record], tuple[SourceKind, tuple[str, ...]]]] = {
    Passage: (PASSAGE, ("text",)),
    Reference: (REFERENCE, LAW_READ),
    Claim: (CLAIM, CLAIM_READ),
}
"""Table → how citations call its records, and the columns an item rests on."""


def source_of(row: Record) -> Source:
    """What citations of this record name."""
    return Source(READ[type(row)][0], row.code)


def flagged_by(session: Session, row: Record, values: Mapping[str, Any]) -> list[str]:
    """The codes of the items that these values would flag; [] when nothing they rest on changes."""
    read = READ[type(row)][1]
    if all(getattr(row, name) == value for name, value in values.items() if name in read):
        return []
    return items_citing(session, source_of(row))
