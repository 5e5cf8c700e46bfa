"""Items of the bank to be written to a file."""

from collections.abc import Collection

from sqlalchemy import ColumnElement, select
from sqlalchemy.orm import InstrumentedAttribute, Session

from quiz.assessment.items.item import Item
from quiz.models import BankItem, ItemVersion, Topic

_PARTS: dict[str, tuple[InstrumentedAttribute[int | None], ColumnElement[bool]]] = {
    "published": (BankItem.published_id, BankItem.retired_at.is_(None)),
    "in_review": (
        BankItem.draft_id,
        BankItem.retired_at.is_(None) & BankItem.in_review_at.is_not(None),
    ),
    "draft": (BankItem.draft_id, BankItem.retired_at.is_(None) & BankItem.in_review_at.is_(None)),
    "retired": (BankItem.published_id, BankItem.retired_at.is_not(None)),
}
"""Part of the bank → which of an item's versions is meant, and which items are."""


def items_to_export(
    session: Session, parts: Collection[str], topics: Collection[str] = ()
) -> list[Item]:
    """The items of these parts and topics (none: all) in teaching order, each code once.

    ``parts`` are "published", "in_review", "draft", "retired"; where an item is in several, its
    text is that of the first of them in this order. One query for each part.
    """
    found: dict[str, tuple[int, Item]] = {}
    for part, (version_id, is_meant) in _PARTS.items():
        if part not in parts:
            continue
        query = (
            select(ItemVersion.content, Topic.position)
            .join(BankItem, version_id == ItemVersion.id)
            .outerjoin(Topic, Topic.code == ItemVersion.topic)
            .where(is_meant)
        )
        if topics:
            query = query.where(ItemVersion.topic.in_(topics))
        for content, position in session.execute(query):
            found.setdefault(content["code"], (position or 0, Item.from_json(content)))
    in_order = sorted(found.values(), key=lambda pair: (pair[0], pair[1].topic, pair[1].code))
    return [item for _, item in in_order]
