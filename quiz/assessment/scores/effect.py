"""What a ruling would do to the scores of finished attempts."""

from collections.abc import Iterable
from dataclasses import dataclass
from fractions import Fraction

from quiz.assessment.analysis.suppression import OFFICE_MINIMUM, Step, step_of, steps_hide
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
    """What may be shown of an effect on `attempts`, in steps of five.

    `down` includes those who lose every item that counted.
    """

    attempts: int
    up: Step
    down: Step
    same: Step
    newly_passed: Step
    newly_failed: Step


def shown_effect(found: Effect) -> ShownEffect | None:
    """`found` in steps of five; None where even they would tell of fewer than OFFICE_MINIMUM."""
    ways = {"up": found.up, "down": found.down + found.emptied, "same": found.same}
    if found.attempts < OFFICE_MINIMUM or not steps_hide(ways):
        return None
    return ShownEffect(
        attempts=found.attempts,
        up=step_of(ways["up"]),
        down=step_of(ways["down"]),
        same=step_of(ways["same"]),
        newly_passed=step_of(found.newly_passed),
        newly_failed=step_of(found.newly_failed),
    )


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
