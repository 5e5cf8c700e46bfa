"""The registers as their keepers see them: each record with how many items rest on it."""

from sqlalchemy import func, or_, select
from sqlalchemy.orm import Session, joinedload

from quiz.models import BankItem, ItemCitation, Material, Passage, Reference
from quiz.models.citations import PASSAGE, REFERENCE


def references(session: Session, words: str = "") -> list[tuple[Reference, int]]:
    """Articles whose code, law, article or text hold these words, with items. Two queries."""
    query = select(Reference).order_by(Reference.law, Reference.id)
    for word in words.split()[:6]:
        columns = (Reference.code, Reference.law, Reference.article, Reference.text)
        query = query.where(or_(*(c.icontains(word, autoescape=True) for c in columns)))
    used = _used(session, REFERENCE)
    return [(row, used.get(row.code, 0)) for row in session.scalars(query)]


def reference_with(session: Session, code: str) -> Reference | None:
    """The article with this code. One query."""
    return session.scalar(select(Reference).where(Reference.code == code))


def passages(session: Session) -> list[tuple[Material, list[tuple[Passage, int]]]]:
    """Every material with its passages, each with items. Three queries."""
    rows = session.scalars(
        select(Passage)
        .join(Passage.material)
        .options(joinedload(Passage.material))
        .order_by(Material.position, Material.id, Passage.position)
    )
    used = _used(session, PASSAGE)
    found: dict[Material, list[tuple[Passage, int]]] = {
        material: []
        for material in session.scalars(select(Material).order_by(Material.position, Material.id))
    }
    for row in rows:
        found[row.material].append((row, used.get(row.code, 0)))
    return list(found.items())


def passage_with(session: Session, code: str) -> Passage | None:
    """The passage with this code, with its material. One query."""
    return session.scalar(
        select(Passage).where(Passage.code == code).options(joinedload(Passage.material))
    )


def material_with(session: Session, code: str) -> Material | None:
    """The material with this code. One query."""
    return session.scalar(select(Material).where(Material.code == code))


def _used(session: Session, kind: str) -> dict[str, int]:
    """Code → how many published items that are not retired cite it."""
    rows = session.execute(
        select(ItemCitation.code, func.count())
        .join(BankItem, BankItem.published_id == ItemCitation.item_version_id)
        .where(ItemCitation.kind == kind, BankItem.retired_at.is_(None))
        .group_by(ItemCitation.code)
    )
    return {code: number for code, number in rows}
