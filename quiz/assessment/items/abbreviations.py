"""Which abbreviations stand in items, so that whoever reads them can be told what they mean."""

import re
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from quiz.assessment.items.item import Item


def abbreviation_pattern(known: Mapping[str, str]) -> re.Pattern[str]:
    """Finds each of ``known`` (not none) as a word of its own, the longest first."""
    longest_first = sorted(known, key=lambda short: -len(short))
    return re.compile(rf"(?<![\w-])({'|'.join(map(re.escape, longest_first))})(?![\w-])")


def abbreviations_of(items: Iterable[Item], known: Mapping[str, str]) -> dict[str, str]:
    """What stands abbreviated in what is asked, by the alphabet, with its meaning in ``known``."""
    if not known:
        return {}
    pattern = abbreviation_pattern(known)
    found = {
        short
        for item in items
        for text in (item.stem, *(option.text for option in item.options), *_texts(item.extra))
        for short in pattern.findall(text)
    }
    return {short: known[short] for short in sorted(found)}


def _texts(value: Any) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, Mapping):
        for part in value.values():
            yield from _texts(part)
    elif isinstance(value, list | tuple):
        for part in value:
            yield from _texts(part)
