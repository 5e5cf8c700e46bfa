"""Two parallel forms of one blueprint: alike at every position, and sharing no item if they can.

At each position both ask of the same topic, level and type, for the same statuses. Where the bank
is too small for two items, both ask the same one there: an anchor.
"""

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from random import Random
from typing import NamedTuple

from quiz.assessment.forms.covering import codes
from quiz.assessment.forms.crossing import FormName
from quiz.assessment.forms.filling import Filling, fillings, first_versions, in_order, shuffled
from quiz.assessment.forms.form import Blueprint, Candidate, Form, FormSlot, Gap, Group
from quiz.assessment.forms.matching import seat
from quiz.assessment.forms.selection import complete_form, prepare_form
from quiz.assessment.items.item import Status

Forms = Mapping[FormName, Form]
"""The forms of a sitting by their names: A, or A and B."""


def parallel_forms(
    blueprint: Blueprint,
    candidates: Iterable[Candidate],
    statuses: Collection[Status],
    rng: Random,
    used: Collection[str] = frozenset(),
) -> Forms | list[Gap]:
    """Forms A and B for a roster with these statuses, or every gap that prevents even one form.

    As few anchors as can be; then as few items that are ``used``, the codes asked in other counted
    sittings of the event. The same arguments and the same state of `rng` give the same forms, in
    whatever order candidates and statuses come. Raises ValueError without statuses.
    """
    offered = list(candidates)
    single = prepare_form(blueprint, offered, statuses, rng, used)
    if isinstance(single, list):
        return single
    roster = in_order(statuses)
    by_group: defaultdict[Group, list[Filling]] = defaultdict(list)
    pool = shuffled(first_versions(offered), rng)
    for filling in sorted(fillings(pool, roster, used, ()), key=lambda each: each.cost(used, ())):
        by_group[filling.group].append(filling)
    positions = blueprint.positions()
    placed = seat(
        positions, _seats(by_group, used), lambda guest, at: positions[at].takes(guest.group)
    )
    taken = Counter(guest.group for guest in placed.values())
    twos = {group: _twos(by_group[group], number, rng) for group, number in taken.items()}
    slots = [
        (_slot(at, first, second, used), _slot(at, second, first, used))
        for at in positions
        for first, second in [next(twos[placed[at].group])]
    ]
    return {FormName.A: tuple(a for a, _ in slots), FormName.B: tuple(b for _, b in slots)}


class _Seat(NamedTuple):
    """Room of a group for one more position: how many anchors it costs, and what is asked there."""

    anchors: int
    several: int
    used: int
    group: Group


def _seats(by_group: Mapping[Group, Sequence[Filling]], used: Collection[str]) -> list[_Seat]:
    """As many for each group as it has fillings, those that cost no anchor first.

    Two fillings make a position without one; every further position breaks such a two up, or
    takes the one that is over.
    """
    found = []
    for group, held in by_group.items():
        costs = [filling.cost(used, ()) for filling in held]
        for (_, several, known), (_, also_several, also_known) in zip(
            costs[::2], costs[1::2], strict=False
        ):
            found.append(_Seat(0, several + also_several, known + also_known, group))
        over = len(held) % 2
        found += [_Seat(1, 0, 0, group)] * over + [_Seat(2, 0, 0, group)] * (len(held) // 2)
    return sorted(found, key=lambda each: each[:3])


def _twos(
    held: Sequence[Filling], positions: int, rng: Random
) -> Iterator[tuple[Filling, Filling]]:
    """What A and B ask at so many positions of a group, in an order of chance.

    The last of those held are asked by both where there are not enough.
    """
    anchors = max(0, 2 * positions - len(held))
    apart = held[: 2 * (positions - anchors)]
    twos = [
        rng.choice([(one, other), (other, one)])
        for one, other in zip(apart[::2], apart[1::2], strict=True)
    ]
    twos += [(each, each) for each in held[len(held) - anchors :] if anchors]
    rng.shuffle(twos)
    return iter(twos)


def _slot(at: int, asked: Filling, other: Filling, used: Collection[str]) -> FormSlot:
    return asked.slot(at, {*used, *codes(other.versions)})


def complete_forms(
    forms: Forms,
    candidates: Iterable[Candidate],
    new_statuses: Collection[Status],
    rng: Random,
    used: Collection[str] = frozenset(),
    shown: Collection[str] = frozenset(),
) -> Forms | list[Gap]:
    """Each form filled for `new_statuses` by ``complete_form``, or the gaps of the first with any.

    Of two, what the other asks is asked again only where nothing else is left.
    """
    offered = list(candidates)
    code_of = {candidate.version_uid: candidate.item_code for candidate in offered}
    completed = dict(forms)
    for name in forms:
        other = completed.get(name.other, ())
        there = {code_of[uid] for slot in other for uid in slot.versions.values()}
        found = complete_form(completed[name], offered, new_statuses, rng, used, {*shown, *there})
        if isinstance(found, list):
            return found
        completed[name] = found
    return completed
