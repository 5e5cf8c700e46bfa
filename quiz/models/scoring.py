"""Scores of attempts: computed by the pure rules, kept one row per set of rulings."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from fractions import Fraction
from itertools import chain
from types import MappingProxyType
from typing import Any

from sqlalchemy import insert, select, update
from sqlalchemy.orm import Session

from quiz.assessment.attempt_state import AttemptState
from quiz.assessment.item import Chosen
from quiz.assessment.item_types import ITEM_TYPES
from quiz.assessment.scoring import (
    ItemScore,
    Ruling,
    Scored,
    ruling_set_digest,
    score_response,
    summed,
)
from quiz.models.attempts import Attempt, ResponseRow, Score
from quiz.models.bank import ItemVersion, RulingRow
from quiz.models.forms import Asked
from quiz.models.taking import asked_in, chosen_at

Marks = dict[tuple[str, Chosen], ItemScore]
"""What a choice at a version earned, so that a thousand equal choices are scored once."""


def rulings_for(
    session: Session, version_uids: Sequence[str], but: RulingRow | None = None
) -> list[Ruling]:
    """The rulings in force on these item versions, oldest first; all of them ``but`` one."""
    rows = session.execute(
        select(RulingRow, ItemVersion.uid)
        .join(ItemVersion, ItemVersion.id == RulingRow.item_version_id)
        .where(ItemVersion.uid.in_(version_uids), RulingRow.withdrawn_at.is_(None))
        .order_by(RulingRow.id)
    )
    return [ruling_from(row, uid) for row, uid in rows if row is not but]


def ruling_from(row: RulingRow, version_uid: str) -> Ruling:
    """The pure ruling of a stored one."""
    weights = {option: Fraction(weight) for option, weight in row.weights.items()}
    if row.kind == "accept":
        return Ruling(version_uid, "accept", options=tuple(sorted(weights)))
    return Ruling(version_uid, "void" if row.kind == "void" else "weights", weights=weights)


def is_final(attempt: Attempt, score: Score) -> bool:
    """False for a score made before the officer gave a closed sitting more time.

    Of a finished attempt. Reads its sitting.
    """
    return attempt.submitted_at is not None or score.made_at >= attempt.times.accepts_until


def computed_score(session: Session, attempt: Attempt, now: datetime) -> Score:
    """The score of what is stored now, not yet added to the session."""
    return computed_scores(session, [attempt], now)[attempt.id]


def computed_scores(
    session: Session,
    attempts: Sequence[Attempt],
    now: datetime,
    supposed: Mapping[str, Sequence[Ruling]] = MappingProxyType({}),
) -> dict[int, Score]:
    """Attempt id → the score of what is stored now, not added to the session.

    ``supposed`` gives versions (by uid) other rulings than are stored for them. Reads each
    attempt's sitting and enrolment; beyond these, two queries and one for each form not yet in
    memory, however many attempts.
    """
    if not attempts:
        return {}
    responses = _responses_by_attempt(session, attempts)
    asked = {attempt.id: asked_in(session, attempt) for attempt in attempts}
    uids = {a.version_uid for positions in asked.values() for a in positions.values()}
    stored = rulings_for(session, sorted(uids))
    rulings = [ruling for ruling in stored if ruling.item_version not in supposed]
    rulings += chain.from_iterable(supposed.values())
    marks: Marks = {}
    scores = {
        attempt.id: _score(attempt, asked[attempt.id], responses[attempt.id], rulings, marks)
        for attempt in attempts
    }
    for row in scores.values():
        row.made_at = now
    return scores


def _responses_by_attempt(
    session: Session, attempts: Sequence[Attempt]
) -> dict[int, dict[int, ResponseRow]]:
    found: dict[int, dict[int, ResponseRow]] = {attempt.id: {} for attempt in attempts}
    rows = session.scalars(
        select(ResponseRow).where(ResponseRow.attempt_id.in_(found)),
        execution_options={"populate_existing": True},  # written past the session's memory
    )
    for row in rows:
        found[row.attempt_id][row.position] = row
    return found


def _score(
    attempt: Attempt,
    asked: Mapping[int, Asked],
    responses: dict[int, ResponseRow],
    every_ruling: Sequence[Ruling],
    marks: Marks,
) -> Score:
    entries = [
        Scored(position, a.item, a.version_uid, chosen_at(responses, position))
        for position, a in asked.items()
    ]
    uids = {entry.version_uid for entry in entries}
    rulings = [ruling for ruling in every_ruling if ruling.item_version in uids]
    earned = [_mark(entry, rulings, marks) for entry in entries]
    total = summed(entries, earned)
    return Score(
        attempt_id=attempt.id,
        ruling_digest=ruling_set_digest(rulings),
        knowledge_points=total.knowledge_points,
        knowledge_max=total.knowledge_max,
        judgement_points=total.judgement_points,
        judgement_max=total.judgement_max,
        answered=total.answered,
        blank=total.blank,
        items=[_item_entry(*both) for both in zip(entries, earned, strict=True)],
    )


def _mark(entry: Scored, rulings: Sequence[Ruling], marks: Marks) -> ItemScore:
    key = (entry.version_uid, entry.chosen)
    if key not in marks:
        applying = [ruling for ruling in rulings if ruling.item_version == entry.version_uid]
        marks[key] = score_response(entry.item, entry.chosen, applying)
    return marks[key]


def _item_entry(entry: Scored, earned: ItemScore) -> list[Any]:
    return [
        entry.position,
        entry.version_uid,
        entry.item.topic,
        ITEM_TYPES[entry.item.type].scale,
        str(earned.points),
        str(earned.maximum),
    ]


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
