"""A guesser that learns words: which of them stand in keys of one half of a bank.

Naive Bayes over words, each option a text of its own (Maron, "Automatic indexing", 1961), with one
added to every count. What it learned on one half it tries on the other.
"""

import hashlib
import re
from collections import Counter
from collections.abc import Iterable, Sequence
from math import log

from quiz.assessment.items.item import Item, Option
from quiz.assessment.items.types import ITEM_TYPES
from quiz.assessment.quality.guessing.guessers import Guesser, Liking

NAME = "kata-kata yang dipelajari dari separuh bank"

_WORD = re.compile(r"[^\W\d_]{3,}")


def halves(items: Iterable[Item]) -> tuple[list[Item], list[Item]]:
    """The items in two halves by chance, the same on every machine; a scene's variants in one."""
    parts: tuple[list[Item], list[Item]] = ([], [])
    for item in items:
        name = item.pair or item.scenario or item.code
        parts[hashlib.sha256(f"separuh/{name}".encode()).digest()[0] % 2].append(item)
    return parts


def learned_from(items: Sequence[Item]) -> Guesser:
    """The guesser that has seen the keys of these items."""
    counts = {True: Counter[str](), False: Counter[str]()}
    for item in items:
        for option in item.options:
            counts[option.is_key].update(_words(item, option))
    known = set(counts[True]) | set(counts[False])
    totals = {key: sum(found.values()) + len(known) for key, found in counts.items()}

    def likes(item: Item) -> Liking:
        return {
            option.id: sum(
                log((counts[True][word] + 1) / totals[True])
                - log((counts[False][word] + 1) / totals[False])
                for word in _words(item, option)
                if word in known
            )
            for option in item.options
        }

    return Guesser(NAME, likes)


def _words(item: Item, option: Option) -> list[str]:
    """The option's words; Benar and Salah are told by the statement's, marked with which it is."""
    if ITEM_TYPES[item.type].shuffles:
        return _WORD.findall(option.text.lower())
    return [f"{option.text} {word}" for word in _WORD.findall(item.stem.lower())]
