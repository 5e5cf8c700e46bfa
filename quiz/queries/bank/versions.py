"""Which versions of an item have been used, and the one a page is about."""

from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session, joinedload, selectinload

from quiz.models import BankItem, FormChoice, ItemVersion


@dataclass(frozen=True)
class Versions:
    """An item with all its versions, and those some form holds, both by number."""

    bank_item: BankItem
    used: list[ItemVersion]

    def chosen(self, number: int | None) -> ItemVersion | None:
        """Version ``number``; without one the latest that is used, else published, else draft.

        None when there is no such version.
        """
        if number is not None:
            return next((v for v in self.bank_item.versions if v.number == number), None)
        if self.used:
            return self.used[-1]
        return self.bank_item.published or self.bank_item.draft


def versions_of(session: Session, code: str) -> Versions | None:
    """The versions of the item ``code``; None without such an item. Three queries."""
    bank_item = session.scalar(
        select(BankItem)
        .where(BankItem.code == code)
        .options(
            selectinload(BankItem.versions),
            joinedload(BankItem.published),
            joinedload(BankItem.draft),
        )
    )
    if bank_item is None:
        return None
    used = set(
        session.scalars(
            select(FormChoice.item_version_id)
            .join(ItemVersion, ItemVersion.id == FormChoice.item_version_id)
            .where(ItemVersion.bank_item_id == bank_item.id)
            .distinct()
        )
    )
    return Versions(bank_item, [v for v in bank_item.versions if v.id in used])
