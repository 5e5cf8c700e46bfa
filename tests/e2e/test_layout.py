"""Narrow screens, large text, any font, nothing that jumps, and little to receive.

Each test runs with a wide and a narrow font of our own (fonts/README.md), because a page that fits
one phone's font must fit another's.
"""

from itertools import pairwise

import pytest
from playwright.sync_api import Page, expect

from quiz.permissions import Role
from tests.e2e.browsers import beyond_the_screen, beyond_their_marks, launch, only
from tests.e2e.page import Held, answer_all, choose, go_to, heading, press, saved, send, sure

WIDTHS = (320, 344, 360, 375, 393, 412, 540, 600, 768)
HEIGHT = 740
SHIFTS = """window.shifts = [];
new PerformanceObserver((list) => list.getEntries().forEach((entry) => {
  if (!entry.hadRecentInput) window.shifts.push([entry.value, entry.sources.map(
    (source) => source.node && source.node.outerHTML && source.node.outerHTML.slice(0, 80))]);
})).observe({ type: "layout-shift", buffered: true });"""

PAINTED = """new Promise((painted) => requestAnimationFrame(
  () => requestAnimationFrame(() => setTimeout(painted))))"""


@pytest.fixture(scope="module", params=["wide", "narrow"])
def fonts(request, tmp_path_factory):
    return only(request.param, tmp_path_factory.mktemp("fonts"))


@pytest.fixture(scope="module")
def chromium(playwright, fonts):
    browser = launch(playwright, fonts=fonts)
    yield browser
    browser.close()


def fits(page: Page) -> None:
    """At every width nothing leaves the screen sideways, and letters stay inside their marks."""
    for width in WIDTHS:
        page.set_viewport_size({"width": width, "height": HEIGHT})
        assert beyond_the_screen(page) == [], width
        assert beyond_their_marks(page) == [], width


def small_targets(page: Page, least: int) -> list[str]:
    return page.evaluate(
        """(least) => Array.from(document.querySelectorAll("button, a, summary, .option, .sure"))
          .filter((e) => e.getClientRects().length && !e.closest(".skip, #banner, .reviews"))
          .filter((e) => e.getBoundingClientRect().height < least)
          .map((e) => e.outerHTML.slice(0, 80))""",
        least,
    )


def test_every_screen_fits_a_small_phone(enter, enrolment, attempt):
    phone = enter(enrolment)
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
    press(phone, "Berikutnya")
    fits(phone)
    go_to(phone, 6)
    press(phone, "Periksa")
    fits(phone)
    press(phone, "Kirim, 5 kosong")
    heading(phone, "Pembahasan untuk Anda")
    fits(phone)


def test_every_screen_fits_with_text_twice_as_large(large_text, enrolment, attempt, make):
    phone = large_text()
    phone.goto(f"/k/{make.token(enrolment)}")
    fits(phone)
    phone.goto(f"/kuis/{attempt.uid}")
    fits(phone)
    phone.locator("summary").click()
    fits(phone)
    phone.locator("summary").click()
    choose(phone, "Segera keluar")
    saved(phone)
    phone.context.set_offline(True)
    expect(phone.get_by_text("Jaringan terputus.")).to_be_visible()
    fits(phone)
    phone.context.set_offline(False)
    press(phone, "Berikutnya")
    fits(phone)
    go_to(phone, 6)
    press(phone, "Periksa")
    fits(phone)
    press(phone, "Kirim, 5 kosong")
    heading(phone, "Pembahasan untuk Anda")
    fits(phone)


def test_menu_and_name_of_an_admin_share_one_row_on_a_laptop(new_phone, app, hall, make):
    page = new_phone(viewport={"width": 1280, "height": 800})
    eka = make.user("Eka Wulandari, S.Kom., M.Kom.", username="eka", role=Role.ADMIN)
    cookie = app.test_client().log_in(eka).get_cookie("session")
    page.context.add_cookies([{"name": "session", "value": cookie.value, "url": hall.url}])

    page.goto("/kegiatan")

    menu, who = (page.locator(part).bounding_box() for part in (".nav", ".who"))
    name, role, leave = (
        page.locator(".who").locator(part).bounding_box()
        for part in ("b", "span span", ".link-button")
    )
    assert who["y"] < menu["y"] + menu["height"] / 2 < who["y"] + who["height"]
    assert menu["height"] < 2 * page.locator(".nav a").first.bounding_box()["height"]
    assert name["y"] + name["height"] <= role["y"]
    assert role["y"] < leave["y"] + leave["height"] / 2 < role["y"] + role["height"]


def test_nothing_shifts_while_the_page_comes_to_life(enter, enrolment, attempt):
    phone = enter(enrolment, init=SHIFTS)
    held = Held()
    phone.route("**/js/*", held)
    phone.goto(f"/kuis/{attempt.uid}", wait_until="commit")
    heading(phone, "Post-test: 6 soal")
    phone.evaluate(PAINTED)
    held.go_on()
    heading(phone, "Soal 1 dari 6")
    phone.context.set_offline(True)
    expect(phone.get_by_text("Jaringan terputus.")).to_be_visible()
    phone.context.set_offline(False)
    expect(phone.get_by_text("Jaringan terputus.")).to_be_hidden()
    phone.evaluate(PAINTED)

    assert phone.evaluate("shifts") == []


@pytest.mark.parametrize("words", ["", "Sisa 9 menit", "Sisa 20 menit"])
def test_clock_stays_in_its_place_whatever_it_says(phone, words):
    before = phone.locator(".clock").bounding_box()

    phone.evaluate("(words) => document.getElementById('time-left').textContent = words", words)

    assert phone.locator(".clock").bounding_box() == before


PLACES = """Array.from(
  document.querySelectorAll("#soal-1 .option"), (e) => [e.offsetTop, e.offsetHeight]
).concat(document.querySelector(".dock").offsetHeight)"""


@pytest.mark.parametrize("width", [320, 360, 412])
def test_choosing_never_moves_an_option_nor_the_dock(phone, width):
    phone.set_viewport_size({"width": width, "height": HEIGHT})
    before = phone.evaluate(PLACES)
    choose(phone, "Segera keluar")
    at_once = phone.evaluate(PLACES)
    saved(phone)
    sure(phone, "Ragu-ragu")
    saved(phone)

    assert at_once == before
    assert phone.evaluate(PLACES) == before


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
