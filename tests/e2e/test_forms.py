"""The officer crosses the two tests, tries form B, and swaps one item, on a desktop and a phone."""

import os
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from quiz.actions.events.ready import Package, make_ready
from quiz.assessment.items.item import Status
from quiz.models import Event
from tests.conftest import STOCKED
from tests.e2e.browsers import beyond_the_screen
from tests.e2e.page import heading, press
from tests.e2e.test_preparing import DESK, log_in
from tests.factories import Make

PHONE = {"viewport": {"width": 360, "height": 740}}
PICTURES = os.environ.get("QUIZ_PICTURES")
"""A folder to keep pictures in, for whoever wants to look."""


@pytest.fixture
def half_day(make: Make) -> Event:
    """A half day tomorrow, its two tests prepared from the shipped questions, not crossed."""
    start = make.now + timedelta(days=1)
    event = make.event(starts_at=start, ends_at=start + timedelta(hours=3, minutes=15))
    for status in (Status.PNS, Status.KEPALA_DESA):
        make.enrolment(event, make.user(status=status))
    made = make_ready(make.session, event, make.now, "benih")
    assert isinstance(made, Package)
    make.session.commit()
    return event


def open_a_slot_that_can_be_swapped(page: Page) -> None:
    """The first item for which the bank has another; which one that is goes by lot."""
    heading(page, "Pre-test")
    here = page.url
    for number in range(1, 16):
        page.get_by_role("link", name=f"Soal {number}", exact=True).first.click()
        heading(page, f"Ganti soal {number}")
        if page.get_by_role("button", name="Pakai ").count():
            return
        page.goto(here)
    raise AssertionError("no item can be swapped")


@STOCKED
@pytest.mark.usefixtures("citra")
@pytest.mark.parametrize("screen", [DESK, PHONE], ids=["desk", "phone"])
def test_the_tests_are_crossed_tried_and_one_item_is_swapped(
    new_phone: Callable[..., Page],
    half_day: Event,
    accessible: Callable[[Page], None],
    request: pytest.FixtureRequest,
    screen: dict[str, object],
) -> None:
    page = new_phone(**screen)

    def look(name: str) -> None:
        if PICTURES:
            path = Path(PICTURES) / f"{name}-{request.node.callspec.id}.png"
            page.screenshot(path=path, full_page=True)
        assert beyond_the_screen(page) == []
        accessible(page)

    log_in(page)
    page.goto(f"/kegiatan/{half_day.code}")
    page.get_by_role("link", name="Formulir A dan B", exact=True).click()
    heading(page, "Formulir A dan B")
    look("silang")
    press(page, "Silangkan dan siapkan")
    expect(page.get_by_text("dua formulir soal yang setara, disilang")).to_be_visible()
    look("bersilang")
    page.goto(f"/kegiatan/{half_day.code}")
    look("kegiatan")
    page.get_by_role("link", name="Pre-test", exact=True).first.click()
    heading(page, "Pre-test")
    look("sesi")
    page.get_by_role("link", name="Coba sebagai PNS, formulir B").click()
    expect(page.get_by_text("sebagai PNS, formulir B")).to_be_visible()
    page.get_by_role("link", name="Akhiri percobaan").click()
    open_a_slot_that_can_be_swapped(page)
    look("ganti")
    page.get_by_role("button", name="Pakai ").first.click()
    back = page.get_by_role("button", name="Kembalikan ")
    expect(back).to_be_visible()
    look("diganti")
    back.click()
    expect(back).to_have_count(0)
