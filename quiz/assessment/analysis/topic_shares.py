"""How the topics of a sitting came out, as far as units and everybody may be told.

Forms differ by status, so a topic may have been asked of a few people only. Totals are shown, so a
single topic left out would follow from the others; hence topics are told all together or not at
all, of a row and of everybody.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from fractions import Fraction
from typing import NamedTuple

from quiz.assessment.analysis.statistics.means import total
from quiz.assessment.rounding import whole_percent

TopicScores = Mapping[str, tuple[Fraction, Fraction]]
"""One person's points and maximum by topic."""

TopicShares = Mapping[str, Fraction]
"""Share of each topic's points, 0 to 100."""


class Tally(NamedTuple):
    """How many people a topic was asked of, with all their points and maxima."""

    asked: int
    points: Fraction
    maximum: Fraction


Tallies = Mapping[str, Tally]
"""By topic, in the order in which the topics were met."""


def shown_topics(
    rows: Sequence[Sequence[TopicScores]], shown: Sequence[bool], minimum: int
) -> tuple[list[TopicShares], TopicShares]:
    """The shares of each row and those of everybody, empty where they may not be told.

    Each of `rows` has the scores of its people; no topics of one that is not `shown`, or that asked
    a topic of fewer than `minimum` of them. Where the people left out of the rows answered some
    topic, but too few of them, no row tells topics.
    """
    tallied = [_tallied(row) for row in rows]
    of_all = _shares(_together(tallied), minimum)
    told = [
        _shares(tallies, minimum) if may else {}
        for tallies, may in zip(tallied, shown, strict=True)
    ]
    untold = [tallies for tallies, shares in zip(tallied, told, strict=True) if not shares]
    if _too_few(_together(untold), minimum):
        told = [{} for _ in rows]
    return told, of_all


def topic_shares(people: Sequence[TopicScores], minimum: int) -> TopicShares:
    """The share of each topic's points; nothing where one was asked of fewer than `minimum`."""
    return _shares(_tallied(people), minimum)


def weakest(shares: TopicShares) -> str | None:
    """The topic with the lowest share as shown, whole; of equal ones the first by code.

    None where all of several are the same, and where everything was right.
    """
    shown = {topic: whole_percent(share) for topic, share in shares.items()}
    lowest = min(shown.values(), default=100)
    if lowest == 100 or (len(shown) > 1 and lowest == max(shown.values())):
        return None
    return min(topic for topic, share in shown.items() if share == lowest)


def _tallied(people: Iterable[TopicScores]) -> Tallies:
    earned: defaultdict[str, list[Fraction]] = defaultdict(list)
    possible: defaultdict[str, list[Fraction]] = defaultdict(list)
    for scores in people:
        for topic, (points, maximum) in scores.items():
            earned[topic].append(points)
            possible[topic].append(maximum)
    return {
        topic: Tally(sum(map(bool, maxima)), total(earned[topic]), total(maxima))
        for topic, maxima in possible.items()
    }


def _together(parts: Iterable[Tallies]) -> Tallies:
    """The tallies of all the people of these."""
    found: dict[str, Tally] = {}
    for tallies in parts:
        for topic, more in tallies.items():
            one = found.get(topic, NOBODY)
            found[topic] = Tally(
                one.asked + more.asked, one.points + more.points, one.maximum + more.maximum
            )
    return found


NOBODY = Tally(0, Fraction(0), Fraction(0))


def _too_few(tallies: Tallies, minimum: int) -> bool:
    """Whether a topic was asked of somebody, but of fewer than `minimum`."""
    return any(0 < tally.asked < minimum for tally in tallies.values())


def _shares(tallies: Tallies, minimum: int) -> TopicShares:
    if _too_few(tallies, minimum):
        return {}
    return {
        topic: 100 * tally.points / tally.maximum
        for topic, tally in tallies.items()
        if tally.maximum
    }
