"""What a file of questions says: every item found, with its faults and what was lost."""

import re
import unicodedata
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field, replace
from fractions import Fraction
from typing import Any, Self, TypeVar

from quiz.assessment.items.item import LETTERS, Level, normal_text, option_letter

Found = TypeVar("Found")

MAX_BYTES = 5_000_000
MAX_ITEMS = 300
MAX_TEXT = 5_000
MAX_LINES = 20_000
"""Lines of a text, or paragraphs of a document; 300 items have some 4,000."""

MAX_REMARKS = 20

_INVISIBLE = frozenset("\u00ad\u200b\u200e\u200f\u2060\ufe0e\ufe0f\ufeff\ufffe\uffff")
_AS_TYPED: dict[int, str | None] = {ord(letter): None for letter in _INVISIBLE}
_AS_TYPED |= dict.fromkeys(map(ord, "\u00a0\u2002\u2003\u2007\u2009\u202f\u3000"), " ")
_AS_TYPED |= {full: chr(full - 0xFEE0) for full in range(0xFF01, 0xFF5F)}
_BREAKS = re.compile("[\x0b\x0c]")  # Word's line and page breaks, pasted
_TURNS = re.compile("[\u202a-\u202e\u2066-\u2069]")  # they let a text show another order


class UnreadableFile(ValueError):
    """A file no item can be read from. The message is Indonesian and says how to mend it."""


@dataclass(frozen=True)
class ImportedOption:
    """One answer offered; ``weight`` is 1 for a key, 0 for a distractor, between for a part."""

    text: str
    weight: Fraction = Fraction(0)
    feedback: str = ""

    @property
    def is_key(self) -> bool:
        """Whether it earns the whole point."""
        return self.weight == 1


@dataclass(frozen=True)
class ImportedItem:
    """One item as its file says it.

    ``number`` counts from 1 in the file's order and ``where`` tells a person where to look.
    ``type`` is "" for a kind of question this house does not have. ``topic`` is in the file's own
    words. ``faults`` are to be mended, each with its remedy; ``lost`` could not be taken along;
    ``notes`` say how something was understood. All three are Indonesian sentences. ``misread`` says
    that it is no whole item, or holds signs that belong to none of its texts.
    """

    number: int
    where: str
    stem: str
    type: str
    options: tuple[ImportedOption, ...] = ()
    explanation: str = ""
    code: str = ""
    topic: str = ""
    level: Level | None = None
    faults: tuple[str, ...] = ()
    lost: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()
    misread: bool = False

    @property
    def takeable(self) -> bool:
        """Whether it can become a draft at all."""
        return bool(self.stem and self.type) and not self.misread

    def content(self) -> dict[str, Any]:
        """What it says in the shape of ``Item.to_json``; what no file says is missing."""
        return {
            "type": self.type,
            "level": self.level.value if self.level else "",
            "stem": self.stem,
            "options": [
                {"id": LETTERS[place], "text": option.text, "weight": str(option.weight)}
                | ({"feedback": option.feedback} if option.feedback else {})
                for place, option in enumerate(self.options)
            ],
            "explanation": self.explanation,
        }

    def to_json(self) -> dict[str, Any]:
        """A JSON-ready dict from which ``from_json`` makes the same."""
        written = {name: getattr(self, name) for name in _PLAIN}
        lists = {name: list(getattr(self, name)) for name in _LISTS}
        return self.content() | written | lists | {"misread": self.misread}

    @classmethod
    def from_json(cls, stored: Mapping[str, Any]) -> Self:
        """The item that ``to_json`` wrote."""
        options = (
            ImportedOption(each["text"], Fraction(each["weight"]), each.get("feedback", ""))
            for each in stored["options"]
        )
        fields: dict[str, Any] = {name: stored[name] for name in _PLAIN}
        fields |= {name: tuple(stored[name]) for name in _LISTS}
        fields["misread"] = stored.get("misread", False)
        level = Level(stored["level"]) if stored["level"] else None
        return cls(options=tuple(options), level=level, **fields)


_PLAIN = ("number", "where", "stem", "type", "explanation", "code", "topic")
_LISTS = ("faults", "lost", "notes")


@dataclass(frozen=True)
class ImportedFile:
    """What one file says. ``faults`` concern the file as a whole; with any, it has no items."""

    format: str
    items: tuple[ImportedItem, ...] = ()
    faults: tuple[str, ...] = ()
    notes: tuple[str, ...] = field(default=())


def limited(found: Iterable[Found], how: str = "bagi menjadi beberapa berkas") -> list[Found]:
    """All of something, at most ``MAX_ITEMS``; raises UnreadableFile with the count beyond.

    ``how`` says in Indonesian how to make smaller files.
    """
    kept = list(found)
    if len(kept) > MAX_ITEMS:
        count = f"{len(kept):,}".replace(",", ".")
        raise UnreadableFile(
            f"Berkas memuat {count} soal. Sekali ambil paling banyak {MAX_ITEMS} soal: {how}."
        )
    return kept


def as_typed(text: str) -> str:
    """Text with plain spaces and letters where a program wrote hard or full-width ones."""
    return text.translate(_AS_TYPED)


def clean(text: str) -> str:
    """Text as it is stored: NFC, line feeds, no invisible letters, no hard spaces at its ends.

    Control characters are taken out, because neither XML nor PostgreSQL keeps them.
    """
    text = _BREAKS.sub("\n", _TURNS.sub("", text)).replace("\u00a0", " ")
    return normal_text("".join(letter for letter in normal_text(text) if _stays(letter)))


def _stays(letter: str) -> bool:
    if letter in "\n\t":
        return True
    return letter not in _INVISIBLE and unicodedata.category(letter) not in ("Cc", "Cs")


def tidied(item: ImportedItem) -> ImportedItem:
    """The same with clean texts, cut with a fault where they go beyond the bounds."""
    faults: list[str] = []
    shorten = _shortener(faults)
    if len(item.options) > len(LETTERS):
        faults.append(f"Opsinya {len(item.options)}; yang dibaca hanya {len(LETTERS)} pertama.")
    return replace(
        item,
        where=clean(item.where),
        stem=shorten("Pokok soal", item.stem),
        options=tuple(
            replace(
                option,
                text=shorten(f"Opsi {option_letter(place)}", option.text),
                feedback=shorten(f"Umpan balik opsi {option_letter(place)}", option.feedback),
            )
            for place, option in enumerate(item.options[: len(LETTERS)])
        ),
        explanation=shorten("Pembahasan", item.explanation),
        code=clean(item.code)[:60],
        topic=clean(item.topic)[:120],
        faults=_distinct((*item.faults, *faults)),
        lost=_distinct(item.lost),
        notes=_distinct(item.notes),
    )


def _shortener(faults: list[str]) -> Callable[[str, str], str]:
    def shorten(name: str, text: str) -> str:
        cleaned = clean(text)
        if len(cleaned) <= MAX_TEXT:
            return cleaned
        most = f"{MAX_TEXT:,}".replace(",", ".")
        faults.append(
            f"{name} lebih panjang dari {most} huruf, jadi sisanya dipotong. Mungkin beberapa "
            "soal terbaca sebagai satu: periksa nomor dan opsinya."
        )
        return f"{cleaned[: MAX_TEXT - 1].rstrip()}…"

    return shorten


def _distinct(sentences: tuple[str, ...]) -> tuple[str, ...]:
    """Each sentence once, in order, and not more than a page can show."""
    return tuple(dict.fromkeys(map(clean, sentences)))[:MAX_REMARKS]
