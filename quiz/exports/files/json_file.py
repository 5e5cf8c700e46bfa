"""JSON: numbers as numbers, dates in ISO, moments in UTC, withheld as null."""

import json
from datetime import UTC, date, datetime
from decimal import Decimal
from fractions import Fraction
from typing import Any

from quiz.exports.files.table_out import PLACES, TableOut, plain_rows
from quiz.formats import round_half_up, wita

MEDIA_TYPE = "application/json"


def write(table: TableOut) -> bytes:
    """The table's own JSON when it has one, else title, columns and rows by key; then notes.

    Raises TypeError for a value JSON has no form for, ValueError for a number that is none.
    """
    content = dict(table.json) if table.json is not None else _by_key(table)
    if table.notes:
        content["notes"] = list(table.notes)
    text = json.dumps(content, ensure_ascii=False, indent=2, default=_value, allow_nan=False)
    return f"{text}\n".encode()


def _by_key(table: TableOut) -> dict[str, Any]:
    keys = [head.key for head in table.heads]
    return {
        "title": table.title,
        "columns": [{"key": head.key, "label": head.label} for head in table.heads],
        "rows": [dict(zip(keys, row, strict=True)) for row in plain_rows(table)],
    }


def _value(value: object) -> str | float:
    """What JSON cannot hold itself. A bare Fraction is a percent and rounded as one."""
    if isinstance(value, Fraction):
        return float(round_half_up(value, PLACES["percent"]))
    if isinstance(value, Decimal):
        return float(value)
    if isinstance(value, datetime):
        return wita(value).astimezone(UTC).isoformat().replace("+00:00", "Z")
    if isinstance(value, date):
        return value.isoformat()
    raise TypeError(f"no JSON form for {type(value).__name__}")
