"""QR codes in a page."""

import segno
from markupsafe import Markup

QUIET_ZONE = 4
"""Light modules around the code (ISO/IEC 18004)."""


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
