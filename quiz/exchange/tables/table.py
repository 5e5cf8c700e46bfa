"""A table somebody else made: its rows, its bounds, and the one fault it can have."""

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

MAX_BYTES = 5_000_000
MAX_ROWS = 5_000
MAX_COLUMNS = 100
HEADER_WITHIN = 10
"""A header is looked for in this many first rows; titles may stand above it."""

Cell = str | float | bool | date | datetime | time | timedelta | None
"""A cell as its file holds it: a number stays a number, an empty cell is None."""


class TableFault(ValueError):
    """A file that cannot be read as a table. The message is Indonesian and says how to mend it."""


@dataclass(frozen=True)
class Row:
    """One row; ``number`` counts from 1 as Excel shows it, blank rows included."""

    number: int
    cells: tuple[Cell, ...]

    def cell(self, column: int) -> Cell:
        """The cell of a column counted from 0; None beyond the row's end."""
        return self.cells[column] if column < len(self.cells) else None

    @property
    def filled(self) -> int:
        """How many cells hold something."""
        return sum(cell is not None for cell in self.cells)


@dataclass(frozen=True)
class Grid:
    """All rows of a sheet that are not blank; ``sheet`` is None for CSV."""

    sheet: str | None
    rows: tuple[Row, ...]


@dataclass(frozen=True)
class Table:
    """A header and the rows below it, blank rows left out."""

    sheet: str | None
    header_row: Row
    rows: tuple[Row, ...]


def make_row(number: int, values: Sequence[Cell]) -> Row:
    """A row whose blank texts are None; other texts stay as they are."""
    cells = (None if isinstance(value, str) and not value.strip() else value for value in values)
    return Row(number, tuple(cells))


def column_letter(column: int) -> str:
    """The name Excel shows for a column counted from 0: A, Z, AA."""
    letters = ""
    column += 1
    while column:
        column, rest = divmod(column - 1, 26)
        letters = chr(ord("A") + rest) + letters
    return letters


def plain_head(cell: Cell) -> str:
    """A column head without case, spaces and punctuation, for comparing."""
    text = unicodedata.normalize("NFKC", cell if isinstance(cell, str) else "").casefold()
    return re.sub(r"[\W_]+", "", text)


def too_many_rows(row_number: int | None = None) -> TableFault:
    """The fault of a table beyond ``MAX_ROWS``; ``row_number`` is a row that holds something."""
    where = f" (ada isi di baris {row_number})" if row_number else ""
    return TableFault(
        f"Tabel memuat lebih dari {MAX_ROWS:,} baris{where}. ".replace(",", ".")
        + "Hapus isi yang bukan bagian daftar, atau bagi daftar menjadi beberapa berkas."
    )
