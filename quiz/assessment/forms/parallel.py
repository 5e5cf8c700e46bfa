"""Two parallel forms of one blueprint: alike at every position, and sharing no item if they can.

At each position both ask of the same topic, level and type, for the same statuses. Where the bank
is too small for two items, both ask the same one there: an anchor.
"""

from collections import Counter, defaultdict, deque
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from fractions import Fraction
from itertools import groupby
from random import Random
from typing import NamedTuple

from quiz.assessment.forms.covering import codes
from quiz.assessment.forms.crossing import FormName
from quiz.assessment.forms.filling import (
    Filling,
    disjoint,
    fillings,
    first_versions,
    in_order,
    shuffled,
)
from quiz.assessment.forms.form import (
    Blueprint,
    BlueprintSlot,
    Candidate,
    Form,
    FormSlot,
    Gap,
    Group,
)
from quiz.assessment.forms.matching import MOST_TRIES, seat
from quiz.assessment.forms.selection import complete_form, prepare_form
from quiz.assessment.forms.turning import Two, sides_together, turn
from quiz.assessment.items.item import Status

Forms = Mapping[FormName, Form]
"""The forms of a sitting by their names: A, or A and B."""

ANCHORS = Fraction(1, 5)
"""How many items two tests may share so that their scores can be compared: a fifth, the share
that equating by common items asks for (Kolen & Brennan, Test Equating, ch. 8)."""


def parallel_forms(
    blueprint: Blueprint,
    candidates: Iterable[Candidate],
    statuses: Collection[Status],
    rng: Random,
    used: Collection[str] = frozenset(),
) -> Forms | list[Gap]:
    """Forms A and B for a roster with these statuses, or every gap that prevents even one form.

    No two items that are to be kept apart stand in one form; of a minimal pair A asks one side and
    B the other, where both can be asked. As few anchors as can be without ties; then as few items
    that are ``used``, the codes asked in other counted sittings of the event. The same arguments
    and the same state of `rng` give the same forms, in whatever order candidates and statuses
    come. Raises ValueError without statuses.
    """
    offered = list(candidates)
    single = prepare_form(blueprint, offered, statuses, rng, used)
    if isinstance(single, list):
        return single
    pool = shuffled(first_versions(offered), rng)
    found = fillings(pool, in_order(statuses), used, ())
    twos = _fewest_anchors(blueprint.positions(), found, used, rng)
    if twos is None:
        both = tuple(replace(slot, anchor=True) for slot in single)
        return {FormName.A: both, FormName.B: both}
    return {
        FormName.A: tuple(_slot(at, one, other, used) for at, (one, other) in twos.items()),
        FormName.B: tuple(_slot(at, other, one, used) for at, (one, other) in twos.items()),
    }


def rather_alike(single: Form, alike: Form | list[Gap]) -> Form:
    """Of two forms for a test whose scores stand beside another's: ``alike``, made like the other.

    It is ``single``, made for itself, where the bank cannot make the one, or where that repeats
    more than `ANCHORS` of its items beyond what the other repeats.
    """
    if isinstance(alike, list) or _anchors(alike) > _anchors(single) + len(single) * ANCHORS:
        return single
    return alike


def _anchors(form: Form) -> int:
    return sum(slot.anchor for slot in form)


def _fewest_anchors(
    positions: Mapping[int, BlueprintSlot],
    found: Sequence[Filling],
    used: Collection[str],
    rng: Random,
) -> dict[int, Two] | None:
    """What A and B ask at each position; scenes that lack variants only where no anchor comes."""
    twos = _without_ties(positions, found, used, rng)
    if twos is not None and not _asked_twice(twos):
        return twos
    complete = [filling for filling in found if not filling.stood_in]
    other = _without_ties(positions, complete, used, rng) if len(complete) < len(found) else None
    both = [each for each in (twos, other) if each is not None]
    return min(both, key=_asked_twice, default=None)


def _asked_twice(twos: Mapping[int, Two]) -> int:
    return sum(one is other for one, other in twos.values())


def _without_ties(
    positions: Mapping[int, BlueprintSlot],
    found: Sequence[Filling],
    used: Collection[str],
    rng: Random,
) -> dict[int, Two] | None:
    """What A and B ask at each position, nothing in either that is to be kept apart.

    Where the twos that are dealt cannot be turned so, they are dealt again without a filling that
    is in the way, at most `MOST_TRIES` times; None where that does not help.
    """
    waiting, known = deque([frozenset[int]()]), {frozenset[int]()}
    for _ in range(MOST_TRIES):
        if not waiting:
            break
        out = waiting.popleft()
        held = _by_preference([f for f in found if id(f) not in out], used)
        twos = _dealt(positions, held, used, rng)
        if twos is None:
            continue
        turned, in_the_way = turn(list(twos.values()))
        if not in_the_way:
            return dict(zip(twos, turned, strict=True))
        for filling in in_the_way:
            without = out | {id(filling)}
            if without not in known:
                known.add(without)
                waiting.append(without)
    return None


def _by_preference(found: Sequence[Filling], used: Collection[str]) -> list[Filling]:
    """Fillings that share no item, the best first, and the sides of a pair beside each other."""

    def cost(filling: Filling) -> tuple[int, ...]:
        return filling.cost(used, ())

    alike = groupby(disjoint(sorted(found, key=cost)), key=cost)
    return [filling for _, some in alike for filling in sides_together(list(some))]


def _dealt(
    positions: Mapping[int, BlueprintSlot],
    held: Sequence[Filling],
    used: Collection[str],
    rng: Random,
) -> dict[int, Two] | None:
    """Two fillings for each position, or one twice; None where there is none for some position."""
    by_group: defaultdict[Group, list[Filling]] = defaultdict(list)
    for filling in held:
        by_group[filling.group].append(filling)
    placed = seat(
        positions, _seats(by_group, used), lambda guest, at: positions[at].takes(guest.group)
    )
    if len(placed) < len(positions):
        return None
    taken = Counter(guest.group for guest in placed.values())
    twos = {group: _twos(by_group[group], number, rng) for group, number in taken.items()}
    return {at: next(twos[placed[at].group]) for at in positions}


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
        for (_, several, known, _), (_, also_several, also_known, _) in zip(
            costs[::2], costs[1::2], strict=False
        ):
            found.append(_Seat(0, several + also_several, known + also_known, group))
        over = len(held) % 2
        found += [_Seat(1, 0, 0, group)] * over + [_Seat(2, 0, 0, group)] * (len(held) // 2)
    return sorted(found, key=lambda each: each[:3])


def _twos(held: Sequence[Filling], positions: int, rng: Random) -> Iterator[Two]:
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
