"""How the topics of a sitting came out, as far as units and everybody may be told.

Forms differ by status, so a topic may have been asked of a few people only. Totals are shown, so a
single topic left out would follow from the others; hence topics are told all together or not at
all, of a row and of everybody.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from fractions import Fraction

from quiz.assessment.analysis.statistics.means import total
from quiz.assessment.rounding import whole_percent

TopicScores = Mapping[str, tuple[Fraction, Fraction]]
"""One person's points and maximum by topic."""

TopicShares = Mapping[str, Fraction]
"""Share of each topic's points, 0 to 100."""


def shown_topics(
    rows: Sequence[Sequence[TopicScores]], shown: Sequence[bool], minimum: int
) -> tuple[list[TopicShares], TopicShares]:
    """The shares of each row and those of everybody, empty where they may not be told.

    Each of `rows` has the scores of its people; no topics of one that is not `shown`, or that asked
    a topic of fewer than `minimum` of them. Where the people left out of the rows answered some
    topic, but too few of them, no row tells topics.
    """
    everybody = [scores for row in rows for scores in row]
    of_all = topic_shares(everybody, minimum)
    told = [topic_shares(row, minimum) if may else {} for row, may in zip(rows, shown, strict=True)]
    left_out = _asked(
        scores for row, shares in zip(rows, told, strict=True) if not shares for scores in row
    )
    if any(n < minimum for n in left_out.values()):
        told = [{} for _ in rows]
    return told, of_all


def topic_shares(people: Sequence[TopicScores], minimum: int) -> TopicShares:
    """The share of each topic's points; nothing where one was asked of fewer than `minimum`."""
    if any(n < minimum for n in _asked(people).values()):
        return {}
    earned: defaultdict[str, list[Fraction]] = defaultdict(list)
    possible: defaultdict[str, list[Fraction]] = defaultdict(list)
    for scores in people:
        for topic, (points, maximum) in scores.items():
            earned[topic].append(points)
            possible[topic].append(maximum)
    most = {topic: total(maxima) for topic, maxima in possible.items()}
    return {topic: 100 * total(earned[topic]) / most[topic] for topic in most if most[topic]}


def weakest(shares: TopicShares) -> str | None:
    """The topic with the lowest share as shown, whole; of equal ones the first by code."""
    return min(shares, key=lambda topic: (whole_percent(shares[topic]), topic), default=None)


def _asked(people: Iterable[TopicScores]) -> Counter[str]:
    """How many people each topic was asked of."""
    return Counter(topic for scores in people for topic, (_, most) in scores.items() if most)
