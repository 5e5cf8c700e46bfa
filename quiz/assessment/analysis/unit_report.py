"""The report per unit: participation of everybody, results as far as they may be shown.

While somebody may still answer there is participation and nothing else. Of figures that move, two
looks tell what the people between them did, and rounding the looks to fives would only move that
to the last look before the closing.
"""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction
from types import MappingProxyType
from typing import Literal, NamedTuple

from quiz.assessment.analysis.statistics.means import mean_interval, sample_sd
from quiz.assessment.analysis.statistics.unit_means import Drawn, Raw, unit_means
from quiz.assessment.analysis.suppression import OFFICE_MINIMUM, Group, UnitSize, suppress
from quiz.assessment.analysis.topic_shares import (
    TopicScores,
    TopicShares,
    shown_topics,
    topic_shares,
    weakest,
)
from quiz.assessment.attendance import Attendance


@dataclass(frozen=True, slots=True)
class AttemptFact:
    """One enrolment and what became of its attempt.

    `person` is the same in all sittings of an event. `state` is "none" (did not start), "running",
    "empty" (started, closed without any response) or "submitted"; only the last has a result:
    `percent` (0 to 100), `passed` (None without a pass mark) and `topic_scores`. `worked` is who
    has begun, also what stands in no figure. Kind and unit are those of the day of the event.
    """

    person: str
    unit_code: str
    unit_name: str
    kind_code: str
    kind_name: str
    invited: bool
    attended: bool
    worked: bool
    state: Literal["none", "empty", "submitted", "running"]
    percent: Fraction | None
    passed: bool | None
    topic_scores: TopicScores


@dataclass(frozen=True)
class UnitRow:
    """One row: a unit, several small units of one kind pooled (`pooled` names them), or all.

    Participation is always there; `unrecorded` have worked and are not recorded as there. `mean`,
    `low`, `high` (0 to 100), `passed` (a count) and `weakest_topic` are None when withheld; `low`
    and `high` also where all results are the same, and `passed` without a pass mark. `topics` has
    the share of each topic's points (0 to 100), and nothing where topics may not be told. `drawn`
    is a unit's mean drawn towards that of all, beside its own and never instead of it; None where
    units cannot be told apart. `withheld` says that there are results which may not be shown. Where
    no result is shown, `kind_weakest_topic` is what the unit's kind finds hardest, if there are
    enough of that kind to say so.
    """

    code: str
    name: str
    kind: str
    kind_name: str
    pooled: tuple[str, ...]
    pooled_names: tuple[str, ...]
    invited: int
    attended: int
    unrecorded: int
    submitted: int
    empty: int
    running: int
    mean: Fraction | None
    low: float | None
    high: float | None
    passed: int | None
    topics: TopicShares
    weakest_topic: str | None
    kind_weakest_topic: str | None
    withheld: bool
    drawn: Drawn | None = None

    @property
    def units(self) -> tuple[str, ...]:
        """The codes of the units in it."""
        return self.pooled or (self.code,)

    @property
    def without_results(self) -> "UnitRow":
        """The same with participation alone."""
        return replace(
            self,
            mean=None,
            low=None,
            high=None,
            passed=None,
            topics=MappingProxyType({}),
            weakest_topic=None,
            withheld=self.submitted > 0,
            drawn=None,
        )

    @property
    def attendance(self) -> Attendance:
        """Who was there, to be put into words."""
        return Attendance(self.invited, self.attended, self.unrecorded)


@dataclass(frozen=True)
class UnitReport:
    """Rows in alphabetical order of their names, never ranked.

    `rows` are the units and pools with a row for results; `participation` holds each unit that
    has none of its own because it is pooled; `total` is everybody. Unless `settled`, somebody may
    still answer: every unit has its own row, and no row a result.
    """

    rows: tuple[UnitRow, ...]
    participation: tuple[UnitRow, ...]
    total: UnitRow
    minimum: int
    settled: bool

    @property
    def pools(self) -> tuple[tuple[str, ...], ...]:
        """The codes of the units pooled in each pool, for the next sitting."""
        return tuple(row.pooled for row in self.rows if row.pooled)


