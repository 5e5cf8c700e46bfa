"""Whether people know what they know: how often each level of sureness was right."""

from collections import defaultdict
from collections.abc import Sequence
from fractions import Fraction
from typing import NamedTuple

from quiz.assessment.analysis.statistics.means import mean
from quiz.assessment.analysis.statistics.proportions import wilson


class Level(NamedTuple):
    """`n` responses of one sureness, `right` of them with the whole point.

    `share` is the mean share of the point, 0 to 1; `low` and `high` Wilson's interval of those
    wholly right, 0 to 1. Responses of one person are taken as independent, so it is a little
    narrow.
    """

    sureness: int | None
    n: int
    right: int
    share: Fraction
    low: float
    high: float


class Calibration(NamedTuple):
    """Levels from the least sure to the surest, those who did not say last.

    `misconception` is the share, 0 to 1, of all responses that are of the surest level and not
    wholly right.
    """

    levels: tuple[Level, ...]
    misconception: Fraction


def calibration(responses: Sequence[tuple[int | None, Fraction]], surest: int) -> Calibration:
    """The table of responses, each its sureness (None: not said) and share of the point earned.

    Without responses it has no levels and a misconception of 0. Blanks do not belong here: nobody
    was sure of them. Source: Gardner-Medwin (1995), certainty-based marking, without its marks.
    """
    by_level: defaultdict[int | None, list[Fraction]] = defaultdict(list)
    for sureness, share in responses:
        by_level[sureness].append(share)
    ordered = sorted(by_level, key=lambda level: (level is None, level or 0))
    wrong = sum(sureness == surest and share < 1 for sureness, share in responses)
    return Calibration(
        tuple(_level(level, by_level[level]) for level in ordered),
        Fraction(wrong, len(responses)) if responses else Fraction(0),
    )


def _level(sureness: int | None, shares: Sequence[Fraction]) -> Level:
    right = sum(share == 1 for share in shares)
    return Level(sureness, len(shares), right, mean(shares), *wilson(right, len(shares)))
