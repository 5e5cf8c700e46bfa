"""The editor's form: from its fields to an item's content, and from content to what it shows."""

import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from werkzeug.datastructures import MultiDict

from quiz.assessment.items.drafting import BLANK_ROWS, MESSAGES, OPTIONS, changed_rows, retyped
from quiz.assessment.items.item import LETTERS, normal_text
from quiz.assessment.items.types import ITEM_TYPES

LARGEST_FORM = 262_144
MOST_LETTERS = 5_000

TEXTS = ("code", "topic", "level", "stem", "explanation", "law_as_of")
LISTS = ("audience", "passages", "claims", "references")
PARTS = {
    OPTIONS: {"teks": "text", "bobot": "weight", "umpan": "feedback", "kategori": "category"},
    MESSAGES: {"pengirim": "from", "jam": "time", "isi": "text", "gambar": "poster"},
}
"""For each list of rows: the end of a field's name ("opsi-2-teks") → the key in the content."""

OMITTED_WHEN_EMPTY = {"category", "poster"}
_ROW_FIELD = re.compile(r"(opsi|pesan)-([0-9]{1,3})-([a-z]+)")


@dataclass(frozen=True)
class Row:
    """An option or a message in the editor; ``number`` counts from 1."""

    number: int
    parts: Mapping[str, str]

    @property
    def letter(self) -> str:
        """Its letter in the author's order."""
        return LETTERS[self.number - 1].upper()

    def __getitem__(self, name: str) -> str:
        return str(self.parts.get(name) or "")


def typed_content(fields: MultiDict[str, str], stored: Mapping[str, Any]) -> dict[str, Any]:
    """The content that the form's fields say, after the button that was pressed (``tindakan``).

    What the form does not show stays as it is stored.
    """
    content = dict(stored)
    content |= {name: _clean(fields[name]) for name in TEXTS if name in fields}
    if "stem" in fields:
        content |= {name: _codes(fields.getlist(name), stored.get(name) or []) for name in LISTS}
        content["options"] = _rows(fields, OPTIONS)
    if "extra-kind" in fields:
        content["extra"] = _simulation(fields)
    command = fields.get("tindakan", "")
    wanted = fields.get("type", "")
    if command == "jenis" and wanted in ITEM_TYPES:
        return retyped(content, wanted)
    return changed_rows(content, command)


def shown_rows(content: Mapping[str, Any]) -> dict[str, list[Row]]:
    """The rows of both lists as the editor shows them."""
    extra = content.get("extra") or {}
    lists = {OPTIONS: content.get("options") or [], MESSAGES: extra.get("messages") or []}
    return {
        name: [Row(number, parts) for number, parts in enumerate(rows[: len(LETTERS)], start=1)]
        for name, rows in lists.items()
    }


def _codes(ticked: list[str], before: list[str]) -> list[str]:
    """What is ticked, those that were there already in their old order first."""
    codes = [_clean(code) for code in ticked]
    return [code for code in before if code in codes] + [c for c in codes if c not in before]


def _rows(fields: MultiDict[str, str], rows_name: str) -> list[dict[str, str]]:
    parts = PARTS[rows_name]
    found: dict[int, dict[str, str]] = {}
    for field, value in fields.items():
        match = _ROW_FIELD.fullmatch(field)
        if match and match[1] == rows_name and match[3] in parts:
            found.setdefault(int(match[2]), {})[parts[match[3]]] = _clean(value)
    return [_row(rows_name, found[number]) for number in sorted(found)[: len(LETTERS)]]


def _row(rows_name: str, typed: Mapping[str, str]) -> dict[str, str]:
    kept = {key: text for key, text in typed.items() if text or key not in OMITTED_WHEN_EMPTY}
    return BLANK_ROWS[rows_name] | kept


def _simulation(fields: MultiDict[str, str]) -> dict[str, Any]:
    members = _clean(fields.get("extra-members", ""))
    extra: dict[str, Any] = {
        "kind": _clean(fields["extra-kind"]),
        "title": _clean(fields.get("extra-title", "")),
        "messages": _rows(fields, MESSAGES),
    }
    if members and extra["kind"] != "unggahan":
        extra["members"] = int(members) if re.fullmatch("[0-9]{1,6}", members) else members
    return extra


def _clean(text: str) -> str:
    """As it is stored: without control characters, which PostgreSQL does not keep; bounded."""
    kept = (letter for letter in text[:MOST_LETTERS] if letter in "\n\t\r" or _stays(letter))
    return normal_text("".join(kept))


def _stays(letter: str) -> bool:
    return unicodedata.category(letter) not in {"Cc", "Cs"}
