"""Chromium as the tests start it: it always has a font, the machine's or one of ours."""

import os
from collections.abc import Sequence
from pathlib import Path

from playwright.sync_api import Browser, Page, Playwright

BROWSERS = ("/usr/bin/chromium-headless-shell", "/usr/bin/chromium")
"""The first is the same engine without windows, which take half of a busy machine's time."""

LARGE_TEXT = "--blink-settings=defaultFontSize=32"
FONTS = Path(__file__).parent / "fonts"


def launch(
    playwright: Playwright, *switches: str, fonts: Path, left_out: Sequence[str] = ()
) -> Browser:
    """A browser; ``fonts``: a fontconfig file that names the only fonts it has.

    ``left_out``: what Playwright switches on by itself, and should not.
    """
    return playwright.chromium.launch(
        executable_path=next(filter(os.path.exists, BROWSERS), BROWSERS[-1]),
        args=["--no-sandbox", "--disable-dev-shm-usage", *switches],
        env=os.environ | {"FONTCONFIG_FILE": str(fonts)},
        ignore_default_args=list(left_out),
    )


def any_font(folder: Path) -> Path:
    """A fontconfig file, written into ``folder``: the machine's fonts, and ours where it has none.

    Without a single font words take no room, and nothing on a page counts as visible.
    """
    file = folder / "any.conf"
    machine = os.environ.get("FONTCONFIG_FILE", "/etc/fonts/fonts.conf")
    file.write_text(
        f'<fontconfig><include ignore_missing="yes">{machine}</include>'
        f"<dir>{FONTS / 'wide'}</dir><cachedir>{folder / 'any'}</cachedir></fontconfig>"
    )
    return file


def only(name: str, folder: Path) -> Path:
    """A fontconfig file, written into ``folder``, of a machine with one of our ``FONTS``."""
    file = folder / f"{name}.conf"
    file.write_text(
        f"<fontconfig><dir>{FONTS / name}</dir><cachedir>{folder / name}</cachedir></fontconfig>"
    )
    return file


def beyond_the_screen(page: Page) -> list[str]:
    """What leaves the screen at its right, or a block whose words leave it; a field may scroll."""
    return page.evaluate(
        """() => {
          const unseen = (e) =>
            e && (getComputedStyle(e).clipPath !== "none" || unseen(e.parentElement));
          return Array.from(document.querySelectorAll("body *"))
            .filter((e) => e.getClientRects().length && !e.closest("svg") && !unseen(e))
            .filter((e) => e.getBoundingClientRect().right > innerWidth + 1
              || e.scrollWidth > e.clientWidth + 1 && getComputedStyle(e).display === "block"
                && !e.matches("input"))
            .map((e) => e.outerHTML.replace(/\\s+/g, " ").slice(0, 120))
            .concat(document.documentElement.scrollWidth > innerWidth ? ["the page"] : []);
        }"""
    )


def beyond_their_marks(page: Page) -> list[str]:
    """Letters, numbers and words that burst the circle, box, cell or button around them."""
    return page.evaluate(
        """() => Array.from(document.querySelectorAll(
            ".letter, .cell, .button, .badge, .step-mark, .sure > span"))
          .filter((e) => e.getClientRects().length && e.textContent.trim())
          .filter((e) => {
            const words = document.createRange(), room = e.getBoundingClientRect();
            words.selectNodeContents(e);
            const taken = words.getBoundingClientRect();
            return taken.left < room.left - 1 || taken.right > room.right + 1
              || taken.top < room.top - 1 || taken.bottom > room.bottom + 1;
          }).map((e) => e.outerHTML.replace(/\\s+/g, " ").slice(0, 120))"""
    )
