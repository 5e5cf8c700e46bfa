"""The panel's page: a judgement item, one's own ratings, and what all of them say."""

import hashlib
import json
from collections import defaultdict
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session, joinedload, selectinload

from quiz.assessment.items.item import Item
from quiz.assessment.items.panel import Panel, Ratings, panel
from quiz.assessment.items.types import ITEM_TYPES
from quiz.models import BankItem, ItemVersion
from quiz.models.bank.ratings import PanelRating


def wording_of(item: Item) -> str:
    """32 hex digits over what a rater reads: code, stem and option texts, in order."""
    read = [item.code, item.stem, [option.text for option in item.options]]
    return hashlib.sha256(json.dumps(read).encode()).hexdigest()[:32]


def ratings_of(session: Session, item: Item) -> dict[int, Ratings]:
    """Rater's id → their ratings of this wording. One query."""
    found: defaultdict[int, dict[int, int]] = defaultdict(dict)
    rows = session.scalars(select(PanelRating).where(PanelRating.wording == wording_of(item)))
    for row in rows:
        found[row.rater_id][row.place] = row.value
    return dict(found)


def panel_of(session: Session, item: Item) -> Panel:
    """What everybody who rated this wording says together. One query."""
    return panel(item, ratings_of(session, item).values())


@dataclass(frozen=True)
class PanelPage:
    """An item that a panel rates. `mine` is None until this person has rated its words."""

    bank_item: BankItem
    version: ItemVersion
    item: Item
    mine: Ratings | None
    found: Panel

    @property
    def rated(self) -> bool:
        """Whether the key shown is the panel's already."""
        return ITEM_TYPES[self.item.type].provisional(self.item) is None


def panel_page(
    session: Session, code: str, rater_id: int | None, *, lock: bool = False
) -> PanelPage | None:
    """The judgement item ``code`` as it stands for this rater; None when there is none.

    With ``lock`` nobody else's rating can settle the key meanwhile. Three queries.
    """
    query = (
        select(BankItem)
        .where(BankItem.code == code)
        .options(selectinload(BankItem.versions), joinedload(BankItem.draft))
        .options(joinedload(BankItem.published))
    )
    bank_item = session.scalar(query.with_for_update(of=BankItem) if lock else query)
    version = (bank_item.published or bank_item.draft) if bank_item else None
    if bank_item is None or version is None or ITEM_TYPES[version.type].scale != "judgement":
        return None
    item = version.item
    ratings = ratings_of(session, item)
    mine = ratings.get(rater_id) if rater_id is not None else None
    return PanelPage(bank_item, version, item, mine, panel(item, ratings.values()))
