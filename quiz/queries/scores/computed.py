"""Scores of attempts as the pure rules compute them from what is stored; nothing is kept."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from fractions import Fraction
from itertools import chain
from types import MappingProxyType
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session, joinedload

from quiz.assessment.items.item import Chosen
from quiz.assessment.items.types import ITEM_TYPES
from quiz.assessment.scores.ruling import Ruling, ruling_set_digest
from quiz.assessment.scores.scoring import ItemScore, Scored, score_response, summed
from quiz.models.bank.items import ItemVersion
from quiz.models.scores.rulings import StoredRuling
from quiz.models.taking.attempts import Attempt, Score, StoredResponse
from quiz.queries.taking.asked import Asked, asked_in, chosen_at

Marks = dict[tuple[str, Chosen], ItemScore]
"""What a choice at a version earned, so that a thousand equal choices are scored once."""


def rulings_for(
    session: Session, version_uids: Sequence[str], but: StoredRuling | None = None
) -> list[Ruling]:
    """The rulings in force on these item versions, oldest first; all of them ``but`` one."""
    rows = session.execute(
        select(StoredRuling, ItemVersion.uid)
        .join(ItemVersion, ItemVersion.id == StoredRuling.item_version_id)
        .where(ItemVersion.uid.in_(version_uids), StoredRuling.withdrawn_at.is_(None))
        .order_by(StoredRuling.id)
    )
    return [ruling_from(row, uid) for row, uid in rows if row is not but]


def ruling_from(row: StoredRuling, version_uid: str) -> Ruling:
    """The pure ruling of a stored one."""
    weights = {option: Fraction(weight) for option, weight in row.weights.items()}
    if row.kind == "accept":
        return Ruling(version_uid, "accept", options=tuple(sorted(weights)))
    return Ruling(version_uid, "void" if row.kind == "void" else "weights", weights=weights)


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


def computed_by_id(session: Session, attempt_ids: Sequence[int], now: datetime) -> dict[int, Score]:
    """The same of attempts that are not in memory: one query more, none where there are none."""
    if not attempt_ids:
        return {}
    attempts = session.scalars(
        select(Attempt)
        .where(Attempt.id.in_(attempt_ids))
        .options(
            joinedload(Attempt.sitting, innerjoin=True),
            joinedload(Attempt.enrolment, innerjoin=True),
        )
    )
    return computed_scores(session, attempts.all(), now)


def _responses_by_attempt(
    session: Session, attempts: Sequence[Attempt]
) -> dict[int, dict[int, StoredResponse]]:
    found: dict[int, dict[int, StoredResponse]] = {attempt.id: {} for attempt in attempts}
    rows = session.scalars(
        select(StoredResponse).where(StoredResponse.attempt_id.in_(found)),
        execution_options={"populate_existing": True},  # written past the session's memory
    )
    for row in rows:
        found[row.attempt_id][row.position] = row
    return found


def _score(
    attempt: Attempt,
    asked: Mapping[int, Asked],
    responses: dict[int, StoredResponse],
    every_ruling: Sequence[Ruling],
    marks: Marks,
) -> Score:
    entries = [
        Scored(position, a.item, a.version_uid, chosen_at(responses, position))
        for position, a in asked.items()
    ]
    score = scored(entries, every_ruling, marks)
    score.attempt_id = attempt.id
    return score


def scored(entries: Sequence[Scored], every_ruling: Sequence[Ruling], marks: Marks) -> Score:
    """The score of these positions under those of the rulings that concern them, of no attempt yet.

    ``marks`` is what was earned by equal choices before; it grows.
    """
    uids = {entry.version_uid for entry in entries}
    rulings = [ruling for ruling in every_ruling if ruling.item_version in uids]
    earned = [_mark(entry, rulings, marks) for entry in entries]
    total = summed(entries, earned)
    return Score(
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
