"""Letters of symbol fonts as the ticks, boxes and arrows they show: ü in Wingdings is a tick.

Other signs, those of formulas among them, are named as lost.
"""

_WINGDINGS = {
    0x6C: "●",
    0x6E: "■",
    0x6F: "□",
    0x71: "□",
    0x76: "◆",
    0xA7: "▪",
    0xA8: "□",
    0xD8: "➢",
    0xE0: "→",
    0xE8: "➔",
    0xF0: "⇨",
    0xFB: "✗",
    0xFC: "✓",
    0xFD: "☒",
    0xFE: "☑",
}
_WINGDINGS_2 = {0x4F: "✗", 0x50: "✓", 0x51: "☒", 0x52: "☑", 0x53: "☒", 0x54: "☒", 0xA3: "□"}
_SYMBOL = {0xAE: "→", 0xB7: "•", 0xD6: "√"}
_FONTS = {"wingdings": _WINGDINGS, "wingdings 2": _WINGDINGS_2, "symbol": _SYMBOL}
_UNSHOWN = frozenset({"webdings", "wingdings 3"})
_PRIVATE = 0xF000


def is_symbol_font(font: str) -> bool:
    """Whether a font shows signs where others show letters."""
    return font.strip().casefold() in _FONTS or font.strip().casefold() in _UNSHOWN


def shown(letter: str, font: str) -> str:
    """The sign a letter of a symbol font shows; "" for one that is not known here."""
    code = ord(letter)
    code = code - _PRIVATE if code >= _PRIVATE else code
    if letter.isspace():
        return letter
    return _FONTS.get(font.strip().casefold(), {}).get(code, "")


def symbol(code: str, font: str) -> str:
    """The sign of a ``w:sym``, whose code is hexadecimal; "" for one that is not known here."""
    try:
        return shown(chr(int(code[:6], 16)), font)
    except ValueError:
        return ""
