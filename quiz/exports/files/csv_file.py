"""CSV as Indonesian Excel opens it: ``utf-8-sig``, ``;`` between cells, a comma in decimals."""

import csv
import io
from datetime import date, datetime
from decimal import Decimal

from quiz.exports.files.table_out import Kind, PlainCell, TableOut, plain_rows

MEDIA_TYPE = "text/csv"

_FORMULA_STARTS = tuple("=+-@\t\r\n\uff1d\uff0b\uff0d\uff20")
"""What makes a spreadsheet program compute a text, full-width forms included."""


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

    A NIP gets one always: a number of 18 digits would lose its last three.
    """
    return f"'{text}" if text.startswith(_FORMULA_STARTS) or _hides_formula(text) else text


def _hides_formula(text: str) -> bool:
    return text.lstrip().startswith(_FORMULA_STARTS)
