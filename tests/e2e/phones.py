"""Phones of a test: browsers of their own, whose script errors are faults of ours."""

from playwright.sync_api import Browser, BrowserContext, Page

from tests.e2e.clock import FLOWING

PATIENCE = 60_000
"""Milliseconds a page may take on a machine that does everything else too."""

PHONE = {"width": 360, "height": 740}
EXPECTED = ("Failed to load resource", "net::ERR")
"""What a browser says of a network that a test has cut."""


class Phones:
    """Makes phones on ``base_url`` and collects what their consoles complain of."""

    def __init__(self, base_url: str) -> None:
        self.base_url = base_url
        self.faults: list[str] = []
        self._contexts: list[BrowserContext] = []

    def new(self, browser: Browser, init: str = "", **options: object) -> Page:
        """A page of a fresh context; ``init`` is script that runs before every page.

        Its clock can be moved (clock.py).
        """
        settings = {
            "base_url": self.base_url,
            "viewport": PHONE,
            "locale": "id-ID",
            "has_touch": True,
        }
        context = browser.new_context(**(settings | options))
        context.set_default_timeout(PATIENCE)
        context.add_init_script(FLOWING + init)
        context.on("page", self._listen)
        self._contexts.append(context)
        return context.new_page()

    def close(self) -> None:
        """Put every phone away."""
        for context in self._contexts:
            context.close()

    def _listen(self, page: Page) -> None:
        page.on("pageerror", lambda error: self.faults.append(str(error)))
        page.on("console", lambda message: self._note(message.type, message.text))

    def _note(self, kind: str, text: str) -> None:
        if kind == "error" and not text.startswith(EXPECTED):
            self.faults.append(text)
