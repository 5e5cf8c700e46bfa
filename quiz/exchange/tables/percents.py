"""Cells that Excel shows as a percentage, as the text it shows: "50%" rather than 0,5."""

import re
from collections.abc import Mapping
from decimal import ROUND_HALF_UP, Decimal, InvalidOperation

from quiz.exchange.tables.xml_tree import BadXml, local_name, xml_tree

_STYLES = "xl/styles.xml"
_SHEETS = "xl/worksheets/"
_BUILT_IN = {9: 0, 10: 2}
"""Excel's own formats 0% and 0.00%, with their decimals."""

_NOT_SHOWN_AS_TYPED = re.compile(r'"[^"]*"|\\.|\[[^\]]*\]|_.|\*.')
_NUMBER_OF_FORMAT = re.compile(r"[0-9]{1,6}")
_DECIMALS = re.compile(r"\.([0#?]*)")
_LARGEST = Decimal(10) ** 12
_MOST_DECIMALS = 10
_CELL = re.compile(
    rb"<(?P<name>(?:\w{1,20}:)?c)(?P<attributes>\s[^<>]{1,300})>"
    rb"(?P<formula>(?:<(?:\w{1,20}:)?f\b[^<>]{0,300}(?:/>|>[^<]{0,9000}</(?:\w{1,20}:)?f>))?)"
    rb"<(?P<value>(?:\w{1,20}:)?v)>(?P<number>[^<]{1,40})</"
)
_STYLE = re.compile(rb"\ss\s?=\s?[\"']([0-9]{1,6})[\"']")
_KIND = re.compile(rb"\st\s?=\s?[\"'](\w{1,20})[\"']")


def with_percents(parts: Mapping[str, bytes]) -> dict[str, bytes]:
    """A workbook's parts in which such numbers are texts, rounded as they are shown."""
    styles = _percent_styles(parts.get(_STYLES, b""))
    if not styles:
        return dict(parts)

    def shown(cell: re.Match[bytes]) -> bytes:
        style, kind = _STYLE.search(cell["attributes"]), _KIND.search(cell["attributes"])
        decimals = styles.get(int(style[1])) if style else None
        text = _text(cell["number"], decimals)
        if text is None or (kind and kind[1] != b"n"):
            return cell[0]
        attributes = _KIND.sub(b"", cell["attributes"])
        start = b"<" + cell["name"] + attributes + b' t="str">'
        return start + cell["formula"] + b"<" + cell["value"] + b">" + text + b"</"

    return {
        name: _CELL.sub(shown, content) if name.startswith(_SHEETS) else content
        for name, content in parts.items()
    }


def _percent_styles(styles: bytes) -> dict[int, int]:
    """The styles of cells that show a percentage, by their number, with their decimals."""
    if not styles:
        return {}
    try:
        root = xml_tree(styles)
    except BadXml:
        return {}
    formats = dict(_BUILT_IN)
    for element in root.iter():
        number = element.get("numFmtId", "")
        if local_name(element) == "numFmt" and _NUMBER_OF_FORMAT.fullmatch(number):
            decimals = _decimals(element.get("formatCode", ""))
            if decimals is not None:
                formats[int(number)] = decimals
    cells = next((e for e in root.iter() if local_name(e) == "cellXfs"), ())
    used = [style.get("numFmtId", "") for style in cells]
    return {
        place: formats[int(number)]
        for place, number in enumerate(used)
        if _NUMBER_OF_FORMAT.fullmatch(number) and int(number) in formats
    }


def _decimals(code: str) -> int | None:
    """How many decimals a format of percentages shows; None for any other."""
    shown = _NOT_SHOWN_AS_TYPED.sub("", code).partition(";")[0]
    if "%" not in shown:
        return None
    decimals = _DECIMALS.search(shown)
    return min(len(decimals[1]), _MOST_DECIMALS) if decimals else 0


def _text(number: bytes, decimals: int | None) -> bytes | None:
    if decimals is None:
        return None
    try:
        value = Decimal(number.decode("ascii"))
    except (InvalidOperation, UnicodeDecodeError):
        return None
    if not value.is_finite() or abs(value) > _LARGEST:
        return None
    rounded = (value * 100).quantize(Decimal(1).scaleb(-decimals), ROUND_HALF_UP)
    return f"{rounded}%".replace(".", ",").encode()
