"""From a receipt back to the attempt it was given for."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session, contains_eager, joinedload

from quiz.models import Attempt, Enrolment, Event
from quiz.models.taking.attempts import StoredResponse
from quiz.queries.taking.asked import asked_in


@dataclass(frozen=True)
class Received:
    """An attempt and how much of it the server holds: ``answered`` of ``asked`` items."""

    attempt: Attempt
    answered: int
    asked: int


def attempts_by_receipt(
    session: Session, event: Event, code: str, receipt_of: Callable[[str], str]
) -> list[Received]:
    """Attempts of this event with the receipt ``code``, voided ones too; nearly always one.

    ``receipt_of`` derives the receipt from an attempt's uid: one whose time ran out has it stored
    only once somebody looked. That costs a hash for each such attempt.
    """
    candidates = session.execute(
        select(Attempt.id, Attempt.uid, Attempt.receipt)
        .join(Attempt.enrolment)
        .where(
            Enrolment.event_id == event.id,
            (Attempt.receipt == code) | Attempt.receipt.is_(None),
        )
    )
    found = [id_ for id_, uid, stored in candidates if (stored or receipt_of(uid)) == code]
    attempts = session.scalars(
        select(Attempt)
        .join(Attempt.enrolment)
        .options(
            contains_eager(Attempt.enrolment).joinedload(Enrolment.user, innerjoin=True),
            joinedload(Attempt.sitting, innerjoin=True),
        )
        .where(Attempt.id.in_(found))
        .order_by(Attempt.id)
    ).all()
    answered = _answered(session, attempts)
    return [
        Received(attempt, answered.get(attempt.id, 0), len(asked_in(session, attempt)))
        for attempt in attempts
    ]


def _answered(session: Session, attempts: Sequence[Attempt]) -> dict[int, int]:
    """Attempt id → positions with something chosen."""
    rows = session.execute(
        select(StoredResponse.attempt_id, StoredResponse.chosen).where(
            StoredResponse.attempt_id.in_([attempt.id for attempt in attempts])
        )
    )
    counted: dict[int, int] = {}
    for attempt_id, chosen in rows:
        counted[attempt_id] = counted.get(attempt_id, 0) + bool(chosen)
    return counted
