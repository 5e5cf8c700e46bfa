"""What writes rows, and what only tells which numbers they would have."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from sqlalchemy import Table, bindparam, delete, insert, select, update
from sqlalchemy.orm import Session

from quiz.exchange.events.tables import BY_NAME, TABLES
from quiz.queries.events.transfer.scope import TABLE
from quiz.queries.people.retention import pieces

POINTED_AT = {target for table in TABLES for target in table.points.values()}

Values = dict[str, Any]


class Pen:
    """Writes; everything in the session's one transaction."""

    writes = True

    def __init__(self, session: Session) -> None:
        self._session = session

    def add(self, name: str, rows: Sequence[Values]) -> list[int]:
        """Insert rows, at most a lot of them; their ids in order, [] for a table nothing points at.

        Two statements: SQLite gives many ids back only one by one.
        """
        table: Table = TABLE[name]
        if not rows:
            return []
        if name not in POINTED_AT:
            self._session.execute(insert(table), rows)
            return []
        self._session.execute(insert(table), rows)
        key = BY_NAME[name].key
        columns = [table.c[column] for column in key]
        found = self._session.execute(
            select(table.c.id, *columns).where(columns[0].in_({row[key[0]] for row in rows}))
        )
        ids = {tuple(values): id_ for id_, *values in found}
        return [ids[tuple(row[column] for column in key)] for row in rows]

    def change(self, name: str, changes: Mapping[int, Values]) -> None:
        """Set columns of rows by id."""
        table: Table = TABLE[name]
        alike: defaultdict[frozenset[str], list[Values]] = defaultdict(list)
        for id_, values in changes.items():
            if values:
                alike[frozenset(values)].append(
                    {f"new_{column}": value for column, value in values.items()} | {"row_id": id_}
                )
        for columns, rows in alike.items():
            statement = (
                update(table)
                .where(table.c.id == bindparam("row_id"))
                .values({column: bindparam(f"new_{column}") for column in columns})
            )
            self._session.connection().execute(statement, rows)

    def drop(self, name: str, column: str, ids: Iterable[int]) -> None:
        """Delete rows whose ``column`` is one of these."""
        for some in pieces(list(ids)):
            self._session.execute(delete(TABLE[name]).where(TABLE[name].c[column].in_(some)))


class DryPen(Pen):
    """Writes nothing; what is added gets numbers no row has."""

    writes = False

    def __init__(self, session: Session) -> None:
        super().__init__(session)
        self._last = 0

    def add(self, name: str, rows: Sequence[Values]) -> list[int]:
        """As of ``Pen``, with numbers below 0."""
        self._last -= len(rows)
        return list(range(self._last, self._last + len(rows)))

    def change(self, name: str, changes: Mapping[int, Values]) -> None:
        """Nothing."""

    def drop(self, name: str, column: str, ids: Iterable[int]) -> None:
        """Nothing."""
