"""A program killed while it migrates leaves what was there, and the next one does it all."""

import signal
import subprocess
import sys
from collections.abc import Iterator

import pytest
from sqlalchemy import Engine

from quiz.database import make_engine, migrating
from quiz.database.schema import differences
from quiz.database.tools import damaged
from tests.conftest import BOTH_DATABASES
from tests.database.released import dumped, hold, lost, released

ROWS = released()
OLDEST = min(ROWS)

PROGRAM = """
import os, signal, sys
from sqlalchemy import event
from quiz.database import make_engine, migrating

url, moment = sys.argv[1:]
engine, seen = make_engine(url), 0

def die(*_):
    os.kill(os.getpid(), signal.SIGKILL)

def count(*_):
    global seen
    seen += 1
    if seen == int(moment):
        die()

if moment == "commit":
    event.listen(engine, "commit", die)
else:
    event.listen(engine, "before_cursor_execute", count)
migrating.upgrade(engine)
"""
"""Upgrades a database and kills itself before its n-th statement, or before it commits."""


@pytest.fixture
def empty_database(request: pytest.FixtureRequest) -> Iterator[Engine]:
    """An engine on a database without any table."""
    engine = make_engine(request.getfixturevalue(f"empty_{request.param}"))
    yield engine
    engine.dispose()


@pytest.mark.parametrize("empty_database", BOTH_DATABASES, indirect=True)
def test_killed_in_a_migration_nothing_is_half_done(empty_database: Engine) -> None:
    migrating.build(empty_database, OLDEST)
    hold(empty_database, ROWS[OLDEST])
    held = dumped(empty_database)
    empty_database.dispose()

    for moment in ("20", "90", "commit"):
        assert killed_at(moment, empty_database) == -signal.SIGKILL
        with empty_database.connect() as connection:
            assert migrating.current_revision(connection) == OLDEST
        assert (dumped(empty_database), damaged(empty_database)) == (held, None)
        empty_database.dispose()

    assert migrating.upgrade(empty_database)
    with empty_database.connect() as connection:
        assert differences(connection) == []
    assert lost(held, dumped(empty_database)) == {}


def killed_at(moment: str, engine: Engine) -> int:
    url = engine.url.render_as_string(hide_password=False)
    return subprocess.run(
        [sys.executable, "-c", PROGRAM, url, moment], capture_output=True, check=False
    ).returncode
