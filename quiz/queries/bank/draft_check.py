"""What an item that is being written still lacks, and how a participant would meet it."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

from sqlalchemy.orm import Session

from quiz.assessment.items.drafting import field_of, retyped
from quiz.assessment.items.item import Item
from quiz.assessment.items.unfinished import draft_problems, sketched_item
from quiz.assessment.quality.linter import Finding
from quiz.queries.sources.known import Sources, sources
from quiz.queries.taking.attempt_page import PageItem, practised_item


@dataclass(frozen=True)
class Lack:
    """One thing that keeps the item from review, and the field it is about."""

    sentence: str
    field: str | None
    reason: str = ""


@dataclass(frozen=True)
class Checked:
    """What keeps an item from review, and what the linter would rather see."""

    lacks: list[Lack]
    hints: list[Finding]

    @property
    def title(self) -> str:
        """The heading of the list of what is wanting."""
        count = len(self.lacks)
        return "satu hal masih kurang" if count == 1 else f"{count} hal masih kurang"

    @property
    def fields(self) -> dict[str, str]:
        """Field → the first thing wanting in it."""
        return {lack.field: lack.sentence for lack in reversed(self.lacks) if lack.field}


def checked_content(content: Mapping[str, Any], known: Sources) -> Checked:
    """What draft problems, the registers and the linter say of the content."""
    item = sketched_item(content)
    findings = known.findings(item) if item.type else []
    problems = draft_problems(content) + known.unknown(item)
    lacks = [Lack(sentence, field_of(sentence)) for sentence in problems]
    lacks += [_lint_lack(finding) for finding in findings if finding.severity == "error"]
    return Checked(lacks, [finding for finding in findings if finding.severity != "error"])


def _lint_lack(finding: Finding) -> Lack:
    sentence = f"{finding.where.capitalize()}: {finding.message}"
    return Lack(sentence, field_of(sentence), finding.reason)


def previewed_item(content: Mapping[str, Any], *, reviewed: bool) -> PageItem | None:
    """The draft as a participant would meet it; with feedback, one wrong option is chosen."""
    item = sketched_item(retyped(content, content["type"])) if content.get("type") else None
    if item is None or not item.type:
        return None
    written = tuple(option for option in item.options if option.text)
    item = replace(item, options=written or item.options)
    wrong = next((option.id for option in item.options if not option.is_key), None)
    return practised_item(item, (wrong,) if reviewed and wrong else (), reviewed=reviewed)


def item_findings(session: Session, item: Item) -> list[Finding]:
    """What the linter says of a whole item, errors first. Four queries."""
    found = sources(session).findings(item)
    return sorted(found, key=lambda finding: finding.severity != "error")
