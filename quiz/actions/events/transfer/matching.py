"""Rows that have another name here and are the same thing all the same."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from sqlalchemy import select, tuple_
from sqlalchemy.orm import Session

from quiz.exchange.rosters.names import normalise_name
from quiz.models import Enrolment, Quiz, Unit, UnitKind, User
from quiz.queries.people.retention import pieces

Row = Mapping[str, Any]

Alias = tuple[int, str]
"""The id and the name of what it is here."""


def aliases(
    session: Session, table: str, rows: Sequence[Row], ids: Mapping[str, Mapping[Any, int]]
) -> dict[str, Alias]:
    """Name in the file → what it is here, of those of the rows that are known by something else
    than their name. ``ids`` are the numbers of what rows point at. A query or two."""
    match table:
        case "unit_kind":
            return _by_text(session, UnitKind.name, UnitKind.code, rows, "code", "name")
        case "unit":
            return _by_text(session, Unit.name, Unit.uid, rows, "uid", "name")
        case "quiz":
            return _by_text(session, Quiz.title, Quiz.uid, rows, "uid", "title")
        case "user":
            return _people(session, rows)
        case "enrolment":
            return _places(session, rows, ids)
    return {}


def _by_text(
    session: Session, column: Any, name: Any, rows: Sequence[Row], key: str, text: str
) -> dict[str, Alias]:
    wanted = {row[text]: row[key] for row in rows}
    model = column.class_
    found = session.execute(select(column, model.id, name).where(column.in_(wanted)))
    return {wanted[told]: (id_, called) for told, id_, called in found}


def _people(session: Session, rows: Sequence[Row]) -> dict[str, Alias]:
    """By NIP; an account by its user name and its person's name together."""
    found: dict[str, Alias] = {}
    by_nip = {row["nip"]: row["uid"] for row in rows if row["nip"]}
    known = session.execute(select(User.nip, User.id, User.uid).where(User.nip.in_(by_nip)))
    found |= {by_nip[nip]: (id_, uid) for nip, id_, uid in known if nip}
    by_name = {
        (row["username"], normalise_name(row["name"])): row["uid"]
        for row in rows
        if row["username"]
    }
    accounts = session.execute(
        select(User.username, User.normalised_name, User.id, User.uid).where(
            User.username.in_([username for username, _ in by_name])
        )
    )
    for username, name, id_, uid in accounts:
        if (username, name) in by_name:
            found[by_name[username, name]] = (id_, uid)
    return found


def _places(
    session: Session, rows: Sequence[Row], ids: Mapping[str, Mapping[Any, int]]
) -> dict[str, Alias]:
    """Somebody has one place at an event, whoever put them on its roster."""
    people = {ids["user"][row["user_id"]]: row["uid"] for row in rows if row["user_id"]}
    events = {ids["event"][row["event_id"]] for row in rows}
    found: dict[str, Alias] = {}
    for some in pieces([id_ for id_ in people if id_ > 0]):
        known = session.execute(
            select(Enrolment.user_id, Enrolment.id, Enrolment.uid).where(
                Enrolment.event_id.in_(events), Enrolment.user_id.in_(some)
            )
        )
        found |= {people[user]: (id_, uid) for user, id_, uid in known}
    return found


def existing(
    session: Session, rows: Any, key: Sequence[str], wanted: Iterable[Sequence[Any]]
) -> list[Mapping[Any, Any]]:
    """The rows of a table, all their columns, whose key columns hold one of these."""
    found: list[Mapping[Any, Any]] = []
    columns = [rows.c[name] for name in key]
    for some in pieces(list(wanted)):
        chosen = (
            columns[0].in_([values[0] for values in some])
            if len(columns) == 1
            else tuple_(*columns).in_(list(some))
        )
        found += session.execute(select(rows).where(chosen)).mappings().all()
    return found
