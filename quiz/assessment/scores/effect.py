"""What a ruling would do to the scores of finished attempts."""

from collections.abc import Iterable
from dataclasses import dataclass
from fractions import Fraction

from quiz.assessment.analysis.suppression import shown_parts
from quiz.assessment.scores.scoring import passed


@dataclass(frozen=True)
class ScoreChange:
    """One finished attempt: its percent (0 to 100) on the item's scale before and after.

    None where nothing counts. `pass_mark` is None where nobody passes or fails, as in judgement.
    """

    before: Fraction | None
    after: Fraction | None
    pass_mark: int | None


@dataclass(frozen=True)
class Effect:
    """How many attempts rise, fall or stay, lose every item that counted, pass or fail anew."""

    up: int = 0
    down: int = 0
    same: int = 0
    emptied: int = 0
    newly_passed: int = 0
    newly_failed: int = 0

    @property
    def attempts(self) -> int:
        """All of them."""
        return self.up + self.down + self.same + self.emptied


@dataclass(frozen=True)
class ShownEffect:
    """What may be shown of an effect on `attempts`; None is withheld, or nobody to speak of.

    `down` includes those who lose every item that counted.
    """

    attempts: int = 0
    up: int | None = None
    down: int | None = None
    same: int | None = None
    newly_passed: int | None = None
    newly_failed: int | None = None


def shown_effect(found: Effect) -> ShownEffect:
    """`found` without any number about one to four people, nor one from which such follows."""
    if not found.attempts:
        return ShownEffect()
    down = found.down + found.emptied
    ways = shown_parts({"up": found.up, "down": down, "same": found.same})
    return ShownEffect(
        attempts=found.attempts,
        up=found.up if "up" in ways else None,
        down=down if "down" in ways else None,
        same=found.same if "same" in ways else None,
        newly_passed=_part_of(found.up, found.newly_passed) if "up" in ways else None,
        newly_failed=_part_of(down, found.newly_failed) if "down" in ways else None,
    )


def _part_of(whole: int, part: int) -> int | None:
    return part if "part" in shown_parts({"part": part, "rest": whole - part}) else None


def effect(changes: Iterable[ScoreChange]) -> Effect:
    """The sum of these changes."""
    listed = list(changes)
    directions = [_direction(change) for change in listed]
    verdicts = [
        (passed(change.before, change.pass_mark), passed(change.after, change.pass_mark))
        for change in listed
    ]
    return Effect(
        up=directions.count("up"),
        down=directions.count("down"),
        same=directions.count("same"),
        emptied=directions.count("emptied"),
        newly_passed=sum(after is True and before is not True for before, after in verdicts),
        newly_failed=sum(before is True and after is not True for before, after in verdicts),
    )


def _direction(change: ScoreChange) -> str:
    if change.after is None:
        return "same" if change.before is None else "emptied"
    if change.before is None or change.after > change.before:
        return "up"
    return "same" if change.after == change.before else "down"
