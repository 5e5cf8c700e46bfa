"""Reading what is left of a damaged SQLite file, row by row, past what cannot be read."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from quiz.database import sqlite_driver

Row = tuple[Any, ...]

WINDOW = 512
"""Row ids asked for at once where everything can be read."""

MOST_ROWS = 100_000_000
"""A table that claims a larger row id is damaged."""

PATIENT = 64
"""Windows in a row without any row after which the end of a table is assumed, where the table
cannot say itself how far it goes."""


@dataclass
class Gap:
    """Row ids of a table, both ends included, of which nothing can be read."""

    first: int
    last: int


def revision_of(broken: Any) -> str | None:
    """The revision a damaged database says it stands at; None where it does not say."""
    try:
        row = broken.execute("SELECT version_num FROM alembic_version").fetchone()
    except sqlite_driver.Error:
        return None
    return str(row[0]) if row else None


class Table:
    """One table of a damaged database; after ``rows`` its ``gaps`` say what could not be read.

    ``unsure`` is then the row id after the last that was read, where the table cannot say whether
    more followed; else 0.
    """

    def __init__(self, broken: Any, name: str, columns: list[str]) -> None:
        self.broken, self.name, self.gaps, self.unsure = broken, name, list[Gap](), 0
        self.columns = ", ".join(f'"{column}"' for column in columns)
        rows = f'FROM "{name}" NOT INDEXED'
        self._greatest = f"SELECT max(rowid) {rows}"  # names of our own schema
        self._select = (
            f"SELECT rowid, {self.columns} {rows} WHERE rowid BETWEEN ? AND ?"  # as above
        )

    def rows(self) -> Iterator[Row]:
        """Every row that can be read, after its row id."""
        last = self._last()
        first, empty = 1, 0
        while first <= last if last is not None else empty < PATIENT:
            end = first + WINDOW - 1
            found = self._between(first, end if last is None else min(end, last))
            yield from found
            empty = 0 if found else empty + 1
            first = end + 1
        if last is None:
            self._leave_open(first - empty * WINDOW)

    def _last(self) -> int | None:
        """The largest row id; 0 for an empty table, None where the table cannot say."""
        try:
            row = self.broken.execute(self._greatest).fetchone()
        except sqlite_driver.Error:
            return None
        last = int(row[0] or 0)
        return last if last <= MOST_ROWS else None

    def _between(self, first: int, last: int) -> list[Row]:
        """The rows of this range; halved until what is unreadable stands alone."""
        try:
            return list(self.broken.execute(self._select, (first, last)))
        except sqlite_driver.Error:
            pass
        if first == last:
            self._miss(first)
            return []
        middle = (first + last) // 2
        return self._between(first, middle) + self._between(middle + 1, last)

    def _miss(self, row: int) -> None:
        if self.gaps and self.gaps[-1].last == row - 1:
            self.gaps[-1].last = row
        else:
            self.gaps.append(Gap(row, row))

    def _leave_open(self, end: int) -> None:
        """From ``end`` on nothing was read, and nobody knows whether anything was there."""
        self.gaps = [Gap(gap.first, min(gap.last, end - 1)) for gap in self.gaps if gap.first < end]
        self.unsure = end
