"""How much the bank holds for each line of a blueprint, and for whom a form cannot be made."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import chain
from random import Random

from quiz.assessment.forms.form import Blueprint, BlueprintSlot, Candidate, Group
from quiz.assessment.forms.selection import prepare_form
from quiz.assessment.items.item import ASN, Status

STATUS_GROUPS: tuple[tuple[str, frozenset[Status]], ...] = (
    ("ASN", ASN),
    ("desa", frozenset({Status.KEPALA_DESA, Status.PERANGKAT_DESA, Status.BPD})),
    ("non-ASN", frozenset({Status.NON_ASN})),
)
"""Statuses that the same rules bind, under a short name for the page."""


@dataclass(frozen=True)
class GroupCover:
    """One group of statuses at one line: items that fit, and how many are still wanting.

    `available` counts for the status of the group that has fewest. `lacking` takes the whole
    blueprint into account: two lines that draw on the same items cannot both have them.
    """

    group: str
    available: int
    lacking: int


@dataclass(frozen=True)
class LineCover:
    """A line of the blueprint with what the bank holds for it, by group of statuses."""

    slot: BlueprintSlot
    groups: tuple[GroupCover, ...]

    @property
    def short(self) -> tuple[GroupCover, ...]:
        """The groups for which this line cannot be filled."""
        return tuple(group for group in self.groups if group.lacking)


def coverage(blueprint: Blueprint, candidates: Iterable[Candidate]) -> list[LineCover]:
    """Each line with its cover, in the order of the blueprint; items not in force do not count."""
    in_force = [candidate for candidate in candidates if candidate.in_force]
    lines = [[c for c in in_force if slot.takes(c.group)] for slot in blueprint.slots]
    pool = _enough(chain.from_iterable(lines), blueprint)
    lacking = {name: _lacking(blueprint, pool, group) for name, group in STATUS_GROUPS}
    return [
        LineCover(
            slot,
            tuple(
                GroupCover(name, _available(fitting, group), lacking[name][number])
                for name, group in STATUS_GROUPS
            ),
        )
        for number, (slot, fitting) in enumerate(zip(blueprint.slots, lines, strict=True))
    ]


def _available(fitting: Sequence[Candidate], statuses: frozenset[Status]) -> int:
    return min(sum(status in item.audience for item in fitting) for status in statuses)


def _enough(candidates: Iterable[Candidate], blueprint: Blueprint) -> list[Candidate]:
    """As many alike items (same group and audience) as there are positions: more change nothing.

    Those that are kept apart from others are alike with none.
    """
    positions = len(blueprint.positions())
    listed = list(candidates)
    avoided = frozenset().union(*(candidate.not_with for candidate in listed))
    kept: dict[str, Candidate] = {}
    alike: Counter[tuple[Group, frozenset[Status]]] = Counter()
    for candidate in listed:
        tied = candidate.pair or candidate.scenario or candidate.not_with
        kind = candidate.group, candidate.audience
        if candidate.version_uid in kept:
            continue
        if tied or candidate.item_code in avoided:
            kept[candidate.version_uid] = candidate
        elif alike[kind] < positions:
            alike[kind] += 1
            kept[candidate.version_uid] = candidate
    return list(kept.values())


def _lacking(
    blueprint: Blueprint, pool: Sequence[Candidate], statuses: frozenset[Status]
) -> list[int]:
    """For each line the positions left empty for the worst served status of the group."""
    lines = [number for number, slot in enumerate(blueprint.slots) for _ in range(slot.count)]
    worst = [0] * len(blueprint.slots)
    for status in sorted(statuses):
        form = prepare_form(blueprint, pool, [status], Random(0))  # noqa: S311  # no secret
        empty = [lines[gap.position - 1] for gap in form] if isinstance(form, list) else []
        if len(empty) > sum(worst):
            worst = [empty.count(number) for number in range(len(blueprint.slots))]
    return worst
