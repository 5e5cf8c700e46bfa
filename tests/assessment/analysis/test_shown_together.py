"""What a reader makes of everything that is shown of an event: rows, totals, topics, the change,
kinds of unit, versions of items and what was covered, before and after, added and subtracted."""

from collections import Counter, defaultdict
from collections.abc import Hashable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction

from hypothesis import given, settings
from hypothesis import strategies as st

from quiz.assessment.analysis.beside_rows import (
    Meeting,
    Place,
    Standing,
    beside_change,
    beside_rows,
)
from quiz.assessment.analysis.change_report import ChangeReport, Work, change_report
from quiz.assessment.analysis.disclosure import countable_versions
from quiz.assessment.analysis.groups.kinds import kind_means
from quiz.assessment.analysis.suppression import OFFICE_MINIMUM, SPEAKER_MINIMUM
from quiz.assessment.analysis.unit_report import AttemptFact, Rows, told_rows
from tests.assessment.together import Sum, exposed_alike

KINDS = {"A": "desa", "B": "desa", "C": "kantor", "D": "upt"}
TOPICS = ("makna", "sanksi", "sanksi")
"""The topic at each position."""


@dataclass(frozen=True)
class Person:
    uid: str
    unit: str
    status: str
    sides: tuple[bool, bool]


@dataclass(frozen=True)
class Hall:
    """Who did which test, and which statuses have an item of their own at each position."""

    people: Sequence[Person]
    varied: tuple[str, ...]

    def version(self, person: Person, position: int) -> str:
        own = person.status in self.varied[position]
        return f"{position}{person.status if own else ''}"

    def on(self, side: int) -> list[Person]:
        return [person for person in self.people if person.sides[side]]


@st.composite
def halls(draw: st.DrawFn) -> Hall:
    kinds = [(u, s, t) for u in "ABCD" for s in "nkp" for t in ((1, 1), (1, 0), (0, 1))]
    chosen = draw(st.lists(st.sampled_from(kinds), min_size=1, max_size=7, unique=True))
    people = []
    for unit, status, sides in chosen:
        for _ in range(draw(st.sampled_from([1, 1, 2, 3, 5, 6, 9]))):
            before, after = map(bool, sides)
            people.append(Person(f"p{len(people)}", unit, status, (before, after)))
    return Hall(people, draw(st.tuples(*[st.sampled_from(["", "k", "nkp"])] * len(TOPICS))))


def facts(hall: Hall, side: int) -> list[AttemptFact]:
    scores = {topic: (Fraction(1), Fraction(TOPICS.count(topic))) for topic in TOPICS}
    return [
        AttemptFact(
            person=one.uid,
            unit_code=one.unit,
            unit_name=one.unit,
            kind_code=KINDS[one.unit],
            kind_name=KINDS[one.unit],
            invited=True,
            attended=True,
            worked=one.sides[side],
            state="submitted" if one.sides[side] else "none",
            percent=Fraction(50) if one.sides[side] else None,
            passed=None,
            topic_scores=scores if one.sides[side] else {},
        )
        for one in hall.people
    ]


class Reader:
    """Everything that is shown of a hall, as sums over people alike."""

    def __init__(self, hall: Hall) -> None:
        self.hall = hall
        rows: list[Rows] = []
        for side in (0, 1):
            bound = [group.units for group in rows[-1].groups if group.pooled] if rows else []
            rows.append(told_rows(facts(hall, side), OFFICE_MINIMUM, bound))
        self.rows = rows
        works = [
            {
                one.uid: Work(self._row(side, one), Fraction(50), facts(hall, side)[0].topic_scores)
                for one in hall.on(side)
            }
            for side in (0, 1)
        ]
        self.change: ChangeReport = change_report(works[0], works[1])

    def _row(self, side: int, person: Person) -> Hashable:
        groups = self.rows[side].groups
        return next((g.units for g in groups if g.shown and person.unit in g.units), None)

    def alike(self, person: Person) -> Hashable:
        counted = person.uid in self.change.people
        return person.unit, person.status, person.sides, counted

    def total(self, side: int, people: Sequence[Person], positions: Sequence[int]) -> Sum:
        return Counter((self.alike(one), (side, place)) for one in people for place in positions)

    def known(self) -> Iterator[Sum]:
        for side in (0, 1):
            yield from self._of_rows(side)
            yield from self._of_versions(side)
        yield from self._of_the_change()

    def _of_rows(self, side: int) -> Iterator[Sum]:
        here, every = self.hall.on(side), range(len(TOPICS))
        by_topic = [[p for p in every if TOPICS[p] == topic] for topic in sorted({*TOPICS})]
        told = self.rows[side]
        if len(here) >= OFFICE_MINIMUM:
            yield self.total(side, here, every)
        if told.everybody:
            yield from (self.total(side, here, positions) for positions in by_topic)
        for group, topics in zip(told.groups, told.topics, strict=True):
            inside = [one for one in here if one.unit in group.units]
            if group.shown:
                yield self.total(side, inside, every)
            if topics:
                yield from (self.total(side, inside, positions) for positions in by_topic)
        for kind, mean in kind_means([(KINDS[one.unit], Fraction(50)) for one in here]).items():
            if mean.found is not None:
                of = [one for one in here if KINDS[one.unit] == kind]
                yield self.total(side, of, every)

    def _of_versions(self, side: int) -> Iterator[Sum]:
        here = self.hall.on(side)
        met: Mapping[tuple[int, str], list[Person]] = defaultdict(list)
        for place in range(len(TOPICS)):
            for one in here:
                met[place, self.hall.version(one, place)].append(one)
        told = self._told(side)
        for (place, version), people in met.items():
            if version in told:
                yield self.total(side, people, [place])

    def _told(self, side: int) -> frozenset[str]:
        places = {
            place: Place(frozenset({TOPICS[place]}), Counter(met))
            for place, met in enumerate(self._versions(side))
        }
        return beside_rows(self._countable(side), places, self._meetings(side))

    def _countable(self, side: int) -> frozenset[str]:
        return countable_versions(map(Counter, self._versions(side)))

    def _versions(self, side: int) -> list[list[str]]:
        here, every = self.hall.on(side), range(len(TOPICS))
        return [[self.hall.version(one, place) for one in here] for place in every]

    def _meetings(self, side: int) -> list[Meeting]:
        return [
            (
                place,
                self.hall.version(one, place),
                Standing(self._row(side, one), one.uid in self.change.people),
            )
            for one in self.hall.on(side)
            for place in range(len(TOPICS))
        ]

    def _of_the_change(self) -> Iterator[Sum]:
        inside = [one for one in self.hall.people if one.uid in self.change.people]
        every = range(len(TOPICS))
        for side in (0, 1):
            if self.change.whole is not None:
                yield self.total(side, inside, every)
            for topic in self.change.topics:
                yield self.total(side, inside, [p for p in every if TOPICS[p] == topic])
        if len(inside) >= SPEAKER_MINIMUM and all(
            beside_change(self._countable(side), self._meetings(side)) for side in (0, 1)
        ):
            for place in every:
                covered = Counter(self.total(1, inside, [place]))
                covered.subtract(self.total(0, inside, [place]))
                yield covered


@settings(deadline=None, max_examples=300)
@given(halls())
def test_everything_shown_together_tells_of_no_fewer_than_five(hall: Hall) -> None:
    reader = Reader(hall)
    sizes = Counter(map(reader.alike, hall.people))

    assert exposed_alike(reader.known(), sizes, OFFICE_MINIMUM) == []
