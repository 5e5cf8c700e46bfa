"""An office's whole event: the people of a demonstration again and again, in many units."""

from random import Random
from typing import Any, cast

from sqlalchemy import ColumnElement, Connection, Engine, Table, func, insert, null, select, update

from quiz.models import Attempt, Enrolment, Score, StoredResponse, Unit, UnitKind, User

PEOPLE, UNITS = 5_000, 200
STEP = 1_000_000
"""Between the numbers of somebody's rows and those of their next copy, which come before: of the
latest enrolments the server asks whether its card key made their codes."""


def grow(engine: Engine) -> None:
    """Bring the one event of a demonstration to PEOPLE people in UNITS units."""
    with engine.begin() as connection:
        people = connection.scalar(select(func.count()).select_from(Enrolment)) or 0
        for turn in range(1, PEOPLE // people):
            _once_more(connection, turn)
        _into_units(connection)


def _once_more(connection: Connection, turn: int) -> None:
    """A copy of everybody on the roster, of their attempts and of what they answered."""
    shift = -turn * STEP
    person = {"nip": null(), "username": null(), "password_hash": null()}
    _copy(connection, User, turn, User.id.in_(select(Enrolment.user_id)), **person)
    _copy(
        connection,
        Enrolment,
        turn,
        user_id=Enrolment.user_id + shift,
        code_index=Enrolment.code_index.concat(f".{turn}"),
        token_index=Enrolment.token_index.concat(f".{turn}"),
    )
    _copy(connection, Attempt, turn, enrolment_id=Attempt.enrolment_id + shift)
    for model in (StoredResponse, Score):
        _copy(connection, model, turn, attempt_id=model.attempt_id + shift)


def _copy(
    connection: Connection, model: Any, turn: int, *where: ColumnElement[bool], **changes: Any
) -> None:
    """The first rows of a table once more, under numbers and identifiers of their own."""
    table = cast(Table, model.__table__)
    columns = {column.name: column for column in table.columns} | {"id": model.id - turn * STEP}
    if "uid" in columns:
        columns["uid"] = model.uid.concat(f".{turn}")
    values = columns | changes
    rows = select(*values.values()).where(model.id > 0, *where)
    connection.execute(insert(table).from_select(list(values), rows))


def _into_units(connection: Connection) -> None:
    """Everybody by lot into UNITS new units of all kinds, as many in one as in the other."""
    kinds = connection.execute(select(UnitKind.id, UnitKind.name).order_by(UnitKind.id)).all()
    places = list(connection.scalars(select(Enrolment.id).order_by(Enrolment.id)))
    Random(1).shuffle(places)
    for number in range(UNITS):
        kind_id, kind_name = kinds[number % len(kinds)]
        name = f"Unit Rekaan {number + 1:03}"
        row = {"id": STEP + number, "uid": f"unit-{number}", "code": f"REKAAN-{number + 1:03}"}
        connection.execute(insert(Unit).values(name=name, kind_id=kind_id, **row))
        connection.execute(
            update(Enrolment)
            .where(Enrolment.id.in_(places[number::UNITS]))
            .values(unit_id=row["id"], unit_name=name, kind_name=kind_name)
        )
