"""Rulings: what a correction to an item version says, and what the item is under it."""

import hashlib
import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from fractions import Fraction
from itertools import combinations
from typing import Literal

from quiz.assessment.items.item import Item

ONE = Fraction(1)

RulingKind = Literal["weights", "accept", "void"]

KIND_WORDS: dict[RulingKind, str] = {
    "accept": "jawaban lain diterima juga",
    "weights": "bobot opsi diubah",
    "void": "dibatalkan, tidak dihitung",
}
"""What each kind of ruling does, for reports and the audit log."""


@dataclass(frozen=True)
class Ruling:
    """A correction to one item version, made after people answered it.

    - `weights`: the options in `weights` weigh this instead (0 to 1); others keep theirs.
    - `accept`: each of the options in `options` is right too. A response is scored with and
      without each of them as a key and the best counts, so accepting never costs a point.
    - `void`: the item leaves every score; its maximum becomes 0. It outranks the others.
    """

    item_version: str
    kind: RulingKind
    weights: Mapping[str, Fraction] = field(default_factory=dict, hash=False)
    options: tuple[str, ...] = ()


def ruling_words(item: Item, ruling: Ruling) -> str:
    """What a ruling says, with the texts of its options: letters differ from person to person."""
    if ruling.kind == "void":
        return "Soal ini dibatalkan dan tidak dihitung."
    named = [option for option in item.options if option.id in _concerned(ruling)]
    if ruling.kind == "accept":
        return f"Diterima juga: {'; '.join(f'“{option.text}”' for option in named)}."
    weights = [f"“{option.text}” {ruling.weights[option.id]}" for option in named]
    return f"Bobot sekarang: {'; '.join(weights)}."


def _concerned(ruling: Ruling) -> set[str]:
    return {*ruling.options, *ruling.weights}


def as_ruled(item: Item, rulings: Iterable[Ruling]) -> Item:
    """The item with the weights that count now: those ruled, and 1 for every accepted option.

    For showing which options are right. Scores come from `score_response`: accepting an option
    there never costs a point. `rulings` are those in force for this version, oldest first.
    """
    in_force = tuple(rulings)
    return _with_weights(_reweighed(item, in_force), dict.fromkeys(_accepted(in_force), ONE))


def readings(item: Item, rulings: Iterable[Ruling]) -> Iterator[Item]:
    """Every item a response may be scored as; the best of these scores counts.

    The weights are those ruled, and any of the accepted options are keys: none to all of them.
    """
    in_force = tuple(rulings)
    reweighed, accepted = _reweighed(item, in_force), sorted(_accepted(in_force))
    for count in range(len(accepted) + 1):
        for keys in combinations(accepted, count):
            yield _with_weights(reweighed, dict.fromkeys(keys, ONE))


def ruling_set_digest(rulings: Iterable[Ruling]) -> str:
    """32 hex digits that name a set of rulings: equal sets score equally, on every machine.

    The order of rulings on different versions does not matter; that of rulings on the same
    version does, because the later holds.
    """
    in_order = sorted(rulings, key=lambda ruling: ruling.item_version)
    canonical = json.dumps([_canonical(ruling) for ruling in in_order], separators=(",", ":"))
    return hashlib.sha256(canonical.encode()).hexdigest()[:32]


def _reweighed(item: Item, rulings: Iterable[Ruling]) -> Item:
    weights: dict[str, Fraction] = {}
    for ruling in rulings:
        if ruling.kind == "weights":
            weights |= ruling.weights
    return _with_weights(item, weights)


def _accepted(rulings: Iterable[Ruling]) -> set[str]:
    return {option for ruling in rulings if ruling.kind == "accept" for option in ruling.options}


def _with_weights(item: Item, weights: Mapping[str, Fraction]) -> Item:
    if not weights:
        return item
    options = (replace(o, weight=weights.get(o.id, o.weight)) for o in item.options)
    return replace(item, options=tuple(options))


def _canonical(ruling: Ruling) -> list[object]:
    weights = sorted((option, str(weight)) for option, weight in ruling.weights.items())
    return [ruling.item_version, ruling.kind, weights, sorted(ruling.options)]
