"""Every page there is, on the demonstration's data, as whoever may open it.

axe finds nothing on it as its readers mostly have it: participants on a phone that is dark, staff
on a light laptop; the other way round takes as long again and is ``long``. Nothing leaves the
screen of either, nor with text twice as large in a wide or a narrow font.
"""

import os
from collections.abc import Iterator

import pytest
from jinja2 import FileSystemBytecodeCache
from playwright.sync_api import Browser, Page

from quiz.demo import Stage
from quiz.exports import EXPORTS
from quiz.exports.documents.register import DOCUMENTS
from quiz.models import Enrolment, User
from quiz.permissions import PARTICIPANT_PERMISSIONS, Permission
from tests.e2e.browsers import LARGE_TEXT, beyond_the_screen, beyond_their_marks, launch, only
from tests.e2e.world import World, demonstration
from tests.kept import Demonstrations

PHONE, LAPTOP = {"width": 360, "height": 740}, {"width": 1280, "height": 800}
SCHEMES = {"dark": PHONE, "light": LAPTOP}
READERS = {"participants": PARTICIPANT_PERMISSIONS | {Permission.PUBLIC}}
READERS |= {"staff": frozenset(Permission) - READERS["participants"]}
"""Whose pages: what those ask for that are opened by anybody with a card, and by nobody else."""

ELSEWHERE = {"akun", "awal", "sandi", "static"}
"""First parts of addresses that need a one-time token or a password's session (test_second_step
opens those), or are no pages."""

REFUSED = {
    "sittings.open_now": 409,
    "sittings.delete": 409,
    "sittings.release": 409,
    "sittings.close": 409,
    "sittings.extend": 409,
    "paper_typing.retype": 404,
    "people.take_off_second_step": 409,
    "review.page": 404,
    "rulings.preview": 400,
}
"""Pages that are not there: of an event that is over, an item nobody sent, a paper nobody typed,
a missing choice.

The officer's and the trainer's journeys open them where they stand open.
"""

UNADDRESSED = {
    "audit.download",
    "auth.enter_by_card",
    "backups.download",
    "backups.sealing",
    "breaches.letters",
    "breaches.people_file",
    "completing.page",
    "editor.page",
    "event_imports.look",
    "export.download",
    "imports.landed",
    "imports.preview",
    "item_sheets.file",
    "own_unit.by_link",
    "question_sheets.file",
    *(f"downloads.{name}" for name in [*EXPORTS, *DOCUMENTS]),
    "roster_upload.preview",
    "screens.live",
    "screens.page",
    "ruling_withdrawal.withdraw",
    "walk_ins.admit",
}
"""Files, and pages of things the demonstration does not have."""

PICTURES = os.environ.get("QUIZ_PICTURES")
"""A folder to keep a picture of every page in, for whoever wants to look."""


@pytest.fixture(scope="module")
def world(
    tmp_path_factory: pytest.TempPathFactory,
    demonstrations: Demonstrations,
    compiled_templates: FileSystemBytecodeCache,
) -> Iterator[World]:
    folder = tmp_path_factory.mktemp("peragaan")
    with demonstration(folder, demonstrations.of(Stage.OVER), compiled_templates) as world:
        yield world


def addresses(world: World) -> list[tuple[str, Permission, str]]:
    """Every GET address with the permission it asks for and its endpoint."""
    found, left_out = [], set()
    adapter, rows = world.app.url_map.bind("127.0.0.1"), world.rows()
    for rule in world.app.url_map.iter_rules():
        if "GET" not in (rule.methods or set()) or rule.rule.split("/")[1] in ELSEWHERE:
            continue
        view = world.app.view_functions[rule.endpoint]
        values = {
            name: value
            for name, value in world.values(rule.endpoint, rows).items()
            if name in rule.arguments
        }
        if rule.arguments - set(values):
            left_out.add(rule.endpoint)
            continue
        found.append((adapter.build(rule.endpoint, values), view.permission, rule.endpoint))
    assert left_out == UNADDRESSED
    return sorted(set(found))


def open_as(world: World, browser: Browser, permission: Permission, **options: object) -> Page:
    """A browser of somebody with ``permission``."""
    own = permission in PARTICIPANT_PERMISSIONS
    person: User | Enrolment | None = None
    if permission is not Permission.PUBLIC:
        person = world.owner_of_attempt() if own else world.staff(permission)
    return world.browser_of(browser, person, **options)


def every_page(
    world: World, browser: Browser, readers: str, **options: object
) -> Iterator[tuple[str, str, int, Page]]:
    """Address, endpoint, status and the open page of every address of theirs that gives one."""
    pages: dict[Permission, Page] = {}
    for address, permission, endpoint in addresses(world):
        if permission not in READERS[readers]:
            continue
        page = pages.get(permission) or open_as(world, browser, permission, **options)
        pages[permission] = page
        try:
            reply = page.goto(address)
        except Exception as error:
            if "Download is starting" in str(error):
                continue
            raise
        if reply is not None and "html" in reply.headers.get("content-type", ""):
            yield address, endpoint, reply.status, page
    for page in pages.values():
        page.context.close()


@pytest.mark.parametrize(
    ("readers", "scheme"),
    [
        ("participants", "dark"),
        ("staff", "light"),
        pytest.param("participants", "light", marks=pytest.mark.long),
        pytest.param("staff", "dark", marks=pytest.mark.long),
    ],
)
def test_every_page_is_accessible_and_fits(world, chromium, accessible, readers, scheme):
    faults: list[tuple[object, ...]] = []
    own, other = SCHEMES[scheme], PHONE if scheme == "light" else LAPTOP
    options = {"viewport": own, "color_scheme": scheme}
    for address, endpoint, status, page in every_page(world, chromium, readers, **options):
        if PICTURES:
            name = address.strip("/").replace("/", "_").replace("?", "_") or "awal"
            page.screenshot(path=f"{PICTURES}/{scheme}_{name[:80]}.png", full_page=True)
        if status != REFUSED.get(endpoint, 200):
            faults.append((address, status))
        try:
            accessible(page)
        except AssertionError as error:
            faults.append((address, str(error)[:300]))
        for screen in (other, own):  # the next page opens on its own
            page.set_viewport_size(screen)
            faults += [(address, screen["width"], beyond) for beyond in beyond_the_screen(page)]

    assert faults == []


@pytest.mark.parametrize(
    ("readers", "font"),
    [
        ("participants", "wide"),
        pytest.param("participants", "narrow", marks=pytest.mark.long),
        pytest.param("staff", "wide", marks=pytest.mark.long),
        pytest.param("staff", "narrow", marks=pytest.mark.long),
    ],
)
def test_every_page_fits_with_text_twice_as_large(world, playwright, tmp_path, readers, font):
    browser = launch(playwright, LARGE_TEXT, fonts=only(font, tmp_path))
    faults = []
    for address, _, _, page in every_page(world, browser, readers, viewport=LAPTOP):
        faults += [(address, beyond) for beyond in beyond_the_screen(page)]
        faults += [(address, beyond) for beyond in beyond_their_marks(page)]
    browser.close()

    assert faults == []
