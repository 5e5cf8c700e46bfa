"""The address phones in the hall use, and its QR code."""

import segno
from flask import request
from markupsafe import Markup

from quiz.config import only_here
from quiz.models import Event
from quiz.web.keys import hall_address

QUIET_ZONE = 4
"""Light modules around the code (ISO/IEC 18004)."""


def hall_url(path: str = "") -> str:
    """The address of ``path`` as phones reach it; as this request came where none is known."""
    return (hall_address() or request.host_url.rstrip("/")) + path


def hall_reachable() -> bool:
    """False when cards would lead to this very machine, which no phone can open."""
    return not only_here(hall_url())


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
