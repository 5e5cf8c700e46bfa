"""Which sentences a speaker should dwell on: how people did at the passages that items rest on.

What stands here follows from what item analysis shows anyway: of a passage the sum over versions
that may be told of, of who was sure and wrong the sum of their steps. Statuses are compared where
they may be told of at every one of these versions, in words alone: people of one status cross the
rows of units, so from a number for them those of a few could be had.
"""

from collections import Counter, defaultdict
from collections.abc import Collection, Hashable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import NamedTuple

from quiz.assessment.analysis.display import Difficulty, difficulty
from quiz.assessment.analysis.statistics.means import mean, mean_interval
from quiz.assessment.analysis.statistics.proportions import wilson
from quiz.assessment.analysis.suppression import SPEAKER_MINIMUM, Step, shown_parts
from quiz.assessment.items.item import Status
from quiz.assessment.rounding import whole_percent

MOST = 5
"""So many passages fit into a talk."""


@dataclass(frozen=True)
class Resting:
    """A version of an item that may be told of, and the passages it rests on.

    `sure`: it is flagged for many who were very sure and wrong; `sure_wrong` is how many, None
    where that is withheld.
    """

    version: str
    passages: tuple[str, ...]
    sure: bool = False
    sure_wrong: Step | None = None


@dataclass(frozen=True)
class Encounter:
    """One person's meeting with a version: the share of its point they earned, 0 to 1."""

    person: Hashable
    status: Status
    version: str
    share: Fraction


class Share(NamedTuple):
    """Mean share earned, 0 to 1, by `n` people, with its 95 % interval; no ends without spread."""

    value: Fraction
    low: float | None
    high: float | None
    n: int


@dataclass(frozen=True)
class Gap:
    """Passages that the same versions rest on, and how people did at these.

    `apart` are the statuses with the lowest and the highest share, in this order, where the two can
    be told apart.
    """

    passages: tuple[str, ...]
    versions: frozenset[str]
    share: Share
    sure: bool
    sure_wrong: Step | None
    apart: tuple[Status, Status] | None


def weakest(resting: Iterable[Resting], met: Iterable[Encounter]) -> list[Gap]:
    """The passages most in need, MOST at most: those with confident errors first, then the lowest
    share as shown, equals by code.

    None that SPEAKER_MINIMUM people have not met, and none that is easy. What rests on nothing but
    versions of a passage before it is left out.
    """
    by_version: defaultdict[str, list[Encounter]] = defaultdict(list)
    for one in met:
        by_version[one.version].append(one)
    found = sorted(filter(None, (_gap(each, by_version) for each in _grouped(resting))), key=_need)
    chosen: list[Gap] = []
    for gap in found:
        if not any(gap.versions <= other.versions for other in chosen):
            chosen.append(gap)
    return chosen[:MOST]


def shares_by_status(met: Sequence[Encounter]) -> dict[Status, Share]:
    """The shares of those statuses that may be compared beside the share of everybody."""
    by_version: defaultdict[str, Counter[Status]] = defaultdict(Counter)
    by_status: defaultdict[Status, list[Encounter]] = defaultdict(list)
    for one in met:
        by_version[one.version][one.status] += 1
        by_status[one.status].append(one)
    told = {version: shown_parts(of, SPEAKER_MINIMUM) for version, of in by_version.items()}
    return {
        status: share(of)
        for status, of in by_status.items()
        if all(status in told[version] for version in {one.version for one in of})
    }


def share(met: Collection[Encounter]) -> Share:
    """The share of all encounters: Wilson's interval where everybody has one and earned all or
    nothing, else Student's t of the ratio, in which somebody with two encounters is one person.

    Raises ValueError without encounters.
    """
    earned: defaultdict[Hashable, list[Fraction]] = defaultdict(list)
    for one in met:
        earned[one.person].append(one.share)
    values = [one.share for one in met]
    n, centre = len(earned), mean(values)
    low: float | None
    high: float | None
    if n == len(values) and set(values) <= {Fraction(0), Fraction(1)}:
        low, high = wilson(sum(value == 1 for value in values), n)
    else:
        apiece = Fraction(len(values), n)
        spread = [centre + (sum(own) - centre * len(own)) / apiece for own in earned.values()]
        _, low, high = mean_interval(spread, clip=(0, 1))
    return Share(centre, low, high, n)


def _grouped(resting: Iterable[Resting]) -> Iterator[tuple[tuple[str, ...], list[Resting]]]:
    """Passages with the versions that rest on them; those with the same versions together."""
    by_passage: defaultdict[str, list[Resting]] = defaultdict(list)
    for each in resting:
        for passage in dict.fromkeys(each.passages):
            by_passage[passage].append(each)
    alike: defaultdict[frozenset[str], list[str]] = defaultdict(list)
    for passage, of in by_passage.items():
        alike[frozenset(each.version for each in of)].append(passage)
    for passages in alike.values():
        yield tuple(sorted(passages)), by_passage[passages[0]]


def _gap(
    grouped: tuple[tuple[str, ...], list[Resting]], by_version: dict[str, list[Encounter]]
) -> Gap | None:
    passages, resting = grouped
    met = [one for each in resting for one in by_version.get(each.version, ())]
    if len({one.person for one in met}) < SPEAKER_MINIMUM:
        return None
    found = share(met)
    if difficulty(found.value) is Difficulty.EASY:
        return None
    return Gap(
        passages,
        frozenset(each.version for each in resting),
        found,
        any(each.sure for each in resting),
        _together([each.sure_wrong for each in resting]),
        _apart(shares_by_status(met)),
    )


def _need(gap: Gap) -> tuple[bool, int, tuple[str, ...]]:
    return not gap.sure, whole_percent(100 * gap.share.value), gap.passages


def _together(steps: Sequence[Step | None]) -> Step | None:
    """Steps added: no more is said of the sum than the steps themselves say."""
    known = [step for step in steps if step is not None]
    if len(known) < len(steps):
        return None
    return Step(sum(step.low for step in known), sum(step.high for step in known))


def _apart(shares: dict[Status, Share]) -> tuple[Status, Status] | None:
    """The lowest and the highest, unless their intervals as shown overlap."""
    ordered = sorted(shares.items(), key=lambda pair: (pair[1].value, pair[0]))
    if len(ordered) < 2:
        return None
    lowest, highest = ordered[0], ordered[-1]
    below, above = lowest[1].high, highest[1].low
    if below is None or above is None or whole_percent(100 * below) >= whole_percent(100 * above):
        return None
    return lowest[0], highest[0]
