"""Whether people moved more on what a speaker covered than on the rest.

It is told of exactly those people of whom the change from pre-test to post-test is told, or of
nobody, so it adds no sum over other people than that.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from functools import lru_cache
from typing import NamedTuple

from quiz.assessment.analysis.display import ShownChange, shown_changes
from quiz.assessment.analysis.statistics.change import PairedChange, paired_change
from quiz.assessment.analysis.statistics.means import MeanInterval, mean_interval, total
from quiz.assessment.analysis.suppression import SPEAKER_MINIMUM

Points = tuple[Fraction, Fraction]
"""Points and maximum."""


class Parts(NamedTuple):
    """What one person earned in a sitting: at items on covered passages, and at the others."""

    covered: Points
    rest: Points

    @property
    def asked(self) -> bool:
        """Whether both parts were asked."""
        return bool(self.covered[1] and self.rest[1])


Sides = Mapping[str, Parts]
"""Person → their parts in a sitting."""


@dataclass(frozen=True)
class Movement:
    """The change on what was covered and on the rest, in percent, of the same people.

    `difference` is the mean of each person's difference of the two, -200 to 200, with its 95 %
    interval.
    """

    covered: PairedChange
    rest: PairedChange
    difference: MeanInterval

    @property
    def n(self) -> int:
        """How many people."""
        return self.covered.n

    @property
    def shown(self) -> ShownChange:
        """The change on the rest, that on what was covered, and their difference, as shown."""
        low, high = self.difference.low, self.difference.high
        rest, covered, further = self.rest.change, self.covered.change, self.difference.mean
        [found] = shown_changes([PairedChange(self.n, rest, covered, further, low, high, None)])
        return found


def movement(people: Sequence[str], before: Sides, after: Sides) -> Movement | None:
    """The movement of `people`, who are in both sittings.

    None for fewer than SPEAKER_MINIMUM, and unless each of them was asked both parts both times.
    """
    both = [(before[person], after[person]) for person in people]
    if len(both) < SPEAKER_MINIMUM or not all(part.asked for pair in both for part in pair):
        return None
    covered = [(_percent(a.covered), _percent(b.covered)) for a, b in both]
    rest = [(_percent(a.rest), _percent(b.rest)) for a, b in both]
    further = [
        (after_c - before_c) - (after_r - before_r)
        for (before_c, after_c), (before_r, after_r) in zip(covered, rest, strict=True)
    ]
    changes = paired_change(covered), paired_change(rest)
    if changes[0] is None or changes[1] is None:
        return None
    return Movement(changes[0], changes[1], mean_interval(further, clip=(-200, 200)))


def parts(items: Iterable[tuple[str, Fraction, Fraction]], covered: frozenset[str]) -> Parts:
    """One person's parts from version, points and maximum of each knowledge item; `covered` are
    the versions that rest on a covered passage."""
    sides: tuple[list[Points], list[Points]] = [], []
    for version, points, most in items:
        sides[version in covered].append((points, most))
    return Parts(_summed(sides[True]), _summed(sides[False]))


def _summed(points: Sequence[Points]) -> Points:
    return total([earned for earned, _ in points]), total([most for _, most in points])


@lru_cache(maxsize=4096)
def _percent(points: Points) -> Fraction:
    """Few are unlike, however many people."""
    return 100 * points[0] / points[1]
