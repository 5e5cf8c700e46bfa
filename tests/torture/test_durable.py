"""A 200 is on the disk, seen from inside: settings of every connection, and syncs before replies.

SQLite tells by its own file methods that the log was synced during the request (syncs.py).
PostgreSQL tells how far its log is flushed, and in its log stands the commit of the very row. What
the operating system saw is in test_trace.py.
"""

import pytest
from sqlalchemy import text

from quiz.database import POOL_SIZE, make_engine, sqlite_driver
from tests.conftest import BOTH_DATABASES
from tests.torture.syncs import counted_syncs

SETTINGS = {
    "sqlite": {"journal_mode": "wal", "synchronous": 2, "foreign_keys": 1},
    "postgresql": {"synchronous_commit": "on", "fsync": "on", "full_page_writes": "on"},
}
OLD_SQLITE = {"journal_mode": "truncate"}
"""Where only an SQLite with the WAL-reset bug is there."""


def settings_of(connection, backend):
    """What a connection of the driver itself reports, no transaction begun."""
    cursor = connection.cursor()
    ask = "PRAGMA" if backend == "sqlite" else "SHOW"
    return {name: cursor.execute(f"{ask} {name}").fetchone()[0] for name in SETTINGS[backend]}


def tap(phone, attempt, revision):
    payload = {"chosen": ["a"], "confidence": None, "revision": revision, "at": None}
    reply = phone.send_json(f"/kuis/{attempt.uid}/jawaban/1", payload)
    assert (reply.status_code, reply.json["revision"]) == (200, revision)


@pytest.fixture
def enrolment(make, ani):
    return make.enrolment(user=ani)


@pytest.fixture
def attempt(make, enrolment):
    return make.attempt(make.sitting(enrolment.event), enrolment)


@pytest.mark.parametrize("database_url", BOTH_DATABASES, indirect=True)
def test_every_connection_of_the_pool_reports_durable_settings(app):
    engine = app.extensions["quiz.engine"]
    backend = engine.dialect.name
    wanted = dict(SETTINGS[backend])
    if backend == "sqlite" and sqlite_driver.sqlite_version_info < (3, 51, 3):
        wanted |= OLD_SQLITE

    connections = [engine.raw_connection() for _ in range(POOL_SIZE)]
    reported = [settings_of(connection, backend) for connection in connections]
    for connection in connections:
        connection.close()

    assert reported == [wanted] * POOL_SIZE


@pytest.fixture
def watched():
    """The count of log syncs on connections opened from here on."""
    library = pytest.importorskip("pysqlite3._sqlite3", reason="SQLite's file methods are needed")
    with counted_syncs(library.__file__) as syncs:
        yield syncs


def test_sqlite_syncs_its_log_before_each_200(watched, app, client_for, enrolment, attempt):
    phone = client_for(enrolment)
    counts = []

    for revision in range(1_000_001, 1_000_021):
        before = watched.count
        tap(phone, attempt, revision)
        counts.append(watched.count - before)

    assert min(counts) >= 1


def test_count_would_notice_a_commit_that_is_not_synced(watched, database_url):
    engine = make_engine(database_url)
    connection = engine.raw_connection()
    cursor = connection.cursor()
    cursor.execute("CREATE TABLE careless (id INTEGER)")
    before = watched.count

    cursor.execute("PRAGMA synchronous=NORMAL")
    cursor.execute("INSERT INTO careless VALUES (1)")
    careless = watched.count - before
    cursor.execute("PRAGMA synchronous=FULL")
    cursor.execute("INSERT INTO careless VALUES (2)")

    assert (careless, watched.count - before) == (0, 1)
    connection.close()
    engine.dispose()


@pytest.mark.parametrize("database_url", ["postgresql"], indirect=True)
def test_postgresql_has_flushed_the_commit_before_each_200(
    app, session, client_for, enrolment, attempt
):
    phone = client_for(enrolment)
    session.execute(text("CREATE EXTENSION IF NOT EXISTS pg_walinspect"))
    session.commit()
    flushed = []

    for revision in range(1_000_001, 1_000_011):
        start = session.scalar(text("SELECT pg_current_wal_insert_lsn()::text"))
        tap(phone, attempt, revision)
        end = session.scalar(text("SELECT pg_current_wal_flush_lsn()::text"))
        session.commit()
        flushed.append(commit_stands_between(session, start, end))

    assert flushed == [True] * 10


def commit_stands_between(session, start, end):
    """Whether the commit that wrote the only response is in the flushed log from start to end."""
    xid = session.scalar(text("SELECT xmin::text FROM response"))
    records = session.execute(
        text(
            "SELECT xid::text, record_type FROM pg_get_wal_records_info(:start, :end) "
            "WHERE resource_manager = 'Transaction'"
        ),
        {"start": start, "end": end},
    ).all()
    session.commit()
    return (xid, "COMMIT") in [tuple(row) for row in records]
