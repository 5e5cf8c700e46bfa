"""Which items a prepared sitting asks."""

from sqlalchemy import select
from sqlalchemy.orm import Session

from quiz.models import BankItem, FormChoice, ItemVersion, Sitting, StoredSlot


def codes_asked(session: Session, sitting: Sitting) -> set[str]:
    """The codes of its items, whatever form and status. One query."""
    return set(
        session.scalars(
            select(BankItem.code)
            .join(ItemVersion, ItemVersion.bank_item_id == BankItem.id)
            .join(FormChoice, FormChoice.item_version_id == ItemVersion.id)
            .join(StoredSlot, StoredSlot.id == FormChoice.slot_id)
            .where(StoredSlot.sitting_id == sitting.id)
        )
    )
