"""What an event file carries: every table and column that hangs on an event, and what stays out.

A row is a JSON object. Columns that point at another row hold what that row is called on every
machine (its ``uid`` or ``code``), never a number of one database. Tables stand in the order in
which they can be read: what is pointed at comes first.

What happens where a row is known on both sides is said here too, and follows from the two rows
alone, so that files may come in any order:

- ``joined`` columns are put together whatever the rest says: the earliest moment, the latest, the
  higher number, either;
- of the others the newer row counts, whole. Newer is the higher ``revision`` where there is one,
  else the one to which the last thing happened (``moments``, none of them the earlier of two, and
  the audit log's lines about it);
- ``settled`` columns are taken with a new row and never again;
- where neither side says when, the row here stays of a ``kept_on_a_tie`` table; of the others the
  rows themselves decide, the same way on every machine;
- rows of a ``kept`` table stay as they are here: they belong to the office, not to the event;
- rows that go ``with`` another come only together with it.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum


class Join(StrEnum):
    """How a column of two rows becomes one, in whatever order they come."""

    EARLIEST = "earliest"
    """The lower of the two; the other where one is empty."""

    LATEST = "latest"
    """The higher of the two; the other where one is empty."""

    EITHER = "either"


@dataclass(frozen=True)
class Table:
    """One table of the file: its columns, how its rows are called, and how two of them meet."""

    name: str
    label: str
    key: tuple[str, ...]
    columns: tuple[str, ...]
    points: Mapping[str, str] = field(default_factory=dict)
    left_out: Mapping[str, str] = field(default_factory=dict)
    joined: Mapping[str, Join] = field(default_factory=dict)
    settled: tuple[str, ...] = ()
    moments: tuple[str, ...] = ()
    revision: str | None = None
    subject: str | None = None
    kept: bool = False
    kept_on_a_tie: bool = False
    goes_with: str | None = None

    @property
    def compared(self) -> tuple[str, ...]:
        """The columns of which the newer row's count."""
        apart = {*self.key, *self.settled, *self.joined}
        return tuple(name for name in self.columns if name not in apart)
