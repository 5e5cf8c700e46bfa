"""The registers as their keepers see them: each record with how many items rest on it."""

from collections.abc import Collection, Mapping, Sequence
from datetime import date
from typing import Any, cast

from sqlalchemy import ColumnElement, func, or_, select, true
from sqlalchemy.orm import InstrumentedAttribute, Session, joinedload

from quiz.models import BankItem, Claim, ItemCitation, Material, Passage, Reference
from quiz.models.bank.citations import CLAIM, PASSAGE, REFERENCE
from quiz.models.sources.material import Record
from quiz.queries.bank.citations import READ


def reference_problem(session: Session, code: str, values: Mapping[str, Any]) -> str | None:
    """Why these values cannot be: dates the wrong way round, a successor that is not there."""
    first, last = values.get("valid_from"), values.get("valid_to")
    if isinstance(first, date) and isinstance(last, date) and last < first:
        return "Hari terakhir berlaku lebih awal dari hari pertamanya."
    successor = values.get("successor")
    if successor == code:
        return "Dasar hukum tidak dapat menggantikan dirinya sendiri."
    known = select(Reference.id).where(Reference.code == successor)
    if successor and session.scalar(known) is None:
        return f"Pengganti {successor} tidak ada dalam daftar."
    return None


def claim_problem(session: Session, values: Mapping[str, Any]) -> str | None:
    """Why these values cannot be: an article that is not in the register. One query."""
    wanted: Sequence[str] = values.get("references") or ()
    known = set(session.scalars(select(Reference.code).where(Reference.code.in_(wanted))))
    gone = [code for code in wanted if code not in known]
    if not gone:
        return None
    return f"Dasar hukum {', '.join(gone)} tidak ada dalam daftar. Hapus centangnya."


def waiting_values(row: Record) -> dict[str, Any]:
    """The file's text that waits beside this record, by column; {} when none waits."""
    days = ("valid_from", "valid_to")
    return {
        name: date.fromisoformat(value) if name in days and value else value
        for name, value in (row.pending or {}).items()
    }


def references(session: Session, words: str = "") -> list[tuple[Reference, int]]:
    """Articles whose code, law, article or text hold these words, with items. Two queries."""
    columns = (Reference.code, Reference.law, Reference.article, Reference.text)
    query = select(Reference).where(_hold(words, *columns)).order_by(Reference.law, Reference.id)
    used = _used(session, REFERENCE)
    return [(row, used.get(row.code, 0)) for row in session.scalars(query)]


def reference_with(session: Session, code: str) -> Reference | None:
    """The article with this code. One query."""
    return session.scalar(select(Reference).where(Reference.code == code))


def claims(session: Session, words: str = "", confidence: str = "") -> list[tuple[Claim, int]]:
    """Claims whose code, statement or basis hold these words, with items. Two queries."""
    query = select(Claim).where(_hold(words, Claim.code, Claim.statement, Claim.basis))
    if confidence:
        query = query.where(Claim.confidence == confidence)
    used = _used(session, CLAIM)
    return [(row, used.get(row.code, 0)) for row in session.scalars(query.order_by(Claim.code))]


def claim_with(session: Session, code: str) -> Claim | None:
    """The claim with this code. One query."""
    return session.scalar(select(Claim).where(Claim.code == code))


def waiting_record(session: Session, kind: str, code: str) -> Record | None:
    """The record of a kind of citation beside which a file's text waits. One query."""
    for model, (name, _) in READ.items():
        if name == kind:
            row = cast(Record | None, session.scalar(select(model).where(model.code == code)))
            return row if row is not None and row.pending else None
    return None


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


def passages_with(session: Session, codes: Collection[str]) -> list[Passage]:
    """The passages with these codes, by code. One query."""
    return list(
        session.scalars(select(Passage).where(Passage.code.in_(codes)).order_by(Passage.code))
    )


def material_with(session: Session, code: str) -> Material | None:
    """The material with this code. One query."""
    return session.scalar(select(Material).where(Material.code == code))


def _hold(words: str, *columns: InstrumentedAttribute[str]) -> ColumnElement[bool]:
    """Whether each word (six at most) stands in one of these columns."""
    found: ColumnElement[bool] = true()
    for word in words.split()[:6]:
        found &= or_(*(column.icontains(word, autoescape=True) for column in columns))
    return found


def _used(session: Session, kind: str) -> dict[str, int]:
    """Code → how many published items that are not retired cite it."""
    rows = session.execute(
        select(ItemCitation.code, func.count())
        .join(BankItem, BankItem.published_id == ItemCitation.item_version_id)
        .where(ItemCitation.kind == kind, BankItem.retired_at.is_(None))
        .group_by(ItemCitation.code)
    )
    return {code: number for code, number in rows}
