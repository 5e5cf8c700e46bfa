"""Items asked in more than one counted sitting of an event: to be avoided, and marked where not."""

from collections import defaultdict

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from quiz.models.bank import BankItem, ItemVersion
from quiz.models.events import FormChoice, FormSlotRow, Phase, Sitting


def used_elsewhere(session: Session, sitting: Sitting) -> set[str]:
    """Codes of the items asked in the event's other counted sittings."""
    return set(
        session.scalars(
            select(BankItem.code)
            .join(ItemVersion, ItemVersion.bank_item_id == BankItem.id)
            .join(FormChoice, FormChoice.item_version_id == ItemVersion.id)
            .join(FormSlotRow, FormSlotRow.id == FormChoice.slot_id)
            .join(Sitting, Sitting.id == FormSlotRow.sitting_id)
            .where(
                Sitting.event_id == sitting.event_id,
                Sitting.id != sitting.id,
                Sitting.phase != Phase.PRACTICE,
            )
        )
    )


def mark_anchors(session: Session, event_id: int) -> None:
    """Mark each slot of the event's forms by whether another counted sitting asks an item of it.

    Done for all forms whenever one changes: an item repeated later makes both slots anchors.
    """
    rows = session.execute(
        select(FormSlotRow.id, FormSlotRow.sitting_id, Sitting.phase, ItemVersion.bank_item_id)
        .join(Sitting, Sitting.id == FormSlotRow.sitting_id)
        .join(FormChoice, FormChoice.slot_id == FormSlotRow.id)
        .join(ItemVersion, ItemVersion.id == FormChoice.item_version_id)
        .where(Sitting.event_id == event_id)
    ).all()
    counted: defaultdict[int, set[int]] = defaultdict(set)
    for _, sitting_id, phase, item in rows:
        if phase.counted:
            counted[item].add(sitting_id)
    slots = {slot for slot, _, _, _ in rows}
    anchors = {slot for slot, sitting_id, _, item in rows if counted[item] - {sitting_id}}
    for anchor, which in ((True, anchors), (False, slots - anchors)):
        session.execute(update(FormSlotRow).where(FormSlotRow.id.in_(which)).values(anchor=anchor))
