"""What a bank offers for the positions of a form, in the order it should be taken."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property
from random import Random

from quiz.assessment.forms.covering import Versions, codes, cover, without
from quiz.assessment.forms.form import Candidate, FormSlot, Group
from quiz.assessment.forms.ties import Ties, fitting
from quiz.assessment.items.item import Status


@dataclass(frozen=True)
class Filling:
    """What may fill one position: one item for all, or several that share a group.

    No two of them are kept apart.
    """

    group: Group
    versions: Versions

    @cached_property
    def ties(self) -> Ties:
        """What its items are kept apart from."""
        return Ties.of(self.versions.values())

    @property
    def one_scene(self) -> bool:
        """Whether all are asked the same: one item, or the variants of one scenario."""
        return len({each.scenario or each.item_code for each in self.versions.values()}) == 1

    def cost(
        self, used: Collection[str], shown: Collection[str], pairs: Collection[str] = frozenset()
    ) -> tuple[int, bool, int, bool]:
        """As few known keys as can be, one scene for all before several, few repeated items.

        Then the other sides of these minimal pairs.
        """
        asked = codes(self.versions)
        other_side = any(each.pair in pairs for each in self.versions.values() if each.pair)
        return (
            len(asked.intersection(shown)),
            not self.one_scene,
            len(asked.intersection(used)),
            not other_side,
        )

    def slot(self, position: int, used: Collection[str]) -> FormSlot:
        """The position filled with it; an anchor where an item of it is among those ``used``."""
        return FormSlot(
            position=position,
            topic=self.group.topic,
            level=self.group.level,
            type=self.group.type,
            anchor=not codes(self.versions).isdisjoint(used),
            versions={s: self.versions[s].version_uid for s in in_order(self.versions)},
        )


def fillings(
    pool: Sequence[Candidate],
    roster: Sequence[Status],
    used: Collection[str],
    shown: Collection[str],
) -> list[Filling]:
    """Everything that can fill a position, no item in two of them.

    In the order of the pool; those of several scenes last, and known keys in the last of those.
    """
    by_group: defaultdict[Group, list[Candidate]] = defaultdict(list)
    found = []
    for candidate in pool:
        if candidate.audience.issuperset(roster):
            found.append(Filling(candidate.group, dict.fromkeys(roster, candidate)))
        else:
            by_group[candidate.group].append(candidate)
    for group, partial in by_group.items():
        left = partial
        for scenario in dict.fromkeys(each.scenario for each in partial if each.scenario):
            versions = _variants(scenario, without(left, shown), roster, used)
            if len(versions) == len(roster):
                found.append(Filling(group, versions))
                left = without(left, codes(versions))
        for hidden in (shown, ()):
            while len(versions := cover(without(left, hidden), roster, roster, used)) == len(
                roster
            ):
                found.append(Filling(group, versions))
                left = without(left, codes(versions))
    place = {candidate.version_uid: at for at, candidate in enumerate(pool)}
    scenes = [filling for filling in found if filling.one_scene]
    scenes.sort(key=lambda filling: place[filling.versions[roster[0]].version_uid])
    return scenes + [filling for filling in found if not filling.one_scene]


def _variants(
    scenario: str, pool: Sequence[Candidate], roster: Sequence[Status], used: Collection[str]
) -> Versions:
    """The scenario for as many as it has variants for, and other items for the others."""
    own = cover([each for each in pool if each.scenario == scenario], roster, roster, used)
    rest = [status for status in roster if status not in own]
    others = fitting([each for each in pool if not each.scenario], own.values())
    return own | cover(others, rest, roster, used)


def in_group(pool: Iterable[Candidate], group: Group) -> list[Candidate]:
    """The candidates of one group."""
    return [candidate for candidate in pool if candidate.group == group]


def first_versions(candidates: Iterable[Candidate]) -> list[Candidate]:
    """One candidate in force for each item: the first."""
    first: dict[str, Candidate] = {}
    for candidate in candidates:
        if candidate.in_force:
            first.setdefault(candidate.item_code, candidate)
    return list(first.values())


def shuffled(candidates: Iterable[Candidate], rng: Random) -> list[Candidate]:
    """The candidates by chance, whatever order they came in."""
    pool = sorted(candidates, key=lambda candidate: candidate.item_code)
    rng.shuffle(pool)
    return pool


def in_order(statuses: Collection[Status]) -> list[Status]:
    """The statuses, each once, in their usual order."""
    return [status for status in Status if status in statuses]
