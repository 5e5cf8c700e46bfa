"""The address phones in the hall use, and its QR code."""

from urllib.parse import urlsplit

import segno
from flask import current_app, request
from markupsafe import Markup

from quiz.models import Event
from quiz.web.keys import settings

QUIET_ZONE = 4
"""Light modules around the code (ISO/IEC 18004)."""


def hall_url(path: str = "") -> str:
    """The address of ``path`` as phones reach it.

    ``QUIZ_HALL_URL`` if set, else what ``quiz serve`` found to be this machine's address on the
    hall's network, else the host of this request.
    """
    known = (
        settings().hall_url,
        current_app.extensions.get("quiz.hall_address"),
        request.host_url.rstrip("/"),
    )
    base: str = next(filter(None, known))
    return base + path


def hall_reachable() -> bool:
    """False when cards would lead to this very machine, which no phone can open."""
    host = urlsplit(hall_url()).hostname or ""
    return host not in {"localhost", "::1"} and not host.startswith("127.")


def cards_lead_elsewhere(event: Event) -> bool:
    """True when the cards in people's hands were printed for another address than this one."""
    return event.cards_base is not None and event.cards_base != hall_url()


def without_scheme(url: str) -> str:
    """An address as people type it: 192.168.8.2:8000/g/LJN-482."""
    return url.split("://", 1)[-1]


def qr_svg(text: str, pixels: int) -> Markup:
    """A QR code of ``text`` as inline SVG, ``pixels`` wide, black on white in every scheme.

    Error correction M: a card is creased, a poster photographed from the side.
    """
    code = segno.make(text, error="m", micro=False)
    drawing = code.svg_inline(
        border=QUIET_ZONE, omitsize=True, light="#fff", svgclass=None, lineclass=None
    )
    size = f'<svg width="{pixels}" height="{pixels}" aria-hidden="true" focusable="false" '
    return Markup(drawing.replace("<svg ", size, 1))  # noqa: S704  # segno's own drawing
