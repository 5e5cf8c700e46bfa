"""Everybody opens their own rows: with another's uid an address answers as if it did not exist."""

from collections.abc import Iterator
from datetime import UTC, datetime

import pytest
from jinja2 import FileSystemBytecodeCache
from sqlalchemy import select, update
from sqlalchemy.orm import Session

from quiz.database import make_engine
from quiz.demo import Stage
from quiz.models import Attempt, Enrolment, Event, Sitting, User
from quiz.permissions import Permission, Role
from tests.client import HouseClient
from tests.e2e.world import World, demonstration
from tests.factories import Make
from tests.kept import KEY, Demonstrations
from tests.safety.everybody import CARD, WHO, browser_of
from tests.safety.places import address_of, everything, written

OWN = {Permission.TAKE_QUIZ, Permission.OWN_DATA}
OWN_PLACES = [
    (method, rule)
    for (method, rule), needs in written().items()
    if needs in OWN and "<uid>" in rule
]
STAFF = [role.value for role in Role if role.value in WHO]

BY_CODE = ("/kegiatan/<code>/", "/laporan/<code>/")
NAMED = ("<uid>", "<attempt_uid>", "<person>", "<other>", "<number>")
OF_AN_EVENT = [
    (method, rule)
    for (method, rule), needs in written().items()
    if rule.startswith(BY_CODE) and any(name in rule for name in NAMED)
]
"""Doors to one row of an event: the address names both."""

SETTLED = [door for door in OF_AN_EVENT if "/meja/daftar-tunggu/" in door[1]]
"""Answer 409, "somebody has settled it", to whatever does not wait at this event."""


def ask(client: HouseClient, method: str, address: str) -> int:
    given = {"chosen": ["a"], "confidence": None, "revision": 10**7, "at": None}
    headers = {"X-CSRFToken": client.csrf_token()}
    return client.open(address, method=method, headers=headers, json=given).status_code


@pytest.fixture(scope="module")
def two_events(
    tmp_path_factory: pytest.TempPathFactory,
    demonstrations: Demonstrations,
    compiled_templates: FileSystemBytecodeCache,
) -> Iterator[World]:
    """The demonstration, and another event with a roster, a sitting and somebody's attempt."""
    folder = tmp_path_factory.mktemp("kegiatan")
    with demonstration(folder, demonstrations.of(Stage.OVER), compiled_templates) as world:
        engine = make_engine(f"sqlite:///{folder / 'quiz.sqlite'}")
        with Session(engine, expire_on_commit=False) as session:
            make = Make(session, (folder / KEY).read_bytes())
            event = make.event("Kegiatan lain", code="LAIN-500")
            make.finished(make.sitting(event, items=[make.bank_item()]), make.enrolment(event))
        engine.dispose()
        world.session.expire_all()
        yield world


@pytest.fixture
def of_others(two_events: World) -> list[str]:
    """Uids of every attempt, and of places, sittings and people, not of whose browser is used."""
    mine = two_events.owner_of_attempt()
    places = select(Enrolment.id).where(Enrolment.user_id == mine.user_id)
    there = two_events.session.scalars
    found = [
        *there(select(Attempt.uid).where(Attempt.enrolment_id.not_in(places))),
        *there(select(Enrolment.uid).where(Enrolment.user_id != mine.user_id).limit(20)),
        *there(select(Sitting.uid).where(Sitting.event_id != mine.event_id)),
        *there(select(User.uid).where(User.id != mine.user_id).limit(20)),
    ]
    assert len(found) > 80
    return found


@pytest.mark.parametrize(("method", "rule"), OWN_PLACES)
def test_what_is_of_others_does_not_exist(two_events, of_others, method, rule):
    client, before = browser_of(two_events, CARD), everything(two_events)

    statuses = {
        ask(
            client,
            method,
            rule.replace("<uid>", uid).replace("<position>", "1").replace("<ending>", "pdf"),
        )
        for uid in of_others
    }

    assert statuses == {404}
    assert everything(two_events) == before


@pytest.mark.parametrize(("method", "rule"), OWN_PLACES)
def test_a_card_of_another_event_opens_nothing_of_this(two_events, method, rule):
    event = two_events.session.scalars(select(Event).where(Event.code == "LAIN-500")).one()
    theirs = two_events.session.scalars(select(Enrolment).where(Enrolment.event_id == event.id))
    client = two_events.app.test_client().log_in(theirs.one())
    before = everything(two_events)

    status = ask(client, method, address_of(two_events, rule))

    assert status == 404
    assert everything(two_events) == before


@pytest.mark.parametrize("who", [Role.OFFICER.value, Role.ADMIN.value, Role.TRAINER.value])
def test_a_row_is_not_found_under_the_code_of_another_event(two_events, who):
    client, before = browser_of(two_events, who), everything(two_events)
    mine = [door for door in OF_AN_EVENT if written()[door] in WHO[who]]

    statuses = {
        (method, rule): ask(
            client, method, address_of(two_events, rule).replace(two_events.event, "LAIN-500")
        )
        for method, rule in mine
    }

    assert {door: status for door, status in statuses.items() if status != 404} == {
        door: 409 for door in SETTLED if door in mine
    }
    assert everything(two_events) == before


@pytest.mark.parametrize("who", STAFF)
def test_a_disabled_account_is_nobody(two_events, who):
    client = browser_of(two_events, who)
    user = two_events.session.scalars(
        select(User).where(User.role == Role(who), User.username.is_not(None)).limit(1)
    ).one()
    asked = [door for door, needs in written().items() if needs is not Permission.PUBLIC]
    engine = make_engine(two_events.session.get_bind().url)
    with engine.begin() as connection:
        connection.execute(
            update(User).where(User.id == user.id).values(disabled_at=datetime.now(UTC))
        )

    statuses = {
        (method, rule): ask(client, method, address_of(two_events, rule)) for method, rule in asked
    }

    with engine.begin() as connection:
        connection.execute(update(User).where(User.id == user.id).values(disabled_at=None))
    engine.dispose()
    assert {door: status for door, status in statuses.items() if status not in {302, 401}} == {}
