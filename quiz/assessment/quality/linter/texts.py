"""The texts of an item, and their sentences and words."""

import re
from collections.abc import Iterator
from typing import Any

from quiz.assessment.items.item import Item

Part = tuple[str, str]
"""Where a text stands in an item, in Indonesian, and the text."""

_SENTENCE_END = re.compile(r"(?<=[.?!])[”\"']?\s+(?=[A-Z“\"'])")
_SHORTENED = re.compile(r"\b(?:No|Jl|dkk|dst|dll|hlm|jo)\.$")
_WORD = re.compile(r"[^\W_]+(?:[-/][^\W_]+)*")


def parts(item: Item) -> Iterator[Part]:
    """Every text a participant reads, options and simulation among them."""
    yield "pokok soal", item.stem
    yield from option_texts(item)
    for number, option in enumerate(item.options, start=1):
        yield f"penjelasan opsi ke-{number}", option.feedback
    yield "pembahasan", item.explanation
    for text in _strings(item.extra):
        yield "simulasi", text


def option_texts(item: Item) -> Iterator[Part]:
    """The text of every option."""
    for number, option in enumerate(item.options, start=1):
        yield f"opsi ke-{number}", option.text


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


def _strings(value: Any) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        for part in value.values():
            yield from _strings(part)
    elif isinstance(value, list | tuple):
        for part in value:
            yield from _strings(part)
