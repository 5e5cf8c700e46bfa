"""Time that a test moves instead of waiting for it: the server's clock, and the one a page reads.

A page takes the server's time from its HTML and counts on with ``performance.now`` and ``Date.now``
(clock.js), so moving these moves everything a participant sees of time. Timers stay as they are.
"""

from datetime import UTC, datetime, timedelta

from playwright.sync_api import Page
from time_machine import Traveller

FLOWING = """(() => {
  const flowing = performance.now.bind(performance);
  const loaded = Date.now() - flowing();
  let now = flowing, ahead = 0;
  performance.now = () => now() + ahead;
  Date.now = () => Math.round(loaded + performance.now());
  window.testClock = {
    pass: (milliseconds) => { ahead += milliseconds; },
    stand: (at = flowing()) => { now = () => at; },
    standFromArrival: () => {
      now = () => performance.getEntriesByType("navigation")[0].responseStart;
    },
  };
})();"""
"""Runs before every page of a test: a clock that goes as usual until a test takes hold of it."""

STANDING = "testClock.standFromArrival();"
"""Added to it: no time passes on the page, from the moment its HTML came, unless a test says so."""

NO_LOOK_BY_THE_MINUTE = """const every = setInterval;
window.setInterval = (act, pause) => (pause < 60000 ? every(act, pause) : 0);"""
"""Added to it: the page asks the server how things stand only when something makes it."""


def let_pass(page: Page, **time: float) -> None:
    """This much passes on the page: ``let_pass(phone, seconds=1)``."""
    page.evaluate("(ms) => testClock.pass(ms)", timedelta(**time) / timedelta(milliseconds=1))


def stand_still(page: Page) -> None:
    """From here on no time passes on the page."""
    page.evaluate("testClock.stand()")


class Clock:
    """The server's clock, standing until it is moved, together with that of a page."""

    def __init__(self, traveller: Traveller) -> None:
        self._traveller = traveller

    @property
    def now(self) -> datetime:
        return datetime.now(UTC)

    def let_pass(self, page: Page, **time: float) -> None:
        """This much passes for the server, then on the page."""
        self._traveller.shift(timedelta(**time))
        let_pass(page, **time)
