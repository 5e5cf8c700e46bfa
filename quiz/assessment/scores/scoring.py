"""Scores: a pure function of item version, rulings in force and what was chosen.

Every number is an exact Fraction; rounding happens once, where a page or file prints it.
"""

import hashlib
import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from fractions import Fraction
from itertools import combinations
from typing import Literal

from quiz.assessment.items.item import Chosen, Item
from quiz.assessment.items.types import ITEM_TYPES

ZERO = Fraction(0)
ONE = Fraction(1)

RulingKind = Literal["weights", "accept", "void"]


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


@dataclass(frozen=True)
class ItemScore:
    """Points out of a maximum for one response; 0 of 0 when the item is void."""

    points: Fraction
    maximum: Fraction


@dataclass(frozen=True)
class Scored:
    """One position of an attempt: the item version asked there and what was chosen."""

    position: int
    item: Item
    version_uid: str
    chosen: Chosen


@dataclass(frozen=True)
class AttemptScore:
    """Points of one attempt. Knowledge and judgement are two numbers and are never added.

    `answered` and `blank` count positions, void ones too.
    """

    knowledge_points: Fraction
    knowledge_max: Fraction
    judgement_points: Fraction
    judgement_max: Fraction
    answered: int
    blank: int


def percent(points: Fraction, maximum: Fraction) -> Fraction | None:
    """Points on 0 to 100; None when the maximum is 0."""
    return 100 * points / maximum if maximum else None


def score_response(item: Item, chosen: Chosen, rulings: Iterable[Ruling] = ()) -> ItemScore:
    """The score of one response, 0 to 1 point; a blank earns 0 of 1.

    `rulings` are those in force for this item's version, oldest first: of two that weigh the
    same option, the later holds.
    """
    in_force = tuple(rulings)
    if any(ruling.kind == "void" for ruling in in_force):
        return ItemScore(ZERO, ZERO)
    if not chosen:
        return ItemScore(ZERO, ONE)
    item_type = ITEM_TYPES[item.type]
    readings = _readings(_reweighed(item, in_force), in_force)
    return ItemScore(max(item_type.score(reading, chosen) for reading in readings), ONE)


def summed(entries: Sequence[Scored], scores: Sequence[ItemScore]) -> AttemptScore:
    """The score of one attempt whose items are scored already, in the order of `entries`."""
    points = {"knowledge": ZERO, "judgement": ZERO}
    maximum = {"knowledge": ZERO, "judgement": ZERO}
    for entry, score in zip(entries, scores, strict=True):
        scale = ITEM_TYPES[entry.item.type].scale
        points[scale] += score.points
        maximum[scale] += score.maximum
    answered = sum(bool(entry.chosen) for entry in entries)
    return AttemptScore(
        knowledge_points=points["knowledge"],
        knowledge_max=maximum["knowledge"],
        judgement_points=points["judgement"],
        judgement_max=maximum["judgement"],
        answered=answered,
        blank=len(entries) - answered,
    )


def passed(percent: Fraction | None, pass_mark: Fraction | int | None) -> bool | None:
    """Whether an exact, unrounded percent reaches the pass mark (0 to 100).

    None when there is no percent or no pass mark to hold it to.
    """
    if percent is None or pass_mark is None:
        return None
    return percent >= pass_mark


def as_ruled(item: Item, rulings: Iterable[Ruling]) -> Item:
    """The item with the weights that count now: those ruled, and 1 for every accepted option.

    For showing which options are right. Scores come from `score_response`: accepting an option
    there never costs a point. `rulings` are those in force for this version, oldest first.
    """
    in_force = tuple(rulings)
    return _with_weights(_reweighed(item, in_force), dict.fromkeys(_accepted(in_force), ONE))


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


def _readings(item: Item, rulings: Iterable[Ruling]) -> Iterator[Item]:
    """The item with any of the accepted options as keys, none of them to all of them."""
    accepted = _accepted(rulings)
    for count in range(len(accepted) + 1):
        for keys in combinations(sorted(accepted), count):
            yield _with_weights(item, dict.fromkeys(keys, ONE))


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
