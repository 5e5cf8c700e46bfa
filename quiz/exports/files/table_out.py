"""A table on its way out, the same for every format, and what its cells become."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal
from fractions import Fraction
from typing import Any, Literal

from quiz.formats import round_half_up, wita

Kind = Literal["text", "nip", "integer", "percent", "decimal", "date", "datetime"]
OutCell = str | int | float | Fraction | Decimal | date | datetime | None
"""What a row may hold; None is an empty cell, a datetime is aware UTC, a bool is Ya or Tidak."""

PlainCell = str | int | Decimal | date | None
"""What a writer meets: rounded numbers, moments in WITA."""

PLACES: dict[Kind, int] = {"integer": 0, "percent": 1, "decimal": 2}
"""Decimals a number is rounded to. A percent is 0 to 100."""


@dataclass(frozen=True)
class Head:
    """A column: its key in JSON, its Indonesian head, and what stands in it."""

    key: str
    label: str
    kind: Kind = "text"


@dataclass(frozen=True)
class TableOut:
    """What is downloaded. Each row has one cell per head.

    The last ``totals`` of them sum up the others. ``notes`` say what the figures may not be quoted
    without; CSV, a bare table, has none. ``json`` is the rest of the JSON file where that is fixed;
    without it rows go by the heads' keys.
    """

    title: str
    heads: Sequence[Head]
    rows: Sequence[Sequence[OutCell]]
    notes: Sequence[str] = field(default_factory=tuple)
    json: Mapping[str, Any] | None = None
    totals: int = 0


def plain_rows(table: TableOut) -> list[list[PlainCell]]:
    """The rows with rounded numbers and WITA moments.

    Raises ValueError for a row with more or fewer cells than heads.
    """
    kinds = [head.kind for head in table.heads]
    return [
        [plain_cell(cell, kind) for cell, kind in zip(row, kinds, strict=True)]
        for row in table.rows
    ]


def plain_cell(cell: OutCell, kind: Kind) -> PlainCell:
    """One cell as every writer shows it; a number is rounded half up to its kind's places."""
    if cell is None or isinstance(cell, str):
        return cell
    if isinstance(cell, bool):
        return "Ya" if cell else "Tidak"
    if isinstance(cell, datetime):
        return wita(cell)
    if isinstance(cell, date):
        return cell
    if isinstance(cell, int) and kind not in PLACES:
        return str(cell) if kind == "nip" else cell
    rounded = round_half_up(cell, PLACES.get(kind, 2))
    return int(rounded) if kind == "integer" else rounded
