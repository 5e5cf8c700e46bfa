"""CSV as Indonesian Excel opens it: ``utf-8-sig``, ``;`` between cells, a comma in decimals."""

import csv
import io
import re
import unicodedata
from datetime import date, datetime
from decimal import Decimal

from quiz.exports.files.table_out import Kind, PlainCell, TableOut, plain_rows

MEDIA_TYPE = "text/csv"

_COMPUTED = tuple("=+-@")
"""What makes a spreadsheet program compute a text."""

_BREAKS = ("\t", "\r", "\n")
"""At its beginning these may move a text into the next cell or line."""

_CUTS = re.compile(r"(?<=[,\t\r\n])")
"""Where other programs may begin a cell, whatever separator we wrote."""

_BLANK_LETTERS = frozenset("\u034f\u115f\u1160\u17b4\u17b5\u2800\u3164\uffa0")
"""Letters and marks that show nothing, although their category says nothing of it."""

_UNSEEN = frozenset({"Cc", "Cf", "Cn", "Co", "Mn", "Me", "Zl", "Zp", "Zs"})
"""Categories of what does not show, or not by itself: spaces, joiners, marks, shy hyphens."""

_LIKE_MINUS = frozenset("\u2010\u2011\u2012\u2013\u2014\u2212")
"""What programs read as a minus sign before a number."""


def write(table: TableOut) -> bytes:
    """The heads and the rows; title and notes are left out, so that programs can read it."""
    made = io.StringIO(newline="")
    lines = csv.writer(made, delimiter=";")
    lines.writerow([_guarded(head.label) for head in table.heads])
    for row in plain_rows(table):
        lines.writerow(
            [_text(cell, head.kind) for cell, head in zip(row, table.heads, strict=True)]
        )
    return made.getvalue().encode("utf-8-sig")


def _text(cell: PlainCell, kind: Kind) -> str:
    if cell is None:
        return ""
    if isinstance(cell, str):
        return f"'{cell}" if kind == "nip" and cell else _guarded(cell)
    if isinstance(cell, Decimal):
        return f"{cell:f}".replace(".", ",")
    if isinstance(cell, datetime):
        return f"{cell:%Y-%m-%d %H:%M}"
    return cell.isoformat() if isinstance(cell, date) else str(cell)


def _guarded(text: str) -> str:
    """The text with an apostrophe before anything that would be computed.

    Also where a cell begins for a program that cuts at commas or tabs: it does not heed our quotes.
    A NIP gets one always: a number of 18 digits would lose its last three.
    """
    cells = _CUTS.split(text)
    guarded = "".join(f"'{cell}" if _may_compute(cell) else cell for cell in cells)
    return f"'{guarded}" if guarded.startswith(_BREAKS) else guarded


def _may_compute(text: str) -> bool:
    """Whether the first thing that shows begins a formula, in whatever width it is written."""
    seen = next((letter for letter in text if not _hidden(letter)), "")
    plain = unicodedata.normalize("NFKC", seen)
    return plain.startswith(_COMPUTED) or seen in _LIKE_MINUS


def _hidden(letter: str) -> bool:
    return letter in _BLANK_LETTERS or unicodedata.category(letter) in _UNSEEN
