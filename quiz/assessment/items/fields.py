"""What an item type asks of its author: fields, and rows of fields, each with its place.

A type declares them once. The editor's controls and buttons, what a form says, what a problem
calls a thing and where it leads all follow from the declaration.
"""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from quiz.assessment.items.item import normal_text, option_letter

Place = tuple[int | str, ...]
"""Where something stands in an item's content: ("stem",), ("extra", "messages", 0, "time").

Names are those of ``Item.to_json`` and of question files; rows count from 0; () is all of it.
"""

_WHOLE = re.compile(r"[0-9]{1,6}")


@dataclass(frozen=True)
class Problem:
    """What is wrong or wanting, an Indonesian sentence in the words of the page; and where."""

    sentence: str
    place: Place


@dataclass(frozen=True)
class Field:
    """One thing an author writes.

    ``key`` is its name in the content, ``name`` the end of its control's name on the page, and
    ``label`` what the page calls it, with {} where the letter or number of its row stands.
    ``choices`` are codes with their words; ``lines`` above 1 is a long text, ``short`` a control
    beside the one before; ``whole`` a whole number. ``pattern`` is what a text must match and
    ``like`` an example. ``optional`` is left out of the content when empty, and so is what goes
    ``only_with`` another field's value, given as key and value.
    """

    key: str
    name: str
    label: str
    blank: str | int = ""
    lines: int = 1
    short: bool = False
    choices: tuple[tuple[str, str], ...] = ()
    whole: bool = False
    pattern: str = ""
    like: str = ""
    hint: str = ""
    optional: bool = False
    only_with: tuple[str, str] | None = None

    def stored(self, text: str) -> str | int:
        """What the content holds when this was typed."""
        return int(text) if self.whole and _WHOLE.fullmatch(text) else text

    def problem(self, value: Any, called: str) -> str | None:
        """What is wrong with the value written here, in a sentence beginning with ``called``."""
        if value is None and self.optional:
            return None
        if self.choices:
            codes = [code for code, _ in self.choices if code]
            if value not in codes:
                return f"{called} {_wanted(value, 'belum dipilih', codes)}."
        elif value is not None and not isinstance(value, str):
            example = f", misalnya {self.like}" if self.like else ""
            return f"{called} harus berupa teks{example}; apit dengan tanda kutip."
        elif not normal_text(value or ""):
            rest = "; hapus bila tidak ada" if self.optional else ""
            return f"{called} masih kosong{rest}."
        elif self.pattern and not re.fullmatch(self.pattern, value or ""):
            return f"{called} harus seperti {self.like}."
        return None


def _wanted(value: Any, empty: str, codes: list[str]) -> str:
    return f"harus {' atau '.join(codes)}" if value else empty


@dataclass(frozen=True)
class Group:
    """Fields that stand once, at ``place``; their controls are called ``name`` and field."""

    place: Place
    name: str
    fields: tuple[Field, ...]

    @property
    def blank(self) -> dict[str, Any]:
        """What a new item holds here."""
        return {field.key: field.blank for field in self.fields}

    def control(self, within: Place) -> str:
        """The id of the control for a place within the group; its first for all others."""
        field = next((f for f in self.fields if (f.key,) == within[:1]), self.fields[0])
        return f"{self.name}-{field.name}"

    def called(self, within: Place) -> str:
        """What the page calls it; "" for what it has no name for."""
        return next((f.label for f in self.fields if (f.key,) == within[:1]), "")

    def problems(self, values: Mapping[str, Any]) -> Iterator[Problem]:
        """What is wrong with each field but whole numbers, whose bounds are the type's own."""
        for field in self.fields:
            found = field.problem(values.get(field.key), field.label)
            if found and not field.whole:
                yield Problem(found, (*self.place, field.key))


