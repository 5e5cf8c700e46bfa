"""An event's rows as its file carries them: names instead of numbers, always in the same order."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from sqlalchemy import ColumnElement, select
from sqlalchemy.orm import Session

from quiz.codes import CardKeys, fingerprint, receipt
from quiz.exchange.events.table import Table
from quiz.exchange.events.tables import BY_NAME, NUMBERED
from quiz.queries.events.transfer.scope import TABLE, own, reached
from quiz.queries.events.transfer.values import plain
from quiz.queries.people.retention import pieces

Name = str | tuple[Any, ...]
"""What a row is called on every machine: its uid or code, or several columns together."""

BY_PARENT = {"presence": "enrolment", "response": "attempt"}
"""Tables with many rows, read a lot of their parents at a time."""


class Names:
    """What rows are called, asked once of each."""

    def __init__(self, session: Session) -> None:
        self._session = session
        self._known: dict[str, dict[int, Name]] = {}

    def of(self, table: str, ids: Iterable[int | None]) -> dict[int, Name]:
        """Id → name, of those of the rows that are there; two queries for each thousand at most."""
        known = self._known.setdefault(table, {})
        spec, rows = BY_NAME[table], TABLE[table]
        for some in pieces({id_ for id_ in ids if id_ is not None} - known.keys()):
            found = self._session.execute(
                select(rows.c.id, *(rows.c[name] for name in spec.key)).where(rows.c.id.in_(some))
            ).mappings()
            for row in found.all():
                known[row["id"]] = self.name_of(spec, row)
        return known

    def name_of(self, table: Table, row: Mapping[Any, Any]) -> Name:
        """What this row is called."""
        parts = []
        for column in table.key:
            target, value = table.points.get(column), row[column]
            parts.append(self.of(target, [value])[value] if target else plain(value))
        return parts[0] if len(parts) == 1 else tuple(parts)


class Rows:
    """Rows of an installation as a file carries them; ``keys`` are its card keys."""

    def __init__(self, session: Session, keys: CardKeys) -> None:
        self._session, self._keys = session, keys
        self._own_print = fingerprint(keys.own)
        self.names = Names(session)

    def of_event(self, event_id: int, tables: Sequence[Table]) -> Iterator[tuple[str, Any]]:
        """Each table's name with its rows of the event, in the order of their names."""
        mine, wanted = own(event_id), reached(self._session, event_id)
        for table in tables:
            if table.name in BY_PARENT:
                yield table.name, self._by_parent(table, mine[BY_PARENT[table.name]])
                continue
            rows = TABLE[table.name]
            if table.name in mine:
                found = self._told(table, [mine[table.name]])
            else:
                found = self._told(table, (rows.c.id.in_(s) for s in pieces(wanted[table.name])))
            yield table.name, sorted(found, key=lambda row: _order(table, row))

    def _by_parent(self, table: Table, parents: ColumnElement[bool]) -> Iterator[dict[str, Any]]:
        parent = TABLE[BY_PARENT[table.name]]
        uids = self._session.execute(select(parent.c.uid, parent.c.id).where(parents)).all()
        for some in pieces([id_ for _, id_ in sorted(map(tuple, uids))]):
            column = TABLE[table.name].c[table.key[0]]
            found = self._told(table, [column.in_(some)])
            yield from sorted(found, key=lambda row: _order(table, row))

    def _told(
        self, table: Table, conditions: Iterable[ColumnElement[bool]]
    ) -> Iterator[dict[str, Any]]:
        rows = TABLE[table.name]
        columns = [rows.c[name] for name in table.columns]
        for condition in conditions:
            found = self._session.execute(select(*columns).where(condition)).mappings().all()
            yield from self.told(table, found)

    def told(self, table: Table, rows: Sequence[Mapping[Any, Any]]) -> Iterator[dict[str, Any]]:
        """These rows of a table as the file carries them."""
        names = {
            column: self.names.of(target, [row[column] for row in rows])
            for column, target in table.points.items()
        }
        for row in rows:
            told = {
                column: _listed(names[column].get(row[column]))
                if column in names
                else plain(row[column])
                for column in table.columns
            }
            self._follow(table, told)
            yield told

    def _follow(self, table: Table, told: dict[str, Any]) -> None:
        """Say what only follows from the row, or stands in it as numbers."""
        if table.name == "attempt" and told["receipt"] is None:
            told["receipt"] = receipt(told["uid"], self._keys.own)
        if table.name == "enrolment":
            told["card_key"] = told["card_key"] or self._own_print
        for column, numbered in NUMBERED.get(table.name, {}).items():
            told[column] = self._renamed(told[column], numbered)

    def _renamed(self, value: Any, numbered: Mapping[str, str]) -> Any:
        """JSON whose numbers of rows are names."""
        if "" in numbered:
            return sorted(self._called(numbered[""], value))
        return value | {
            part: sorted(self._called(target, value.get(part, ())))
            for part, target in numbered.items()
        }

    def _called(self, target: str, ids: Iterable[int]) -> list[Any]:
        ids = list(ids)
        known = self.names.of(target, ids)
        return [known[id_] for id_ in ids if id_ in known]


def _listed(name: Name | None) -> Any:
    """A name as JSON holds it."""
    return list(name) if isinstance(name, tuple) else name


def _order(table: Table, row: Mapping[str, Any]) -> tuple[str, ...]:
    """By what the row is called, the same on every machine."""
    return tuple(_padded(row[name]) for name in table.key or table.columns)


def _padded(value: Any) -> str:
    """A text that sorts as the value does."""
    if isinstance(value, list):
        return "\x1f".join(map(_padded, value))
    return f"{value:012}" if isinstance(value, int) else str(value)
