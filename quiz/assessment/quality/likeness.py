"""Which of many texts speak of the same things as another, and by which words they do.

Likeness is the cosine of tf-idf weights (Salton and Buckley, "Term-weighting approaches in
automatic text retrieval", 1988) over stems and pairs of neighbouring stems, so that *meminjam*
meets *dipinjamkan*. Words that stand in most texts weigh next to nothing: no list of them is kept.
"""

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from itertools import pairwise
from math import log, sqrt

from quiz.assessment.items.item import without_accents

Weighted = Iterable[tuple[str, float]]
"""Texts with how much each counts; 1 is as much as once in a plain text."""

MOST_WORDS = 3
_SHORTEST_WORD, _SHORTEST_STEM, _SHORTEST_TOLD = 3, 4, 4
_TELLS_OF_BEST = 0.25
_WORD = re.compile(r"[^\W_]+")
_PREFIX = re.compile(r"meng|meny|mem|men|me|peng|peny|pem|pen|pe|ber|ter|per|di|ke|se")
_MOST_PREFIXES = 2
_SWALLOWED = re.compile(r"[ptks][aiueo].{2}")
_PARTICLES = ("lah", "kah", "nya")
_SUFFIXES = ("kan", "an", "i")


@dataclass(frozen=True)
class Like:
    """A text by its name: how like it is, above 0 to 1, and the words that make it so.

    ``words`` are at most three, the weightiest first, in the form the asked text has them.
    """

    name: str
    likeness: float
    words: tuple[str, ...]


class Likeness:
    """Finds the like among ``texts``, by name. A hundred texts take some ten milliseconds."""

    def __init__(self, texts: Mapping[str, str]) -> None:
        counted = {name: Counter(_terms(text)) for name, text in texts.items()}
        holders = Counter(term for terms in counted.values() for term in terms)
        self._rarity = {
            term: log((len(texts) + 1) / (times + 0.5)) for term, times in holders.items()
        }
        self._holding: defaultdict[str, list[tuple[str, float]]] = defaultdict(list)
        for name, terms in counted.items():
            for term, share in self._shares(terms).items():
                self._holding[term].append((name, share))

    def like(self, asked: Weighted) -> list[Like]:
        """All texts that share anything with the asked ones, the likest first."""
        times: Counter[str] = Counter()
        forms: dict[str, str] = {}
        for text, weight in asked:
            for word, stem in _stems(text):
                forms.setdefault(stem, word)
            for term in _terms(text):
                times[term] += weight  # type: ignore[assignment]  # Counter adds any number
        found: defaultdict[str, dict[str, float]] = defaultdict(dict)
        for term, share in self._shares(times).items():
            for name, other in self._holding[term]:
                found[name][term] = share * other
        rows = [
            Like(name, sum(shares.values()), _told(shares, forms)) for name, shares in found.items()
        ]
        return sorted(rows, key=lambda row: (-row.likeness, row.name))

    def _shares(self, times: Mapping[str, float]) -> dict[str, float]:
        """Each known term's part of a text, as a vector of length 1."""
        weights = {
            term: log(1 + count) * self._rarity[term]
            for term, count in times.items()
            if term in self._rarity
        }
        length = sqrt(sum(weight * weight for weight in weights.values())) or 1
        return {term: weight / length for term, weight in weights.items()}


def stemmed(word: str) -> str:
    """The word without what Indonesian puts around a root; the same for all words of most roots.

    A prefix may swallow a root's first p, t, k or s (*meminjam* from *pinjam*), so none is kept.
    """
    word = _without_end(word, _PARTICLES)
    for _ in range(_MOST_PREFIXES):
        prefix = _PREFIX.match(word)
        if not prefix or len(word) - prefix.end() < _SHORTEST_STEM:
            break
        word = word[prefix.end() :]
    word = _without_end(word, _SUFFIXES)
    return word[1:] if _SWALLOWED.match(word) else word


def _without_end(word: str, ends: Iterable[str]) -> str:
    for end in ends:
        if word.endswith(end) and len(word) - len(end) >= _SHORTEST_STEM:
            return word.removesuffix(end)
    return word


def _stems(text: str) -> list[tuple[str, str]]:
    """The words of a text in order, each with its stem; very short ones left out."""
    words = _WORD.findall(without_accents(text.casefold()))
    return [(word, stemmed(word)) for word in words if len(word) >= _SHORTEST_WORD]


def _terms(text: str) -> list[str]:
    stems = [stem for _, stem in _stems(text)]
    return stems + [f"{one} {other}" for one, other in pairwise(stems)]


def _told(shares: Mapping[str, float], forms: Mapping[str, str]) -> tuple[str, ...]:
    """The words to name as the reason: those that weigh most, no pairs and no very short ones."""
    telling = [term for term in shares if len(forms.get(term, "")) >= _SHORTEST_TOLD]
    best = sorted(telling, key=lambda term: (-shares[term], term))[:MOST_WORDS]
    least = _TELLS_OF_BEST * shares[best[0]] if best else 0
    return tuple(forms[term] for term in best if shares[term] >= least)
