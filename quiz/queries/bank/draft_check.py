"""What an item that is being written still lacks, and how a participant would meet it."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any, NamedTuple

from sqlalchemy.orm import Session

from quiz.assessment.items.drafting import parts_of, retyped
from quiz.assessment.items.fields import Place, control_at, unwritten, value_at
from quiz.assessment.items.item import Item
from quiz.assessment.items.unfinished import read_draft
from quiz.assessment.quality.linter import Finding
from quiz.queries.sources.known import Sources, sources
from quiz.queries.taking.attempt_page import PageItem, practised_item

UNWRITTEN = "Opsi ini belum ditulis"


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
        """Control → what to mend in it, a line each; what is not written yet only with ``gaps``."""
        found: dict[str, str] = {}
        for lack in [*self.faults, *(self.gaps if gaps else [])]:
            if lack.field:
                above = found.get(lack.field)
                found[lack.field] = f"{above}\n{lack.sentence}" if above else lack.sentence
        return found


def checked_content(content: Mapping[str, Any], known: Sources) -> Checked:
    """What the item's type, the registers and the linter say of the content, down the page.

    Of what is only not written yet the linter says nothing more.
    """
    item, problems = read_draft(content)
    findings = known.findings(item) if item.type else []
    problems += known.unknown(item)
    empty = {p.place for p in problems if unwritten(value_at(content, p.place))}
    errors = [f for f in findings if f.severity == "error" and f.place not in empty]
    lacks = [_Said(p.sentence, p.place) for p in problems]
    lacks += [_Said(f.sentence, f.place, f.reason) for f in errors]
    hints = [
        _Said(f.sentence, f.place, f"{f.reason} ({f.source})")
        for f in findings
        if f.severity != "error"
    ]
    advice = [hint for hint in _remarks(content, hints) if not hint.gap]
    return Checked(item, _remarks(content, lacks), advice)


class _Said(NamedTuple):
    sentence: str
    place: Place
    reason: str = ""


_DOWN_THE_PAGE = (
    *("stem", "extra", "options", "explanation", "turns_on", "passages", "references", "claims"),
    *("basis_words", "law_as_of", "topic", "level", "audience", "stages"),
    *("not_with", "pair", "scenario", "type", "code"),
)


def _remarks(content: Mapping[str, Any], said: list[_Said]) -> list[Remark]:
    parts = parts_of(content)
    return [
        Remark(
            one.sentence,
            control_at(one.place, parts),
            one.reason,
            unwritten(value_at(content, one.place)),
        )
        for one in sorted(said, key=_down_the_page)
    ]


def _down_the_page(one: _Said) -> tuple[int, int]:
    row = next((step for step in one.place if isinstance(step, int)), -1)
    return (_DOWN_THE_PAGE.index(str(one.place[0])) if one.place else -1, row)


def previewed_item(content: Mapping[str, Any], *, reviewed: bool) -> PageItem | None:
    """The draft as a participant would meet it; with feedback, one wrong option is chosen."""
    if not parts_of(content):
        return None
    item, _ = read_draft(retyped(content, content["type"]))
    written = tuple(option for option in item.options if option.text)
    blank = tuple(replace(option, text=UNWRITTEN) for option in item.options)
    item = replace(item, options=written or blank)
    wrong = next((option.id for option in item.options if not option.is_key), None)
    return practised_item(item, (wrong,) if reviewed and wrong else (), reviewed=reviewed)


def item_findings(session: Session, item: Item) -> list[Finding]:
    """What the linter says of a whole item, errors first. Four queries."""
    found = sources(session).findings(item)
    return sorted(found, key=lambda finding: finding.severity != "error")
