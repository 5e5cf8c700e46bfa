"""Ticking what a speaker has talked about, and taking the tick back."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy.orm import Session

from quiz.models import CoveredPassage, Event, Passage
from quiz.models.refusals import Refused
from quiz.queries.scores.groups.gap_board import tests_of, ticks_of


def cover(
    session: Session, event: Event, passages: Sequence[Passage], by: int, now: datetime
) -> bool:
    """Tick these passages for the account ``by``; the first tick of each counts. False where
    nothing is new.

    Raises Refused while the pre-test goes on, and once the post-test has closed.
    """
    ticked = {tick.passage_id for tick in _changeable(session, event, now)}
    new = [passage for passage in passages if passage.id not in ticked]
    session.add_all(
        CoveredPassage(event_id=event.id, passage=passage, by_id=by, at=now) for passage in new
    )
    return bool(new)


def uncover(session: Session, event: Event, passages: Sequence[Passage], now: datetime) -> bool:
    """Take the ticks of these passages back. False where there is none. Raises as ``cover``."""
    wanted = {passage.id for passage in passages}
    gone = [tick for tick in _changeable(session, event, now) if tick.passage_id in wanted]
    for tick in gone:
        session.delete(tick)
    return bool(gone)


def _changeable(session: Session, event: Event, now: datetime) -> tuple[CoveredPassage, ...]:
    """The event's ticks, held until the end of the transaction."""
    session.flush()
    session.refresh(event, with_for_update=True)
    refusal = tests_of(session, event).refusal_to_tick(now)
    if refusal:
        raise Refused(refusal)
    return ticks_of(session, event)
