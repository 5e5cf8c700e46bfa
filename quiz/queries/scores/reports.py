"""The report on a sitting: from one select over the roster to rows that may be shown.

Pages, files and the command line all come through ``sitting_reports``, so none of them can show
what another withholds.
"""

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from fractions import Fraction
from functools import lru_cache
from typing import Literal

from sqlalchemy import select
from sqlalchemy.orm import Session

from quiz.assessment.analysis.change_report import change_report
from quiz.assessment.analysis.sitting_report import (
    UNSETTLED,
    ReportedEvent,
    ReportedSitting,
    SittingChange,
    SittingReport,
)
from quiz.assessment.analysis.statistics.means import total
from quiz.assessment.analysis.suppression import OFFICE_MINIMUM
from quiz.assessment.analysis.topic_shares import TopicScores
from quiz.assessment.analysis.unit_report import (
    AttemptFact,
    UnitReport,
    total_report,
    unit_report,
)
from quiz.assessment.attempt_state import Outcome, SittingState
from quiz.assessment.scores.scoring import passed
from quiz.models import Event, Sitting, Topic, UnitKind
from quiz.models.base import fraction
from quiz.models.events.events import Phase
from quiz.queries.scores.caveats import Caveats, after_release, caveats
from quiz.queries.scores.changes import Pair, first_pair, sitting_change, works
from quiz.queries.scores.editions.published import Pools, latest_pools
from quiz.queries.scores.measured import measured
from quiz.queries.scores.standings import Standing, counted_sittings, standings
from quiz.queries.taking.turnout import handed_in, turnouts

__all__ = [
    "SittingReport",
    "chosen_sitting",
    "in_order_of_closing",
    "read_facts",
    "reported",
    "reports_on",
    "sitting_report",
    "sitting_reports",
    "topic_scores",
]

PHASE_ORDER = (Phase.PRE, Phase.POST, Phase.FOLLOW_UP)
"""Of two sittings that open together the later phase is the one looked at first."""


@dataclass(frozen=True)
class SittingTotal:
    """What may be shown of everybody in a sitting at ``as_of``, and what has to be said beside it.

    ``units`` has no rows.
    """

    sitting: Sitting
    as_of: datetime
    units: UnitReport
    caveats: Caveats

    unsettled_words = UNSETTLED


def sitting_report(session: Session, sitting: Sitting, now: datetime) -> SittingReport:
    """The report on one counted sitting, with results of 5 and more."""
    return sitting_reports(session, [sitting], now)[0]


def sitting_totals(
    session: Session, sittings: Sequence[Sitting], now: datetime
) -> list[SittingTotal]:
    """What the reports on these sittings of one event say of everybody. Nine queries at most, and
    some where attempts ended by time have no stored score, however many sittings and people."""
    if not sittings:
        return []
    kinds = _kinds(session)
    facts: defaultdict[int, list[AttemptFact]] = defaultdict(list)
    for one in standings(session, sittings, now):
        facts[one.sitting.id].append(_fact(one, kinds, one.percent, {}))
    said = caveats(session, sittings, after_release(session, sittings))
    return [
        SittingTotal(
            sitting,
            now,
            total_report(
                facts[sitting.id],
                OFFICE_MINIMUM,
                closed=sitting.state(now) is SittingState.CLOSED,
            ),
            said[sitting.id],
        )
        for sitting in sittings
    ]


def sitting_reports(
    session: Session, sittings: Sequence[Sitting], now: datetime
) -> list[SittingReport]:
    """The reports on these sittings of one event. Fifteen queries at most, and some where attempts
    ended by time have no stored score, however many sittings and people.

    All counted sittings of the event are read: what one pooled stays pooled in the next.
    """
    return reports_on(session, read_facts(session, sittings[0].event, now), sittings)


@dataclass(frozen=True)
class EventFacts:
    """Everybody in every counted sitting of an event at ``as_of``; facts by the sitting's id.

    ``pools`` are the pools of its latest edition, by the sitting's uid: those stay.
    """

    as_of: datetime
    sittings: Sequence[Sitting]
    everybody: Sequence[Standing]
    facts: Mapping[int, Sequence[AttemptFact]]
    pools: Mapping[str, Pools]


def read_facts(session: Session, event: Event, now: datetime) -> EventFacts:
    """What reports on an event are made of. Six queries, some more as above."""
    kinds = _kinds(session)
    every = counted_sittings(session, event)
    facts: dict[int, list[AttemptFact]] = {sitting.id: [] for sitting in every}
    everybody = standings(session, every, now)
    for one in everybody:
        percent = one.percent
        told = one.score if percent is not None else None
        scored = topic_scores(told.items) if told else {}
        facts[one.sitting.id].append(_fact(one, kinds, percent, scored))
    pools = latest_pools(session, [event.id]).get(event.id, {})
    return EventFacts(now, every, everybody, facts, pools)


def reports_on(
    session: Session, read: EventFacts, sittings: Sequence[Sitting]
) -> list[SittingReport]:
    """The reports on these sittings, from what was read of their event."""
    scores = [
        (one.sitting.id, one.score)
        for one in read.everybody
        if one.score is not None and one.percent is not None
    ]
    topics = {code: name for code, name in session.execute(select(Topic.code, Topic.name))}
    said = caveats(session, sittings, after_release(session, sittings))
    units = _unit_reports(read)
    how = measured(session, sittings, (each for each in scores if units[each[0]].settled))
    pair = first_pair(read.sittings)
    return [
        SittingReport(
            reported(sitting),
            read.as_of,
            units[sitting.id],
            topics,
            said[sitting.id],
            how[sitting.id],
            _change(sitting, pair, units, read.facts, said[sitting.id].comparable),
        )
        for sitting in sittings
    ]


