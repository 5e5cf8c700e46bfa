"""Texts that say nearly the same: pairs by the share of neighbouring words they have in common.

Similarity is Jaccard's index over a text's pairs of neighbouring words. Pairs of texts are found
exactly, with prefix filtering (Bayardo, Ma and Srikant, "Scaling up all pairs similarity search",
2007): two sets that are alike enough share one of their rarest members; only those are looked up.
"""

import re
from collections import Counter, defaultdict
from collections.abc import Hashable, Iterable, Mapping
from dataclasses import dataclass
from itertools import pairwise
from math import ceil
from typing import TypeVar

from quiz.assessment.items.item import without_accents

Name = TypeVar("Name", bound=Hashable)

NEAR = 0.5
"""From this similarity two questions are shown as near-duplicates."""

_MOST_LOOKED_UP = 5_000
_MOST_COMPARED = 30
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
    Where thousands share their rarest words, each is compared with those that share most of them.
    """
    if not 0 < least <= 1:
        raise ValueError(f"least similarity must be above 0 and at most 1, not {least}")
    sets = {name: shingles(text) for name, text in texts.items()}
    ranked = _rarest_first(sets)
    by_member: defaultdict[int, list[str]] = defaultdict(list)
    found = []
    for name in sorted(ranked, key=lambda name: (len(ranked[name]), name)):
        members = ranked[name]
        prefix = _prefix(members, least)
        candidates = _promising(by_member[member] for member in prefix)
        found += _pairs(name, candidates, sets, least)
        for member in prefix:
            by_member[member].append(name)
    return sorted(found, key=lambda pair: (-pair.similarity, pair.first, pair.second))


def near_to(
    asked: Mapping[str, str], known: Mapping[str, str], least: float = NEAR
) -> dict[str, list[tuple[str, float]]]:
    """Asked text → the known texts at least this alike with their similarity, the most alike first.

    Texts without any are left out. Raises ValueError unless 0 < least <= 1. Only asked and known
    are compared: 300 questions against ten thousand take about a second. Where thousands share
    their rarest words, each is compared with those that share most of them.
    """
    if not 0 < least <= 1:
        raise ValueError(f"least similarity must be above 0 and at most 1, not {least}")
    sets = {(True, name): shingles(text) for name, text in known.items()}
    sets |= {(False, name): shingles(text) for name, text in asked.items()}
    ranked = _rarest_first(sets)
    by_member: defaultdict[int, list[tuple[bool, str]]] = defaultdict(list)
    for (is_known, name), members in ranked.items():
        for member in _prefix(members, least) if is_known else ():
            by_member[member].append((True, name))
    found: dict[str, list[tuple[str, float]]] = {}
    for (is_known, name), members in ranked.items():
        if is_known:
            continue
        others = _promising(by_member[member] for member in _prefix(members, least))
        alike = [
            (other[1], similarity)
            for other in others
            if (similarity := _jaccard(sets[False, name], sets[other])) >= least
        ]
        if alike:
            found[name] = sorted(alike, key=lambda pair: (-pair[1], pair[0]))
    return found


def same_words(texts: Mapping[Name, str]) -> dict[Name, list[Name]]:
    """Each text → the others of the very same words in the same pairs; those alone left out."""
    alike: defaultdict[frozenset[str], list[Name]] = defaultdict(list)
    for name, text in texts.items():
        if words := shingles(text):
            alike[words].append(name)
    return {
        name: [other for other in names if other != name]
        for names in alike.values()
        if len(names) > 1
        for name in names
    }


def shingles(text: str) -> frozenset[str]:
    """Pairs of neighbouring words, and both ends; capitals, accents and signs do not count."""
    words = _WORD.findall(without_accents(text.casefold()))
    return frozenset(f"{one} {other}" for one, other in pairwise(["", *words, ""]) if one or other)


def _prefix(members: list[int], least: float) -> list[int]:
    """The rarest members, one of which every set at least this alike shares."""
    return members[: len(members) - ceil(least * len(members)) + 1]


def _promising(holders: Iterable[list[Name]]) -> list[Name]:
    """Of the texts that hold the rarest words, those that hold most of them.

    ``holders`` are the texts by word, the rarest first; all of them unless they are very many.
    """
    shared: Counter[Name] = Counter()
    looked_up = 0
    for names in holders:
        shared.update(names)
        looked_up += len(names)
        if looked_up > _MOST_LOOKED_UP:
            return [name for name, _ in shared.most_common(_MOST_COMPARED)]
    return list(shared)


def _jaccard(one: frozenset[str], other: frozenset[str]) -> float:
    common = len(one & other)
    return common / (len(one) + len(other) - common)


def _rarest_first(sets: Mapping[Name, frozenset[str]]) -> dict[Name, list[int]]:
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
        similarity = _jaccard(members, others)
        if similarity >= least:
            found.append(Pair(min(name, other), max(name, other), similarity))
    return found
