"""Stems that ask nearly the same: found before an item is written, or taken, twice."""

import re
import unicodedata
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from math import ceil

LIKE = 0.75
"""Shared words / all words from which two stems are near-identical (Jaccard)."""

_WORDS = re.compile(r"[^\W_]+")


@dataclass(frozen=True)
class Near:
    """A stem like the one asked about; ``likeness`` is 1 for the same words."""

    code: str
    likeness: float


def stem_words(stem: str) -> frozenset[str]:
    """The words of a stem, whatever their case, order and punctuation."""
    return frozenset(_WORDS.findall(unicodedata.normalize("NFKC", stem).casefold()))


class NearStems:
    """Stems known by code, indexed by their rarest words.

    Two sets of words that share at least ``LIKE`` of all their words also share one of the rarest
    words of each: those beyond ``LIKE`` times the size (prefix filtering, Chaudhuri, Ganti and
    Kaushik 2006). So only few pairs are compared: 300 stems against 10,000 take about a second.
    """

    def __init__(self, stems: Mapping[str, str]) -> None:
        self._words = {code: words for code, stem in stems.items() if (words := stem_words(stem))}
        self._frequency = Counter(word for words in self._words.values() for word in words)
        self._with: defaultdict[str, list[str]] = defaultdict(list)
        for code, words in self._words.items():
            for word in self._rarest(words):
                self._with[word].append(code)

    def near(self, stem: str) -> list[Near]:
        """The known stems that are near-identical to this one, the likest first."""
        words = stem_words(stem)
        codes = {code for word in self._rarest(words) for code in self._with.get(word, ())}
        found = (Near(code, likeness(words, self._words[code])) for code in codes)
        alike = [near for near in found if near.likeness >= LIKE]
        return sorted(alike, key=lambda near: (-near.likeness, near.code))

    def _rarest(self, words: Iterable[str]) -> Sequence[str]:
        in_order = sorted(words, key=lambda word: (self._frequency[word], word))
        return in_order[: len(in_order) - ceil(LIKE * len(in_order)) + 1]


def likeness(one: frozenset[str], other: frozenset[str]) -> float:
    """Shared words over all words, 0 to 1; 0 for two empty ones."""
    everything = len(one | other)
    return len(one & other) / everything if everything else 0.0
