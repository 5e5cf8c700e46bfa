"""An item somebody is still writing: what it says so far, and what it still lacks.

Its content is a dict in the shape of ``Item.to_json`` in which any field may be missing or empty.
"""

import re
from collections.abc import Callable, Iterable, Mapping
from datetime import date
from enum import StrEnum
from fractions import Fraction
from typing import Any, TypeVar

from quiz.assessment.items.fields import Problem, Rows
from quiz.assessment.items.item import (
    FIRST_YEAR,
    LAST_YEAR,
    Category,
    Item,
    Level,
    Option,
    Stance,
    Status,
)
from quiz.assessment.items.stages import Stage
from quiz.assessment.items.types import ITEM_TYPES, option_rows_of
from quiz.assessment.items.types.choice import OPTIONS, WEIGHT

Member = TypeVar("Member", bound=StrEnum)

LONGEST_CODE = 60

_CODE = re.compile(r"[A-Z0-9]+(-[A-Z0-9]+)*")
_WEIGHT = re.compile(r"[0-9]{1,3}([.,][0-9]{1,9}|/0*[1-9][0-9]{0,4})?")
_NO_DAY = date(1970, 1, 1)


def read_draft(content: Mapping[str, Any]) -> tuple[Item, list[Problem]]:
    """The item as far as it is written, and what keeps it from review.

    Gaps are "", the first level, no date. What every item needs is told first, then what its type
    says; without a problem the item is whole.
    """
    reader = _Reader(content)
    item = Item(
        code=reader.code(),
        type=reader.choice("type", ITEM_TYPES, "Pilih jenis soal."),
        topic=reader.required("topic", "Pilih topik."),
        level=reader.member("level", Level, "Pilih tingkat.") or Level.MENGINGAT,
        audience=frozenset(reader.members("audience", Status)),
        stem=reader.text("stem"),
        options=tuple(reader.options()),
        explanation=reader.text("explanation"),
        passages=reader.codes("passages"),
        claims=reader.codes("claims"),
        references=reader.codes("references"),
        law_as_of=reader.day(),
        extra=dict(content.get("extra") or {}),
        turns_on=reader.text("turns_on"),
        not_with=reader.codes("not_with"),
        pair=reader.text("pair"),
        scenario=reader.text("scenario"),
        stages=frozenset(reader.members("stages", Stage)),
        basis_words=reader.codes("basis_words"),
    )
    kind = ITEM_TYPES.get(item.type)
    return item, reader.problems + (kind.problems(item) if kind else [])


class _Reader:
    """Reads fields of the content and notes what is missing or cannot be read."""

    def __init__(self, content: Mapping[str, Any]) -> None:
        self._content = content
        self.problems: list[Problem] = []

    def text(self, name: str) -> str:
        return _text(self._content.get(name))

    def codes(self, name: str) -> tuple[str, ...]:
        return tuple(text for part in self._content.get(name) or () if (text := _text(part)))

    def required(self, name: str, sentence: str) -> str:
        return self.text(name) or self._missing(name, sentence)

    def choice(self, name: str, known: Iterable[str], sentence: str) -> str:
        text = self.text(name)
        return text if text in known else self._missing(name, sentence)

    def code(self) -> str:
        code = self.text("code")
        if not _CODE.fullmatch(code) or len(code) > LONGEST_CODE:
            self._missing(
                "code",
                "Kode soal harus huruf besar dan angka, bagian-bagiannya dipisah tanda hubung, "
                "misalnya MKN-012.",
            )
        return code

    def member(self, name: str, members: type[Member], sentence: str) -> Member | None:
        found = _member(members, self.text(name))
        if found is None:
            self._missing(name, sentence)
        return found

    def members(self, name: str, members: type[Member]) -> list[Member]:
        found = (_member(members, code) for code in self.codes(name))
        return [member for member in found if member is not None]

    def day(self) -> date:
        try:
            day = date.fromisoformat(self.text("law_as_of"))
        except ValueError:
            self._missing("law_as_of", "Hukum per tanggal belum diisi dengan tanggal.")
            return _NO_DAY
        if not FIRST_YEAR <= day.year <= LAST_YEAR:
            years = f"Isi tahun antara {FIRST_YEAR} dan {LAST_YEAR}."
            self._missing("law_as_of", f"Hukum per tanggal jatuh pada tahun {day.year}. {years}")
        return day

    def options(self) -> list[Option]:
        rows = option_rows_of(self.text("type"))
        return [
            self._option(rows, place, written)
            for place, written in enumerate(self._content.get("options") or ())
        ]

    def _option(self, rows: Rows | None, place: int, written: Mapping[str, Any]) -> Option:
        weight = _weight(_text(written.get(WEIGHT.key)))
        if weight is None and rows is not None and WEIGHT.key in rows.keys:
            called = rows.called((place, WEIGHT.key))
            sentence = f"{called} belum diisi dengan angka 0 sampai 1."
            self.problems.append(Problem(sentence, (*OPTIONS, place, WEIGHT.key)))
        return Option(
            id=_text(written.get("id")) or str(place + 1),
            text=_text(written.get("text")),
            weight=weight or Fraction(0),
            feedback=_text(written.get("feedback")),
            category=_member(Category, _text(written.get("category"))),
            stance=_member(Stance, _text(written.get("stance"))),
        )

    def _missing(self, name: str, sentence: str) -> str:
        self.problems.append(Problem(sentence, (name,)))
        return ""


def _text(value: object) -> str:
    return value.strip() if isinstance(value, str) else ""


def _member(members: Callable[[str], Member], text: str) -> Member | None:
    try:
        return members(text)
    except ValueError:
        return None


def _weight(text: str) -> Fraction | None:
    """The number in 1, 0,5, 0.5 or 1/2; None for anything else. Never 1e9…, which costs memory."""
    return Fraction(text.replace(",", ".")) if _WEIGHT.fullmatch(text) else None
