"""The gap board: which sentences of the material the people of an event need most.

It holds nothing before the pre-test has closed and nobody in it is awaited any more: of figures
that move, two looks tell what the people between them answered, and the last look before the
closing would tell it of the report. Sentences and articles stand on it, never what was asked.
"""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session, contains_eager, joinedload

from quiz.assessment.analysis.disclosure import Group, choices
from quiz.assessment.analysis.groups.gaps import Encounter, Gap, Resting, weakest
from quiz.assessment.analysis.item_flags import FlagKind
from quiz.assessment.analysis.suppression import SPEAKER_MINIMUM
from quiz.assessment.attempt_state import SittingState
from quiz.formats import when_id
from quiz.models import CoveredPassage, Event, Passage, Sitting
from quiz.models.events.events import Phase
from quiz.queries.scores.changes import Pair, first_pair
from quiz.queries.scores.groups.movement import Moved, moved
from quiz.queries.scores.items.item_analysis import AnalysedItem, analysed
from quiz.queries.scores.items.meetings import Met, met_in
from quiz.queries.scores.items.misread import articles_of, texts_of
from quiz.queries.scores.reports import sitting_report
from quiz.queries.scores.standings import counted_sittings
from quiz.queries.taking.turnout import turnouts

NOTHING_WEAK = (
    "Tidak ada kalimat yang perlu didahulukan: semua yang ditanyakan kepada sedikitnya "
    f"{SPEAKER_MINIMUM} orang mudah bagi mereka."
)


@dataclass(frozen=True)
class Tests:
    """The pre-test a gap board is made of, and the post-test that shows what has moved."""

    pre: Sitting | None
    post: Sitting | None

    @property
    def pair(self) -> Pair | None:
        """Both, where there are both."""
        return None if self.pre is None or self.post is None else (self.pre, self.post)

    def refusal_to_tick(self, now: datetime) -> str | None:
        """Why nothing can be ticked, or taken back, at ``now``; None where it can."""
        if self.pre is None or self.pre.state(now) is not SittingState.CLOSED:
            return "Kalimat dapat dicentang sesudah pre-test ditutup."
        if self.post is not None and self.post.state(now) is SittingState.CLOSED:
            return (
                f"Centang dikunci sejak {self.post.label} ditutup, supaya yang dibandingkan tidak "
                "dipilih sesudah hasilnya diketahui."
            )
        return None


@dataclass(frozen=True)
class Line:
    """A gap in words; ``tick`` where somebody says that it was talked about."""

    gap: Gap
    sentences: tuple[str, ...]
    articles: tuple[str, ...]
    tick: CoveredPassage | None


@dataclass(frozen=True)
class GapBoard:
    """What a speaker sees; ``lack`` says why there is no line, ``locked`` why nothing can be
    ticked. ``submitted`` people have handed in the pre-test. ``moved`` is there once the post-test
    is settled, if something is ticked."""

    tests: Tests
    submitted: int
    lines: tuple[Line, ...]
    ticks: tuple[CoveredPassage, ...]
    lack: str | None
    locked: str | None
    moved: Moved | None

    @property
    def beside(self) -> list[CoveredPassage]:
        """What is ticked and stands in no line."""
        told = {code for line in self.lines for code in line.gap.passages}
        return [tick for tick in self.ticks if tick.passage.code not in told]


def tests_of(session: Session, event: Event) -> Tests:
    """The event's pre-test and post-test: those whose change is reported, else the latest
    pre-test. One query."""
    sittings = counted_sittings(session, event)
    pair = first_pair(sittings)
    if pair is not None:
        return Tests(*pair)
    return Tests(next((s for s in reversed(sittings) if s.phase is Phase.PRE), None), None)


def ticks_of(session: Session, event: Event) -> tuple[CoveredPassage, ...]:
    """What was talked about at the event, in the order of the material. One query."""
    return tuple(
        session.scalars(
            select(CoveredPassage)
            .join(CoveredPassage.passage)
            .options(contains_eager(CoveredPassage.passage), joinedload(CoveredPassage.by))
            .where(CoveredPassage.event_id == event.id)
            .order_by(Passage.material_id, Passage.position, Passage.id)
        )
    )


