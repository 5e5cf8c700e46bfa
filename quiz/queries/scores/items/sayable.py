"""Which items may be talked about in public, as at an assembly, and what they say."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session, contains_eager

from quiz.assessment.analysis.sitting_report import ItemKey
from quiz.assessment.items.item import Item
from quiz.models import BankItem, ItemVersion, Reference
from quiz.queries.scores.computed import rulings_for
from quiz.queries.scores.items.misread import texts_of
from quiz.queries.sources.material import articles_by_code
from quiz.queries.taking.keys import still_asking


@dataclass(frozen=True)
class Sayable:
    """An item with the ``sentences`` that stand for it, of the material or its own stem, and the
    first article it rests on. ``signed``: a checker has read this version."""

    item: Item
    sentences: tuple[str, ...]
    article: Reference | None
    signed: bool


def sayable(
    session: Session, keys: Collection[ItemKey], now: datetime
) -> Mapping[ItemKey, Sayable]:
    """Those of these items that nobody may still be asked and no ruling has overtaken.

    Seven queries at most.
    """
    found = {ItemKey(one.bank_item.code, one.number): one for one in _versions(session, keys)}
    ruled = {each.item_version for each in rulings_for(session, [v.uid for v in found.values()])}
    awaited = still_asking(session, {key.code for key in keys}, now)
    items = {
        key: version.item
        for key, version in found.items()
        if key in keys and key.code not in awaited and version.uid not in ruled
    }
    texts = texts_of(session, {code for item in items.values() for code in item.passages})
    articles = articles_by_code(session, {code for i in items.values() for code in i.references})
    return {
        key: Sayable(
            item,
            tuple(texts[code] for code in item.passages if code in texts) or (item.stem,),
            next((articles[code] for code in item.references if code in articles), None),
            _signed(found[key]),
        )
        for key, item in items.items()
    }


def _versions(session: Session, keys: Collection[ItemKey]) -> list[ItemVersion]:
    """Every version of these items."""
    return list(
        session.scalars(
            select(ItemVersion)
            .join(ItemVersion.bank_item)
            .options(contains_eager(ItemVersion.bank_item))
            .where(
                BankItem.code.in_({key.code for key in keys}),
                ItemVersion.number.in_({key.version for key in keys}),
            )
        )
    )


def _signed(version: ItemVersion) -> bool:
    bank_item = version.bank_item
    return bank_item.signed_at is not None and bank_item.published_id == version.id
