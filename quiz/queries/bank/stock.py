"""The bank as a folder of question files would hold it."""

import json
from datetime import date
from typing import cast

from sqlalchemy import select
from sqlalchemy.orm import Session

from quiz.assessment import question_file
from quiz.assessment.items.item import Item
from quiz.assessment.question_file import Folder, LawChange
from quiz.models import BankItem, Claim, ItemVersion, Material, Reference, Setting, Topic
from quiz.models.people.settings import PRACTICE_KEY
from quiz.models.sources.kinds import KINDS
from quiz.queries.sources.material import materials

FILE_KINDS = {stored: written for written, stored in KINDS.items()}


def bank_folder(session: Session) -> Folder:
    """Topics, law, claims, material and published items in force of the bank; no digests."""
    topics = session.scalars(select(Topic).order_by(Topic.position, Topic.code))
    references = session.scalars(select(Reference).order_by(Reference.id))
    claims = session.scalars(select(Claim).order_by(Claim.id))
    return Folder(
        topics=tuple(question_file.Topic(t.code, t.name, t.description) for t in topics),
        references=tuple(_reference(reference) for reference in references),
        claims=tuple(_claim(claim) for claim in claims),
        materials=tuple(_material(material) for material in materials(session)),
        items=tuple(_items(session)),
        practice_item=_practice_item(session),
        digests={},
    )


def _items(session: Session) -> list[Item]:
    rows = session.scalars(
        select(ItemVersion)
        .join(BankItem, BankItem.published_id == ItemVersion.id)
        .outerjoin(Topic, Topic.code == ItemVersion.topic)
        .where(BankItem.retired_at.is_(None))
        .order_by(Topic.position, ItemVersion.topic, BankItem.code)
    )
    return [Item.from_json(version.content) for version in rows]


def _practice_item(session: Session) -> Item | None:
    stored = session.scalar(select(Setting.value).where(Setting.key == PRACTICE_KEY))
    return None if stored is None else Item.from_json(json.loads(stored))


def _reference(row: Reference) -> question_file.Reference:
    return question_file.Reference(
        code=row.code,
        law=row.law,
        title=row.title,
        article=row.article,
        text=row.text,
        verbatim=row.verbatim,
        valid_from=cast(date, row.valid_from),
        valid_to=row.valid_to,
        successor=row.successor,
        changes=tuple(LawChange(date.fromisoformat(c["date"]), c["note"]) for c in row.changes),
    )


def _claim(row: Claim) -> question_file.Claim:
    return question_file.Claim(
        code=row.code,
        statement=row.statement,
        references=tuple(row.references),
        basis=row.basis,
        source=tuple(row.source),
        confidence=row.confidence,
    )


def _material(row: Material) -> question_file.Material:
    return question_file.Material(
        kind=FILE_KINDS[row.kind],
        code=row.code,
        title=row.title,
        source=row.source or None,
        date=row.held_on,
        topic=row.topic,
        passages=tuple(question_file.Passage(p.code, p.text, p.role) for p in row.passages),
    )
