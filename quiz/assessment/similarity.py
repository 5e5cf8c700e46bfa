"""Texts that say nearly the same: pairs by the share of neighbouring words they have in common.

Similarity is Jaccard's index over a text's pairs of neighbouring words. Pairs of texts are found
exactly, with prefix filtering (Bayardo, Ma and Srikant, "Scaling up all pairs similarity search",
2007): two sets that are alike enough share one of their rarest members; only those are looked up.
"""

import re
import unicodedata
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from itertools import pairwise
from math import ceil

NEAR = 0.5
"""From this similarity two questions are shown as near-duplicates."""

_WORD = re.compile(r"\w+")


@dataclass(frozen=True)
class Pair:
    """Two texts by their names, the earlier name first, and how alike they are, 0 to 1."""

    first: str
    second: str
    similarity: float


def near_duplicates(texts: Mapping[str, str], least: float = NEAR) -> list[Pair]:
    """Every pair of texts at least this alike, the most alike first. Empty texts have no pairs.

    Raises ValueError unless 0 < least <= 1. Ten thousand questions take a few seconds at most.
    """
    if not 0 < least <= 1:
        raise ValueError(f"least similarity must be above 0 and at most 1, not {least}")
    sets = {name: shingles(text) for name, text in texts.items()}
    ranked = _rarest_first(sets)
    by_member: defaultdict[int, list[str]] = defaultdict(list)
    found = []
    for name in sorted(ranked, key=lambda name: (len(ranked[name]), name)):
        members = ranked[name]
        prefix = members[: len(members) - ceil(least * len(members)) + 1]
        candidates = {other for member in prefix for other in by_member[member]}
        found += _pairs(name, candidates, sets, least)
        for member in prefix:
            by_member[member].append(name)
    return sorted(found, key=lambda pair: (-pair.similarity, pair.first, pair.second))


def shingles(text: str) -> frozenset[str]:
    """Pairs of neighbouring words, and both ends; capitals, accents and signs do not count."""
    plain = unicodedata.normalize("NFKD", text.casefold())
    words = _WORD.findall("".join(c for c in plain if not unicodedata.combining(c)))
    return frozenset(f"{one} {other}" for one, other in pairwise(["", *words, ""]) if one or other)


def _rarest_first(sets: Mapping[str, frozenset[str]]) -> dict[str, list[int]]:
    """Every set as ranks of its members, the rarest member of all texts first; empty sets out."""
    times = Counter(member for members in sets.values() for member in members)
    order = sorted(times, key=lambda member: (times[member], member))
    rank = {member: place for place, member in enumerate(order)}
    return {
        name: sorted(rank[member] for member in members)
        for name, members in sets.items()
        if members
    }


def _pairs(
    name: str, candidates: Iterable[str], sets: Mapping[str, frozenset[str]], least: float
) -> list[Pair]:
    found = []
    members = sets[name]
    for other in candidates:
        others = sets[other]
        if len(others) < least * len(members):
            continue
        common = len(members & others)
        similarity = common / (len(members) + len(others) - common)
        if similarity >= least:
            found.append(Pair(min(name, other), max(name, other), similarity))
    return found
