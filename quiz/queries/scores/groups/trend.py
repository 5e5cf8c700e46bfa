"""The trend over events: each kind of unit, event by event, where their tests can be compared."""

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from fractions import Fraction

from sqlalchemy import func, select
from sqlalchemy.orm import Session, selectinload

from quiz.assessment.analysis.groups.kinds import Against, KindMean, against, kind_means
from quiz.assessment.forms.crossing import FormName
from quiz.assessment.scores.scoring import percent
from quiz.models import Enrolment, Event, Sitting, StoredSlot
from quiz.models.events.events import Phase
from quiz.queries.scores.changes import first_pair
from quiz.queries.scores.items.complete import Scope, complete_attempts

LATEST = 12
"""So many events stand in a trend."""

Blueprint = frozenset[tuple[tuple[str, str, str], int]]
"""How many items of each topic, level and type a form has."""

Means = Mapping[str, KindMean]
"""By kind of unit, as it was called on the day."""


@dataclass(frozen=True)
class Point:
    """A kind of unit at one event: its means after and before, of ``invited`` people.

    ``before`` is None where there was no pre-test by the same blueprint.
    """

    event: Event
    invited: int
    after: KindMean
    before: KindMean | None


@dataclass(frozen=True)
class Line:
    """One kind of unit through the events that invited any of it, first to last."""

    kind: str
    points: Sequence[Point]

    @property
    def against(self) -> Against | None:
        """The last event with a figure beside the one before it."""
        return against([p.after.found for p in self.points if p.after.found is not None])


@dataclass(frozen=True)
class Trend:
    """Lines by kind, and the events that stand in none, each with the sentence that says why."""

    events: Sequence[Event]
    lines: Sequence[Line]
    left_out: Sequence[tuple[Event, str]]


@dataclass(frozen=True)
class Tests:
    """An event's post-test, and its pre-test where it has one before."""

    event: Event
    post: Sitting
    pre: Sitting | None


def trend(session: Session, now: datetime) -> Trend:
    """The trend over the LATEST events whose post-test has closed, archived ones too.

    Events are compared with the newest by whose blueprint they were tested. Five queries; where
    attempts ended by time have no stored score, two more and one for each form not yet in memory.
    """
    tests = _tests(session, now)
    forms = _blueprints(session, tests)
    rosters = _rosters(session, [each.event.id for each in tests])
    means = _means(session, tests, rosters, now)
    told = [each for each in tests if each.post.id in means]
    newest = forms.get(told[-1].post.id) if told else None
    compared = [each for each in told if forms.get(each.post.id) == newest]
    left_out = [(each.event, _why_not(each, means)) for each in tests if each not in compared]
    kinds = sorted({kind for each in compared for kind in means[each.post.id]}, key=str.casefold)
    return Trend(
        [each.event for each in compared],
        [
            Line(
                kind,
                [
                    _point(each, kind, means, forms, rosters)
                    for each in compared
                    if rosters[each.event.id].invited[kind]
                ],
            )
            for kind in kinds
        ],
        left_out,
    )


def _why_not(tests: Tests, means: Mapping[int, Means]) -> str:
    if tests.event.erased_words:
        return tests.event.erased_words
    if tests.post.id in means:
        return (
            f"Kisi-kisi {tests.post.label} lain daripada kegiatan terbaru (topik, tingkat, atau "
            "jenis soalnya berbeda), jadi nilainya tidak dapat dibandingkan."
        )
    return f"{tests.post.label} belum selesai, atau tidak ada yang mengirim."


def _point(
    tests: Tests,
    kind: str,
    means: Mapping[int, Means],
    forms: Mapping[int, Blueprint],
    rosters: Mapping[int, "Roster"],
) -> Point:
    nobody = KindMean(0, None)
    pre = tests.pre
    alike = pre is not None and forms.get(pre.id) == forms.get(tests.post.id)
    before = means.get(pre.id) if pre is not None and alike else None
    return Point(
        tests.event,
        rosters[tests.event.id].invited[kind],
        means[tests.post.id].get(kind, nobody),
        None if before is None else before.get(kind, nobody),
    )


