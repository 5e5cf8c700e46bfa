"""Every page there is, on the demonstration's data, in both schemes and at both widths.

Each is opened as whoever may open it. axe finds nothing, and nothing scrolls sideways.
"""

import os
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
from flask import Flask
from playwright.sync_api import Browser, Page
from sqlalchemy import select
from sqlalchemy.orm import Session

from quiz import create_app
from quiz.config import carried, read_settings
from quiz.db import make_engine
from quiz.demo import Cast, Stage, card_key, fill
from quiz.models import Attempt, Enrolment, Sitting, Unit, User
from quiz.models.loading import load_questions
from quiz.permissions import ROLE_PERMISSIONS, Permission, Role
from tests.client import HouseClient
from tests.e2e.hall import Hall

SEED = "1"
WIDTHS = {"light": {"width": 1280, "height": 800}, "dark": {"width": 360, "height": 740}}
ELSEWHERE = {"awal", "sandi", "static"}
"""First parts of addresses that need a one-time token, or are no pages."""

PICTURES = os.environ.get("QUIZ_PICTURES")
"""A folder to keep a picture of every page in, for whoever wants to look."""


class World:
    """The demonstration, running, and what its addresses are made of."""

    def __init__(self, app: Flask, hall: Hall, session: Session, cast: Cast) -> None:
        self.app, self.hall, self.session, self.cast = app, hall, session, cast

    def values(self, endpoint: str) -> dict[str, object]:
        """What stands for the variable parts of an endpoint's address."""
        user = self._one(User, User.username == "citra")
        sitting = self._one(Sitting, Sitting.phase == "post")
        attempt = self._one(
            Attempt, Attempt.sitting_id == sitting.id, Attempt.submitted_at.is_not(None)
        )
        enrolment = self._one(Enrolment, Enrolment.id == attempt.enrolment_id)
        by_blueprint: dict[str, dict[str, object]] = {
            "attempt_help": {"uid": enrolment.uid},
            "contests": {"uid": attempt.uid, "position": 1},
            "enrolments": {"uid": enrolment.uid},
            "feedback": {"uid": attempt.uid},
            "attempts": {"uid": attempt.uid},
            "responses": {"uid": attempt.uid},
            "participants": {"uid": enrolment.uid, "attempt_uid": attempt.uid},
            "people": {"uid": user.uid},
            "quizzes": {"uid": sitting.quiz.uid},
            "sittings": {"uid": sitting.uid},
            "sitting_plans": {"uid": sitting.uid},
            "units": {"code": self._one(Unit).code},
            "unit_kinds": {"code": self._one(Unit).kind.code},
        }
        items = {"items", "item_editor", "item_review", "panel", "rulings", "analysis"}
        blueprint = endpoint.partition(".")[0]
        code = "MKN-001" if blueprint in items else self.cast.event
        return {"code": code, "position": 1} | by_blueprint.get(blueprint, {})

    def owner_of_attempt(self) -> Enrolment:
        sitting = self._one(Sitting, Sitting.phase == "post")
        attempt = self._one(
            Attempt, Attempt.sitting_id == sitting.id, Attempt.submitted_at.is_not(None)
        )
        return self._one(Enrolment, Enrolment.id == attempt.enrolment_id)

    def staff(self, permission: Permission) -> User:
        """Somebody whose role has ``permission``."""
        role = next(role for role in Role if permission in ROLE_PERMISSIONS[role])
        return self._one(User, User.role == role, User.username.is_not(None))

    def _one(self, model, *conditions):  # type: ignore[no-untyped-def]
        return self.session.scalars(select(model).where(*conditions).limit(1)).one()


@pytest.fixture(scope="module")
def world(tmp_path_factory: pytest.TempPathFactory, sqlite_template: Path) -> Iterator[World]:
    folder = tmp_path_factory.mktemp("peragaan")
    (folder / "kartu.key").write_text(card_key(SEED))
    (folder / "quiz.sqlite").write_bytes(sqlite_template.read_bytes())
    settings = read_settings({"QUIZ_INSTANCE": str(folder)})
    engine = make_engine(settings.database_url)
    with Session(engine, expire_on_commit=False) as session:
        load_questions(session, carried("questions"), datetime.now(UTC))
        cast = fill(session, settings.card_key, Stage.OVER, SEED, 50, datetime.now(UTC))
        session.commit()
    app = create_app(settings)
    app.test_client_class = HouseClient
    hall = Hall(app)
    hall.start()
    reading = engine.execution_options(read_only=True)
    with Session(reading, expire_on_commit=False) as session:
        yield World(app, hall, session, cast)
    hall.stop()
    engine.dispose()


def addresses(world: World) -> list[tuple[str, Permission]]:
    """Every GET address with the permission it asks for."""
    found = []
    adapter = world.app.url_map.bind("127.0.0.1")
    for rule in world.app.url_map.iter_rules():
        if "GET" not in (rule.methods or set()) or rule.rule.split("/")[1] in ELSEWHERE:
            continue
        view = world.app.view_functions[rule.endpoint]
        values = {
            name: value
            for name, value in world.values(rule.endpoint).items()
            if name in rule.arguments
        }
        if rule.arguments - set(values):
            continue
        found.append((adapter.build(rule.endpoint, values), view.permission))
    return sorted(set(found))


def open_as(world: World, browser: Browser, permission: Permission, scheme: str) -> Page:
    """A browser of somebody with ``permission``."""
    context = browser.new_context(
        viewport=WIDTHS[scheme], color_scheme=scheme, base_url=world.hall.url, locale="id-ID"
    )
    own = permission in {Permission.TAKE_QUIZ, Permission.OWN_DATA}
    if permission is not Permission.PUBLIC:
        person = world.owner_of_attempt() if own else world.staff(permission)
        client = world.app.test_client()
        assert isinstance(client, HouseClient)
        cookie = client.log_in(person).get_cookie("session")
        assert cookie is not None
        context.add_cookies([{"name": "session", "value": cookie.value, "url": world.hall.url}])
    return context.new_page()


def sideways(page: Page) -> bool:
    return bool(
        page.evaluate("document.documentElement.scrollWidth > document.documentElement.clientWidth")
    )


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_every_page_is_accessible_and_fits(world, chromium, accessible, scheme):
    pages: dict[Permission, Page] = {}
    faults = []
    for address, permission in addresses(world):
        page = pages.get(permission) or open_as(world, chromium, permission, scheme)
        pages[permission] = page
        try:
            reply = page.goto(address)
        except Exception as error:
            if "Download is starting" in str(error):
                continue
            raise
        if reply is None or "html" not in reply.headers.get("content-type", ""):
            continue
        if PICTURES:
            name = address.strip("/").replace("/", "_").replace("?", "_") or "awal"
            page.screenshot(path=f"{PICTURES}/{scheme}_{name[:80]}.png", full_page=True)
        if reply.status >= 500:
            faults.append((address, reply.status))
        if sideways(page):
            faults.append((address, "scrolls sideways"))
        try:
            accessible(page)
        except AssertionError as error:
            faults.append((address, str(error)[:300]))
    for page in pages.values():
        page.context.close()

    assert faults == []
