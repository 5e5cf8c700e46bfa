"""What a bank offers for the positions of a form, in the order it should be taken."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Sequence
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
        """Whether all are asked the same: one item, or the variants of one scenario.

        An item for all may stand in for the variants that the scenario lacks.
        """
        return self.stood_in or len(self._told) == 1

    @property
    def stood_in(self) -> bool:
        """Whether it tells one scenario, and an item for all to those it has no variant for."""
        plain = [each for each in self.versions.values() if not each.scenario]
        return len(self._told) == 2 and any(
            each.audience.issuperset(self.versions) for each in plain
        )

    @property
    def _told(self) -> set[str]:
        return {each.scenario or each.item_code for each in self.versions.values()}

    @property
    def first(self) -> Candidate:
        """What says where it stands among others: a variant of its scenario, where it has one."""
        asked = list(self.versions.values())
        return next((each for each in asked if each.scenario), asked[0])

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
    """Everything that can fill a position.

    No item is in two of them, but those of a scene that an item for all has stood in for: that item
    can be asked of everybody instead, and the variants with other items.

    In the order of the pool; those of several scenes last, and known keys in the last of those.
    """
    by_group: defaultdict[Group, list[Candidate]] = defaultdict(list)
    for_all: defaultdict[Group, list[Candidate]] = defaultdict(list)
    found = []
    for candidate in pool:
        if candidate.audience.issuperset(roster):
            found.append(Filling(candidate.group, dict.fromkeys(roster, candidate)))
            for_all[candidate.group].append(candidate)
        else:
            by_group[candidate.group].append(candidate)
    for group, partial in by_group.items():
        found += _stood_in(without(partial, shown), for_all[group], roster, {*used, *shown})
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
    scenes.sort(key=lambda filling: place[filling.first.version_uid])
    return scenes + [filling for filling in found if not filling.one_scene]


def _stood_in(
    partial: Sequence[Candidate],
    for_all: Sequence[Candidate],
    roster: Sequence[Status],
    known: Collection[str],
) -> Iterator[Filling]:
    """Every scenario that lacks variants, each with its own item for all as far as there are any.

    The items the pool has last, new ones before ``known`` ones: those it has first stand alone.
    """
    free = [each for each in reversed(for_all) if not each.scenario]
    free.sort(key=lambda each: each.item_code in known)
    for scenario in dict.fromkeys(each.scenario for each in partial if each.scenario):
        told = [each for each in partial if each.scenario == scenario]
        own = cover(told, roster, roster, known)
        stand_in = next(iter(fitting(free, own.values())), None)
        if 0 < len(own) < len(roster) and stand_in is not None:
            free.remove(stand_in)
            yield Filling(stand_in.group, dict.fromkeys(roster, stand_in) | own)


def disjoint(offered: Iterable[Filling]) -> list[Filling]:
    """Of those that share an item the first."""
    taken: set[str] = set()
    kept = []
    for filling in offered:
        if taken.isdisjoint(codes(filling.versions)):
            taken |= codes(filling.versions)
            kept.append(filling)
    return kept


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
