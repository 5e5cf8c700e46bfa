"""Real browsers against a real server. A phone is 360 by 740, entered by its personal card."""

from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from functools import partial
from pathlib import Path

import pytest
import time_machine
from axe_playwright_python.sync_playwright import Axe
from flask import Flask
from playwright.sync_api import Browser, Page, Playwright, expect, sync_playwright

from quiz.models import Attempt, BankItem, Enrolment, Event, Sitting, User
from quiz.models.events.events import Phase
from quiz.queries.taking.asked import asked_in
from tests.e2e.browsers import LARGE_TEXT, any_font, launch
from tests.e2e.clock import Clock
from tests.e2e.hall import Hall
from tests.e2e.phones import PATIENCE, Phones
from tests.e2e.stock import realistic_items
from tests.factories import Make

expect.set_options(timeout=PATIENCE)


@pytest.fixture(scope="session")
def playwright() -> Iterator[Playwright]:
    with sync_playwright() as playwright:
        yield playwright


@pytest.fixture(scope="session")
def fonts(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The machine's own, unless a module says otherwise."""
    return any_font(tmp_path_factory.mktemp("huruf"))


@pytest.fixture(scope="session")
def chromium(playwright: Playwright, fonts: Path) -> Iterator[Browser]:
    """One browser for the session; every phone is a context of its own."""
    browser = launch(playwright, fonts=fonts)
    yield browser
    browser.close()


@pytest.fixture
def hall(app: Flask) -> Iterator[Hall]:
    """The server, running."""
    hall = Hall(app)
    hall.start()
    yield hall
    hall.close()


@pytest.fixture
def phones(hall: Hall) -> Iterator[Phones]:
    """Where this test's phones come from; they are closed, and their faults told, at its end."""
    phones = Phones(hall.url)
    yield phones
    phones.close()
    assert phones.faults == []


@pytest.fixture
def new_phone(chromium: Browser, phones: Phones) -> Callable[..., Page]:
    """``new_phone(init=..., **context)``: a fresh browser in which nobody is logged in."""
    return partial(phones.new, chromium)


@pytest.fixture
def large_text(
    playwright: Playwright, phones: Phones, fonts: Path
) -> Iterator[Callable[..., Page]]:
    """As ``new_phone``, for somebody who set the phone's text to twice its size."""
    browser = launch(playwright, LARGE_TEXT, fonts=fonts)
    yield partial(phones.new, browser)
    browser.close()


@pytest.fixture
def enter(new_phone: Callable[..., Page], make: Make) -> Callable[..., Page]:
    """``enter(enrolment)``: a phone that has opened this person's card."""

    def opened(enrolment: Enrolment, **options: object) -> Page:
        page = new_phone(**options)
        page.goto(f"/k/{make.token(enrolment)}")
        return page

    return opened


@pytest.fixture
def items(make: Make) -> list[BankItem]:
    """Six items as a participant meets them: single and multiple choice, true or false."""
    return [make.bank_item(item) for item in realistic_items(make)]


@pytest.fixture
def event(make: Make) -> Event:
    return make.event("Sosialisasi Netralitas ASN Kecamatan Rekaan", place="Pendopo")


@pytest.fixture
def enrolment(make: Make, event: Event, ani: User) -> Enrolment:
    """Ani on the event's roster."""
    return make.enrolment(event, ani)


@pytest.fixture
def sitting(make: Make, event: Event, items: list[BankItem]) -> Sitting:
    """An open post-test of six items in their own order, feedback once sent, 20 minutes."""
    return make.sitting(
        event,
        Phase.POST,
        items=items,
        time_limit_minutes=20,
        shuffle_items=False,
        shuffle_options=False,
        asks_confidence=True,
    )


@pytest.fixture
def attempt(make: Make, sitting: Sitting, enrolment: Enrolment) -> Attempt:
    """Ani's attempt, begun just now."""
    return make.attempt(sitting, enrolment, started_at=make.now - timedelta(seconds=30))


@pytest.fixture
def phone(enter: Callable[..., Page], attempt: Attempt, enrolment: Enrolment) -> Page:
    """Ani's phone on her attempt's page."""
    page = enter(enrolment)
    page.goto(f"/kuis/{attempt.uid}")
    expect(page.get_by_role("heading", level=1)).to_have_text("Soal 1 dari 6")
    return page


@pytest.fixture
def clock() -> Iterator[Clock]:
    """The clock of server and test, which stands until a test lets time pass.

    For ``pytestmark = pytest.mark.usefixtures("clock")``: whatever is made, is made by it.
    """
    with time_machine.travel(datetime.now(UTC).replace(microsecond=0), tick=False) as traveller:
        yield Clock(traveller)


@pytest.fixture
def stored(make: Make, attempt: Attempt) -> Callable[[], dict[int, list[int]]]:
    """``stored()``: position → chosen options as the server has them on disk, by their place in
    the author's order, from 1 (which is the key in stock.py)."""
    asked = asked_in(make.session, attempt)

    def places(position: int, chosen: list[str]) -> list[int]:
        ids = [option.id for option in asked[position].item.options]
        return sorted(ids.index(option) + 1 for option in chosen)

    def read() -> dict[int, list[int]]:
        make.session.commit()
        make.session.expire_all()
        return {row.position: places(row.position, row.chosen) for row in attempt.responses}

    return read


@pytest.fixture(scope="session")
def accessible() -> Callable[[Page], None]:
    """``accessible(page)``: axe finds nothing against WCAG 2.2 A and AA."""
    axe = Axe()
    tags = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
    rules = {"runOnly": tags, "resultTypes": ["violations"]}

    def check(page: Page) -> None:
        page.wait_for_load_state()
        found = axe.run(page, options=rules).response["violations"]
        told = [(v["id"], v["help"], [node["html"][:160] for node in v["nodes"]]) for v in found]
        assert told == []

    return check
