"""Attempts and their scores as plain values, for what reads thousands of them at once."""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from fractions import Fraction
from typing import Any, NamedTuple

from sqlalchemy import Select, Text, cast, select

from quiz.assessment.attempt_state import AttemptState
from quiz.models import Attempt, Score, Sitting
from quiz.models.taking.attempts import times_in


class Tried(NamedTuple):
    """An attempt, as ``Attempt`` has it."""

    id: int
    started_at: datetime
    submitted_at: datetime | None
    feedback_at: datetime | None
    extra_seconds: int
    after_release: bool
    typed_by_id: int | None

    @property
    def on_paper(self) -> bool:
        """True when somebody typed it from paper."""
        return self.typed_by_id is not None


@dataclass(frozen=True, slots=True)
class Earned:
    """A stored score, as ``Score`` has it. Its items are parsed each time they are asked for: as
    text they are a twentieth of the objects, which Python would look through again and again."""

    answered: int
    knowledge_points: Fraction
    knowledge_max: Fraction
    judgement_points: Fraction
    judgement_max: Fraction
    stored_items: str

    @property
    def items(self) -> list[list[Any]]:
        """[position, version uid, topic, scale, points, maximum] of each."""
        found: list[list[Any]] = json.loads(self.stored_items)
        return found


class Held(NamedTuple):
    """An attempt with its state, and with its stored score where it is over and that is final."""

    attempt: Tried
    state: AttemptState
    score: Earned | None


_TRIED = (
    Attempt.id,
    Attempt.started_at,
    Attempt.submitted_at,
    Attempt.feedback_at,
    Attempt.extra_seconds,
    Attempt.after_release,
    Attempt.typed_by_id,
)
_EARNED = (
    Score.answered,
    Score.knowledge_points,
    Score.knowledge_max,
    Score.judgement_points,
    Score.judgement_max,
    cast(Score.items, Text),
)


def held_columns(*before: Any) -> Select[Any]:
    """A select of columns of one's own and, behind them, of what ``held`` reads."""
    columns = select(*before, *_TRIED, Score.made_at, *_EARNED).select_from(Attempt)
    return columns.outerjoin(Score, (Score.attempt_id == Attempt.id) & Score.current)


def held(sitting: Sitting, columns: Sequence[Any], now: datetime) -> Held:
    """The attempt at ``sitting`` in these columns.

    A score made before the officer gave a closed sitting more time is not final.
    """
    attempt, made_at = Tried(*columns[: len(_TRIED)]), columns[len(_TRIED)]
    times = times_in(sitting, attempt)
    state = times.state(now)
    if made_at is None or state is not AttemptState.FINISHED or made_at < times.settled_at:
        return Held(attempt, state, None)
    return Held(attempt, state, Earned(*columns[len(_TRIED) + 1 :]))
