"""Which results a new edition takes over, so that editions together tell of no single person.

Whoever holds two editions can subtract them. So a row is told anew only if the results of at least
five people in it are others than in every edition before; else it keeps the results it had, and the
total is the sum over what rows keep and take over. Rows then differ by nobody or by five, and
totals by what their rows do. A result that no edition has told is in nothing that was told before,
so wherever the new row is added or subtracted, five of these are left, and never less.
"""

from collections import defaultdict
from collections.abc import Collection, Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import chain
from typing import Self

from quiz.assessment.analysis.suppression import OFFICE_MINIMUM, Group
from quiz.assessment.analysis.unit_report import AttemptFact, Rows, UnitReport, told_rows

Facts = Sequence[AttemptFact]
Units = Collection[str]

Results = Mapping[str, Hashable]
"""Person → their result in one measure."""


@dataclass(frozen=True)
class Renewal:
    """The facts a sitting's new figures are made of; ``kept`` are units that stand otherwise now.

    ``whole``: nothing can be taken over, the sitting's figures stay as they were.
    """

    facts: Facts
    kept: frozenset[str] = frozenset()
    whole: bool = False


def renewal(
    live: Facts,
    told: Iterable[tuple[Facts, Rows]],
    bound: Iterable[Units] = (),
    minimum: int = OFFICE_MINIMUM,
) -> Renewal:
    """What a new edition tells of a sitting.

    ``told`` are its facts and rows as earlier editions told them, oldest first; ``bound`` what was
    pooled in it. The last resort is to take over nothing.
    """
    all_told = [(_Told.of(facts), rows) for facts, rows in told]
    history = [facts for facts, _ in all_told if facts.people >= minimum]
    before = [rows for facts, rows in all_told if facts.people >= minimum]
    if not history:
        return Renewal(live)
    last, bound = history[-1], [tuple(pool) for pool in bound]
    kept: frozenset[str] = frozenset()
    while True:
        facts = [fact for fact in live if fact.unit_code not in kept]
        facts += [fact for fact in last.facts if fact.unit_code in kept]
        now = told_rows(facts, minimum, bound)
        refused = _refused(before, now, _Told.of(facts), history, minimum)
        if not refused and all(now.everybody is each.everybody for each in before):
            return Renewal(facts, _differing(kept, live, last.facts))
        if refused <= kept:
            everywhere = frozenset(fact.unit_code for fact in (*live, *last.facts))
            return Renewal(last.facts, _differing(everywhere, live, last.facts), whole=True)
        kept |= refused


def rows_of(report: UnitReport) -> Rows:
    """The rows of a report that was told."""
    return Rows(
        [Group(row.kind, row.units, row.submitted, row.mean is not None) for row in report.rows],
        [bool(row.topics) for row in report.rows],
        bool(report.total.topics),
    )


def joined(sets: Iterable[Units]) -> list[frozenset[str]]:
    """Sets that share a code made one; none is empty."""
    found: list[frozenset[str]] = []
    for each in map(frozenset, sets):
        if each:
            touched = [other for other in found if other & each]
            found = [other for other in found if other not in touched]
            found.append(each.union(*touched))
    return found


@dataclass(frozen=True)
class _Told:
    """The facts of a sitting, with the results in them: in everything under "", and by topic."""

    facts: Facts
    people_of: Mapping[str, Sequence[str]]
    measures: Mapping[str, Results]

    @classmethod
    def of(cls, facts: Facts) -> Self:
        measures: defaultdict[str, dict[str, Hashable]] = defaultdict(dict)
        people_of: defaultdict[str, list[str]] = defaultdict(list)
        for fact in facts:
            if fact.state == "submitted" and fact.percent is not None:
                people_of[fact.unit_code].append(fact.person)
                measures[""][fact.person] = (fact.percent, fact.passed)
                for topic, score in fact.topic_scores.items():
                    measures[topic][fact.person] = tuple(score)
        return cls(facts, people_of, measures)

    @property
    def people(self) -> int:
        return sum(map(len, self.people_of.values()))

    def within(self, units: Units, measure: str) -> Results:
        """The results of these units' people in one measure."""
        results = self.measures.get(measure, {})
        people = chain.from_iterable(self.people_of.get(unit, ()) for unit in units)
        return {person: results[person] for person in people if person in results}


def _differing(units: Units, live: Facts, last: Facts) -> frozenset[str]:
    """Those units of which the facts are others than they were."""
    sides = [{fact.person: fact for fact in facts} for facts in (live, last)]
    people = sides[0].keys() | sides[1].keys()
    apart = [[side.get(person) for side in sides] for person in people]
    found = (fact.unit_code for now, then in apart if now != then for fact in (now, then) if fact)
    return frozenset(found).intersection(units)


def _refused(
    before: Sequence[Rows], now: Rows, facts: _Told, history: Sequence[_Told], minimum: int
) -> frozenset[str]:
    """The units that may not stand as they do now after what was told of them."""
    was, stands = list(map(_status, before)), _status(now)
    flipped = {
        unit
        for unit, how in stands.items()
        if how and any(each.get(unit) not in {None, how} for each in was)
    }
    hidden = {unit for rows in (*before, now) for group in _withheld(rows) for unit in group.units}
    unit_of = {fact.person: fact.unit_code for fact in history[-1].facts}
    moved = {
        frozenset({fact.unit_code, unit_of.get(fact.person, fact.unit_code)})
        for fact in facts.facts
    }
    earlier = [group.units for rows in before for group in rows.groups]
    refused = set(flipped)
    if not _may_follow(hidden, facts, history, minimum):
        refused |= hidden
    for group in now.groups:
        if group.shown and not _may_follow(group.units, facts, history, minimum):
            refused.update(group.units)
    together = joined([*moved, hidden, *earlier, *(group.units for group in now.groups)])
    return frozenset(chain.from_iterable(units for units in together if units & refused))


def _withheld(rows: Rows) -> list[Group]:
    return [group for group in rows.groups if group.n and not group.shown]


def _status(rows: Rows) -> dict[str, tuple[bool, bool] | None]:
    """Unit → whether its row and its topics are told; None where there is no result."""
    return {
        unit: (group.shown, topics) if group.n else None
        for group, topics in zip(rows.groups, rows.topics, strict=True)
        for unit in group.units
    }


def _may_follow(units: Units, facts: _Told, history: Sequence[_Told], minimum: int) -> bool:
    """Whether a row of these units may be told after all editions before."""
    return all(
        facts.within(units, measure) in [each.within(units, measure) for each in history]
        or _fresh(units, measure, facts, history) >= minimum
        for measure in set(facts.measures).union(*(each.measures for each in history))
    )


def _fresh(units: Units, measure: str, facts: _Told, history: Sequence[_Told]) -> int:
    """How many people of these units have a result that no edition told."""
    told = [each.measures.get(measure, {}) for each in history]
    here = facts.within(units, measure)
    return sum(all(each.get(person) != here[person] for each in told) for person in here)


def fresh_results(facts: Facts, told: Iterable[Facts]) -> int:
    """How many people have a result that no edition told."""
    now, history = _Told.of(facts), [_Told.of(each) for each in told]
    return _fresh(now.people_of.keys(), "", now, history)


def same_results(facts: Facts, other: Facts) -> bool:
    """Whether the same people have the same results in the same units."""
    mine, theirs = _Told.of(facts), _Told.of(other)
    return mine.measures == theirs.measures and all(
        set(people) == set(theirs.people_of.get(unit, ()))
        for unit, people in mine.people_of.items()
    )
