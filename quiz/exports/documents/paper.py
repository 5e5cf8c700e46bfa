"""A document on its way out: what stands on it in order, the same for PDF and Word. Plain values.

Every text is final: numbers are rounded and words chosen before they come here, so that no two
kinds of file can differ.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, fields, is_dataclass, replace
from datetime import datetime
from typing import Literal, TypeVar, cast

Numbering = Literal["points", "numbers", "letters"]


@dataclass(frozen=True)
class Heading:
    """A section's; ``level`` 1 to 3, none passed over."""

    text: str
    level: int = 1


@dataclass(frozen=True)
class Text:
    """A paragraph. ``lead`` is set in bold before it; a ``quiet`` one is set small."""

    text: str
    lead: str = ""
    quiet: bool = False


@dataclass(frozen=True)
class Notice:
    """What may not be overlooked, in a frame."""

    text: str


@dataclass(frozen=True)
class Points:
    """A list. ``marked`` are places from 0 whose entry is set in bold, with a tick."""

    entries: Sequence[str]
    numbering: Numbering = "points"
    marked: frozenset[int] = frozenset()


@dataclass(frozen=True)
class Fact:
    """One figure with what it counts."""

    label: str
    text: str


@dataclass(frozen=True)
class Facts:
    """Labels and what belongs to them, one below the other."""

    rows: Sequence[Fact]


@dataclass(frozen=True)
class Column:
    """A head, and how its cells are set; ``share`` of the width beside the other columns'."""

    label: str
    right: bool = False
    share: float = 1.0


@dataclass(frozen=True)
class Cell:
    """What stands in a cell, with a small ``note`` below; ``bold`` for a row's name."""

    text: str
    note: str = ""
    bold: bool = False


@dataclass(frozen=True)
class Table:
    """Heads come again on every page, ``total`` stands once, at the end.

    Raises ValueError where a row has more or fewer cells than columns.
    """

    caption: str
    columns: Sequence[Column]
    rows: Sequence[Sequence[Cell]]
    total: Sequence[Cell] = ()

    def __post_init__(self) -> None:
        for row in (*self.rows, *([self.total] if self.total else [])):
            if len(row) != len(self.columns):
                raise ValueError(f"{self.caption}: {len(row)} cells in {len(self.columns)} columns")


@dataclass(frozen=True)
class Span:
    """A row of a chart, 0 to 100. ``start`` is hollow, before a change; ``words`` carry it all."""

    name: str
    note: str
    words: str
    beside: str
    at: float
    low: float | None = None
    high: float | None = None
    start: float | None = None


@dataclass(frozen=True)
class Chart:
    """Bars from 0 with intervals, or, where rows have a ``start``, lines from there.

    ``overall`` is a dashed line through all rows. Without drawing it is a table of the words.
    """

    caption: str
    description: str
    heads: tuple[str, str, str]
    rows: Sequence[Span]
    overall: float | None = None
    overall_words: str = ""


@dataclass(frozen=True)
class Signature:
    """Lines above the room for a wet signature, then the name and what stands below it."""

    above: Sequence[str]
    name: str
    below: Sequence[str] = ()


@dataclass(frozen=True)
class Signatures:
    """Side by side; a single one stands on the right."""

    people: Sequence[Signature]


@dataclass(frozen=True)
class Lines:
    """Empty lines to write on."""

    count: int


@dataclass(frozen=True)
class Together:
    """Blocks that no page break parts."""

    blocks: Sequence["Block"]


@dataclass(frozen=True)
class NewPage:
    """What follows begins on a page of its own."""


Block = (
    Heading
    | Text
    | Notice
    | Points
    | Facts
    | Table
    | Chart
    | Signatures
    | Lines
    | Together
    | NewPage
)


@dataclass(frozen=True)
class Paper:
    """A document: under the office's ``letterhead`` its title, lines below it, and its blocks.

    ``letterhead`` are the lines of the name, then those of the address; () for papers without one.
    ``foot`` stands at the bottom of every page before the page's number. ``made_at`` is aware. One
    that is ``dense`` is set smaller, because it has to be a single sheet.
    """

    title: str
    subtitles: Sequence[str]
    blocks: Sequence[Block]
    foot: str
    made_at: datetime
    letterhead: tuple[Sequence[str], Sequence[str]] = ((), ())
    landscape: bool = False
    dense: bool = False


Part = TypeVar("Part")


def with_texts(part: Part, change: Callable[[str], str]) -> Part:
    """The same paper, or part of one, with every text in it changed."""
    return cast("Part", _changed(part, change))


def _changed(part: object, change: Callable[[str], str]) -> object:
    if isinstance(part, str):
        return change(part)
    if isinstance(part, tuple | list):
        return tuple(_changed(each, change) for each in part)
    if is_dataclass(part) and not isinstance(part, type):
        parts = {field.name: getattr(part, field.name) for field in fields(part)}
        return replace(part, **{name: _changed(value, change) for name, value in parts.items()})
    return part
