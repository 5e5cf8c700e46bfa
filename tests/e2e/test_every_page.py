"""Every page there is, on the demonstration's data, in both schemes and at both widths.

Each is opened as whoever may open it. axe finds nothing, and nothing scrolls sideways.
"""

import os
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page

from quiz.demo import Stage
from quiz.exports import EXPORTS
from quiz.models import Enrolment, User
from quiz.permissions import Permission
from tests.e2e.world import World, demonstration

WIDTHS = {"light": {"width": 1280, "height": 800}, "dark": {"width": 360, "height": 740}}
ELSEWHERE = {"awal", "sandi", "static"}
"""First parts of addresses that need a one-time token, or are no pages."""

REFUSED = {
    "sittings.open_now": 409,
    "sittings.delete": 409,
    "sittings.release": 409,
    "sittings.close": 409,
    "review.page": 404,
    "rulings.preview": 400,
}
"""Pages that an event which is over, an item that nobody sent, or a missing choice does not give.

The officer's and the trainer's journeys open them where they stand open.
"""

UNADDRESSED = {
    "auth.enter_by_card",
    "editor.page",
    "export.download",
    "imports.landed",
    "imports.preview",
    *(f"downloads.{name}" for name in EXPORTS),
    "roster_upload.preview",
    "ruling_withdrawal.withdraw",
}
"""Files, and pages of things the demonstration does not have."""

PICTURES = os.environ.get("QUIZ_PICTURES")
"""A folder to keep a picture of every page in, for whoever wants to look."""


@pytest.fixture(scope="module")
def world(tmp_path_factory: pytest.TempPathFactory, sqlite_template: Path) -> Iterator[World]:
    folder = tmp_path_factory.mktemp("peragaan")
    with demonstration(folder, sqlite_template, Stage.OVER) as world:
        yield world


def addresses(world: World) -> list[tuple[str, Permission, str]]:
    """Every GET address with the permission it asks for and its endpoint."""
    found, left_out = [], set()
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
            left_out.add(rule.endpoint)
            continue
        found.append((adapter.build(rule.endpoint, values), view.permission, rule.endpoint))
    assert left_out == UNADDRESSED
    return sorted(set(found))


def open_as(world: World, browser: Browser, permission: Permission, scheme: str) -> Page:
    """A browser of somebody with ``permission``."""
    own = permission in {Permission.TAKE_QUIZ, Permission.OWN_DATA}
    person: User | Enrolment | None = None
    if permission is not Permission.PUBLIC:
        person = world.owner_of_attempt() if own else world.staff(permission)
    return world.browser_of(browser, person, viewport=WIDTHS[scheme], color_scheme=scheme)


def sideways(page: Page) -> bool:
    return bool(
        page.evaluate("document.documentElement.scrollWidth > document.documentElement.clientWidth")
    )


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_every_page_is_accessible_and_fits(world, chromium, accessible, scheme):
    pages: dict[Permission, Page] = {}
    faults = []
    for address, permission, endpoint in addresses(world):
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
        if reply.status != REFUSED.get(endpoint, 200):
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