def unit_report(
    facts: Iterable[AttemptFact],
    minimum: int = OFFICE_MINIMUM,
    *,
    closed: bool = True,
    bound: Iterable[Sequence[str]] = (),
) -> UnitReport:
    """The report on one sitting from one fact per enrolment.

    `minimum` is the least number of results shown; there are none before the sitting is `closed`
    and nobody is "running" any more. What earlier sittings of the event pooled is `bound`. The
    total's row has no code, name or kind. Cost: linear in the facts.
    """
    everybody = list(facts)
    units = _by_unit(everybody)
    if not _settled(everybody, closed):
        return _participation(everybody, units, minimum)
    groups = _groups(units, minimum, bound)
    hardest = _weakest_by_kind(everybody, minimum)
    topics, of_all = _topics(groups, units, minimum)
    rows = [
        _group_row(group, units, hardest, told) for group, told in zip(groups, topics, strict=True)
    ]
    pooled = [code for group in groups if group.pooled for code in group.units]
    small = [_row(_unit_label(units[code][0]), units[code], False, hardest) for code in pooled]
    return UnitReport(
        rows=_alphabetical(_drawn_together(rows, units)),
        participation=_alphabetical(small),
        total=_total(everybody, minimum, of_all),
        minimum=minimum,
        settled=True,
    )


class Rows(NamedTuple):
    """The rows of a report without their figures: which are told, and of which topics are.

    `everybody` is whether topics are told of the whole.
    """

    groups: list[Group]
    topics: list[bool]
    everybody: bool


def told_rows(
    facts: Iterable[AttemptFact], minimum: int, bound: Iterable[Collection[str]] = ()
) -> Rows:
    """The rows of a settled sitting's report as `unit_report` makes them."""
    units = _by_unit(facts)
    groups = _groups(units, minimum, bound)
    topics, of_all = _topics(groups, units, minimum)
    return Rows(groups, [bool(told) for told in topics], bool(of_all))


def _groups(
    units: Mapping[str, Sequence[AttemptFact]], minimum: int, bound: Iterable[Collection[str]]
) -> list[Group]:
    sizes = [UnitSize(code, of[0].kind_code, len(_results(of))) for code, of in units.items()]
    return suppress(sizes, minimum, bound)


def _by_unit(facts: Iterable[AttemptFact]) -> dict[str, list[AttemptFact]]:
    units: dict[str, list[AttemptFact]] = {}
    for fact in facts:
        units.setdefault(fact.unit_code, []).append(fact)
    return units


def total_report(
    facts: Iterable[AttemptFact], minimum: int = OFFICE_MINIMUM, *, closed: bool = True
) -> UnitReport:
    """The same of everybody together, without rows and without topics; facts may have none."""
    everybody = list(facts)
    settled = _settled(everybody, closed)
    total = _total(everybody, minimum, {}) if settled else _row(_EVERYBODY, everybody, False, {})
    return UnitReport((), (), total, minimum, settled)


def _settled(facts: Iterable[AttemptFact], closed: bool) -> bool:
    return closed and not any(fact.state == "running" for fact in facts)


def _total(everybody: Sequence[AttemptFact], minimum: int, topics: TopicShares) -> UnitRow:
    enough = len(_results(everybody)) >= minimum
    return _row(_EVERYBODY, everybody, enough, {}, topics)


def _topics(
    groups: Sequence[Group], units: Mapping[str, Sequence[AttemptFact]], minimum: int
) -> tuple[list[TopicShares], TopicShares]:
    """What may be told of topics in each group, and of everybody."""
    scores = [
        [fact.topic_scores for code in group.units for _, fact in _results(units[code])]
        for group in groups
    ]
    return shown_topics(scores, [group.shown for group in groups], minimum)


def _drawn_together(
    rows: Sequence[UnitRow], units: Mapping[str, Sequence[AttemptFact]]
) -> list[UnitRow]:
    """The rows, single units with an interval drawn towards the mean of all such units.

    It is made of nothing but what these rows show.
    """
    raw = {
        row.code: Raw(row.submitted, float(row.mean), _spread(units[row.code]))
        for row in rows
        if row.mean is not None and row.low is not None and not row.pooled
    }
    found = unit_means(raw)
    drawn = found.units if found else {}
    return [replace(row, drawn=None if row.pooled else drawn.get(row.code)) for row in rows]


