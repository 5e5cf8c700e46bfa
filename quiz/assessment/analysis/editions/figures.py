"""What an edition tells: the figures of each settled sitting as they were shown, frozen."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from fractions import Fraction
from math import ceil
from types import MappingProxyType
from typing import NamedTuple

from quiz.assessment.analysis.sitting_report import (
    ChangeFigures,
    ItemKey,
    Measured,
    MisreadSentence,
    ReportedSitting,
    Said,
    SittingChange,
    SittingReport,
)
from quiz.assessment.analysis.suppression import OFFICE_MINIMUM, PUBLIC_MINIMUM
from quiz.assessment.analysis.unit_report import UnitReport, UnitRow


@dataclass(frozen=True)
class SittingFigures:
    """A sitting's report and its misread sentences, naming nobody.

    ``kinds`` are the items that each kind of unit finds hardest, by its code, of the kinds that may
    be told of. ``kept`` says which figures stay as in the edition before, and why. ``waiting``: its
    sentences are not told yet, because its keys are not out.
    """

    sitting: ReportedSitting
    as_of: datetime
    units: UnitReport
    topics: Mapping[str, str]
    caveats: Said
    measured: Measured
    change: SittingChange | None
    misread: tuple[MisreadSentence, ...]
    kinds: Mapping[str, tuple[ItemKey, ...]] = field(default_factory=dict)
    kept: tuple[str, ...] = ()
    waiting: bool = False

    def report(self, *first: str) -> SittingReport:
        """The report as pages and documents show it; ``first`` are said before all other words."""
        return SittingReport(
            sitting=self.sitting,
            as_of=self.as_of,
            units=self.units,
            topics=self.topics,
            caveats=replace(self.caveats, sentences=(*first, *self.kept, *self.caveats.sentences)),
            measured=self.measured,
            change=self.change,
        )

    def tells_as(self, other: "SittingFigures") -> bool:
        """Whether both tell the same, whenever they were made."""
        return replace(self, as_of=other.as_of, kept=other.kept) == other


@dataclass(frozen=True)
class EditionFigures:
    """The settled sittings of an event, by opening time."""

    sittings: tuple[SittingFigures, ...]

    def of(self, uid: str | None) -> SittingFigures | None:
        """That sitting's; without a uid those of the latest. None where there is none."""
        if uid is None:
            return self.sittings[-1] if self.sittings else None
        return next((each for each in self.sittings if each.sitting.uid == uid), None)

    def tells_as(self, other: "EditionFigures") -> bool:
        """Whether both tell the same, whenever they were made."""
        pairs = zip(self.sittings, other.sittings, strict=False)
        same = len(self.sittings) == len(other.sittings)
        return same and all(mine.tells_as(theirs) for mine, theirs in pairs)


def sitting_figures(
    report: SittingReport,
    misread: Iterable[MisreadSentence],
    kept: Iterable[str] = (),
    *,
    kinds: Mapping[str, tuple[ItemKey, ...]] = MappingProxyType({}),
    waiting: bool = False,
) -> SittingFigures:
    """The report and its sentences with every word written out and nobody in them."""
    change = report.change
    if change is not None:
        change = replace(change, found=_nameless(change))
    return SittingFigures(
        sitting=report.sitting,
        as_of=report.as_of,
        units=report.units,
        topics={code: name for code, name in report.topics.items() if code in _codes(report)},
        caveats=Said(tuple(report.caveats.sentences), report.caveats.design),
        measured=Measured(tuple(report.measured.sentences), report.measured.reliability),
        change=change,
        misread=tuple(misread),
        kinds=dict(kinds),
        kept=tuple(kept),
        waiting=waiting,
    )


def _nameless(change: SittingChange) -> ChangeFigures:
    found = change.found
    return ChangeFigures(
        found.counted,
        found.left_out,
        found.only_before,
        found.only_after,
        found.whole,
        dict(found.topics),
        found.gain,
    )


def _codes(report: SittingReport) -> set[str]:
    """The codes of the topics a report speaks of."""
    rows = (*report.units.rows, *report.units.participation, report.units.total)
    found = {code for row in rows for code in (row.weakest_topic, row.kind_weakest_topic) if code}
    changed = report.change.found.topics if report.change else ()
    return found.union(report.asked_topics, changed)


def held_sentences(
    now: Iterable[MisreadSentence], told: Iterable[Sequence[MisreadSentence]]
) -> tuple[list[MisreadSentence], bool]:
    """The sentences of a new edition, and whether some keep the figures they had.

    Of ``told``, oldest first, an item's figures are replaced only if the answers of five people at
    least must have changed since each: its people or its points are that many more or less.
    """
    earlier = list(told)
    found, kept = [], False
    for one in now:
        before = [each for of in earlier for each in of if each.key == one.key]
        figures = [each.facility for each in before]
        if one.facility in figures or all(_apart(one, each) for each in before):
            found.append(one)
        else:
            kept = True
            found.append(replace(one, facility=figures[-1], sure=before[-1].sure))
    return found, kept


def _apart(one: MisreadSentence, other: MisreadSentence) -> bool:
    """Whether at least five people's answers differ, by what the figures alone say."""
    people = abs(one.facility.n - other.facility.n)
    points = abs(_points(one) - _points(other))
    return max(people, ceil(points)) >= OFFICE_MINIMUM


def _points(one: MisreadSentence) -> Fraction:
    return one.facility.value * one.facility.n


@dataclass(frozen=True)
class UnitPart:
    """What the head of one unit sees of a sitting.

    ``own`` is the unit's participation; ``told`` the row its results stand in, its own or the
    pool's, None where none may be shown. ``topic`` is the code of what it finds hardest, or its
    kind does.
    """

    own: UnitRow
    told: UnitRow | None
    topic: str | None

    @property
    def of_kind(self) -> bool:
        """Whether the topic is that of all units of its kind."""
        return self.told is None or not self.told.weakest_topic


def unit_part(units: UnitReport, code: str) -> UnitPart | None:
    """The part of the unit with this code; None where it is not on the roster."""
    row = next((each for each in units.rows if code in each.units), None)
    if row is None:
        return None
    own = next((each for each in units.participation if each.code == code), row)
    told = row if row.mean is not None else None
    return UnitPart(own, told, (told and told.weakest_topic) or own.kind_weakest_topic)


class Hardest(NamedTuple):
    """Items to talk about, the most needed first: those of a kind of unit, None where it may not be
    told of, and those of everybody."""

    of_kind: tuple[ItemKey, ...] | None
    of_all: tuple[ItemKey, ...]

    @property
    def items(self) -> list[ItemKey]:
        """Both, the kind's first, each once."""
        return list(dict.fromkeys((*(self.of_kind or ()), *self.of_all)))


def hardest_for(figures: SittingFigures, kind: str, topic: str | None) -> Hardest:
    """What to talk about with a unit of the ``kind``, whose hardest topic is ``topic``.

    Of everybody's those of the topic come before the others; each was met by so many people that it
    may be spoken of in public.
    """
    told = [each for each in figures.misread if each.facility.n >= PUBLIC_MINIMUM]
    first = sorted(told, key=lambda each: each.topic != topic)
    return Hardest(figures.kinds.get(kind), tuple(each.key for each in first))