def _tests(session: Session, now: datetime) -> list[Tests]:
    """The latest events with a post-test that has closed, first to last. Two queries."""
    closed = select(Sitting.event_id).where(
        Sitting.phase == Phase.POST, Sitting.prepared_at.is_not(None), Sitting.closes_at <= now
    )
    events = session.scalars(
        select(Event)
        .where(Event.id.in_(closed))
        .options(selectinload(Event.sittings))
        .order_by(Event.starts_at.desc(), Event.id.desc())
        .limit(LATEST)
    ).all()
    return [found for event in reversed(events) if (found := _tests_of(event)) is not None]


def _tests_of(event: Event) -> Tests | None:
    """The tests whose change is reported, else the first post-test."""
    pair = first_pair([sitting for sitting in event.sittings if sitting.phase.counted])
    if pair is not None:
        return Tests(event, pair[1], pair[0])
    post = next((sitting for sitting in event.sittings if sitting.phase is Phase.POST), None)
    return None if post is None else Tests(event, post, None)


def _blueprints(session: Session, tests: Iterable[Tests]) -> dict[int, Blueprint]:
    """Sitting id → the blueprint its form was made by. One query."""
    ids = [sitting.id for each in tests for sitting in (each.post, each.pre) if sitting is not None]
    rows = session.execute(
        select(
            StoredSlot.sitting_id, StoredSlot.topic, StoredSlot.level, StoredSlot.type, func.count()
        )
        .where(StoredSlot.sitting_id.in_(ids), StoredSlot.form == FormName.A)
        .group_by(StoredSlot.sitting_id, StoredSlot.topic, StoredSlot.level, StoredSlot.type)
    )
    found: defaultdict[int, set[tuple[tuple[str, str, str], int]]] = defaultdict(set)
    for sitting_id, *group, number in rows:
        topic, level, type_ = group
        found[sitting_id].add(((topic, level, type_), number))
    return {sitting_id: frozenset(groups) for sitting_id, groups in found.items()}


@dataclass(frozen=True)
class Roster:
    """How many were invited of each kind. ``mixed``: a unit stood in two kinds at once, so that a
    kind's sum is not one of rows of the report."""

    invited: Counter[str]
    mixed: bool


def _rosters(session: Session, event_ids: Collection[int]) -> dict[int, Roster]:
    """Event id → its roster by kind. One query."""
    rows = session.execute(
        select(Enrolment.event_id, Enrolment.unit_id, Enrolment.kind_name, func.count())
        .where(Enrolment.event_id.in_(event_ids), Enrolment.removed_at.is_(None))
        .group_by(Enrolment.event_id, Enrolment.unit_id, Enrolment.kind_name)
    )
    invited: defaultdict[int, Counter[str]] = defaultdict(Counter)
    units: defaultdict[int, Counter[int]] = defaultdict(Counter)
    for event_id, unit_id, kind, number in rows:
        invited[event_id][kind] += number
        units[event_id][unit_id] += 1
    return {
        event_id: Roster(invited[event_id], any(kinds > 1 for kinds in units[event_id].values()))
        for event_id in event_ids
    }


def _means(
    session: Session, tests: Sequence[Tests], rosters: Mapping[int, Roster], now: datetime
) -> dict[int, Means]:
    """Sitting id → the means of its kinds, for settled sittings with a result. One query."""
    results: defaultdict[int, list[tuple[str, Fraction]]] = defaultdict(list)
    scope = Scope(events=[each.event.code for each in tests])
    for one in complete_attempts(session, scope, now):
        reached = percent(one.score.knowledge_points, one.score.knowledge_max)
        if reached is not None:
            results[one.sitting.id].append((one.kind_name, reached))
    mixed = {event_id for event_id, roster in rosters.items() if roster.mixed}
    wanted = {sitting: each.event.id for each in tests for sitting in (each.post, each.pre)}
    return {
        sitting.id: _withheld(found) if event_id in mixed else found
        for sitting, event_id in wanted.items()
        if sitting is not None and sitting.id in results
        for found in [kind_means(results[sitting.id])]
    }


def _withheld(means: Means) -> Means:
    return {kind: KindMean(one.n, None) for kind, one in means.items()}
