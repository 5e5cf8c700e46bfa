"""Installations of each earlier revision, with rows in every table, come up to this program."""

from collections.abc import Iterator
from itertools import pairwise

import pytest
from sqlalchemy import Engine
from sqlalchemy.orm import Session

from quiz.database import make_engine, migrating
from quiz.database.schema import differences
from quiz.queries.people.audit import chain_faults
from tests.conftest import BOTH_DATABASES
from tests.database.released import dumped, hold, lost, released

ROWS = released()
OLDEST, *BETWEEN, LAST, NEWEST = sorted(ROWS)

on_both = pytest.mark.parametrize("empty_database", BOTH_DATABASES, indirect=True)


@pytest.fixture
def empty_database(request: pytest.FixtureRequest) -> Iterator[Engine]:
    """An engine on a database without any table."""
    engine = make_engine(request.getfixturevalue(f"empty_{request.param}"))
    yield engine
    engine.dispose()


def test_no_revision_is_left_out() -> None:
    known = migrating.known_revisions()

    assert known[: len(ROWS)] == sorted(ROWS), "run python -m tests.database.released"


@pytest.mark.long  # the first and the last begin below, and what lies between never changes again
@on_both
def test_every_step_keeps_every_row(empty_database: Engine) -> None:
    migrating.build(empty_database, OLDEST)
    for before, after in pairwise(sorted(ROWS)):
        hold(empty_database, ROWS[before])
        held = dumped(empty_database)
        assert [name for name, rows in held.items() if not rows] == [], f"no row at {before}"

        migrating.build(empty_database, after)

        assert lost(held, dumped(empty_database)) == {}, f"{before} to {after}"


@on_both
@pytest.mark.parametrize(
    "revision",
    [OLDEST, *(pytest.param(each, marks=pytest.mark.long) for each in BETWEEN), LAST, NEWEST],
)
def test_an_installation_of_then_comes_up_whole(empty_database: Engine, revision: str) -> None:
    migrating.build(empty_database, revision)
    hold(empty_database, ROWS[revision])
    held = dumped(empty_database)
    assert [name for name, rows in held.items() if not rows] == []

    migrating.upgrade(empty_database)

    assert lost(held, dumped(empty_database)) == {}
    with empty_database.connect() as connection:
        assert differences(connection) == []
    with Session(empty_database) as session:
        assert chain_faults(session) == []
