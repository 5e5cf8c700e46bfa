"""Everything an item can lean on, to pick from and for the linter to look things up in."""

from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session, joinedload

from quiz.assessment.items.fields import Problem
from quiz.assessment.items.item import Item
from quiz.assessment.quality.linter import Finding, lint
from quiz.models import BankItem, Claim, Material, Passage, Reference, Topic
from quiz.models.sources.plain import as_claim, as_passage, as_reference


@dataclass(frozen=True)
class Sources:
    """The registers, each by code, the topics in their order, and the codes of the bank's items."""

    topics: list[Topic]
    passages: list[Passage]
    references: list[Reference]
    claims: list[Claim]
    item_codes: frozenset[str]

    def findings(self, item: Item) -> list[Finding]:
        """What the linter says of one item on its own."""
        return lint(
            [item],
            [as_reference(row) for row in self.references],
            [as_claim(row) for row in self.claims],
            [as_passage(row) for row in self.passages],
        )

    def unknown(self, item: Item) -> list[Problem]:
        """A problem for a topic, a passage or another item that leads nowhere.

        Of articles and claims that do, the linter tells.
        """
        topic = (item.topic,) if item.topic else ()
        lists = (
            ("Topik", "topic", topic, self.topics),
            ("Kalimat bahan", "passages", item.passages, self.passages),
        )
        strange = [code for code in item.not_with if code not in self.item_codes - {item.code}]
        return [
            Problem(f"Soal {code} tidak ada, jadi tidak dapat dipisahkan.", ("not_with",))
            for code in strange
        ] + [
            Problem(f"{what} {code} tidak ada lagi dalam daftar. Pilih yang lain.", (name,))
            for what, name, codes, register in lists
            for code in codes
            if code not in {row.code for row in register}
        ]


def sources(session: Session) -> Sources:
    """All topics, passages with their material, articles, claims, item codes. Five queries."""
    return Sources(
        list(session.scalars(select(Topic).order_by(Topic.position, Topic.code))),
        list(
            session.scalars(
                select(Passage)
                .join(Passage.material)
                .options(joinedload(Passage.material))
                .order_by(Material.position, Passage.position)
            )
        ),
        list(session.scalars(select(Reference).order_by(Reference.law, Reference.id))),
        list(session.scalars(select(Claim).order_by(Claim.code))),
        frozenset(session.scalars(select(BankItem.code))),
    )
