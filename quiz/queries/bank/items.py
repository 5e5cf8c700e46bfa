"""The bank on a page: lists of thousands of items."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from sqlalchemy import ColumnElement, Select, case, exists, func, or_, select
from sqlalchemy.orm import Session, aliased, joinedload

from quiz.models import (
    BankItem,
    ItemCitation,
    ItemVersion,
    Reference,
    Topic,
    User,
)
from quiz.models.bank.citations import REFERENCE
from quiz.queries.bank.citations import cites_changed
from quiz.queries.bank.history import was_returned

MOST_WORDS = 6
FLAGGED, RETURNED = "flagged", "returned"
"""What an item may be besides its state."""

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

    ``signed`` is "ya" or "belum" and looks at published items only. ``state`` is one of
    BankItem.state, FLAGGED (published, with a source that has changed since it was compared) or
    RETURNED (by a checker, and not answered yet).
    ``reference`` is an article the shown version cites; ``author`` the uid of somebody who wrote a
    version; ``codes`` are those of items ticked in a list, () for no such choice.
    """

    words: str = ""
    topic: str = ""
    level: str = ""
    type: str = ""
    state: str = ""
    signed: str = ""
    reference: str = ""
    author: str = ""
    codes: tuple[str, ...] = ()


@dataclass(frozen=True)
class ItemRow:
    """An item in a list, with the version it shows: the published one, else the draft."""

    bank_item: BankItem
    version: ItemVersion
    topic: str
    references: tuple[str, ...]
    flagged: bool
    returned: bool
    author: str

    @property
    def stem(self) -> str:
        """The question's text."""
        return str(self.version.content["stem"])


def items(
    session: Session, search: Search, *, offset: int, limit: int
) -> tuple[list[ItemRow], dict[str, int]]:
    """Some items by code, and how many there are by state. Eleven queries, however long the bank.

    The numbers are those of the search without its state; FLAGGED and RETURNED items are in another
    state too. As with states, RETURNED is left out where there is none.
    """
    shown = _searched(search)
    flagged = BankItem.retired_at.is_(None) & cites_changed(session, BankItem.published_id)
    by_state = session.execute(
        shown.with_only_columns(state_of_item.label("state"), func.count()).group_by("state")
    )
    counted = {state: number for state, number in by_state}
    beside = {FLAGGED: flagged, RETURNED: was_returned()}
    for name, holds in beside.items():
        number = session.scalar(shown.where(holds).with_only_columns(func.count())) or 0
        counted |= {name: number} if number or name == FLAGGED else {}
    if search.state in beside:
        shown = shown.where(beside[search.state])
    elif search.state:
        shown = shown.where(state_of_item == search.state)
    rows = session.execute(
        shown.add_columns(*beside.values(), User.name)
        .outerjoin(User, User.id == ItemVersion.author_id)
        .order_by(BankItem.code)
        .offset(offset)
        .limit(limit)
    ).all()
    names = {code: name for code, name in session.execute(select(Topic.code, Topic.name))}
    laws = _laws(session, [version for _, version, *_ in rows])
    return [
        ItemRow(
            bank_item,
            version,
            names.get(version.topic, version.topic),
            tuple(laws.get(code, code) for code in version.content["references"]),
            bool(changed),
            bool(returned),
            author or "dari berkas",
        )
        for bank_item, version, changed, returned, author in rows
    ], counted


def found_items(session: Session, search: Search, limit: int) -> list[ItemRow]:
    """The first ``limit`` items of a search by code. As many queries as ``items``."""
    rows, _ = items(session, search, offset=0, limit=limit)
    return rows


def bank_is_empty(session: Session) -> bool:
    """True as long as there is no item at all. One query."""
    return session.scalar(select(BankItem.id).limit(1)) is None


def authors(session: Session) -> list[User]:
    """Everybody who wrote a version of an item, by name. One query."""
    wrote = select(ItemVersion.author_id).distinct()
    return list(session.scalars(select(User).where(User.id.in_(wrote)).order_by(User.name)))


def articles(session: Session) -> list[Reference]:
    """The register, by law and article. One query."""
    return list(session.scalars(select(Reference).order_by(Reference.law, Reference.id)))


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
    if search.codes:
        query = query.where(BankItem.code.in_(search.codes))
    if search.reference:
        query = query.where(
            exists().where(
                ItemCitation.item_version_id == ItemVersion.id,
                ItemCitation.kind == REFERENCE,
                ItemCitation.code == search.reference,
            )
        )
    if search.author:
        any_version, writer = aliased(ItemVersion), aliased(User)
        written = (
            select(any_version.bank_item_id)
            .join(writer, writer.id == any_version.author_id)
            .where(writer.uid == search.author)
        )
        query = query.where(BankItem.id.in_(written))
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
