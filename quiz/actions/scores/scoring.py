"""Keeping scores of attempts, one row per set of rulings."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import insert, select, update
from sqlalchemy.orm import Session

from quiz.assessment.attempt_state import AttemptState
from quiz.models.taking.attempts import Attempt, Score
from quiz.queries.scores.computed import computed_by_id, computed_score


def score(session: Session, attempt: Attempt, now: datetime) -> Score:
    """The current score row of a finished attempt, written when missing or when it says otherwise.

    It does after a ruling, and when a sitting that had closed was given more time.

    Raises ValueError for an attempt that still runs: its score may yet change.
    """
    if attempt.state(now) is not AttemptState.FINISHED:
        raise ValueError(f"attempt {attempt.uid} is not finished")
    fresh = computed_score(session, attempt, now)
    current = _current_scores(session, [attempt.id]).get(attempt.id)
    if current is not None and _same(current, fresh):
        return current
    _supersede(session, [attempt.id])
    session.add(fresh)
    session.flush()
    return fresh


def keep_scores(session: Session, computed: Sequence[Score]) -> None:
    """Make the computed scores current where the stored rows are missing or say otherwise.

    Three statements, however many attempts.
    """
    stored = _current_scores(session, [score.attempt_id for score in computed])
    new = [
        score
        for score in computed
        if score.attempt_id not in stored or not _same(stored[score.attempt_id], score)
    ]
    if new:
        _supersede(session, [score.attempt_id for score in new])
        session.execute(insert(Score), [_values(score) for score in new])


def reckon(session: Session, attempt_ids: Sequence[int], now: datetime) -> None:
    """Make the scores of these attempts, which are over, as what is stored now gives them."""
    keep_scores(session, list(computed_by_id(session, attempt_ids, now).values()))


def _current_scores(session: Session, attempt_ids: Sequence[int]) -> dict[int, Score]:
    rows = session.scalars(
        select(Score).where(Score.attempt_id.in_(attempt_ids), Score.current.is_(True))
    )
    return {row.attempt_id: row for row in rows}


def _supersede(session: Session, attempt_ids: Sequence[int]) -> None:
    session.execute(
        update(Score)
        .where(Score.attempt_id.in_(attempt_ids), Score.current.is_(True))
        .values(current=False)
    )


def _values(score: Score) -> dict[str, Any]:
    """The columns of a computed score, for one INSERT of many rows."""
    columns = [column.key for column in Score.__table__.columns]
    written = {name: getattr(score, name) for name in columns if name not in {"id", "current"}}
    return written | {"current": True}


def _same(stored: Score, fresh: Score) -> bool:
    return (stored.ruling_digest, stored.items, stored.answered) == (
        fresh.ruling_digest,
        fresh.items,
        fresh.answered,
    )
