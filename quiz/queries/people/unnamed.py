"""What is kept of attempts whose people are erased, scored by the rulings that hold today."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass

from sqlalchemy import ColumnElement, select
from sqlalchemy.orm import Session

from quiz.assessment.items.item import Chosen, Item
from quiz.assessment.scores.scoring import Scored
from quiz.models import Erasure, Event, ItemVersion, Score, Sitting, UnnamedAttempt
from quiz.queries.scores.computed import Marks, rulings_for, scored


@dataclass(frozen=True, slots=True)
class Unnamed:
    """One attempt. ``key`` is its own and nobody's; ``given`` is position → chosen, sureness.

    ``told`` says which versions of its sitting may be told of, and whether most met them first
    there. Versions that fewer than five met are left out of it all.
    """

    key: int
    sitting: Sitting
    score: Score
    given: Mapping[int, tuple[Chosen, int | None]]
    told: Mapping[str, bool]


def unnamed_attempts(
    session: Session, conditions: Sequence[ColumnElement[bool]]
) -> Iterator[Unnamed]:
    """Those at sittings that meet these conditions on Sitting and Event.

    One query where there is none, else three.
    """
    rows = session.execute(
        select(UnnamedAttempt.id, UnnamedAttempt.given, Sitting, Erasure)
        .join(UnnamedAttempt.sitting)
        .join(Sitting.event)
        .join(Erasure, Erasure.event_id == Event.id)
        .where(*conditions)
    ).all()
    uids = {uid for _, given, *_ in rows for _, uid, *_ in given if uid is not None}
    items = _items(session, uids) if uids else {}
    rulings = rulings_for(session, sorted(uids)) if uids else []
    marks: Marks = {}
    for key, given, sitting, erasure in rows:
        kept = [(position, *more) for position, *more in given if more[0] is not None]
        entries = [
            Scored(position, items[uid], uid, tuple(chosen)) for position, uid, chosen, _ in kept
        ]
        yield Unnamed(
            key,
            sitting,
            scored(entries, rulings, marks),
            {position: (tuple(chosen), sure) for position, _, chosen, sure in kept},
            erasure.told.get(sitting.uid, {}),
        )


def _items(session: Session, uids: Collection[str]) -> dict[str, Item]:
    rows = session.execute(
        select(ItemVersion.uid, ItemVersion.content).where(ItemVersion.uid.in_(uids))
    )
    return {uid: Item.from_json(content) for uid, content in rows}
