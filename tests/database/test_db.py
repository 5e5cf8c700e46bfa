"""Transactions and durability: what a 200 promises, on SQLite and on PostgreSQL."""

import threading
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime
from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy import Engine, func, select, text
from sqlalchemy.orm import Session

from quiz.actions.taking.taking import Given, respond
from quiz.database import (
    NotDurable,
    WroteWhileReading,
    _check_postgresql,
    db,
    make_engine,
    sqlite_driver,
)
from quiz.models import Setting, StoredResponse, User
from quiz.permissions import Permission
from quiz.web.access import requires
from tests.client import HouseClient
from tests.conftest import BOTH_DATABASES
from tests.factories import Make

both = pytest.mark.parametrize("database_url", BOTH_DATABASES, indirect=True)
on_postgresql = pytest.mark.parametrize("database_url", ["postgresql"], indirect=True)


@pytest.fixture
def app(with_own_addresses: None, app: Flask) -> Iterator[Flask]:
    """The application with views that only these tests have."""

    @requires(Permission.PUBLIC)
    def writer() -> dict[str, bool]:
        db.session.add(Setting(key="tulis", value="1"))
        db.session.commit()
        return {"kept": True}

    @requires(Permission.PUBLIC, writes=True)
    def declared() -> dict[str, bool]:
        return writer()

    @requires(Permission.PUBLIC)
    def forgetful() -> dict[str, bool]:
        db.session.add(Setting(key="lupa", value="1"))
        db.session.flush()
        return {"kept": False}

    app.add_url_rule("/uji/tulis", "writer", writer, methods=["GET", "POST"])
    app.add_url_rule("/uji/tulis-get", "declared", declared)
    app.add_url_rule("/uji/lupa", "forgetful", forgetful, methods=["POST"])
    yield app


def stored(session: Session) -> int:
    session.commit()
    return session.scalar(select(func.count()).select_from(Setting)) or 0


@both
def test_a_get_cannot_write(client: HouseClient, session: Session) -> None:
    reply = client.get("/uji/tulis", crash=True)

    assert reply.status_code == 500
    assert stored(session) == 0


@both
def test_a_get_that_declares_it_may_write(client: HouseClient, session: Session) -> None:
    reply = client.get("/uji/tulis-get")

    assert reply.status_code == 200
    assert stored(session) == 1


@both
def test_a_post_writes(client: HouseClient, session: Session) -> None:
    reply = client.post_form("/uji/tulis")

    assert reply.status_code == 200
    assert stored(session) == 1


@both
def test_what_a_view_forgets_to_commit_is_not_kept(client: HouseClient, session: Session) -> None:
    client.post_form("/uji/lupa")

    assert stored(session) == 0


@both
def test_the_write_lock_is_free_after_a_crash(client: HouseClient, session: Session) -> None:
    client.post_form("/uji/tulis")
    crashed = client.post_form("/uji/tulis", crash=True)  # the key is unique

    with ThreadPoolExecutor(1) as pool:
        after = pool.submit(client.post_form, "/uji/lupa").result(timeout=60)

    assert (crashed.status_code, after.status_code) == (500, 200)


@both
def test_writing_outside_requests_commits_at_the_end_and_undoes_on_an_exception(
    app: Flask, session: Session
) -> None:
    with app.app_context():
        with db.writing() as one:
            one.add(Setting(key="satu", value="1"))
        with pytest.raises(RuntimeError), db.writing() as two:
            two.add(Setting(key="dua", value="2"))
            two.flush()
            raise RuntimeError

    assert stored(session) == 1


@both
def test_reading_refuses_to_write(app: Flask, session: Session) -> None:
    with app.app_context(), db.reading() as reading, pytest.raises(WroteWhileReading):
        reading.add(Setting(key="satu", value="1"))
        reading.flush()

    assert stored(session) == 0


def test_every_sqlite_connection_is_durable(engine: Engine) -> None:
    for _ in range(3):
        with engine.connect() as connection:
            found = {
                name: connection.exec_driver_sql(f"PRAGMA {name}").scalar()
                for name in ("journal_mode", "synchronous", "foreign_keys", "busy_timeout")
            }
            connection.detach()
        assert found == {
            "journal_mode": "wal",
            "synchronous": 2,
            "foreign_keys": 1,
            "busy_timeout": 5000,
        }