def gap_board(session: Session, event: Event, now: datetime) -> GapBoard:
    """The board of an event. Nine queries, and sixteen more for what has moved; where attempts
    ended by time have no stored score, some more."""
    tests, ticks = tests_of(session, event), ticks_of(session, event)
    submitted, lack = _lack(session, tests.pre, now)
    lines: tuple[Line, ...] = ()
    if tests.pre is not None and lack is None:
        lines = _lines(session, tests.pre, ticks, now)
        lack = None if lines else NOTHING_WEAK
    return GapBoard(
        tests,
        submitted,
        lines,
        ticks,
        lack,
        tests.refusal_to_tick(now),
        _moved(session, tests, ticks, now),
    )


def _moved(
    session: Session, tests: Tests, ticks: Sequence[CoveredPassage], now: datetime
) -> Moved | None:
    post = tests.post
    if not ticks or post is None or post.state(now) is not SittingState.CLOSED:
        return None
    change = sitting_report(session, post, now).change
    if change is None or tests.pair is None:
        return None
    return moved(session, tests.pair, change, ticks, now)


def _lack(session: Session, pre: Sitting | None, now: datetime) -> tuple[int, str | None]:
    """How many have handed in, and why nothing can be told yet."""
    if pre is None:
        return 0, "Kegiatan ini tidak punya pre-test, jadi papan celah tidak dapat disusun."
    turnout = turnouts(session, [pre], now)[pre.id]
    awaited = turnout.running + turnout.awaiting
    words = None
    if pre.state(now) is not SittingState.CLOSED:
        words = (
            f"Papan ini terisi sesudah {pre.label} ditutup ({when_id(pre.closes_at, now)}): selama "
            "masih ada yang mengerjakan, jawaban satu orang dapat terbaca dari selisih."
        )
    elif awaited:
        words = (
            f"{pre.label} sudah ditutup, kiriman dari {awaited} orang masih ditunggu. Papan ini "
            f"terisi paling lambat {when_id(pre.last_arrival, now)}."
        )
    elif turnout.submitted < SPEAKER_MINIMUM:
        words = (
            f"{turnout.submitted} orang mengirim {pre.label}. Papan ini tampil mulai "
            f"{SPEAKER_MINIMUM} orang, supaya jawaban seseorang tidak terbaca."
        )
    return turnout.submitted, words


def _lines(
    session: Session, pre: Sitting, ticks: Sequence[CoveredPassage], now: datetime
) -> tuple[Line, ...]:
    met = met_in(session, pre, now)
    groups = _groups(pre, met)
    rows = {row.version.uid: row for row in analysed(session, groups)}
    counted = {uid for uid, row in rows.items() if row.figures.scale == "knowledge"}
    gaps = weakest(
        [_resting(rows[uid], groups[uid]) for uid in counted],
        [
            Encounter(one.person, one.status, one.version, one.meeting.share)
            for one in met
            if one.version in counted and one.meeting.share is not None
        ],
    )
    texts = texts_of(session, {code for gap in gaps for code in gap.passages})
    cited = {gap: _cited(gap, rows) for gap in gaps}
    articles = articles_of(session, {code for codes in cited.values() for code in codes})
    ticked = {tick.passage.code: tick for tick in ticks}
    return tuple(
        Line(
            gap,
            tuple(texts[code] for code in gap.passages if code in texts),
            tuple(articles[code] for code in cited[gap] if code in articles),
            next((ticked[code] for code in gap.passages if code in ticked), None),
        )
        for gap in gaps
    )


def _groups(pre: Sitting, met: Sequence[Met]) -> dict[str, list[Group]]:
    """Version uid → everybody who met it."""
    meetings = defaultdict(list)
    for one in met:
        meetings[one.version].append(one.meeting)
    return {uid: [Group(pre.uid, tuple(of))] for uid, of in meetings.items()}


def _resting(row: AnalysedItem, groups: Sequence[Group]) -> Resting:
    told = choices(row.item, groups)
    return Resting(
        row.version.uid,
        row.item.passages,
        row.flagged(FlagKind.SURE_BUT_WRONG),
        None if told is None else told.sure_wrong,
    )


def _cited(gap: Gap, rows: dict[str, AnalysedItem]) -> tuple[str, ...]:
    """The articles its items rest on, by code."""
    return tuple(sorted({code for uid in gap.versions for code in rows[uid].item.references}))
