"""The bank on a page: lists of thousands of items, and everything about one."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from sqlalchemy import ColumnElement, Select, case, func, or_, select
from sqlalchemy.orm import Session, joinedload, selectinload

from quiz.assessment.item import EVERYBODY, Item, Status
from quiz.models import (
    BankItem,
    Claim,
    Event,
    FormChoice,
    FormSlotRow,
    ItemVersion,
    Passage,
    Reference,
    Sitting,
    Topic,
)

MOST_WORDS = 6

state_of_item: ColumnElement[str] = case(
    (BankItem.retired_at.is_not(None), "retired"),
    (BankItem.draft_id.is_not(None) & BankItem.in_review_at.is_not(None), "in_review"),
    (BankItem.draft_id.is_not(None), "draft"),
    else_="published",
)
"""BankItem.state, in SQL."""


@dataclass(frozen=True)
class Search:
    """What a list of items is narrowed to; "" is anything.

    ``signed`` is "ya" or "belum" and looks at published items only.
    """

    words: str = ""
    topic: str = ""
    level: str = ""
    type: str = ""
    state: str = ""
    signed: str = ""


@dataclass(frozen=True)
class ItemRow:
    """An item in a list, with the version it shows: the published one, else the draft."""

    bank_item: BankItem
    version: ItemVersion
    topic: str
    references: tuple[str, ...]

    @property
    def stem(self) -> str:
        """The question's text."""
        return str(self.version.content["stem"])


def items(
    session: Session, search: Search, *, offset: int, limit: int
) -> tuple[list[ItemRow], dict[str, int]]:
    """Some items by code, and how many there are by state. Four queries, however long the bank.

    The numbers are those of the search without its state.
    """
    shown = _searched(search)
    by_state = session.execute(
        shown.with_only_columns(state_of_item.label("state"), func.count()).group_by("state")
    )
    counted = {state: number for state, number in by_state}
    if search.state:
        shown = shown.where(state_of_item == search.state)
    rows = session.execute(shown.order_by(BankItem.code).offset(offset).limit(limit)).all()
    names = {code: name for code, name in session.execute(select(Topic.code, Topic.name))}
    laws = _laws(session, [version for _, version in rows])
    return [
        ItemRow(
            bank_item,
            version,
            names.get(version.topic, version.topic),
            tuple(laws.get(code, code) for code in version.content["references"]),
        )
        for bank_item, version in rows
    ], counted


def _searched(search: Search) -> Select[BankItem, ItemVersion]:
    query = select(BankItem, ItemVersion).join(
        ItemVersion, ItemVersion.id == func.coalesce(BankItem.published_id, BankItem.draft_id)
    )
    for word in search.words.split()[:MOST_WORDS]:
        query = query.where(
            or_(
                ItemVersion.content["stem"].as_string().icontains(word, autoescape=True),
                BankItem.code.icontains(word, autoescape=True),
            )
        )
    for column, wanted in (
        (ItemVersion.topic, search.topic),
        (ItemVersion.level, search.level),
        (ItemVersion.type, search.type),
    ):
        if wanted:
            query = query.where(column == wanted)
    if search.signed:
        signed = BankItem.signed_at.is_not(None)
        query = query.where(
            BankItem.published_id.is_not(None), signed if search.signed == "ya" else ~signed
        )
    return query


def _laws(session: Session, versions: Iterable[ItemVersion]) -> dict[str, str]:
    codes = {code for version in versions for code in version.content["references"]}
    rows = session.execute(
        select(Reference.code, Reference.law, Reference.article).where(Reference.code.in_(codes))
    )
    return {code: f"{law} {article}".strip() for code, law, article in rows}


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
        .join(FormSlotRow, FormSlotRow.id == FormChoice.slot_id)
        .join(Sitting, Sitting.id == FormSlotRow.sitting_id)
        .join(Event, Event.id == Sitting.event_id)
        .where(ItemVersion.bank_item_id == bank_item.id)
        .order_by(Sitting.opens_at.desc(), Sitting.id, ItemVersion.number)
    )
    return [Use(event, sitting, number) for event, sitting, number in rows]


def items_with_versions(session: Session, uids: Sequence[str]) -> list[BankItem]:
    """The items of these versions, by code, with what is published and what waits. One query."""
    wanted = select(ItemVersion.bank_item_id).where(ItemVersion.uid.in_(uids))
    return list(
        session.scalars(
            select(BankItem)
            .where(BankItem.id.in_(wanted))
            .options(joinedload(BankItem.published), joinedload(BankItem.draft))
            .order_by(BankItem.code)
        )
    )


def published_as(session: Session, uids: Sequence[str]) -> list[BankItem]:
    """The items whose published version is one of these, by code, with that version."""
    return list(
        session.scalars(
            select(BankItem)
            .join(BankItem.published)
            .options(joinedload(BankItem.published))
            .where(ItemVersion.uid.in_(uids))
            .order_by(BankItem.code)
        )
    )