def test_many_may_open_a_new_file_at_once(tmp_path: Path) -> None:
    for number in range(30):
        ready = threading.Barrier(6)

        def opened(url: str = f"sqlite:///{tmp_path / f'{number}.sqlite'}") -> str:
            engine = make_engine(url)
            ready.wait()  # noqa: B023  # all six of this file are done before the next begins
            with engine.connect() as connection:
                mode: str = connection.exec_driver_sql("PRAGMA journal_mode").scalar_one()
            engine.dispose()
            return mode

        with ThreadPoolExecutor(6) as several:
            modes = [each.result() for each in [several.submit(opened) for _ in range(6)]]

        assert len(set(modes)) == 1


def test_the_bundled_sqlite_has_the_wal_fix() -> None:
    assert sqlite_driver.sqlite_version_info >= (3, 51, 3)


@on_postgresql
def test_every_postgresql_connection_is_durable_and_speaks_utc(engine: Engine) -> None:
    with engine.connect() as connection:
        found = {
            name: connection.scalar(text(f"SHOW {name}"))
            for name in ("fsync", "synchronous_commit", "timezone")
        }

    assert found == {"fsync": "on", "synchronous_commit": "on", "timezone": "UTC"}


def test_a_postgresql_that_does_not_sync_is_refused() -> None:
    class Careless:
        """A connection to a server that runs with fsync=off."""

        def __enter__(self) -> "Careless":
            return self

        def __exit__(self, *_: object) -> None: ...

        def cursor(self) -> "Careless":
            return self

        def execute(self, statement: str) -> None: ...

        def fetchone(self) -> tuple[str]:
            return ("off",)

        def commit(self) -> None: ...

    with pytest.raises(NotDurable, match="fsync"):
        _check_postgresql(Careless(), None)


def test_a_sqlite_transaction_that_writes_takes_the_lock_at_once(engine: Engine) -> None:
    statements: list[str] = []

    with engine.connect() as connection:
        raw = connection.connection.driver_connection
        assert raw is not None
        raw.set_trace_callback(statements.append)
        connection.execute(text("SELECT 1"))
        connection.rollback()
        raw.set_trace_callback(None)

    assert statements == ["PRAGMA query_only=OFF", "BEGIN IMMEDIATE", "SELECT 1", "ROLLBACK"]


@both
def test_two_hundred_concurrent_writes_are_all_kept(engine: Engine) -> None:
    with Session(engine) as session:
        session.add(Setting(key="hitung", value="0"))
        session.commit()

    def add_one(_turn: int) -> None:
        with Session(engine) as session:
            row = session.scalars(
                select(Setting).where(Setting.key == "hitung").with_for_update()
            ).one()
            row.value = str(int(row.value) + 1)
            session.commit()

    with ThreadPoolExecutor(8) as pool:
        list(pool.map(add_one, range(200)))

    with Session(engine) as session:
        assert session.scalars(select(Setting.value)).one() == "200"


@both
def test_two_hundred_responses_at_once_are_all_kept(engine: Engine, make: Make) -> None:
    event = make.event()
    sitting = make.sitting(event)
    attempts = [make.attempt(sitting, make.enrolment(event)) for _ in range(10)]
    make.session.commit()
    taps = [(attempt.id, 1 + turn % 3, turn) for turn in range(20) for attempt in attempts]

    def tap(one: tuple[int, int, int]) -> None:
        attempt_id, position, revision = one
        now = datetime.now(UTC)
        with Session(engine, expire_on_commit=False) as session:
            attempt = session.get_one(type(attempts[0]), attempt_id)
            respond(session, attempt, Given(position, ["a"], None, revision, now), now)
            session.commit()

    with ThreadPoolExecutor(8) as pool:
        list(pool.map(tap, taps))

    with Session(engine) as session:
        rows = session.execute(select(StoredResponse.position, StoredResponse.revision)).all()
    expected = {1: 18, 2: 19, 3: 17}
    assert len(rows) == 30
    assert {position: revision for position, revision in rows} == expected
    assert all(expected[position] == revision for position, revision in rows)


@both
def test_a_reader_does_not_wait_for_a_writer(engine: Engine, make: Make) -> None:
    make.user("Ani")
    make.session.commit()
    seen: list[int] = []

    def read() -> None:
        with Session(engine.execution_options(read_only=True)) as session:
            seen.append(session.query(User).count())

    with Session(engine) as writer:
        writer.add(Setting(key="lama", value="1"))
        writer.flush()
        reader = threading.Thread(target=read)
        reader.start()
        reader.join(timeout=60)
        writer.rollback()

    assert seen == [1]
