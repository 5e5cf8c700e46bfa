"""Which results a new edition takes over, so that editions together tell of no single person.

Whoever holds two editions can subtract them. So a row is told anew only if the results of at least
five people in it are others than in every edition before; else it keeps the results it had, and the
total is the sum over what rows keep and take over. Rows then differ by nobody or by five, and
totals by what their rows do. A result that no edition has told stands in the difference to each of
them, so five of these are never less, however many editions are combined.
"""

from collections import Counter, defaultdict
from collections.abc import Collection, Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import chain
from typing import Self

from quiz.assessment.analysis.change_report import ChangeReport, Work, Works
from quiz.assessment.analysis.suppression import OFFICE_MINIMUM, Group
from quiz.assessment.analysis.unit_report import AttemptFact, Rows, told_rows

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
    live: Facts, told: Iterable[Facts], bound: Iterable[Units] = (), minimum: int = OFFICE_MINIMUM
) -> Renewal:
    """What a new edition tells of a sitting.

    ``told`` are its facts as earlier editions told them, oldest first; ``bound`` what was pooled in
    it. The last resort is to take over nothing. Cost: linear in the facts, for each row kept.
    """
    history = [each for each in map(_Told.of, told) if each.people >= minimum]
    if not history:
        return Renewal(live)
    last, bound = history[-1], [tuple(pool) for pool in bound]
    before = told_rows(last.facts, minimum, bound)
    kept: frozenset[str] = frozenset()
    while True:
        facts = [fact for fact in live if fact.unit_code not in kept]
        facts += [fact for fact in last.facts if fact.unit_code in kept]
        now = told_rows(facts, minimum, bound)
        refused = _refused(before, now, _Told.of(facts), history, minimum)
        if not refused and now.everybody is before.everybody:
            return Renewal(facts, _differing(kept, live, last.facts))
        if refused <= kept:
            everywhere = frozenset(fact.unit_code for fact in (*live, *last.facts))
            return Renewal(last.facts, _differing(everywhere, live, last.facts), whole=True)
        kept |= refused


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
    before: Rows, now: Rows, facts: _Told, history: Sequence[_Told], minimum: int
) -> frozenset[str]:
    """The units that may not stand as they do now after what was told of them."""
    was, stands = _status(before), _status(now)
    flipped = {unit for unit, how in stands.items() if how and was.get(unit) not in {None, how}}
    hidden = {unit for rows in (before, now) for group in _withheld(rows) for unit in group.units}
    unit_of = {fact.person: fact.unit_code for fact in history[-1].facts}
    moved = {
        frozenset({fact.unit_code, unit_of.get(fact.person, fact.unit_code)})
        for fact in facts.facts
    }
    earlier = [group.units for group in before.groups]
    refused = set(flipped)
    if not _may_follow([frozenset(hidden)], facts, history, minimum):
        refused |= hidden
    for group in now.groups:
        parts = [frozenset(group.units) & frozenset(units) for units in earlier]
        new = frozenset(group.units).difference(*earlier)
        if group.shown and not _may_follow([*filter(None, parts), new], facts, history, minimum):
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


def _may_follow(
    parts: Sequence[frozenset[str]], facts: _Told, history: Sequence[_Told], minimum: int
) -> bool:
    """Whether a row, of which ``parts`` were told apart, may be told after all editions before."""
    row = frozenset[str]().union(*parts)
    return all(
        facts.within(row, measure) in [each.within(row, measure) for each in history]
        or sum(_fresh(part, measure, facts, history) for part in parts) >= minimum
        for measure in set(facts.measures).union(*(each.measures for each in history))
    )


def _fresh(units: Units, measure: str, facts: _Told, history: Sequence[_Told]) -> int:
    """How many people of these units no edition told with the result they have, or have no more.

    At most as many as have one: their sum alone could be known too.
    """
    here = facts.within(units, measure)
    told = [each.measures.get(measure, {}) for each in history]
    new = sum(all(each.get(person) != here[person] for each in told) for person in here)
    then = [each.within(units, measure) for each in history]
    now = facts.measures.get(measure, {})
    left = sum(all(person in each for each in then) for person in then[-1] if person not in now)
    return min(new + left, len(here))


Change = tuple[ChangeReport, Works, Works]
"""A change, and the works before and after that it is made of."""


def change_may_follow(now: Change, told: Change, minimum: int = OFFICE_MINIMUM) -> bool:
    """Whether a change may be told after the one that an edition told.

    Of their difference those are left who are counted in one alone, and in each row those others
    who changed, or, if its own difference is taken away, those who changed and are not counted.
    """
    counted, was = set(now[0].people), set(told[0].people)
    left = len(counted ^ was)
    for new, old in zip(now[1:], told[1:], strict=True):
        inside, outside = Counter[Hashable](), Counter[Hashable]()
        for person in new.keys() | old.keys():
            work, before = new.get(person), old.get(person)
            if _result(work) != _result(before):
                row = work.row if work else before and before.row
                if person in counted & was:
                    inside[row] += 1
                elif person not in counted | was:
                    outside[row] += 1
        left += sum(min(inside[row], outside[row]) for row in inside)
    return left == 0 or left >= minimum


def _result(work: Work | None) -> Hashable:
    return None if work is None else (work.percent, frozenset(work.topics.items()))
