"""What an editor does to an item that is still being written: rows added, moved, another type.

Content is the dict of ``quiz.assessment.unfinished``; every function returns a new one.
"""

from collections.abc import Mapping
from copy import deepcopy
from datetime import date
from typing import Any

from quiz.assessment.items.fields import Group, Part, Rows, value_at, with_value
from quiz.assessment.items.types import ITEM_TYPES

STEPS = {"naik": -1, "turun": 1}


def blank_content(type_name: str, topic: str, code: str, law_as_of: date) -> dict[str, Any]:
    """A new item of this type with everything still to be written; for everybody."""
    content = {
        "code": code,
        "type": type_name,
        "topic": topic,
        "level": "",
        "audience": [],
        "stem": "",
        "options": [],
        "explanation": "",
        "passages": [],
        "claims": [],
        "references": [],
        "law_as_of": law_as_of.isoformat(),
        "extra": {},
    }
    return retyped(content, type_name)


def parts_of(content: Mapping[str, Any]) -> tuple[Part, ...]:
    """What the content's type asks besides what every item has; () while it has no type."""
    kind = ITEM_TYPES.get(str(content.get("type")))
    return kind.parts if kind else ()


def retyped(content: Mapping[str, Any], type_name: str) -> dict[str, Any]:
    """The same item as another type: words that are the type's own replace those written.

    Rows that are too many are kept; what another type alone asks for is not. Raises KeyError for
    a type there is not.
    """
    kind = ITEM_TYPES[type_name]
    changed = deepcopy(dict(content)) | {"type": type_name}
    if content.get("type") != type_name:
        changed["extra"] = {}
    for part in kind.parts:
        written = value_at(content, part.place)
        begun = _begun_rows(part, written) if isinstance(part, Rows) else _begun(part, written)
        changed = with_value(changed, part.place, begun)
    return changed


def _begun(group: Group, written: Any) -> dict[str, Any]:
    return group.blank | (dict(written) if isinstance(written, Mapping) else {})


def _begun_rows(part: Rows, written: Any) -> list[dict[str, Any]]:
    rows = [dict(row) for row in written or ()]
    rows += part.blank[len(rows) :]
    for row, own in zip(rows, part.begins, strict=False):
        row.update(own)
    return rows


def changed_rows(content: Mapping[str, Any], command: str) -> dict[str, Any]:
    """Content after a row button: "opsi.tambah", "opsi.hapus.2", "pesan.naik.3", "pesan.turun.1".

    Rows count from 1. A command that makes no sense changes nothing.
    """
    name, _, order = command.partition(".")
    for part in parts_of(content):
        if isinstance(part, Rows) and part.name == name:
            rows = deepcopy(list(value_at(content, part.place) or ()))
            _change(part, rows, order)
            return with_value(content, part.place, rows)
    return dict(content)


def _change(part: Rows, rows: list[dict[str, Any]], order: str) -> None:
    verb, _, number = order.partition(".")
    numbers = [str(place) for place in range(1, len(rows) + 1)]
    if verb == "tambah" and len(rows) < part.most:
        rows.append(part.blank_row)
    elif number in numbers:
        _change_row(rows, verb, numbers.index(number))


def _change_row(rows: list[dict[str, Any]], verb: str, place: int) -> None:
    target = place + STEPS.get(verb, 0)
    if verb == "hapus":
        del rows[place]
    elif verb in STEPS and 0 <= target < len(rows):
        rows[place], rows[target] = rows[target], rows[place]
