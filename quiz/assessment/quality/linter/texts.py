"""The texts of an item, and their sentences and words."""

import re
from collections.abc import Iterator, Sequence
from typing import Any, NamedTuple

from quiz.assessment.items.fields import Place, called_at, lower_first
from quiz.assessment.items.item import Item, option_letter
from quiz.assessment.items.types import ITEM_TYPES
from quiz.assessment.quality.linter.rule import Note


class Part(NamedTuple):
    """A text of an item: where it stands, in Indonesian and as a place, and its words."""

    where: str
    place: Place
    text: str

    def note(self, message: str) -> Note:
        """Something to mend in it."""
        return Note(self.where, message, self.place)


MOST_NAMED = 10

_SENTENCE_END = re.compile(r"(?<=[.?!])[”\"']?\s+(?=[A-Z“\"'])")
_SHORTENED = re.compile(r"\b(?:No|Jl|dkk|dst|dll|hlm|jo)\.$")
_WORD = re.compile(r"[^\W_]+(?:[-/][^\W_]+)*")


def parts(item: Item) -> Iterator[Part]:
    """Every text a participant reads, options and the type's own among them."""
    yield stem(item)
    yield from option_texts(item)
    for n, option in enumerate(item.options):
        yield _own(item, ("options", n, "feedback"), option.feedback)
    yield Part("pembahasan", ("explanation",), item.explanation)
    for place, text in strings(item.extra, ("extra",)):
        yield _own(item, place, text)


def stem(item: Item) -> Part:
    """The stem."""
    return Part("pokok soal", ("stem",), item.stem)


def option_texts(item: Item) -> Iterator[Part]:
    """The text of every option."""
    for n, option in enumerate(item.options):
        yield Part(option_name(n), ("options", n, "text"), option.text)


def option_name(place: int) -> str:
    """What the option at this place, from 0, is called: "opsi A"."""
    return f"opsi {option_letter(place)}"


def _own(item: Item, place: Place, text: str) -> Part:
    called = called_at(place, ITEM_TYPES[item.type].parts)
    return Part(lower_first(called) or "isian lain", place, text)


def sentences(text: str) -> list[str]:
    """A text in sentences; a shortened word such as "No." does not end one."""
    found: list[str] = []
    for piece in _SENTENCE_END.split(text.strip()):
        if found and _SHORTENED.search(found[-1]):
            found[-1] += " " + piece
        else:
            found.append(piece)
    return found


def words(text: str) -> list[str]:
    """The words of a text in lower case; one with a hyphen or slash inside is one word."""
    return [word.lower() for word in _WORD.findall(text)]


def strings(value: Any, place: Place) -> Iterator[tuple[Place, str]]:
    """Every text within a value, with its place."""
    if isinstance(value, str):
        yield place, value
    elif isinstance(value, dict):
        for name, part in value.items():
            yield from strings(part, (*place, name))
    elif isinstance(value, list | tuple):
        for n, part in enumerate(value):
            yield from strings(part, (*place, n))


def some_of(codes: Sequence[str]) -> str:
    """The first few codes of a list, and whether there are more."""
    return ", ".join(codes[:MOST_NAMED]) + (", …" if len(codes) > MOST_NAMED else "")
