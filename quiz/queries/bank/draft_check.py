"""What an item that is being written still lacks, and how a participant would meet it."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

from sqlalchemy.orm import Session

from quiz.assessment.items.drafting import parts_of, retyped
from quiz.assessment.items.fields import Place, control_at, unwritten, value_at
from quiz.assessment.items.item import Item
from quiz.assessment.items.unfinished import read_draft
from quiz.assessment.quality.linter import Finding
from quiz.queries.sources.known import Sources, sources
from quiz.queries.taking.attempt_page import PageItem, practised_item


@dataclass(frozen=True)
class Remark:
    """Something to mend in a draft: a sentence, the id of its control if one alone, and why.

    ``gap`` says that it is only not written yet.
    """

    sentence: str
    field: str | None
    reason: str
    gap: bool


@dataclass(frozen=True)
class Checked:
    """A draft as read: the item so far, what keeps it from review, and the linter's advice."""

    item: Item
    lacks: list[Remark]
    hints: list[Remark]

    @property
    def faults(self) -> list[Remark]:
        """What is written and wrong."""
        return [lack for lack in self.lacks if not lack.gap]

    @property
    def gaps(self) -> list[Remark]:
        """What is not written yet."""
        return [lack for lack in self.lacks if lack.gap]

    @property
    def title(self) -> str:
        """How much keeps it from review, in words."""
        count = len(self.lacks)
        return "satu hal masih kurang" if count == 1 else f"{count} hal masih kurang"

    def fields(self, *, gaps: bool) -> dict[str, str]:
        """Control → the first thing to mend in it; what is not written yet only with ``gaps``."""
        shown = [*self.faults, *(self.gaps if gaps else [])]
        return {lack.field: lack.sentence for lack in reversed(shown) if lack.field}


def checked_content(content: Mapping[str, Any], known: Sources) -> Checked:
    """What the item's type, the registers and the linter say of the content."""
    item, problems = read_draft(content)
    findings = known.findings(item) if item.type else []

    def remark(sentence: str, place: Place, reason: str) -> Remark:
        gap = unwritten(value_at(content, place))
        return Remark(sentence, control_at(place, parts_of(content)), reason, gap)

    lacks = [remark(p.sentence, p.place, "") for p in [*problems, *known.unknown(item)]]
    lacks += [remark(f.sentence, f.place, f.reason) for f in findings if f.severity == "error"]
    hints = [
        remark(f.sentence, f.place, f"{f.reason} ({f.source})")
        for f in findings
        if f.severity != "error"
    ]
    return Checked(item, lacks, [hint for hint in hints if not hint.gap])


def previewed_item(content: Mapping[str, Any], *, reviewed: bool) -> PageItem | None:
    """The draft as a participant would meet it; with feedback, one wrong option is chosen."""
    if not parts_of(content):
        return None
    item, _ = read_draft(retyped(content, content["type"]))
    written = tuple(option for option in item.options if option.text)
    item = replace(item, options=written or item.options)
    wrong = next((option.id for option in item.options if not option.is_key), None)
    return practised_item(item, (wrong,) if reviewed and wrong else (), reviewed=reviewed)


def item_findings(session: Session, item: Item) -> list[Finding]:
    """What the linter says of a whole item, errors first. Four queries."""
    found = sources(session).findings(item)
    return sorted(found, key=lambda finding: finding.severity != "error")
