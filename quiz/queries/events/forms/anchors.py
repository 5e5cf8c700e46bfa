"""Items already asked in the event, which a new form avoids where it can."""

from collections.abc import Collection

from sqlalchemy import ColumnElement, select
from sqlalchemy.orm import Session

from quiz.models.bank.items import BankItem, ItemVersion
from quiz.models.events.events import Phase, Sitting
from quiz.models.events.forms import FormChoice, StoredSlot


def used_elsewhere(session: Session, sitting: Sitting) -> set[str]:
    """Codes of the items asked in the event's other counted sittings, its twin left aside."""
    twin = sitting.twin
    others = Sitting.phase != Phase.PRACTICE
    return _asked(session, sitting, others if twin is None else others & (Sitting.id != twin.id))


def kept_apart(session: Session, sitting: Sitting) -> set[str]:
    """Codes of items it must not ask, lest keys of a crossed sitting leave by way of practice."""
    if sitting.crossed:
        return shown_with_keys(session, sitting)
    return set() if sitting.phase.counted else _asked(session, sitting, Sitting.crossed.is_(True))


def shown_with_keys(session: Session, sitting: Sitting) -> set[str]:
    """Codes of the items practice shows with their keys; none matter to another practice."""
    if not sitting.phase.counted:
        return set()
    return _asked(session, sitting, Sitting.phase == Phase.PRACTICE)


def _asked(session: Session, sitting: Sitting, which: ColumnElement[bool]) -> set[str]:
    return set(
        session.scalars(
            select(BankItem.code)
            .join(ItemVersion, ItemVersion.bank_item_id == BankItem.id)
            .join(FormChoice, FormChoice.item_version_id == ItemVersion.id)
            .join(StoredSlot, StoredSlot.id == FormChoice.slot_id)
            .join(Sitting, Sitting.id == StoredSlot.sitting_id)
            .where(Sitting.event_id == sitting.event_id, Sitting.id != sitting.id, which)
        )
    )


def practised_positions(session: Session, sitting: Sitting) -> Collection[int]:
    """Positions of a counted sitting whose items practice of the event shows too. Two queries.

    A crossed one has none.
    """
    shown = shown_with_keys(session, sitting)
    rows = session.execute(
        select(StoredSlot.position, BankItem.code)
        .join(FormChoice, FormChoice.slot_id == StoredSlot.id)
        .join(ItemVersion, ItemVersion.id == FormChoice.item_version_id)
        .join(BankItem, BankItem.id == ItemVersion.bank_item_id)
        .where(StoredSlot.sitting_id == sitting.id)
    )
    return {position for position, code in rows if code in shown}
