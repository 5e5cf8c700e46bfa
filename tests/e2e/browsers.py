"""Chromium as the tests start it, with the machine's fonts or with one of ours."""

import os
from pathlib import Path

from playwright.sync_api import Browser, Page, Playwright

LARGE_TEXT = "--blink-settings=defaultFontSize=32"
FONTS = Path(__file__).parent / "fonts"


def launch(playwright: Playwright, *switches: str, fonts: Path | None = None) -> Browser:
    """A browser; ``fonts``: a fontconfig file that names the only fonts it has."""
    return playwright.chromium.launch(
        executable_path="/usr/bin/chromium",
        args=["--no-sandbox", "--disable-dev-shm-usage", *switches],
        env=os.environ | ({"FONTCONFIG_FILE": str(fonts)} if fonts else {}),
    )


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
