"""What a folder of questions holds: topics, law, checked claims, material, items. Plain values."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from quiz.assessment.items.item import Item


@dataclass(frozen=True)
class Topic:
    """What items are about."""

    code: str
    name: str
    description: str


@dataclass(frozen=True)
class LawChange:
    """Something that happened to an article of law, and when."""

    date: date
    note: str


@dataclass(frozen=True)
class Reference:
    """An article of law. `text` is a literal quotation only when `verbatim`, else our words.

    In force from `valid_from` to `valid_to`, both included; None is "not ended".
    """

    code: str
    law: str
    title: str
    article: str
    text: str
    verbatim: bool
    valid_from: date
    valid_to: date | None
    successor: str | None
    changes: tuple[LawChange, ...]

    def in_force(self, on: date) -> bool:
        """Whether it binds on that day."""
        return self.valid_from <= on and (self.valid_to is None or on <= self.valid_to)


@dataclass(frozen=True)
class Claim:
    """A checked statement that items may rest on, with how sure the check was.

    `references` are the law it rests on; `basis` says in words what else it rests on.
    """

    code: str
    statement: str
    references: tuple[str, ...]
    basis: str
    source: tuple[str, ...]
    confidence: str


@dataclass(frozen=True)
class Passage:
    """One or two sentences of material; `role` is its part in a lesson, if it is one."""

    code: str
    text: str
    role: str | None = None


@dataclass(frozen=True)
class Material:
    """A text people are taught from, passage by passage.

    `kind` is "material" (what was said, with its source and date) or "lesson" (our own, with
    the topic it teaches, and perhaps neither source nor date).
    """

    kind: str
    code: str
    title: str
    source: str | None
    date: date | None
    topic: str | None
    passages: tuple[Passage, ...]


@dataclass(frozen=True)
class Folder:
    """Everything a folder of questions holds, checked. Items are lettered.

    `digests` gives for the code of each topic, reference, claim, passage and item (the practice
    item too) the fingerprint of its content; for an item it begins with the version's uid.
    """

    topics: tuple[Topic, ...]
    references: tuple[Reference, ...]
    claims: tuple[Claim, ...]
    materials: tuple[Material, ...]
    items: tuple[Item, ...]
    practice_item: Item | None
    digests: Mapping[str, str]


@dataclass(frozen=True)
class Fault:
    """Something wrong in a file: where (path within the folder, line from 1) and what, in words.

    `line` is None when the whole file is meant.
    """

    file: str
    line: int | None
    message: str

    def __str__(self) -> str:
        where = self.file if self.line is None else f"{self.file} baris {self.line}"
        return f"{where}: {self.message}"


class FolderFaults(Exception):
    """A folder of questions cannot be taken; `faults` names every reason at once."""

    def __init__(self, faults: list[Fault]) -> None:
        super().__init__("\n".join(str(fault) for fault in faults))
        self.faults = faults
