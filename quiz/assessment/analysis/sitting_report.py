"""What a report tells of one sitting, as plain values: the same whether it is live or frozen."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from fractions import Fraction
from functools import cached_property
from typing import NamedTuple, Protocol

from quiz.assessment.analysis.change_report import ChangeReport
from quiz.assessment.analysis.display import (
    Direction,
    GainBand,
    ShownChange,
    gain_band,
    shown_changes,
)
from quiz.assessment.analysis.headline import Headline, headline
from quiz.assessment.analysis.item_analysis import Facility
from quiz.assessment.analysis.statistics.change import PairedChange
from quiz.assessment.analysis.statistics.reliability import Reliability
from quiz.assessment.analysis.suppression import SPEAKER_MINIMUM
from quiz.assessment.analysis.unit_report import UnitReport, UnitRow
from quiz.assessment.attempt_state import SittingState, sitting_state
from quiz.assessment.attendance import turnout_words
from quiz.assessment.rounding import round_half_up, whole_percent

UNSETTLED = (
    "Hasilnya tampil setelah sesi ditutup dan tidak ada kiriman yang ditunggu lagi; sampai saat "
    "itu hanya keikutsertaan, supaya nilai satu orang tidak terbaca dari selisih."
)
"""The sentence for a sitting in which somebody may still answer."""


ALL_ALIKE = "semua topik sama"


@dataclass(frozen=True)
class ReportedEvent:
    """The event of a report; `place` may be empty."""

    code: str
    title: str
    place: str
    starts_at: datetime


@dataclass(frozen=True)
class ReportedSitting:
    """The sitting of a report, by the names its model has."""

    uid: str
    phase: str
    label: str
    prepared_at: datetime | None
    opens_at: datetime
    closes_at: datetime
    pass_mark: int
    event: ReportedEvent

    def state(self, now: datetime) -> SittingState:
        """Not prepared, missed, scheduled, open or closed, at ``now``."""
        return sitting_state(self.prepared_at, self.opens_at, self.closes_at, now)


class Sentences(Protocol):
    """Something that has to be said beside figures."""

    @property
    def sentences(self) -> Sequence[str]: ...


class Measurement(Sentences, Protocol):
    """How a sitting was measured."""

    @property
    def reliability(self) -> Reliability | None: ...


class Qualification(Sentences, Protocol):
    """What qualifies figures; ``design`` is the one of its sentences that is no warning."""

    @property
    def design(self) -> str | None: ...


@dataclass(frozen=True)
class Said:
    """Sentences as they stood; ``design`` is how pre-test and post-test are alike."""

    sentences: tuple[str, ...]
    design: str | None = None


@dataclass(frozen=True)
class Measured:
    """How it was measured, as it stood."""

    sentences: tuple[str, ...]
    reliability: Reliability | None


@dataclass(frozen=True)
class ChangeFigures:
    """A change without the people it is made of; the fields are those of a ChangeReport."""

    counted: int
    left_out: int
    only_before: int
    only_after: int
    whole: PairedChange | None
    topics: Mapping[str, PairedChange]
    gain: Fraction | None


class ShownChanges(NamedTuple):
    """The change in everything and in each topic by code, as they are shown together."""

    whole: ShownChange
    topics: Mapping[str, ShownChange]


@dataclass(frozen=True)
class SittingChange:
    """The change from the sitting ``before`` to ``after``, in figures and words.

    It is no measure of what was learned, and has no verdict, where they are not ``comparable``.
    """

    before: ReportedSitting
    after: ReportedSitting
    found: ChangeFigures | ChangeReport
    comparable: bool
    sentences: tuple[str, ...] = ()

    @cached_property
    def shown(self) -> ShownChanges | None:
        """What pages and files show of it; None where it may not be told."""
        if self.found.whole is None:
            return None
        codes, exact = list(self.found.topics), self.found.topics.values()
        marks = self.before.pass_mark, self.after.pass_mark
        whole, *topics = shown_changes([self.found.whole, *exact], marks)
        return ShownChanges(whole, dict(zip(codes, topics, strict=True)))

    @property
    def direction(self) -> Direction | None:
        """The change in a word; None without an interval or where tests are unlike."""
        return self.shown.whole.direction if self.shown and self.comparable else None

    @property
    def gain(self) -> Fraction | None:
        """Hake's, where there is a change upwards to speak of, also in two decimals."""
        gain = self.found.gain if self.direction is Direction.UP else None
        return gain if gain is not None and round_half_up(gain, 2) > 0 else None

    @property
    def gain_band(self) -> GainBand | None:
        """It in a word."""
        return None if self.gain is None else gain_band(self.gain)


@dataclass(frozen=True)
class SittingReport:
    """What may be shown of a sitting at ``as_of``, and what has to be said beside it.

    ``change`` is what has changed since the pre-test: of the first post-test after one, once both
    are settled. ``topics`` are names by code.
    """

    sitting: ReportedSitting
    as_of: datetime
    units: UnitReport
    topics: Mapping[str, str]
    caveats: Qualification
    measured: Measurement
    change: SittingChange | None

    @property
    def asked_topics(self) -> list[str]:
        """The codes of the topics that are told of everybody or of a row, by name."""
        told = {code for row in (*self.units.rows, self.units.total) for code in row.topics}
        return sorted(told, key=lambda code: (self.topics.get(code, code).casefold(), code))

    @property
    def turnout(self) -> str:
        """How many were there and what they did, in words."""
        total = self.units.total
        words = turnout_words(
            total.attendance,
            submitted=total.submitted,
            running=total.running,
            empty=total.empty,
        )
        return f"{words}."

    @property
    def unsettled_words(self) -> str:
        """The sentence for a sitting in which somebody may still answer."""
        return UNSETTLED

    @property
    def headline(self) -> Headline:
        """The facts of the sentence that sums it up."""
        return headline(self.units, lambda percent: whole_percent(percent, self.sitting.pass_mark))

    def topic(self, code: str | None) -> str | None:
        """The name of a topic; None for none."""
        return None if code is None else self.topics.get(code, code)

    def hardest(self, row: UnitRow) -> str | None:
        """The name of the row's weakest topic, or that there is none; None where none is told."""
        return self.topic(row.weakest_topic) or (ALL_ALIKE if row.topics else None)

    @property
    def of_everybody(self) -> "SittingReport":
        """The same without any unit, and with results of SPEAKER_MINIMUM people and more alone."""
        units = replace(self.units, rows=(), participation=(), minimum=SPEAKER_MINIMUM)
        change = self.change
        if change is not None and change.found.counted < SPEAKER_MINIMUM:
            change = None
        if units.total.submitted < SPEAKER_MINIMUM:
            units = replace(units, total=units.total.without_results)
        return replace(self, units=units, change=change)


class ItemKey(NamedTuple):
    """An item as one version of it asks it."""

    code: str
    version: int


@dataclass(frozen=True)
class MisreadSentence:
    """An item that was not easy: sentences of the material it tests, articles it rests on.

    ``sure``: at least a fifth of the answers were very sure and wrong.
    """

    code: str
    version: int
    topic: str
    stem: str
    sentences: tuple[str, ...]
    articles: tuple[str, ...]
    facility: Facility
    sure: bool

    @property
    def key(self) -> ItemKey:
        """Which item it is."""
        return ItemKey(self.code, self.version)
