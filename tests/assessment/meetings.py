"""Meetings with an item, for tests of its analysis."""

from fractions import Fraction

from quiz.assessment.analysis.item_analysis import Meeting
from quiz.assessment.items.item import Item
from quiz.assessment.scores.scoring import score_response


def meeting(
    of: Item,
    chosen: str = "",
    rest: float | Fraction | None = 0.5,
    sure: int | None = None,
    sitting: str = "pre",
) -> Meeting:
    """Somebody who chose the options with these letters, "" for a blank."""
    earned = score_response(of, tuple(chosen))
    return Meeting(
        sitting=sitting,
        chosen=tuple(chosen),
        confidence=sure,
        share=earned.points / earned.maximum if earned.maximum else None,
        rest=None if rest is None else Fraction(rest),
    )


def crowd(of: Item, low: str, middle: str, high: str, **more: object) -> list[Meeting]:
    """A person per letter, "-" for a blank, whose rest scores put them into that third.

    Rest scores differ within a third, so that thirds of equal size are cut where they should be.
    """
    found = []
    for start, letters in ((0, low), (100, middle), (200, high)):
        for place, letter in enumerate(letters):
            rest = Fraction(start + place, 300)
            found.append(meeting(of, letter.replace("-", ""), rest, **more))  # type: ignore[arg-type]
    return found
