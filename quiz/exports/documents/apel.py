"""What to say at the next assembly (*apel*): what people still misread, or the material.

It is said in public. So it tells of many people, of no key that somebody may still need, and of no
explanation that a ruling has overtaken.
"""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import islice

from sqlalchemy.orm import Session

from quiz.assessment.analysis.editions.figures import Hardest, SittingFigures, hardest_for
from quiz.assessment.analysis.sitting_report import ItemKey, ReportedSitting
from quiz.assessment.analysis.suppression import PUBLIC_MINIMUM
from quiz.assessment.analysis.unit_report import UnitRow
from quiz.assessment.items.item import Item
from quiz.assessment.items.types import ITEM_TYPES
from quiz.exports.documents.question_sheet import article_words
from quiz.formats import date_id
from quiz.models import Event, Passage, Reference, Sitting
from quiz.queries.scores.editions.published import Part
from quiz.queries.scores.items.misread import misread
from quiz.queries.scores.items.sayable import Sayable, sayable
from quiz.queries.scores.standings import counted_sittings
from quiz.queries.sources.material import materials
from quiz.queries.taking.keys import keys_are_out

MOST = 3
"""So many points fit one morning's assembly."""

NOTHING = (
    "Lembar apel belum dapat dibuat: belum ada hasil yang boleh disebut, dan bahan sosialisasi "
    "masih kosong. Isi bahannya dulu, atau tunggu pembahasan kuis terbuka."
)
"""The sentence for an apel without points."""

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

    @property
    def basis(self) -> str:
        """The article with its words; "" for none."""
        return article_words(self.article) if self.article else ""


@dataclass(frozen=True)
class Apel:
    """``points`` to say, where they come from (``source``), an item to discuss without its key
    (None: there is none to show), and whether a checker signed all of it."""

    points: Sequence[Point]
    source: str
    misread: bool
    item: Item | None = None
    signed: bool = True

    @property
    def scene(self) -> Sequence[str]:
        """What has to be read before the item's stem; nothing where it has no scene."""
        return ITEM_TYPES[self.item.type].scene(self.item) if self.item else ()

    @property
    def question(self) -> str:
        """What to ask everybody; below the item, if there is one."""
        if self.item is None:
            return (
                "Di mana hal ini dapat terjadi di kantor kita, dan apa yang sebaiknya kita lakukan?"
            )
        return "Mana yang tepat, dan mengapa?"

    @property
    def remark(self) -> str:
        """What has to be said of all of it."""
        unsigned = "Sebagian isinya dari paket awal, belum disahkan pemeriksa hukum. "
        return f"{'' if self.signed else unsigned}Tanpa nilai dan tanpa nama, untuk pembinaan."

    @property
    def heading(self) -> str:
        """What the points are."""
        return "Yang masih sering keliru" if self.misread else "Yang perlu diingat"


def apel(session: Session, event: Event, now: datetime) -> Apel:
    """For all offices of an event: of its newest sitting that is over and whose keys are out; else
    of the material. A constant number of queries."""
    newest = _newest(session, event, now)
    if newest is None:
        return _material(
            session,
            "Belum ada kuis kegiatan ini yang selesai dan terbuka pembahasannya, jadi yang "
            "disampaikan kalimat dari bahan.",
        )
    rows = [each.plain for each in misread(session, newest, now)]
    order = [each.key for each in rows if each.facility.n >= PUBLIC_MINIMUM]
    told = _told(sayable(session, order, now), order)
    if told is None:
        return _material(session, _nothing_misread(newest))
    return told.apel(f"{_most_misread(newest)} dari semua unit bersama.")


def unit_apel(session: Session, told: Part, now: datetime) -> Apel:
    """For one unit, of what an edition tells of a sitting; else of the material.

    What its kind of unit finds hardest comes first, where that may be told. A constant number of
    queries.
    """
    return UnitApels(session, told.figures, now).of(told.part.own, told.part.topic)


