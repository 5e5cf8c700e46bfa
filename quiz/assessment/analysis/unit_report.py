"""The report per unit: participation of everybody, results as far as they may be shown.

While somebody may still answer there is participation and nothing else. Of figures that move, two
looks tell what the people between them did, and rounding the looks to fives would only move that
to the last look before the closing.
"""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import NamedTuple

from quiz.assessment.analysis.statistics.means import sample_sd
from quiz.assessment.analysis.statistics.unit_means import Raw, unit_means
from quiz.assessment.analysis.suppression import OFFICE_MINIMUM, Group, UnitSize, suppress
from quiz.assessment.analysis.topic_shares import (
    TopicShares,
    shown_topics,
)
from quiz.assessment.analysis.unit_rows import (
    EVERYBODY,
    AttemptFact,
    UnitRow,
    alphabetical,
    group_row,
    results_of,
    row_of,
    unit_label,
    weakest_by_kind,
)

__all__ = [
    "AttemptFact",
    "Rows",
    "UnitReport",
    "UnitRow",
    "told_rows",
    "total_report",
    "unit_report",
]


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
    hardest = weakest_by_kind(everybody, minimum)
    topics, of_all = _topics(groups, units, minimum)
    rows = [
        group_row(group, units, hardest, told) for group, told in zip(groups, topics, strict=True)
    ]
    pooled = [code for group in groups if group.pooled for code in group.units]
    small = [row_of(unit_label(units[code][0]), units[code], False, hardest) for code in pooled]
    return UnitReport(
        rows=alphabetical(_drawn_together(rows, units)),
        participation=alphabetical(small),
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
    sizes = [UnitSize(code, of[0].kind_code, len(results_of(of))) for code, of in units.items()]
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
    total = _total(everybody, minimum, {}) if settled else row_of(EVERYBODY, everybody, False, {})
    return UnitReport((), (), total, minimum, settled)


def _settled(facts: Iterable[AttemptFact], closed: bool) -> bool:
    return closed and not any(fact.state == "running" for fact in facts)


def _total(everybody: Sequence[AttemptFact], minimum: int, topics: TopicShares) -> UnitRow:
    enough = len(results_of(everybody)) >= minimum
    return row_of(EVERYBODY, everybody, enough, {}, topics)


def _topics(
    groups: Sequence[Group], units: Mapping[str, Sequence[AttemptFact]], minimum: int
) -> tuple[list[TopicShares], TopicShares]:
    """What may be told of topics in each group, and of everybody."""
    scores = [
        [fact.topic_scores for code in group.units for _, fact in results_of(units[code])]
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
    return sample_sd([percent for percent, _ in results_of(facts)])


def _participation(
    everybody: Sequence[AttemptFact], units: Mapping[str, Sequence[AttemptFact]], minimum: int
) -> UnitReport:
    """Each unit by itself and everybody, without any result."""
    return UnitReport(
        rows=alphabetical(row_of(unit_label(of[0]), of, False, {}) for of in units.values()),
        participation=(),
        total=row_of(EVERYBODY, everybody, False, {}),
        minimum=minimum,
        settled=False,
    )
