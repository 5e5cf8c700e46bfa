"""What changed from the pre-test to the post-test, told without telling of single people.

The means before and after are those of people who did both; the sittings' own totals are shown too.
Their difference is the sum over those who did only one, often two or three late ones. Therefore
some who did both are left out with them, as few as will do.
"""

from collections import Counter
from collections.abc import Hashable, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from hashlib import sha256

from quiz.assessment.analysis.statistics.change import (
    PairedChange,
    normalised_gain,
    paired_change,
)
from quiz.assessment.analysis.suppression import OFFICE_MINIMUM, hidden_among_rows
from quiz.assessment.analysis.topic_shares import TopicScores
from quiz.assessment.scores.scoring import share

Row = Hashable


@dataclass(frozen=True, slots=True)
class Work:
    """One person's result in one sitting (percent), the row of the report it stands in, topics.

    All rows that are withheld are one row.
    """

    row: Row
    percent: Fraction
    topics: TopicScores


Works = Mapping[str, Work]
"""Person → their work in a sitting."""


@dataclass(frozen=True)
class ChangeReport:
    """The change of the `people` that are counted; `left_out` others did both sittings too.

    `only_before` and `only_after` people did one. Everything is None where too few did both;
    `topics` is empty where topics may not be told. `gain` is Hake's, None near the ceiling.
    """

    people: tuple[str, ...]
    left_out: int
    only_before: int
    only_after: int
    whole: PairedChange | None
    topics: Mapping[str, PairedChange]
    gain: Fraction | None

    @property
    def counted(self) -> int:
        """How many people are counted."""
        return len(self.people)


def change_report(before: Works, after: Works, minimum: int = OFFICE_MINIMUM) -> ChangeReport:
    """The change of everybody in both sittings whose results may be told.

    Nothing about fewer than `minimum` people follows from it together with both sittings' totals,
    rows and topics.
    """
    both = before.keys() & after.keys()
    counted = counted_people(_rows(before), _rows(after), minimum)
    pairs = [(before[person].percent, after[person].percent) for person in counted]
    return ChangeReport(
        people=tuple(counted),
        left_out=len(both) - len(counted),
        only_before=len(before.keys() - both),
        only_after=len(after.keys() - both),
        whole=paired_change(pairs),
        topics=_topics(counted, before, after),
        gain=normalised_gain(pairs),
    )


def counted_people(
    before: Mapping[str, Row], after: Mapping[str, Row], minimum: int = OFFICE_MINIMUM
) -> list[str]:
    """Whose change is told: all who did both, less as many as hide those who did one.

    From each person's row in either sitting. Who they are depends on nothing but their identifiers.
    """
    both = sorted(before.keys() & after.keys(), key=lambda uid: sha256(uid.encode()).digest())
    for left_out in range(len(both) - minimum + 1):
        counted = both[left_out:]
        inside = frozenset(counted)
        if all(
            hidden_among_rows(
                Counter((row, person in inside) for person, row in rows.items()), minimum
            )
            for rows in (before, after)
        ):
            return counted
    return []


def _rows(works: Works) -> dict[str, Row]:
    return {person: work.row for person, work in works.items()}


def _topics(counted: Sequence[str], before: Works, after: Works) -> dict[str, PairedChange]:
    """The change in each topic of both sittings; nothing where not everybody was asked all."""
    found: dict[str, PairedChange] = {}
    asked = [_asked_of_all(works) for works in (before, after)]
    for topic in sorted(asked[0] & asked[1]):
        change = paired_change(
            [
                (share(*before[person].topics[topic]), share(*after[person].topics[topic]))
                for person in counted
            ]
        )
        if change is not None:
            found[topic] = change
    return found


def _asked_of_all(works: Works) -> frozenset[str]:
    """The topics of a sitting, if each was asked of everybody in it."""
    asked = {
        frozenset(t for t, (_, most) in work.topics.items() if most) for work in works.values()
    }
    return asked.pop() if len(asked) == 1 else frozenset()
