"""Nothing that hangs on an event is forgotten: it is carried, or named with the reason."""

from sqlalchemy import JSON

from quiz.exchange.events.table import Join
from quiz.exchange.events.tables import BY_NAME, LEFT_OUT, NUMBERED, TABLES
from quiz.models import Base

KNOWN = Base.metadata.tables

NO_NUMBERS = {
    *("claim.references", "claim.source", "reference.changes", "item_version.content"),
    *("ruling.weights", "response.chosen", "event_minutes.signatories", "evaluation_box.read"),
    *("evaluation_box.sealed", "edition.figures", "edition.told", "edition.pools"),
    *("erasure.told", "unnamed_attempt.given", "set_aside.row"),
}
"""Columns of JSON that name rows by their uids or codes, or none."""


def test_every_table_is_carried_or_named_with_the_reason() -> None:
    assert {*BY_NAME, *LEFT_OUT} == {*KNOWN}
    assert not BY_NAME.keys() & LEFT_OUT.keys()


def test_every_column_is_carried_or_named_with_the_reason() -> None:
    for table in TABLES:
        columns = {column.name for column in KNOWN[table.name].columns} - {"id"}
        assert {*table.columns, *table.left_out} == columns, table.name
        assert not {*table.columns} & table.left_out.keys(), table.name


def test_what_points_at_a_row_is_carried_as_its_name() -> None:
    for table in TABLES:
        pointing = {
            column.name: key.column.table.name
            for column in KNOWN[table.name].columns
            for key in column.foreign_keys
            if column.name in table.columns
        }
        assert dict(table.points) == pointing, table.name


def test_what_is_pointed_at_comes_first() -> None:
    order = [table.name for table in TABLES]
    for table in TABLES:
        for target in table.points.values():
            assert order.index(target) <= order.index(table.name), (table.name, target)


def test_no_number_of_a_row_hides_in_json() -> None:
    held = {
        f"{table.name}.{column}"
        for table in TABLES
        for column in table.columns
        if isinstance(KNOWN[table.name].c[column].type, JSON)
    }
    assert held == NO_NUMBERS | {
        f"{name}.{c}" for name, columns in NUMBERED.items() for c in columns
    }


def test_rules_speak_of_columns_that_are_carried() -> None:
    for table in TABLES:
        named = {*table.key, *table.joined, *table.settled, *table.moments}
        named |= {name for name in (table.revision, table.goes_with) if name}
        assert named <= {*table.columns}, table.name


def test_how_new_a_row_is_does_not_change_by_meeting_another() -> None:
    for table in TABLES:
        earliest = {name for name, how in table.joined.items() if how is not Join.LATEST}
        assert not earliest & {*table.moments}, table.name


def test_no_secret_of_staff_is_carried() -> None:
    secrets = {"password_hash", "session_epoch", "digest", "seed", "token_index", "role"}
    assert not secrets & {*BY_NAME["user"].columns, *BY_NAME["enrolment"].columns}
    assert {"second_step", "recovery_code", "one_time_link", "ended_session"} <= LEFT_OUT.keys()
