"""What the names in an event file stand for here."""

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from quiz.exchange.events.table import Table
from quiz.exchange.events.tables import NUMBERED, TABLES
from quiz.queries.events.transfer.rows import Name
from quiz.queries.events.transfer.scope import TABLE
from quiz.queries.events.transfer.values import stored

LATER = "merged_into_id"
"""Points at a row of the same table, which may come later in the file."""

Row = dict[str, Any]


def called(name: Any) -> Name:
    """A name as a row of the file gives it."""
    return tuple(name) if isinstance(name, list) else name


def name_of(table: Table, row: Mapping[str, Any]) -> Name:
    """What the row is called."""
    parts = tuple(called(row[column]) for column in table.key)
    return parts[0] if len(parts) == 1 else parts


class Known:
    """``ids`` are the numbers here, by table and name; ``here_as`` what is called otherwise here;
    ``gone`` what stays out, because it is of somebody erased; ``taken`` what the file brings."""

    def __init__(self) -> None:
        self.ids: dict[str, dict[Name, int]] = {table.name: {} for table in TABLES}
        self.here_as: dict[str, dict[Name, Name]] = {table.name: {} for table in TABLES}
        self.taken: dict[str, set[Name]] = {table.name: set() for table in TABLES}
        self.gone: set[tuple[str, Name]] = set()

    def local(self, target: str, name: Any) -> Name:
        """What is called ``name`` in the file, as it is called here."""
        return self.here_as[target].get(called(name), called(name))

    def localised(self, table: Table, row: Row) -> Row | None:
        """The row with what things are called here; None for what stays out.

        Raises KeyError where it points at nothing.
        """
        told = dict(row)
        for column, target in table.points.items():
            name = called(row[column])
            if name is None or (column == LATER and target == table.name):
                continue
            if (target, name) in self.gone:
                if table.name == "subject_request" or not TABLE[table.name].c[column].nullable:
                    if table.key:
                        self.gone.add((table.name, name_of(table, row)))
                    return None
                told[column] = None
                continue
            local = self.local(target, name)
            if local not in self.ids[target] and local not in self.taken[target]:
                raise KeyError(name)
            told[column] = list(local) if isinstance(local, tuple) else local
        return told

    def brought(self, table: Table, row: Row) -> bool:
        """Whether what this row goes with comes from the file."""
        owner = table.goes_with
        return (
            owner is None
            or self.local(table.points[owner], row[owner]) in (self.taken[table.points[owner]])
        )

    def values(self, table: Table, told: Mapping[str, Any]) -> Row:
        """Columns as the database holds them. Raises ValueError, TypeError, KeyError or
        OverflowError for what it cannot hold."""
        return {column: self.value(table, column, value) for column, value in told.items()}

    def value(self, table: Table, column: str, told: Any) -> Any:
        """One of them."""
        target = table.points.get(column)
        if target is not None:
            return None if told is None else self.ids[target][self.local(target, told)]
        value = stored(TABLE[table.name].c[column], told)
        numbered = NUMBERED.get(table.name, {}).get(column)
        if numbered is None:
            return value
        if "" in numbered:
            return sorted(self._numbers(numbered[""], value))
        return value | {
            part: sorted(self._numbers(target, value[part])) for part, target in numbered.items()
        }

    def _numbers(self, target: str, names: Iterable[Any]) -> Iterator[int]:
        for name in names:
            local = self.local(target, name)
            if local in self.ids[target]:
                yield self.ids[target][local]
