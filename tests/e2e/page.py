"""The attempt page as a participant handles it. Everything is found by what can be read on it."""

from collections.abc import Callable
from re import Pattern

from playwright.sync_api import Locator, Page, Route, expect

from tests.e2e.clock import let_pass
from tests.servers import wait_until

SAVED = "tersimpan di server"


class Held:
    """A route's handler that keeps requests waiting until ``go_on``."""

    def __init__(self) -> None:
        self._routes: list[Route] = []
        self._open = False

    def __call__(self, route: Route) -> None:
        if self._open:
            route.continue_()
        else:
            self._routes.append(route)

    def wait_for_one(self, page: Page) -> None:
        """Return once a request of this page is held."""
        wait_for(page, lambda: self._routes)

    def go_on(self) -> None:
        """Let everything held through, and what comes after."""
        self._open = True
        for route in self._routes:
            route.continue_()


def wait_for(page: Page, come: Callable[[], object]) -> None:
    """Return once something that the page sets off has come."""
    wait_until(come, rest=lambda: page.wait_for_timeout(20))


def option(page: Page, text: str) -> Locator:
    """The control of the option that begins with these words, on the item that shows."""
    return page.locator(".item:not([hidden]) .option", has_text=text).locator("input")


def choose(page: Page, text: str) -> None:
    option(page, text).check()


def sure(page: Page, words: str) -> None:
    """Say how sure: "Ragu-ragu", "Cukup yakin", "Sangat yakin"."""
    page.locator(".item:not([hidden]) .sure", has_text=words).locator("input").check()


def press(page: Page, name: str) -> None:
    page.get_by_role("button", name=name, exact=True).click()


def saved(page: Page) -> None:
    """Wait until the page says that the server has what it shows."""
    expect(custody(page).nth(1)).to_have_text(SAVED)


def custody(page: Page) -> Locator:
    """The two marks: phone, server."""
    return page.locator(".custody > span:last-child")


def heading(page: Page, text: str | Pattern[str]) -> None:
    expect(page.get_by_role("heading", level=1)).to_have_text(text)


def arrived(page: Page, text: str | Pattern[str]) -> None:
    """Wait until the page under this heading is there with its scripts, to be typed into."""
    heading(page, text)
    page.wait_for_load_state()


def banner(page: Page, text: str) -> None:
    expect(page.locator("#banner")).to_contain_text(text)


def no_banner(page: Page) -> None:
    expect(page.locator("#banner")).to_be_empty()


def go_to(page: Page, number: int) -> None:
    """By the map."""
    page.locator("summary").click()
    page.locator(f".map a[href='#soal-{number}']").click()


ANSWERS = [
    "Segera keluar",
    "Tidak boleh",
    "Menyimpan tangkapan",
    "Benar",
    "Tidak memakainya",
    "Tidak ikut berpose",
]
"""The first words of the key of each item in stock.py."""


def answer_all(page: Page) -> None:
    """Every key in turn, from the first item to the review."""
    for number, words in enumerate(ANSWERS, start=1):
        choose(page, words)
        press(page, "Periksa" if number == len(ANSWERS) else "Berikutnya")


def send(page: Page) -> None:
    """Press "Kirim jawaban" once it listens, which is a moment after it came."""
    let_pass(page, seconds=1)
    press(page, "Kirim jawaban")