@dataclass(frozen=True)
class Rows:
    """A list of rows at ``place``, each of the same fields: options, messages, pairs.

    ``label`` is what the page calls one ("Opsi"), ``name`` what its controls and buttons do
    ("opsi"). Rows are marked A, B, C when ``lettered``, else 1, 2, 3. A new item has one for each
    of ``begins``, what they hold there; with ``fixed`` these words and rows are the type's own.
    """

    place: Place
    name: str
    label: str
    fields: tuple[Field, ...]
    fewest: int
    most: int
    begins: tuple[Mapping[str, str], ...] = ({},)
    lettered: bool = False
    fixed: bool = False

    @property
    def keys(self) -> set[str]:
        """The names of its fields in the content."""
        return {field.key for field in self.fields}

    @property
    def blank_row(self) -> dict[str, Any]:
        """A row that is still to be written."""
        return {field.key: field.blank for field in self.fields if not field.optional}

    @property
    def blank(self) -> list[dict[str, Any]]:
        """The rows of a new item."""
        return [self.blank_row | dict(begun) for begun in self.begins]

    def owns(self, number: int, field: Field) -> bool:
        """Whether what stands there, in the row counted from 1, is the type's own word."""
        return self.fixed and number <= len(self.begins) and field.key in self.begins[number - 1]

    def mark(self, number: int) -> str:
        """What the row counted from 1 is marked with."""
        return option_letter(number - 1) if self.lettered else str(number)

    def control(self, within: Place) -> str:
        """The id of the control, of the row, or of the list for a place within it."""
        parts = [self.name]
        if within and isinstance(within[0], int):
            parts.append(str(within[0] + 1))
            parts += [field.name for field in self.fields if (field.key,) == within[1:2]]
        return "-".join(parts)

    def called(self, within: Place) -> str:
        """What the page calls it: "Jam pesan 2", "Umpan balik bila B dipilih", "Opsi B"."""
        if not within or not isinstance(within[0], int):
            return self.label
        row = f"{self.label} {self.mark(within[0] + 1)}"
        label = next((f.label for f in self.fields if (f.key,) == within[1:2]), "")
        if "{}" in label:
            return label.format(self.mark(within[0] + 1))
        return f"{label} {lower_first(row)}" if label else row

    def count_problem(self, count: int) -> list[Problem]:
        """That there are too few or too many rows."""
        if self.fewest <= count <= self.most:
            return []
        wanted = f"{self.fewest} sampai {self.most}" if self.fewest < self.most else self.most
        sentence = f"Jumlah {self.label.lower()} harus {wanted}, sekarang {count}."
        return [Problem(sentence, self.place)]

    def problems(self, rows: Any) -> Iterator[Problem]:
        """What is wrong with the number of rows, and with each field of each row."""
        listed = rows if isinstance(rows, list) else []
        yield from self.count_problem(len(listed))
        for place, row in enumerate(listed[: self.most]):
            if not isinstance(row, Mapping):
                keys = ", ".join(field.key for field in self.fields if not field.optional)
                sentence = f"{self.called((place,))} harus terdiri dari {keys}."
                yield Problem(sentence, (*self.place, place))
                continue
            yield from unknown_keys(row, self.fields, (*self.place, place), self.called((place,)))
            for field in self.fields:
                found = field.problem(row.get(field.key), self.called((place, field.key)))
                if found:
                    yield Problem(found, (*self.place, place, field.key))


Part = Group | Rows


def unknown_keys(
    values: Mapping[str, Any], fields: Iterable[Field], place: Place, called: str
) -> Iterator[Problem]:
    """What is written under a name that none of these fields has."""
    for key in sorted(set(values) - {field.key for field in fields}):
        yield Problem(f"{called}: isian “{key}” tidak dikenal.", (*place, key))


def extra_problems(parts: Iterable[Part], extra: Mapping[str, Any]) -> Iterator[Problem]:
    """What is wrong with the type's own part of an item, as these declare it."""
    inner = [part for part in parts if part.place[0] == "extra"]
    known = {part.place[1] for part in inner if len(part.place) > 1}
    known |= {f.key for part in inner if part.place == ("extra",) for f in part.fields}
    for key in sorted(extra.keys() - known):
        yield Problem(f"Isian “{key}” tidak dikenal.", ("extra", key))
    for part in inner:
        yield from part.problems(value_at({"extra": extra}, part.place) or {})


def said(fields: Iterable[Field], values: Mapping[str, Any]) -> list[str]:
    """What each field says, in words; "" for one that is not there."""
    return [
        dict(field.choices).get(value, str(value))
        for field in fields
        for value in [values.get(field.key, "")]
    ]


def control_at(place: Place, parts: Iterable[Part]) -> str | None:
    """The id of what an author changes on the editor's page to mend this place."""
    part = _part_at(place, parts)
    if part is not None:
        return part.control(place[len(part.place) :])
    return str(place[0]) if place and place[0] not in {"options", "extra"} else None


def called_at(place: Place, parts: Iterable[Part]) -> str:
    """What the page calls this place of the type's own; "" for what it has no name for."""
    part = _part_at(place, parts)
    return part.called(place[len(part.place) :]) if part else ""


def value_at(content: Any, place: Place) -> Any:
    """What stands at the place; None when nothing does."""
    for step in place:
        try:
            content = content[step]
        except (KeyError, IndexError, TypeError):
            return None
    return content


def with_value(content: Mapping[str, Any], place: Place, value: Any) -> dict[str, Any]:
    """The content with this value at the place, made of names only."""
    name, rest = str(place[0]), place[1:]
    inner = content.get(name)
    held = inner if isinstance(inner, Mapping) else {}
    return {**content, name: with_value(held, rest, value) if rest else value}


def lower_first(words: str) -> str:
    """The words as they stand within a sentence: "opsi B", but "PNS"."""
    return words if words[1:2].isupper() else words[:1].lower() + words[1:]


def unwritten(value: Any) -> bool:
    """Whether something of it is still to be written: an empty text, or a list that holds one."""
    if isinstance(value, Mapping):
        return any(unwritten(part) for part in value.values())
    if isinstance(value, list):
        return not value or any(unwritten(part) for part in value)
    return value is None or (isinstance(value, str) and not value.strip())


def _part_at(place: Place, parts: Iterable[Part]) -> Part | None:
    holding = [part for part in parts if place[: len(part.place)] == part.place]
    return max(holding, key=lambda part: len(part.place), default=None)
