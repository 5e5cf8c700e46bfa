"""Narrow screens, large text, nothing that jumps, and little to receive."""

from itertools import pairwise

import pytest
from playwright.sync_api import Page, expect

from tests.e2e.page import Held, answer_all, choose, go_to, heading, press, saved, send
from tests.e2e.phones import PHONE

NARROW = {"width": 320, "height": 640}
SHIFTS = """window.shifts = [];
new PerformanceObserver((list) => list.getEntries().forEach((entry) => {
  if (!entry.hadRecentInput) window.shifts.push([entry.value, entry.sources.map(
    (source) => source.node && source.node.outerHTML && source.node.outerHTML.slice(0, 80))]);
})).observe({ type: "layout-shift", buffered: true });"""


def fits(page: Page) -> None:
    """Nothing scrolls sideways, and no words are cut off."""
    wide = page.evaluate(
        """() => Array.from(document.querySelectorAll("body *"))
          .filter((e) => e.getClientRects().length && !e.closest(".hidden, .skip, svg"))
          .filter((e) => e.getBoundingClientRect().right > innerWidth + 1)
          .map((e) => e.outerHTML.slice(0, 100))"""
    )
    assert wide == []
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")


def small_targets(page: Page, least: int) -> list[str]:
    return page.evaluate(
        """(least) => Array.from(document.querySelectorAll("button, a, summary, .option, .sure"))
          .filter((e) => e.getClientRects().length && !e.closest(".skip, #banner, .reviews"))
          .filter((e) => e.getBoundingClientRect().height < least)
          .map((e) => e.outerHTML.slice(0, 80))""",
        least,
    )


@pytest.mark.parametrize("viewport", [PHONE, NARROW], ids=["360", "320"])
def test_every_screen_fits_a_small_phone(enter, enrolment, attempt, viewport):
    phone = enter(enrolment, viewport=viewport)
    fits(phone)
    phone.goto(f"/kuis/{attempt.uid}")
    fits(phone)
    assert small_targets(phone, 44) == []
    phone.locator("summary").click()
    fits(phone)
    phone.locator("summary").click()
    phone.context.set_offline(True)
    choose(phone, "Segera keluar")
    fits(phone)
    phone.context.set_offline(False)
    saved(phone)
    go_to(phone, 6)
    press(phone, "Periksa")
    fits(phone)
    press(phone, "Kirim, 5 kosong")
    heading(phone, "Pembahasan untuk Anda")
    fits(phone)


@pytest.mark.parametrize("viewport", [PHONE, NARROW], ids=["360", "320"])
def test_every_screen_fits_with_text_twice_as_large(large_text, enrolment, attempt, make, viewport):
    phone = large_text(viewport=viewport)
    phone.goto(f"/k/{make.token(enrolment)}")
    fits(phone)
    phone.goto(f"/kuis/{attempt.uid}")
    fits(phone)
    choose(phone, "Segera keluar")
    saved(phone)
    phone.context.set_offline(True)
    expect(phone.get_by_text("Jaringan terputus.")).to_be_visible()
    fits(phone)
    phone.context.set_offline(False)
    go_to(phone, 6)
    press(phone, "Periksa")
    fits(phone)
    press(phone, "Kirim, 5 kosong")
    heading(phone, "Pembahasan untuk Anda")
    fits(phone)


def test_nothing_shifts_while_the_page_comes_to_life(enter, enrolment, attempt):
    phone = enter(enrolment, init=SHIFTS)
    held = Held()
    phone.route("**/js/*", held)
    phone.goto(f"/kuis/{attempt.uid}", wait_until="commit")
    heading(phone, "Post-test: 6 soal")
    phone.wait_for_timeout(300)
    held.go_on()
    heading(phone, "Soal 1 dari 6")
    phone.context.set_offline(True)
    expect(phone.get_by_text("Jaringan terputus.")).to_be_visible()
    phone.context.set_offline(False)
    phone.wait_for_timeout(300)

    assert phone.evaluate("shifts") == []


def test_choosing_never_changes_the_height_of_a_row_or_of_the_dock(phone):
    heights = "Array.from(document.querySelectorAll('#soal-1 .option, .dock'), e => e.offsetHeight)"
    before = phone.evaluate(heights)
    choose(phone, "Segera keluar")
    at_once = phone.evaluate(heights)
    saved(phone)

    assert at_once == before
    assert phone.evaluate(heights) == before


def test_mark_appears_before_any_reply_of_the_network(phone):
    phone.route("**/jawaban/**", lambda route: None)

    told = phone.evaluate(
        """() => { document.querySelector("#soal-1 .option input").click();
          return Array.from(document.querySelectorAll(".custody"), (e) => e.textContent); }"""
    )

    assert told == ["tersimpan di HP", "menuju server"]


def test_states_are_spoken_politely_and_once(phone):
    phone.evaluate(
        """() => { window.spoken = [];
          const place = document.querySelector(".custodies");
          new MutationObserver(() => window.spoken.push(place.textContent)).observe(
            place, { childList: true, characterData: true, subtree: true }); }"""
    )
    choose(phone, "Segera keluar")
    saved(phone)
    choose(phone, "Tetap di grup")
    saved(phone)

    assert phone.locator(".custodies").get_attribute("role") == "status"
    spoken = phone.evaluate("spoken")
    assert all(before != after for before, after in pairwise(spoken))


def test_no_text_a_participant_reads_is_smaller_than_16_px(phone):
    answer = """() => Array.from(document.querySelectorAll("body *"))
      .filter((e) => e.getClientRects().length && e.childNodes.length && !e.closest("svg"))
      .filter((e) => Array.from(e.childNodes).some((n) => n.nodeType === 3 && n.data.trim()))
      .filter((e) => parseFloat(getComputedStyle(e).fontSize) < 16)
      .map((e) => e.outerHTML.slice(0, 80))"""
    seen = phone.evaluate(answer)
    answer_all(phone)
    seen += phone.evaluate(answer)
    send(phone)
    heading(phone, "Pembahasan untuk Anda")

    assert seen + phone.evaluate(answer) == []
