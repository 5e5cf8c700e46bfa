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
    """What the page suggests for the item where it has nothing yet. Ten milliseconds."""
    claims = {row.code: row for row in known.claims}
    ranked = [] if item.claims else [row for row in ranks.claims(item) if row.reason]
    sure = [row for row in ranked if claims[row.code].confidence != UNSURE][:SUGGESTED]
    passages = [] if item.passages else [row for row in ranks.passages(item) if row.reason]
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


def cited_explanations(item: Item, known: Sources) -> list[tuple[str, str]]:
    """The explanations the item's own claims would give, each with the claim's code."""
    return [
        (row.code, explanation_from(row, articles_of(row, item, known)))
        for row in known.claims
        if row.code in item.claims
    ]


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


@dataclass(frozen=True)
class Pick:
    """A source to tick: its code, its words, and why it is suggested, if it is."""

    code: str
    words: str
    reason: str = ""


@dataclass(frozen=True)
class Chooser:
    """A register to pick from: what is suggested, then the rest under headings."""

    suggested: list[Pick]
    groups: list[tuple[str, list[Pick]]]


def choosers(known: Sources, item: Item, ranks: Suggester | None) -> dict[str, Chooser]:
    """Passages, articles and claims to pick from for the item, the likest first.

    Without ``ranks`` they stand in the registers' own order and nothing is suggested.
    """
    topics = {row.code: row.name for row in known.topics}
    usual = ranks.claim_topics if ranks else {}
    return {
        "passages": _chooser(
            {row.code: (row.text, row.material.title) for row in known.passages},
            ranks.passages(item) if ranks else [],
            item.passages,
        ),
        "references": _chooser(
            {r.code: (f"{r.law} {r.article}. {r.text}", r.law) for r in known.references},
            _articles_first(ranks.references(item), item, known) if ranks else [],
            item.references,
        ),
        "claims": _chooser(
            {
                row.code: (
                    f"{row.statement} ({row.confidence})",
                    topics.get(usual.get(row.code, ""), "Lainnya"),
                )
                for row in known.claims
            },
            ranks.claims(item) if ranks else [],
            item.claims,
        ),
    }


def _chooser(
    register: dict[str, tuple[str, str]], ranked: Sequence[Suggestion], chosen: Sequence[str]
) -> Chooser:
    """``register``: words and heading by code. A heading stands where its likest member does.

    What is chosen already needs no suggestion, but for the articles its claims rest on.
    """
    order = [row.code for row in ranked] or list(register)
    why = {
        row.code: row.reason
        for row in ranked
        if row.reason and row.code not in chosen and (row.basis or not chosen)
    }
    suggested = list(why)[:SUGGESTED]
    groups: dict[str, list[Pick]] = {}
    for code in order:
        words, heading = register[code]
        if code not in suggested:
            groups.setdefault(heading, []).append(Pick(code, words))
    picks = [Pick(code, register[code][0], why[code]) for code in suggested]
    return Chooser(picks, list(groups.items()))


def _articles_first(ranked: list[Suggestion], item: Item, known: Sources) -> list[Suggestion]:
    """Before all others the articles that the item's own claims rest on."""
    resting = {
        row.code: claim.code
        for claim in known.claims
        if claim.code in item.claims
        for row in articles_of(claim, item, known)
    }
    first = [Suggestion(code, basis=claim) for code, claim in resting.items()]
    return first + [row for row in ranked if row.code not in resting]
