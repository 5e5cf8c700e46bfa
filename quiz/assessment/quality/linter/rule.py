"""What a rule is, and what it finds."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Literal

from quiz.assessment.items.fields import Place
from quiz.assessment.items.item import Item
from quiz.assessment.question_file.content import Claim, Passage, Reference

GUIDE = "Panduan narasumber, “Aturan isi”"
"""The source of rules that are the house's own: docs/panduan-narasumber.md, for every author."""

Severity = Literal["error", "warning"]


@dataclass(frozen=True)
class Finding:
    """Something to mend: which rule says so, in which item, and why the rule is there.

    `item` is None when the whole bank is meant. `where` names the part of the item in words and
    `place` in its content; `message` says the fault and its remedy, `reason` and `source` why
    anybody should care; all Indonesian.
    """

    rule: str
    severity: Severity
    item: str | None
    where: str
    message: str
    reason: str
    source: str
    place: Place = ()

    @property
    def sentence(self) -> str:
        """Where and what, for a page that shows the item."""
        return f"{self.where[:1].upper()}{self.where[1:]}: {self.message}"

    def __str__(self) -> str:
        said = f"Soal {self.item}, {self.where}: {self.message}" if self.item else self.sentence
        return f"{said} [{self.rule}]"


@dataclass(frozen=True)
class Note:
    """What a rule's check gives: where in words, what to mend, and its place in the item."""

    where: str
    message: str
    place: Place = ()


@dataclass(frozen=True)
class Register:
    """What items lean on, by code. `on` is the day of an event, None when none is meant."""

    references: Mapping[str, Reference]
    claims: Mapping[str, Claim]
    passages: Mapping[str, Passage]
    on: date | None


ItemCheck = Callable[[Item, Register], Iterable[Note]]
BankCheck = Callable[[Sequence[Item]], Iterable[Note]]


@dataclass(frozen=True)
class Rule:
    """A rule with its reason and source. One of the two checks is given."""

    name: str
    severity: Severity
    reason: str
    source: str
    of_item: ItemCheck | None = None
    of_bank: BankCheck | None = None

    def findings(self, items: Sequence[Item], register: Register) -> Iterable[Finding]:
        """Everything this rule finds, in the order of the items."""
        if self.of_bank is not None:
            yield from (self._finding(None, note) for note in self.of_bank(items))
        if self.of_item is not None:
            for item in items:
                for note in self.of_item(item, register):
                    yield self._finding(item.code, note)

    def _finding(self, code: str | None, note: Note) -> Finding:
        return Finding(
            self.name,
            self.severity,
            code,
            note.where,
            note.message,
            self.reason,
            self.source,
            note.place,
        )


def item_rule(
    name: str, severity: Severity, *, reason: str, source: str
) -> Callable[[ItemCheck], Rule]:
    """Make the function below a rule about single items."""

    def make(check: ItemCheck) -> Rule:
        return Rule(name, severity, reason, source, of_item=check)

    return make


def bank_rule(
    name: str, severity: Severity, *, reason: str, source: str
) -> Callable[[BankCheck], Rule]:
    """Make the function below a rule about all items together."""

    def make(check: BankCheck) -> Rule:
        return Rule(name, severity, reason, source, of_bank=check)

    return make
