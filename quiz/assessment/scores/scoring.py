"""Scores: a pure function of item version, rulings in force and what was chosen.

Every number is an exact Fraction; rounding happens once, where a page or file prints it.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from fractions import Fraction

from quiz.assessment.items.item import Chosen, Item
from quiz.assessment.items.types import ITEM_TYPES
from quiz.assessment.scores.ruling import ONE, Ruling, readings

ZERO = Fraction(0)


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
    return share(points, maximum) if maximum else None


def share(points: Fraction, maximum: Fraction) -> Fraction:
    """Points on 0 to 100 of a maximum above 0."""
    (earned, of_earned), (most, of_most) = points.as_integer_ratio(), maximum.as_integer_ratio()
    return Fraction(100 * earned * of_most, of_earned * most)


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
    best = max(item_type.score(reading, chosen) for reading in readings(item, in_force))
    return ItemScore(best, ONE)


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
