"""Which items never stand in one form: those that give each other away, and one scene told twice.

`Candidate.not_with` holds for both, whoever says it. Of a minimal pair a form asks one side, of a
scenario one position, where everybody meets the variant meant for them.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Self

from quiz.assessment.forms.form import Candidate


@dataclass(frozen=True)
class Ties:
    """What some items are called, what they are kept apart from, and the scenes they are of."""

    codes: frozenset[str]
    avoided: frozenset[str]
    scenes: frozenset[tuple[str, str]]

    @classmethod
    def of(cls, candidates: Iterable[Candidate]) -> Self:
        """The ties of these items together."""
        listed = list(candidates)
        pairs = {("pair", each.pair) for each in listed if each.pair}
        scenarios = {("scenario", each.scenario) for each in listed if each.scenario}
        return cls(
            codes=frozenset(each.item_code for each in listed),
            avoided=frozenset().union(*(each.not_with for each in listed)),
            scenes=frozenset(pairs | scenarios),
        )

    def apart_from(self, other: "Ties") -> bool:
        """Whether they and the other items may not stand at two positions of one form.

        Nor may an item that is among both.
        """
        return not (
            self.codes.isdisjoint(other.codes)
            and self.avoided.isdisjoint(other.codes)
            and other.avoided.isdisjoint(self.codes)
            and self.scenes.isdisjoint(other.scenes)
        )


def share_position(one: Candidate, other: Candidate) -> bool:
    """Whether two items may stand at one position, each for other statuses."""
    if one.item_code in other.not_with or other.item_code in one.not_with:
        return False
    return one.pair != other.pair or not one.pair or _same_scene(one, other)


def fitting(pool: Iterable[Candidate], there: Iterable[Candidate]) -> list[Candidate]:
    """The candidates that may stand at one position with all that are there."""
    placed = list(there)
    return [each for each in pool if all(share_position(each, other) for other in placed)]


def variants_of(pool: Iterable[Candidate], there: Iterable[Candidate]) -> list[Candidate]:
    """The candidates that tell the same scene as one of those there, for others."""
    scenarios = {each.scenario for each in there if each.scenario}
    return [each for each in pool if each.scenario in scenarios]


def _same_scene(one: Candidate, other: Candidate) -> bool:
    return bool(one.scenario) and one.scenario == other.scenario
