"""What to say at the next assembly (*apel*): what people still misread, or the material.

It is said in public. So it tells of many people, of no key that somebody may still need, and of no
explanation that a ruling has overtaken.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import islice

from sqlalchemy.orm import Session

from quiz.assessment.analysis.suppression import PUBLIC_MINIMUM
from quiz.assessment.items.item import Item
from quiz.assessment.items.types import ITEM_TYPES
from quiz.formats import date_id
from quiz.models import Event, Passage, Reference, Sitting
from quiz.queries.scores.misread import Misread, misread
from quiz.queries.scores.standings import counted_sittings
from quiz.queries.sources.material import articles_by_code, materials
from quiz.queries.taking.keys import keys_are_out, still_asking

MOST = 3
"""So many points fit one morning's assembly."""

INSTEAD = "instead"
"""Role of the passages that say what one may do."""


@dataclass(frozen=True)
class Point:
    """A sentence to say, why it is so ("" where the sentence is all), and the article, if any."""

    sentence: str
    explanation: str = ""
    article: Reference | None = None

    @property
    def place(self) -> str:
        """Which article, without its words; "" for none."""
        return f"{self.article.law} {self.article.article}".strip() if self.article else ""


@dataclass(frozen=True)
class Apel:
    """``points`` for all offices of an event, where they come from (``source``), an item to discuss
    without its key (None: there is none to show), and whether a checker signed all of it."""

    points: Sequence[Point]
    source: str
    misread: bool
    item: Item | None = None
    signed: bool = True


def apel(session: Session, event: Event, now: datetime) -> Apel:
    """Of the newest sitting that is over and whose keys are out; else of the material.

    A constant number of queries.
    """
    newest = _newest(session, event, now)
    if newest is None:
        return _material(
            session,
            "Belum ada kuis kegiatan ini yang selesai dan terbuka pembahasannya, jadi yang "
            "disampaikan kalimat dari bahan.",
        )
    rows = _tellable(session, newest, now)
    if not rows:
        return _material(
            session,
            f"Pada {newest.label} tidak ada kalimat yang sering keliru, atau pesertanya kurang "
            f"dari {PUBLIC_MINIMUM} orang; yang disampaikan kalimat dari bahan.",
        )
    told = _distinct(rows)
    cited = {code for row in told.values() for code in row.row.item.references}
    articles = articles_by_code(session, cited)
    item = _to_discuss([row for row in rows if row not in told.values()], [*told.values()])
    shown = [row for row in rows if row in told.values() or row.row.item is item]
    return Apel(
        [_point(sentence, row, articles) for sentence, row in told.items()],
        f"Yang paling sering keliru pada {newest.label}, {date_id(newest.opens_at)}, dari semua "
        "unit bersama.",
        misread=True,
        item=item,
        signed=all(_signed(row) for row in shown),
    )


def _newest(session: Session, event: Event, now: datetime) -> Sitting | None:
    """The latest sitting that is over, if its keys are out."""
    over = [
        sitting
        for sitting in counted_sittings(session, event)
        if sitting.prepared_at is not None and now >= sitting.last_arrival
    ]
    newest = max(over, key=lambda each: (each.closes_at, each.id), default=None)
    return newest if newest is not None and keys_are_out(newest, now) else None


def _tellable(session: Session, sitting: Sitting, now: datetime) -> list[Misread]:
    rows = misread(session, sitting, now)
    awaited = still_asking(session, [row.row.code for row in rows], now)
    return [
        row
        for row in rows
        if row.facility.n >= PUBLIC_MINIMUM and row.row.code not in awaited and not row.row.rulings
    ]


def _distinct(rows: Sequence[Misread]) -> dict[str, Misread]:
    """Sentence → the row it stands for, MOST of them, no sentence twice."""
    found: dict[str, Misread] = {}
    for row in rows:
        sentences = row.sentences or (row.row.item.stem,)
        new = next((each for each in sentences if each not in found), None)
        if new is not None and len(found) < MOST:
            found[new] = row
    return found


def _point(sentence: str, row: Misread, articles: dict[str, Reference]) -> Point:
    item = row.row.item
    article = next((articles[code] for code in item.references if code in articles), None)
    return Point(sentence, item.explanation, article)


def _to_discuss(others: Sequence[Misread], points: Sequence[Misread]) -> Item:
    """One that is no point already, and short: without a scene; else the first point's own."""
    items = [row.row.item for row in (*others, *points)]
    return next((i for i in items if not ITEM_TYPES[i.type].scene(i)), points[0].row.item)


def _signed(row: Misread) -> bool:
    bank_item = row.row.version.bank_item
    return bank_item.signed_at is not None and bank_item.published_id == row.row.version.id


def _material(session: Session, source: str) -> Apel:
    return Apel(
        [Point(passage.text) for passage in islice(_passages(session), MOST)],
        source,
        misread=False,
    )


def _passages(session: Session) -> Iterator[Passage]:
    """What one may do first, in teaching order; then everything else."""
    every = [passage for material in materials(session) for passage in material.passages]
    yield from (passage for passage in every if passage.role == INSTEAD)
    yield from (passage for passage in every if passage.role != INSTEAD)
