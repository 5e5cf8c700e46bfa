"""What drafts may lean on, suggested: for one in the editor, for several of a file together."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from quiz.assessment import question_file
from quiz.assessment.items.item import Item
from quiz.assessment.quality.suggesting import (
    SUGGESTED,
    Pointed,
    Suggester,
    Suggestion,
    pointed_audience,
    pointed_level,
)
from quiz.models import BankItem, Claim, ItemVersion, Passage, Reference
from quiz.models.sources.plain import as_claim, as_passage, as_reference, as_topic
from quiz.queries.sources.known import Sources

LEARNT_FROM = 500
"""So many items of the bank, the newest, are looked at: more would only make it slower."""

UNSURE = "rendah"


@dataclass(frozen=True)
class Offer:
    """A claim suggested for an item, and what is accepted with it."""

    claim: Claim
    reason: str
    references: list[Reference]
    explanation: str


@dataclass(frozen=True)
class Offers:
    """What is suggested for one item: nothing of it counts before a person accepts it."""

    claims: list[Offer]
    passages: list[Suggestion]
    topic: Suggestion | None
    level: Pointed
    audience: Pointed


def suggester(session: Session, known: Sources) -> Suggester:
    """Ranks the registers for items of this bank. One query; a fifth of a second at most."""
    versions = session.scalars(
        select(ItemVersion)
        .join(BankItem, BankItem.published_id == ItemVersion.id)
        .where(BankItem.retired_at.is_(None))
        .order_by(ItemVersion.created_at.desc(), ItemVersion.id.desc())
        .limit(LEARNT_FROM)
    )
    return Suggester(
        [as_topic(row) for row in known.topics],
        [as_reference(row) for row in known.references],
        [as_claim(row) for row in known.claims],
        _taught(known.passages),
        [version.item for version in versions],
    )


def offers(ranks: Suggester, item: Item, known: Sources) -> Offers:
    """What the page suggests for the item beside what it has. Ten milliseconds."""
    claims = {row.code: row for row in known.claims}
    ranked = [row for row in ranks.claims(item) if row.reason and row.code not in item.claims]
    sure = [row for row in ranked if claims[row.code].confidence != UNSURE][:SUGGESTED]
    passages = [row for row in ranks.passages(item) if row.reason and row.code not in item.passages]
    topics = [row for row in ranks.topics(item) if row.reason]
    return Offers(
        [_offer(claims[row.code], row.reason, item, known) for row in sure],
        passages[:SUGGESTED],
        topics[0] if topics else None,
        pointed_level(item),
        pointed_audience(item),
    )


def _offer(claim: Claim, reason: str, item: Item, known: Sources) -> Offer:
    cited = articles_of(claim, item, known)
    return Offer(claim, reason, cited, explanation_from(claim, cited))


def articles_of(claim: Claim, item: Item, known: Sources) -> list[Reference]:
    """The articles the claim rests on that are in force on the item's day."""
    return [
        row
        for row in known.references
        if row.code in claim.references and as_reference(row).in_force(item.law_as_of)
    ]


def explanation_from(claim: Claim, cited: Sequence[Reference]) -> str:
    """An explanation to go on from: what the claim says, and the articles it rests on."""
    articles = " dan ".join(f"{row.article} {row.law}" for row in cited)
    return f"{claim.statement} Dasarnya {articles}." if articles else claim.statement


def _taught(passages: Iterable[Passage]) -> list[question_file.Material]:
    """The materials these passages are of, as far as a suggestion reads them."""
    by_material: dict[int, list[Passage]] = {}
    for row in passages:
        by_material.setdefault(row.material_id, []).append(row)
    return [
        question_file.Material(
            kind=rows[0].material.kind,
            code=rows[0].material.code,
            title=rows[0].material.title,
            source=None,
            date=None,
            topic=rows[0].material.topic,
            passages=tuple(as_passage(row) for row in rows),
        )
        for rows in by_material.values()
    ]
