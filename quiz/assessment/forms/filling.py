"""What a bank offers for the positions of a form, in the order it should be taken."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from random import Random

from quiz.assessment.forms.covering import Versions, codes, cover, without
from quiz.assessment.forms.form import Candidate, FormSlot, Group
from quiz.assessment.items.item import Status


@dataclass(frozen=True)
class Filling:
    """What may fill one position: one item for all, or several that share a group."""

    group: Group
    versions: Versions

    def cost(self, used: Collection[str], shown: Collection[str]) -> tuple[int, bool, int]:
        """As few known keys as can be, one item for all before several, few repeated items."""
        asked = codes(self.versions)
        return len(asked.intersection(shown)), len(asked) > 1, len(asked.intersection(used))

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
    """Everything that can fill a position, no item in two of them; known keys in the last ones."""
    by_group: defaultdict[Group, list[Candidate]] = defaultdict(list)
    found = []
    for candidate in pool:
        if candidate.audience.issuperset(roster):
            found.append(Filling(candidate.group, dict.fromkeys(roster, candidate)))
        else:
            by_group[candidate.group].append(candidate)
    for group, partial in by_group.items():
        left = partial
        for hidden in (shown, ()):
            while len(versions := cover(without(left, hidden), roster, roster, used)) == len(
                roster
            ):
                found.append(Filling(group, versions))
                left = without(left, codes(versions))
    return found


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
