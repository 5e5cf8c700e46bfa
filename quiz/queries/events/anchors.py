"""Items already asked in the event, which a new form avoids where it can."""

from sqlalchemy import select
from sqlalchemy.orm import Session

from quiz.models.bank.items import BankItem, ItemVersion
from quiz.models.events.events import FormChoice, Phase, Sitting, StoredSlot


def used_elsewhere(session: Session, sitting: Sitting) -> set[str]:
    """Codes of the items asked in the event's other counted sittings."""
    return set(
        session.scalars(
            select(BankItem.code)
            .join(ItemVersion, ItemVersion.bank_item_id == BankItem.id)
            .join(FormChoice, FormChoice.item_version_id == ItemVersion.id)
            .join(StoredSlot, StoredSlot.id == FormChoice.slot_id)
            .join(Sitting, Sitting.id == StoredSlot.sitting_id)
            .where(
                Sitting.event_id == sitting.event_id,
                Sitting.id != sitting.id,
                Sitting.phase != Phase.PRACTICE,
            )
        )
    )