def reported(sitting: Sitting) -> ReportedSitting:
    """The sitting as a plain value."""
    event = sitting.event
    return ReportedSitting(
        uid=sitting.uid,
        phase=sitting.phase.value,
        label=sitting.label,
        prepared_at=sitting.prepared_at,
        opens_at=sitting.opens_at,
        closes_at=sitting.closes_at,
        pass_mark=sitting.pass_mark,
        event=ReportedEvent(event.code, event.title, event.place or "", event.starts_at),
    )


def _unit_reports(read: EventFacts) -> dict[int, UnitReport]:
    """Sitting id → its report, made in the order of closing: pools of one bind the next, unless
    those of an edition do."""
    found: dict[int, UnitReport] = {}
    bound: Pools = ()
    for sitting in in_order_of_closing(read.sittings):
        closed = sitting.state(read.as_of) is SittingState.CLOSED
        report = unit_report(
            read.facts[sitting.id],
            OFFICE_MINIMUM,
            closed=closed,
            bound=read.pools.get(sitting.uid, bound),
        )
        if report.settled:
            bound = report.pools
        found[sitting.id] = report
    return found


def in_order_of_closing(sittings: Iterable[Sitting]) -> list[Sitting]:
    """The order in which pools bind."""
    return sorted(sittings, key=lambda each: (each.closes_at, each.id))


def _change(
    sitting: Sitting,
    pair: Pair | None,
    units: Mapping[int, UnitReport],
    facts: Mapping[int, Sequence[AttemptFact]],
    comparable: bool,
) -> SittingChange | None:
    if pair is None or sitting != pair[1] or not all(units[each.id].settled for each in pair):
        return None
    first, second = (works(units[each.id], facts[each.id]) for each in pair)
    before, after = map(reported, pair)
    return sitting_change(before, after, change_report(first, second), comparable)


def _kinds(session: Session) -> dict[str, str]:
    """Name of a kind of unit → its code."""
    return {name: code for name, code in session.execute(select(UnitKind.name, UnitKind.code))}


def _fact(
    one: Standing, kinds: Mapping[str, str], percent: Fraction | None, topics: TopicScores
) -> AttemptFact:
    enrolment = one.enrolment
    kind = enrolment.kind_name
    return AttemptFact(
        person=enrolment.uid,
        unit_code=enrolment.unit.code,
        unit_name=enrolment.unit_name,
        kind_code=kinds.get(kind) or _slug(kind),
        kind_name=kind,
        invited=True,
        attended=enrolment.checked_in_at is not None,
        worked=one.attempt is not None,
        state=_STATES[one.outcome],
        percent=percent,
        passed=passed(percent, one.sitting.pass_mark),
        topic_scores=topics,
    )


def _slug(kind: str) -> str:
    """A code for a kind that is called otherwise today."""
    return re.sub(r"[^a-z0-9]+", "-", kind.lower()).strip("-")


_STATES: dict[Outcome | None, Literal["none", "empty", "submitted", "running"]] = {
    None: "none",
    Outcome.AFTER_RELEASE: "none",
    Outcome.RUNNING: "running",
    Outcome.AWAITING: "running",
    Outcome.EMPTY: "empty",
    Outcome.SUBMITTED: "submitted",
}


def topic_scores(items: Iterable[Sequence[str]]) -> TopicScores:
    """Knowledge points and maximum by topic, from a score's items; wholly void topics left out."""
    earned: defaultdict[str, list[str]] = defaultdict(list)
    possible: defaultdict[str, list[str]] = defaultdict(list)
    for _position, _version, topic, scale, points, maximum in items:
        if scale == "knowledge" and maximum != "0":
            earned[topic].append(points)
            possible[topic].append(maximum)
    return {
        topic: (_total(*sorted(earned[topic])), _total(*sorted(maxima)))
        for topic, maxima in possible.items()
    }


@lru_cache(maxsize=4096)
def _total(*numbers: str) -> Fraction:
    """The sum of numbers as a score stores them; few are unlike, however many people."""
    return total([fraction(number) for number in numbers])


def chosen_sitting(
    session: Session, sittings: Sequence[Sitting], uid: str | None, now: datetime
) -> Sitting | None:
    """The sitting ``uid``; without one the latest that has results, post before pre.

    Where none has any, the latest that has opened, else the first. None when there is no such
    sitting. ``sittings`` are one event's, by opening time.
    """
    if uid is not None:
        return next((sitting for sitting in sittings if sitting.uid == uid), None)
    latest = max(sittings, key=_lateness, default=None)
    if latest is None or handed_in(session, latest):
        return latest
    counted = turnouts(session, sittings, now)
    answered = [sitting for sitting in sittings if counted[sitting.id].submitted]
    opened = [sitting for sitting in sittings if sitting.opens_at <= now]
    return max(answered or opened or sittings[:1], key=_lateness)


def _lateness(sitting: Sitting) -> tuple[datetime, int]:
    return sitting.opens_at, PHASE_ORDER.index(sitting.phase)
