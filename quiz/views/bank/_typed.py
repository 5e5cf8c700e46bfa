"""The editor's form: from its fields to an item's content, and from content to what it shows."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from werkzeug.datastructures import MultiDict

from quiz.assessment.items.drafting import changed_rows, parts_of, retyped
from quiz.assessment.items.fields import Field, Group, Part, Rows, value_at, with_value
from quiz.assessment.items.item import BESIDE, LETTERS, Status, normal_text
from quiz.assessment.items.types import ITEM_TYPES

LARGEST_FORM = 262_144
MOST_LETTERS = 5_000
MOST_ROWS = len(LETTERS)

TEXTS = (
    *("code", "topic", "level", "stem", "explanation", "turns_on", "law_as_of"),
    *("pair", "scenario"),
)
LISTS = ("audience", "passages", "claims", "references", "stages")
TYPED_LISTS = {"not_with": re.compile(r"[\s,;]+"), "basis_words": re.compile(r"\n+")}
"""Lists that are typed into one control, and what parts them there."""

MAY_LACK = {"turns_on", *BESIDE}
"""What an item is without, rather than empty."""

FOUND = "-lain"
"""Ends the name of the field in which a browser without scripts finds one more by typing."""

ACCEPT = "terima"
"""What the value of a suggestion's button begins with."""


@dataclass(frozen=True)
class Control:
    """A field of a type's own on the page, with what stands in it.

    ``before`` and ``after`` are its label around ``mark``, the letter or number of its row; the
    row's own name, ``row``, is read out but not shown, for the row shows it.
    """

    id: str
    field: Field
    value: str
    before: str
    mark: str = ""
    after: str = ""
    row: str = ""
    owned: bool = False


@dataclass(frozen=True)
class Row:
    """A row of a list in the editor; ``number`` counts from 1."""

    id: str
    number: int
    mark: str
    controls: list[Control]
    removable: bool


@dataclass(frozen=True)
class Shown:
    """A part of an item's type as the editor shows it: controls that stand once, or rows."""

    part: Part
    controls: list[Control]
    rows: list[Row]


def typed_content(fields: MultiDict[str, str], stored: Mapping[str, Any]) -> dict[str, Any]:
    """The content that the form's fields say, after the button that was pressed (``tindakan``).

    What the form does not show stays as it is stored.
    """
    content = dict(stored)
    content |= {name: cleaned(fields[name]) for name in TEXTS if name in fields}
    if "stem" in fields:
        for name in LISTS:
            ticked = [*fields.getlist(name), *fields.getlist(f"{name}{FOUND}")]
            content[name] = _codes(ticked, stored.get(name) or [])
    for name, parting in TYPED_LISTS.items():
        if name in fields:
            parted = (part.strip() for part in parting.split(cleaned(fields[name])))
            content[name] = list(dict.fromkeys(part for part in parted if part))
    for part in parts_of(stored):
        before = value_at(stored, part.place)
        typed = _rows(fields, part) if isinstance(part, Rows) else _once(fields, part, before)
        if typed is not None:
            content = with_value(content, part.place, typed)
    if "options" in content:
        content["options"] = _with_stances(content["options"], stored.get("options"))
    for name in MAY_LACK - stored.keys():
        if not content.get(name):
            content.pop(name, None)
    command = fields.get("tindakan", "")
    wanted = fields.get("type", "")
    if command == "jenis" and wanted in ITEM_TYPES:
        return retyped(content, wanted)
    verb, _, accepted = command.partition(".")
    if verb == ACCEPT:
        return content | _accepted(accepted)
    return changed_rows(content, command)


def _accepted(suggestion: str) -> dict[str, Any]:
    """What a suggestion's button puts into the content: a field's name and what it offers."""
    name, _, offered = suggestion.partition(".")
    if name == "audience":
        return {name: [status for status in offered.split(",") if status in set(Status)]}
    return {name: cleaned(offered)} if name in {"topic", "level", "explanation"} else {}


def shown_parts(content: Mapping[str, Any]) -> dict[str, Shown]:
    """What the item's type asks, by the part's name, as the editor shows it."""
    return {part.name: _shown(part, value_at(content, part.place)) for part in parts_of(content)}


def _shown(part: Part, written: Any) -> Shown:
    if isinstance(part, Rows):
        rows = (written or [])[:MOST_ROWS]
        return Shown(part, [], [_row(part, n, row) for n, row in enumerate(rows, start=1)])
    values = written or {}
    controls = [
        Control(part.control((field.key,)), field, _text(values, field), field.label)
        for field in part.fields
    ]
    return Shown(part, controls, [])


def _row(part: Rows, number: int, values: Mapping[str, Any]) -> Row:
    place = number - 1
    mark = part.mark(number)
    controls = []
    for field in part.fields:
        before, lettered, after = field.label.partition("{}")
        controls.append(
            Control(
                part.control((place, field.key)),
                field,
                _text(values, field),
                before,
                mark if lettered else "",
                after,
                "" if lettered else part.label.lower(),
                part.owns(number, field),
            )
        )
    own = part.fixed and number <= len(part.begins)
    return Row(part.control((place,)), number, mark, controls, not own)


def _text(values: Mapping[str, Any], field: Field) -> str:
    value = values.get(field.key)
    return "" if value is None else str(value)


def _codes(ticked: list[str], before: list[str]) -> list[str]:
    """What is ticked, those that were there already in their old order first."""
    codes = [code for code in map(cleaned, ticked) if code]
    return [code for code in before if code in codes] + [c for c in codes if c not in before]


def _rows(fields: MultiDict[str, str], part: Rows) -> list[dict[str, Any]] | None:
    """The rows the form holds, in the order of their numbers; None when it holds none."""
    by_name = {field.name: field for field in part.fields}
    numbered = re.compile(rf"{re.escape(part.name)}-([0-9]{{1,3}})-(.+)")
    found: dict[int, dict[str, Any]] = {}
    for name, value in fields.items():
        match = numbered.fullmatch(name)
        if match and match[2] in by_name:
            field = by_name[match[2]]
            typed = field.stored(cleaned(value))
            row = found.setdefault(int(match[1]), part.blank_row)
            if typed != "" or not field.optional:
                row[field.key] = typed
    return [found[number] for number in sorted(found)[:MOST_ROWS]] or None


def _with_stances(options: Any, before: Any) -> Any:
    """The options with the stance, which only files tell, that one of the same text had."""
    stances = {
        option.get("text"): option["stance"] for option in before or () if "stance" in option
    }
    if not stances:
        return options
    return [
        option | {"stance": stances[option["text"]]} if option.get("text") in stances else option
        for option in options or ()
    ]


def _once(fields: MultiDict[str, str], group: Group, before: Any) -> dict[str, Any] | None:
    """The group's fields as typed, and whatever else stood there; None when the form has none."""
    names = {field.key: group.control((field.key,)) for field in group.fields}
    if not any(name in fields for name in names.values()):
        return None
    typed = {f.key: f.stored(cleaned(fields.get(names[f.key], ""))) for f in group.fields}
    kept = {
        field.key: typed[field.key]
        for field in group.fields
        if (typed[field.key] != "" or not field.optional)
        and (field.only_with is None or typed[field.only_with[0]] == field.only_with[1])
    }
    other = before if isinstance(before, Mapping) else {}
    return {key: value for key, value in other.items() if key not in names} | kept


def cleaned(text: str) -> str:
    """As it is stored: with one kind of line end, and bounded."""
    return normal_text(text[:MOST_LETTERS])