class UnitApels:
    """What an edition tells of a sitting, for the apel of any unit. A constant number of queries,
    however many units."""

    def __init__(self, session: Session, figures: SittingFigures, now: datetime) -> None:
        self.figures = figures
        kinds = figures.kinds.values()
        keys = {key for order in kinds for key in order} | {one.key for one in figures.misread}
        self.sayable = sayable(session, keys, now)
        self.material = _material(session, self._why_material())

    def of(self, unit: UnitRow, topic: str | None) -> Apel:
        """For the unit with this row, whose hardest topic, or its kind's, is ``topic``."""
        hardest = hardest_for(self.figures, unit.kind, topic)
        told = _told(self.sayable, hardest.items)
        return told.apel(self._source(unit, hardest, told.keys)) if told else self.material

    def _source(self, unit: UnitRow, hardest: Hardest, said: Collection[ItemKey]) -> str:
        words, kind = _most_misread(self.figures.sitting), f"semua unit jenis {unit.kind_name}"
        if hardest.of_kind is None:
            return (
                f"{words} dari semua unit bersama, yang dari topik terlemah lebih dulu. Yang dari "
                f"{kind} saja tidak disebut: terlalu sedikit orangnya, atau jenis lain dapat "
                "dihitung balik."
            )
        own = [key for key in said if key in hardest.of_kind]
        if len(own) == len(said):
            return f"{words} di {kind} bersama."
        if own:
            return f"{words} di {kind} bersama, lalu dari semua unit."
        return f"{words} dari semua unit bersama; di {kind} tidak ada yang sering keliru."

    def _why_material(self) -> str:
        if self.figures.waiting:
            return (
                f"Pembahasan {self.figures.sitting.label} belum terbuka bagi semua pesertanya "
                "ketika edisi ini terbit, jadi yang disampaikan kalimat dari bahan."
            )
        return _nothing_misread(self.figures.sitting)


def _newest(session: Session, event: Event, now: datetime) -> Sitting | None:
    """The latest sitting that is over, if its keys are out."""
    over = [
        sitting
        for sitting in counted_sittings(session, event)
        if sitting.prepared_at is not None and now >= sitting.last_arrival
    ]
    newest = max(over, key=lambda each: (each.closes_at, each.id), default=None)
    return newest if newest is not None and keys_are_out(newest, now) else None


def _most_misread(sitting: Sitting | ReportedSitting) -> str:
    return f"Yang paling sering keliru pada {sitting.label}, {date_id(sitting.opens_at)},"


def _nothing_misread(sitting: Sitting | ReportedSitting) -> str:
    return (
        f"Pada {sitting.label} tidak ada kalimat yang sering keliru dan boleh disebut, atau "
        f"pesertanya kurang dari {PUBLIC_MINIMUM} orang; yang disampaikan kalimat dari bahan."
    )


@dataclass(frozen=True)
class _Told:
    """Points by the items they stand for, and the item to discuss."""

    points: Mapping[ItemKey, Point]
    discussed: Sayable
    signed: bool

    @property
    def keys(self) -> Collection[ItemKey]:
        return self.points.keys()

    def apel(self, source: str) -> Apel:
        return Apel([*self.points.values()], source, True, self.discussed.item, self.signed)


def _told(found: Mapping[ItemKey, Sayable], order: Iterable[ItemKey]) -> _Told | None:
    """What to say of these items, MOST points and no sentence twice; None where there is none."""
    rows = {key: found[key] for key in order if key in found}
    points: dict[ItemKey, Point] = {}
    for key, row in rows.items():
        said = {point.sentence for point in points.values()}
        new = next((each for each in row.sentences if each not in said), None)
        if new is not None and len(points) < MOST:
            points[key] = Point(new, row.item.explanation, row.article)
    if not points:
        return None
    others = [row for key, row in rows.items() if key not in points]
    discussed = _to_discuss(others, [rows[key] for key in points])
    shown = [*(rows[key] for key in points), discussed]
    return _Told(points, discussed, all(row.signed for row in shown))


def _to_discuss(others: Sequence[Sayable], points: Sequence[Sayable]) -> Sayable:
    """One that is no point already, and short: without a scene; else the first point's own."""
    rows = (*others, *points)
    short = (row for row in rows if not ITEM_TYPES[row.item.type].scene(row.item))
    return next(short, points[0])


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
