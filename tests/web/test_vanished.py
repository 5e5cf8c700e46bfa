"""A row that goes between reading and writing: a sentence, whatever the page, and nothing saved."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import Engine, create_engine, delete, event, select

from quiz.models import Attempt, Enrolment, Event, FormChoice, Sitting, StoredSlot, User
from tests.client import HouseClient
from tests.factories import Make
from tests.reading import stored

ClientFor = Callable[..., HouseClient]

postgresql = pytest.mark.parametrize("database_url", ["postgresql"], indirect=True)
"""SQLite has one writer, who reads what he writes."""


@contextmanager
def gone_before(app: Flask, engine: Engine, statement: str, event_id: int) -> Iterator[list[str]]:
    """Another program deletes the event just before the application sends such a statement."""
    elsewhere = create_engine(engine.url, connect_args={"options": "-c lock_timeout=10s"})
    done: list[str] = []

    def go(_connection: Any, _cursor: Any, sent: str, *_rest: Any) -> None:
        if done or statement not in sent:
            return
        done.append(sent)
        with elsewhere.begin() as connection:
            here = select(Sitting.id).where(Sitting.event_id == event_id)
            slots = select(StoredSlot.id).where(StoredSlot.sitting_id.in_(here))
            connection.execute(delete(FormChoice).where(FormChoice.slot_id.in_(slots)))
            connection.execute(delete(StoredSlot).where(StoredSlot.sitting_id.in_(here)))
            for table in (Sitting, Enrolment):
                connection.execute(delete(table).where(table.event_id == event_id))
            connection.execute(delete(Event).where(Event.id == event_id))

    listened: Engine = app.extensions["quiz.engine"]
    event.listen(listened, "before_cursor_execute", go)
    try:
        yield done
    finally:
        event.remove(listened, "before_cursor_execute", go)
        elsewhere.dispose()


@pytest.fixture
def enrolment(make: Make) -> Enrolment:
    enrolment = make.enrolment()
    make.session.commit()
    return enrolment


def is_told(reply: Any) -> bool:
    return reply.status_code == 409 and "baru saja dihapus" in reply.text


@postgresql
def test_whoever_starts_while_the_event_goes_is_told(
    app: Flask, engine: Engine, make: Make, client_for: ClientFor, enrolment: Enrolment
) -> None:
    sitting = make.sitting(enrolment.event)
    phone = client_for(enrolment)
    make.session.close()

    with gone_before(app, engine, "FOR UPDATE", enrolment.event_id) as done:
        reply = phone.post_form(f"/sesi/{sitting.uid}/mulai")

    assert len(done) == 1
    assert is_told(reply)
    assert stored(make, Attempt) == []


@postgresql
@pytest.mark.parametrize(
    ("path", "statement", "values"),
    [
        ("peserta/{person}/hadir", "FOR UPDATE", {}),
        ("sesi/{sitting}/tutup", "UPDATE sitting", {}),
        ("sesi/{sitting}/hapus", "FOR UPDATE", {}),
        ("hapus", "FOR UPDATE", {}),
        (
            "ubah",
            "UPDATE event",
            {"title": "Lain", "day": "2026-11-23", "start": "08:00", "end": "11:00"},
        ),
    ],
)
def test_an_officer_whose_event_goes_meanwhile_is_told(
    app: Flask,
    engine: Engine,
    make: Make,
    client_for: ClientFor,
    citra: User,
    enrolment: Enrolment,
    path: str,
    statement: str,
    values: dict[str, str],
) -> None:
    here = enrolment.event
    sitting = make.sitting(here)
    browser = client_for(citra)
    address = f"/kegiatan/{here.code}/" + path.format(person=enrolment.uid, sitting=sitting.uid)
    make.session.close()

    with gone_before(app, engine, statement, here.id) as done:
        reply = browser.post_form(address, values)

    assert len(done) == 1
    assert is_told(reply)
    assert stored(make, Event) == []
    assert stored(make, Sitting) == []


def test_another_broken_rule_of_the_database_is_still_a_crash(
    app: Flask, make: Make, client_for: ClientFor, citra: User
) -> None:
    make.event(code="LJN-482")
    browser = client_for(citra)
    engine: Engine = app.extensions["quiz.engine"]

    @event.listens_for(engine, "before_cursor_execute")
    def twice(connection: Any, _cursor: Any, sent: str, *_rest: Any) -> None:
        if sent.startswith("UPDATE event"):
            connection.exec_driver_sql(
                "INSERT INTO setting (key, value) VALUES ('x', ''), ('x', '')"
            )

    reply = browser.post_form(
        "/kegiatan/LJN-482/ubah",
        {
            "title": "Lain",
            "day": "2026-11-23",
            "start": "08:00",
            "end": "11:00",
            "code": "LJN-482",
        },
        crash=True,
    )

    assert reply.status_code == 500
