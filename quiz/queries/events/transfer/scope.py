"""Which rows of which tables belong to an event: its own, and what these point at."""

from collections import defaultdict
from collections.abc import Iterable
from typing import Any

from sqlalchemy import ColumnElement, Select, Table, select
from sqlalchemy.orm import Session

from quiz.exchange.events.tables import TABLES
from quiz.models import (
    Attempt,
    Base,
    Claim,
    Enrolment,
    Event,
    ItemCitation,
    Material,
    PeopleMerge,
    Sitting,
    StoredSlot,
)
from quiz.models.bank.citations import CLAIM, PASSAGE, REFERENCE
from quiz.queries.people.retention import pieces

TABLE: dict[str, Table] = dict(Base.metadata.tables)


def own(event_id: int) -> dict[str, ColumnElement[bool]]:
    """Table → which of its rows are the event's own."""
    sittings = select(Sitting.id).where(Sitting.event_id == event_id)
    slots = select(StoredSlot.id).where(StoredSlot.sitting_id.in_(sittings))
    roster = select(Enrolment.id).where(Enrolment.event_id == event_id)
    attempts = select(Attempt.id).where(Attempt.sitting_id.in_(sittings))
    found = {"event": Event.id == event_id}
    for name, column, among in (
        ("form_slot", "sitting_id", sittings),
        ("form_choice", "slot_id", slots),
        ("presence", "enrolment_id", roster),
        ("attempt", "sitting_id", sittings),
        ("response", "attempt_id", attempts),
        ("contest", "attempt_id", attempts),
        ("attempt_move", "attempt_id", attempts),
        ("subject_request", "enrolment_id", roster),
        ("unnamed_attempt", "sitting_id", sittings),
    ):
        found[name] = TABLE[name].c[column].in_(among)
    for table in TABLES:
        if table.points.get("event_id") == "event":
            found[table.name] = TABLE[table.name].c.event_id == event_id
    return found


def reached(session: Session, event_id: int) -> dict[str, set[int]]:
    """Table → ids of the rows that the event's own point at, however far.

    A query for each way from one table to another.
    """
    conditions = own(event_id)
    found: defaultdict[str, set[int]] = defaultdict(set)
    for table in reversed(TABLES):
        column_of = TABLE[table.name].c
        mine = conditions.get(table.name)
        if mine is None:
            _beside(session, table.name, found)
        for column, target in table.points.items():
            if target in conditions:
                continue
            pointing = select(column_of[column]).distinct()
            new = found[table.name] if target == table.name else None
            if mine is not None:
                found[target] |= _ids(session, [pointing.where(mine)])
            elif new is None:
                found[target] |= _of_rows(session, pointing, found[table.name], column_of.id)
            while new:  # a row may point at one of its own table, and so on
                new = _of_rows(session, pointing, new, column_of.id) - found[target]
                found[target] |= new
        _numbered(session, table.name, event_id, found)
    return found


def _of_rows(
    session: Session, pointing: Select[int], ids: set[int], column: ColumnElement[int]
) -> set[int]:
    return _ids(session, (pointing.where(column.in_(some)) for some in pieces(ids)))


def _ids(session: Session, wanted: Iterable[Select[int]]) -> set[int]:
    return {id_ for query in wanted for id_ in session.scalars(query) if id_ is not None}


def _beside(session: Session, name: str, found: dict[str, set[int]]) -> None:
    """Rows that hang on what was reached from the other side, or by a code."""
    if name in {"item_citation", "ruling"}:
        found[name] |= _where(session, name, "item_version_id", found["item_version"])
    elif name == "quiz_slot":
        found[name] |= _where(session, name, "quiz_id", found["quiz"])
    elif name in {CLAIM, REFERENCE, PASSAGE}:
        cited = select(ItemCitation.code).where(ItemCitation.kind == name)
        codes = _values(session, cited, ItemCitation.id, found["item_citation"])
        if name == REFERENCE:
            for listed in _values(session, select(Claim.references), Claim.id, found[CLAIM]):
                codes |= set(listed)
        found[name] |= _where(session, name, "code", codes)
    elif name == "topic":
        version = TABLE["item_version"].c
        codes = _values(session, select(version.topic), version.id, found["item_version"])
        codes |= _values(session, select(Material.topic), Material.id, found["material"])
        found[name] |= _where(session, name, "code", codes - {None})


def _where(session: Session, name: str, column: str, values: set[Any]) -> set[int]:
    """Ids of the rows of a table that hold one of these values."""
    rows = TABLE[name].c
    return _ids(session, (select(rows.id).where(rows[column].in_(some)) for some in pieces(values)))


def _values(session: Session, query: Select[Any], id_: Any, ids: set[int]) -> set[Any]:
    """What the query tells of the rows with these ids; lists as tuples."""
    return {
        tuple(value) if isinstance(value, list) else value
        for some in pieces(ids)
        for value in session.scalars(query.where(id_.in_(some)))
    }


def _numbered(session: Session, name: str, event_id: int, found: dict[str, set[int]]) -> None:
    """What columns of JSON point at, by number."""
    if name == "people_merge":
        befores = select(PeopleMerge.before).where(PeopleMerge.event_id == event_id)
        for before in session.scalars(befores):
            found["user"] |= set(before.get("people", ()))
    elif name == "erasure":
        table = TABLE[name]
        for ids in session.scalars(select(table.c.unit_ids).where(table.c.event_id == event_id)):
            found["unit"] |= set(ids)
