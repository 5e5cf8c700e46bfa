"""What the bank offers for a form: published versions, and whether their law holds on a day."""

from collections.abc import Collection, Iterable, Iterator
from datetime import date

from sqlalchemy import or_, select
from sqlalchemy.orm import Session, load_only

from quiz.assessment.item import Item
from quiz.assessment.selection import Candidate
from quiz.models.bank import BankItem, ItemVersion
from quiz.models.material import Reference


def candidates_on(
    session: Session, day: date, also: Collection[str] = frozenset()
) -> list[Candidate]:
    """Every published item that is not retired, as a form of ``day`` may take it. Two queries.

    ``also`` are uids of further versions, such as those a form holds already. An item that cites
    an article the register does not know, or one not in force on that day, is not in force.
    """
    in_force = _codes_in_force(session, day)
    offered = BankItem.retired_at.is_(None) & (BankItem.published_id == ItemVersion.id)
    versions = session.scalars(
        select(ItemVersion)
        .join(BankItem, BankItem.id == ItemVersion.bank_item_id)
        .where(or_(offered, ItemVersion.uid.in_(also)))
        .order_by(ItemVersion.id)
    )
    return list(_candidates(versions, in_force))


def _codes_in_force(session: Session, day: date) -> set[str]:
    register = session.scalars(
        select(Reference).options(
            load_only(Reference.code, Reference.valid_from, Reference.valid_to)
        )
    )
    return {reference.code for reference in register if reference.in_force(day)}


def _candidates(versions: Iterable[ItemVersion], in_force: set[str]) -> Iterator[Candidate]:
    for version in versions:
        item = Item.from_json(version.content)
        yield Candidate(
            version_uid=version.uid,
            item_code=item.code,
            topic=item.topic,
            level=item.level,
            type=item.type,
            audience=item.audience,
            in_force=in_force.issuperset(item.references),
        )