def _spread(facts: Iterable[AttemptFact]) -> float:
    return sample_sd([percent for percent, _ in _results(facts)])


def _participation(
    everybody: Sequence[AttemptFact], units: Mapping[str, Sequence[AttemptFact]], minimum: int
) -> UnitReport:
    """Each unit by itself and everybody, without any result."""
    return UnitReport(
        rows=_alphabetical(_row(_unit_label(of[0]), of, False, {}) for of in units.values()),
        participation=(),
        total=_row(_EVERYBODY, everybody, False, {}),
        minimum=minimum,
        settled=False,
    )


@dataclass(frozen=True)
class _Label:
    code: str
    name: str
    kind: str
    kind_name: str
    pooled: tuple[tuple[str, str], ...] = ()


_EVERYBODY = _Label("", "", "", "")


def _unit_label(fact: AttemptFact) -> _Label:
    return _Label(fact.unit_code, fact.unit_name, fact.kind_code, fact.kind_name)


def _group_row(
    group: Group,
    units: Mapping[str, Sequence[AttemptFact]],
    hardest: Mapping[str, str],
    topics: TopicShares,
) -> UnitRow:
    facts = [fact for code in group.units for fact in units[code]]
    label = _unit_label(facts[0])
    if group.pooled:
        names = ((code, units[code][0].unit_name) for code in group.units)
        label = _Label(
            code=label.kind,
            name=label.kind_name,
            kind=label.kind,
            kind_name=label.kind_name,
            pooled=tuple(sorted(names, key=lambda pair: (pair[1].casefold(), pair[0]))),
        )
    return _row(label, facts, group.shown, hardest, topics)


def _row(
    label: _Label,
    facts: Sequence[AttemptFact],
    shown: bool,
    hardest: Mapping[str, str],
    topics: TopicShares = MappingProxyType({}),
) -> UnitRow:
    results = _results(facts)
    seen = results if shown else []
    centre, low, high = mean_interval([percent for percent, _ in seen]) if seen else (None,) * 3
    return UnitRow(
        code=label.code,
        name=label.name,
        kind=label.kind,
        kind_name=label.kind_name,
        pooled=tuple(code for code, _ in label.pooled),
        pooled_names=tuple(name for _, name in label.pooled),
        invited=sum(fact.invited for fact in facts),
        attended=sum(fact.attended for fact in facts),
        unrecorded=sum(fact.worked and not fact.attended for fact in facts),
        submitted=sum(fact.state == "submitted" for fact in facts),
        empty=sum(fact.state == "empty" for fact in facts),
        running=sum(fact.state == "running" for fact in facts),
        mean=centre,
        low=low,
        high=high,
        passed=_passed(fact for _, fact in seen),
        topics=topics,
        weakest_topic=weakest(topics),
        kind_weakest_topic=None if shown else hardest.get(label.kind),
        withheld=bool(results) and not shown,
    )


def _results(facts: Iterable[AttemptFact]) -> list[tuple[Fraction, AttemptFact]]:
    return [
        (fact.percent, fact)
        for fact in facts
        if fact.state == "submitted" and fact.percent is not None
    ]


def _passed(facts: Iterable[AttemptFact]) -> int | None:
    outcomes = [fact.passed for fact in facts if fact.passed is not None]
    return sum(outcomes) if outcomes else None


def _weakest_by_kind(facts: Sequence[AttemptFact], minimum: int) -> dict[str, str]:
    """The weakest topic of each kind with enough results to show anything of it."""
    by_kind: dict[str, list[TopicScores]] = {}
    for _, fact in _results(facts):
        by_kind.setdefault(fact.kind_code, []).append(fact.topic_scores)
    found = {kind: weakest(topic_shares(of, minimum)) for kind, of in by_kind.items()}
    return {kind: topic for kind, topic in found.items() if topic is not None}


def _alphabetical(rows: Iterable[UnitRow]) -> tuple[UnitRow, ...]:
    return tuple(sorted(rows, key=lambda row: (row.name.casefold(), row.code)))
