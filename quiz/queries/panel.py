"""The panel's page: a judgement item, one's own ratings, and what all of them say."""

from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session, joinedload, selectinload

from quiz.assessment.item import Item
from quiz.assessment.item_types import ITEM_TYPES
from quiz.assessment.panel import Panel, Ratings, panel
from quiz.models import BankItem, ItemVersion
from quiz.models.panel import ratings_of


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
