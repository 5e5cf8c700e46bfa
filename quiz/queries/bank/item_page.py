"""Everything about one item on its page."""

from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session, joinedload, selectinload

from quiz.assessment.items.item import EVERYBODY, Item, Status
from quiz.models import (
    BankItem,
    Claim,
    Event,
    FormChoice,
    ItemVersion,
    Passage,
    Reference,
    Sitting,
    StoredSlot,
    Topic,
)


@dataclass(frozen=True)
class Use:
    """A sitting whose form holds a version of the item."""

    event: Event
    sitting: Sitting
    number: int


@dataclass(frozen=True)
class ItemPage:
    """One item with everything it rests on and everywhere it is used."""

    bank_item: BankItem
    version: ItemVersion
    item: Item
    topic: str
    passages: list[Passage]
    claims: list[Claim]
    references: list[Reference]
    uses: list[Use]

    @property
    def audience(self) -> str:
        """For whom the item is meant, in words."""
        if self.item.audience == EVERYBODY:
            return "semua peserta"
        return ", ".join(status.label for status in Status if status in self.item.audience)


def item_page(session: Session, code: str, number: int | None) -> ItemPage | None:
    """The item ``code`` as its version ``number`` says, else as published, else its draft.

    Eight queries at most, whatever it rests on.
    """
    bank_item = session.scalar(
        select(BankItem)
        .where(BankItem.code == code)
        .options(
            joinedload(BankItem.published),
            joinedload(BankItem.draft),
            joinedload(BankItem.signed_by),
            selectinload(BankItem.versions).joinedload(ItemVersion.author),
        )
    )
    if bank_item is None:
        return None
    version = bank_item.published or bank_item.draft
    if number is not None:
        version = next((v for v in bank_item.versions if v.number == number), None)
    if version is None:
        return None
    item = version.item
    topic = session.scalar(select(Topic.name).where(Topic.code == item.topic))
    return ItemPage(
        bank_item,
        version,
        item,
        topic or item.topic,
        list(session.scalars(select(Passage).where(Passage.code.in_(item.passages)))),
        list(session.scalars(select(Claim).where(Claim.code.in_(item.claims)))),
        list(session.scalars(select(Reference).where(Reference.code.in_(item.references)))),
        _uses(session, bank_item),
    )


def _uses(session: Session, bank_item: BankItem) -> list[Use]:
    rows = session.execute(
        select(Event, Sitting, ItemVersion.number)
        .distinct()
        .select_from(FormChoice)
        .join(ItemVersion, ItemVersion.id == FormChoice.item_version_id)
        .join(StoredSlot, StoredSlot.id == FormChoice.slot_id)
        .join(Sitting, Sitting.id == StoredSlot.sitting_id)
        .join(Event, Event.id == Sitting.event_id)
        .where(ItemVersion.bank_item_id == bank_item.id)
        .options(selectinload(Event.sittings))
        .order_by(Sitting.opens_at.desc(), Sitting.id, ItemVersion.number)
    )
    return [Use(event, sitting, number) for event, sitting, number in rows]
