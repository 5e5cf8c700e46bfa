"""One row of the report per unit: who stands in it, and what of their results it may show."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction
from types import MappingProxyType
from typing import Literal

from quiz.assessment.analysis.statistics.means import mean_interval
from quiz.assessment.analysis.statistics.unit_means import Drawn
from quiz.assessment.analysis.suppression import Group
from quiz.assessment.analysis.topic_shares import TopicScores, TopicShares, topic_shares, weakest
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
    and `high` also where all results are the same, `passed` without a pass mark, `weakest_topic`
    where none is weaker. `topics` has the share of each topic's points (0 to 100), and nothing
    where topics may not be told. `drawn` is a unit's mean drawn towards that of all, beside its own
    and never instead of it; None where units cannot be told apart. `withheld` says that there are
    results which may not be shown. Where no result is shown, `kind_weakest_topic` is what the
    unit's kind finds hardest, if there are enough of that kind to say so.
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
class Label:
    """What a row is of: a unit, or units pooled, each its code and name."""

    code: str
    name: str
    kind: str
    kind_name: str
    pooled: tuple[tuple[str, str], ...] = ()


EVERYBODY = Label("", "", "", "")


def unit_label(fact: AttemptFact) -> Label:
    """Of the unit this enrolment belongs to."""
    return Label(fact.unit_code, fact.unit_name, fact.kind_code, fact.kind_name)


def group_row(
    group: Group,
    units: Mapping[str, Sequence[AttemptFact]],
    hardest: Mapping[str, str],
    topics: TopicShares,
) -> UnitRow:
    """The row of a unit, or of units pooled, with results where the group may show them."""
    facts = [fact for code in group.units for fact in units[code]]
    label = unit_label(facts[0])
    if group.pooled:
        names = ((code, units[code][0].unit_name) for code in group.units)
        label = Label(
            code=label.kind,
            name=label.kind_name,
            kind=label.kind,
            kind_name=label.kind_name,
            pooled=tuple(sorted(names, key=lambda pair: (pair[1].casefold(), pair[0]))),
        )
    return row_of(label, facts, group.shown, hardest, topics)


def row_of(
    label: Label,
    facts: Sequence[AttemptFact],
    shown: bool,
    hardest: Mapping[str, str],
    topics: TopicShares = MappingProxyType({}),
) -> UnitRow:
    """The row of these enrolments; `shown`: with their results."""
    results = results_of(facts)
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


def results_of(facts: Iterable[AttemptFact]) -> list[tuple[Fraction, AttemptFact]]:
    """The percents that count, each with its enrolment."""
    return [
        (fact.percent, fact)
        for fact in facts
        if fact.state == "submitted" and fact.percent is not None
    ]


def _passed(facts: Iterable[AttemptFact]) -> int | None:
    outcomes = [fact.passed for fact in facts if fact.passed is not None]
    return sum(outcomes) if outcomes else None


def weakest_by_kind(facts: Sequence[AttemptFact], minimum: int) -> dict[str, str]:
    """The weakest topic of each kind with enough results to show anything of it."""
    by_kind: dict[str, list[TopicScores]] = {}
    for _, fact in results_of(facts):
        by_kind.setdefault(fact.kind_code, []).append(fact.topic_scores)
    found = {kind: weakest(topic_shares(of, minimum)) for kind, of in by_kind.items()}
    return {kind: topic for kind, topic in found.items() if topic is not None}


def alphabetical(rows: Iterable[UnitRow]) -> tuple[UnitRow, ...]:
    """By name, never ranked; equals by code."""
    return tuple(sorted(rows, key=lambda row: (row.name.casefold(), row.code)))
