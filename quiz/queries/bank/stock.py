"""The bank as a whole: as a folder of question files, and which of its items ask the same."""

from dataclasses import dataclass

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from quiz.assessment.items.item import Item
from quiz.assessment.quality.similarity import NEAR, near_duplicates
from quiz.assessment.question_file import Folder
from quiz.assessment.question_file.content import Abbreviation
from quiz.models import BankItem, Claim, ItemVersion, Reference, Topic
from quiz.models.sources.plain import as_claim, as_material, as_reference, as_topic
from quiz.queries.people.settings import abbreviations, practice_item
from quiz.queries.sources.material import materials


def bank_folder(session: Session) -> Folder:
    """Topics, law, claims, material and published items in force of the bank; no digests."""
    topics = session.scalars(select(Topic).order_by(Topic.position, Topic.code))
    references = session.scalars(select(Reference).order_by(Reference.id))
    claims = session.scalars(select(Claim).order_by(Claim.id))
    return Folder(
        topics=tuple(as_topic(topic) for topic in topics),
        references=tuple(as_reference(reference) for reference in references),
        claims=tuple(as_claim(claim) for claim in claims),
        materials=tuple(as_material(material) for material in materials(session)),
        items=tuple(_items(session)),
        practice_item=practice_item(session),
        digests={},
        abbreviations=tuple(Abbreviation(*each) for each in abbreviations(session).items()),
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


@dataclass(frozen=True)
class Duplicates:
    """Two items by code, both questions, and how alike they are, 0 to 1."""

    codes: tuple[str, str]
    stems: tuple[str, str]
    similarity: float


def duplicates(session: Session, least: float = NEAR) -> list[Duplicates]:
    """Pairs of items in use whose stems are at least this alike, nearest first. One query."""
    shown = func.coalesce(BankItem.published_id, BankItem.draft_id)
    rows = session.execute(
        select(BankItem.code, ItemVersion.content["stem"].as_string())
        .join(ItemVersion, ItemVersion.id == shown)
        .where(BankItem.retired_at.is_(None))
    )
    stems = {code: stem for code, stem in rows}
    return [
        Duplicates(
            (pair.first, pair.second), (stems[pair.first], stems[pair.second]), pair.similarity
        )
        for pair in near_duplicates(stems, least)
    ]
