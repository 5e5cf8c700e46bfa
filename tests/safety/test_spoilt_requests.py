"""Every form, address and message, spoilt: taken or refused with a page, and nothing half kept."""

from collections.abc import Iterator
from random import Random

import pytest
from jinja2 import FileSystemBytecodeCache
from sqlalchemy import select
from werkzeug.test import TestResponse

from quiz.demo import Stage
from quiz.models import Attempt, Enrolment
from quiz.permissions import Permission
from tests.client import HouseClient
from tests.e2e.world import World, demonstration
from tests.kept import Demonstrations
from tests.safety.everybody import CARD, WHO, browser_of
from tests.safety.places import everything, written
from tests.safety.spoiling import MUCH, forms_on, kind_of, links_on, odd_json, odd_query, post

ENOUGH = 3
"""Addresses of one kind that somebody follows."""

SAVED = {"chosen": ["a"], "confidence": 2, "revision": 5, "at": "2026-11-29T08:00:00Z"}
HANDED_IN = {"by": "person", "waiting": 0, "responses": [SAVED | {"position": 1}]}


STAGES = [Stage.LIVE, pytest.param(Stage.OVER, marks=pytest.mark.long)]


@pytest.fixture(scope="module", params=STAGES)
def busy(
    request: pytest.FixtureRequest,
    tmp_path_factory: pytest.TempPathFactory,
    demonstrations: Demonstrations,
    compiled_templates: FileSystemBytecodeCache,
) -> Iterator[World]:
    """A demonstration in which anything may be changed."""
    folder = tmp_path_factory.mktemp("isian")
    with demonstration(folder, demonstrations.of(request.param), compiled_templates) as world:
        yield world


@pytest.fixture
def rng() -> Random:
    """The same few every day, others in a long run."""
    return Random(0 if MUCH < 10 else None)


@pytest.fixture
def at_work(busy: World) -> Attempt:
    """Somebody's attempt, in the live demonstration one that goes on."""
    busy.session.rollback()
    newest = select(Attempt).order_by(Attempt.submitted_at.is_not(None), Attempt.id.desc())
    return busy.session.scalars(newest.limit(1)).one()


def client_of(world: World, who: str, attempt: Attempt) -> HouseClient:
    """A fresh browser: a form may have ended the session of the one before."""
    world.session.rollback()
    world.session.expire_all()
    if who != CARD:
        return browser_of(world, who)
    client = world.app.test_client()
    assert isinstance(client, HouseClient)
    return client.log_in(world.session.get_one(Enrolment, attempt.enrolment_id))


def walk(world: World, who: str, attempt: Attempt, rng: Random) -> Iterator[TestResponse]:
    """As many pages as are to be tried, each followed from one that was seen before."""
    known = {
        rule: [rule]
        for (method, rule), needs in written().items()
        if method == "GET" and "<" not in rule
        if needs is Permission.PUBLIC or needs in WHO[who]
    }
    for _ in range(MUCH):
        address = rng.choice(rng.choice(list(known.values())))
        page = client_of(world, who, attempt).get(address)
        if page.status_code == 200 and page.mimetype == "text/html":
            for link in sorted(links_on(page)):
                alike = known.setdefault(kind_of(link), [])
                if link not in alike and len(alike) < ENOUGH:
                    alike.append(link)
            yield page


def kept(world: World) -> dict[str, list[tuple[object, ...]]]:
    """All rows, but for the count of wrong guesses, which a refusal is to change."""
    return {name: rows for name, rows in everything(world).items() if name != "failure"}


@pytest.mark.parametrize("who", WHO)
def test_spoilt_form_is_taken_or_refused_whole(busy, at_work, who, rng):
    for page in walk(busy, who, at_work, rng):
        for filled in forms_on(page, rng):
            before = kept(busy)
            reply = post(client_of(busy, who, at_work), filled, rng)
            assert reply.status_code < 500
            if reply.status_code >= 400:
                assert kept(busy) == before, filled.to


@pytest.mark.parametrize("who", WHO)
def test_spoilt_query_leads_to_a_page(busy, at_work, who, rng):
    for page in walk(busy, who, at_work, rng):
        address = f"{page.request.path}?{odd_query(rng)}"
        assert client_of(busy, who, at_work).get(address).status_code < 500


def test_spoilt_message_of_a_phone_is_taken_or_refused_whole(busy, at_work, rng):
    messages = [
        *(("PUT", f"/kuis/{at_work.uid}/jawaban/1", SAVED),) * 2,
        ("POST", f"/kuis/{at_work.uid}/selesai", HANDED_IN),
    ]
    before = kept(busy)
    for method, address, sound in [rng.choice(messages) for _ in range(4 * MUCH)]:
        client = client_of(busy, CARD, at_work)
        headers = {"X-CSRFToken": client.csrf_token()}

        reply = client.open(
            address,
            method=method,
            data=odd_json(sound, rng),
            content_type="application/json",
            headers=headers,
        )

        assert reply.status_code < 500
        after = kept(busy)
        assert reply.status_code < 400 or after == before
        before = after
