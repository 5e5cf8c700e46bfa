"""Choosing the items of a form, and the order in which each person sees them.

Preparing a form (*Siapkan*) fills every position of a blueprint: with one item fit for all
statuses on the roster, and only if none is left with one per status that share topic, level and
type. Items whose keys practice shows come last, then those asked in other counted sittings.
"""

from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import replace
from random import Random

from quiz.assessment.forms.covering import Versions, apart, codes, cover, without
from quiz.assessment.forms.filling import (
    Filling,
    fillings,
    first_versions,
    in_group,
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
from quiz.assessment.forms.matching import seat
from quiz.assessment.forms.ties import fitting, variants_of
from quiz.assessment.items.item import Status, seeded_order

__all__ = [
    "Blueprint",
    "BlueprintSlot",
    "Candidate",
    "Form",
    "FormSlot",
    "Gap",
    "complete_form",
    "display_order",
    "option_order",
    "prepare_form",
    "room_for",
]


def prepare_form(
    blueprint: Blueprint,
    candidates: Iterable[Candidate],
    statuses: Collection[Status],
    rng: Random,
    used: Collection[str] = frozenset(),
    shown: Collection[str] = frozenset(),
) -> Form | list[Gap]:
    """A form for a roster with these statuses, or every gap that prevents one.

    `used` holds the codes of items asked in the event's other counted sittings, `shown` those of
    items whose keys people are shown before: they stand in the form only where nothing else is
    left. Of a minimal pair whose one side was used the other is preferred. No two items that are
    to be kept apart stand in the form. Of two versions of one item the first is taken. The same
    arguments and the same state of `rng` give the same form, in whatever order candidates and
    statuses come. Raises ValueError without statuses.
    """
    if not statuses:
        raise ValueError("a form needs at least one status")
    roster = in_order(statuses)
    known = list(candidates)
    pool = shuffled(first_versions(known), rng)
    pairs = {each.pair for each in known if each.pair and each.item_code in used}
    positions = blueprint.positions()
    offered = sorted(
        fillings(pool, roster, used, shown),
        key=lambda filling: filling.cost(used, shown, pairs),
    )

    repeated = {*used, *shown}
    placed = _placed(positions, offered, repeated)

    empty = {at: slot for at, slot in positions.items() if at not in placed}
    if empty:
        asked = [each for filling in placed.values() for each in filling.versions.values()]
        taken = {each.item_code for each in asked}
        return _gaps(empty, apart(without(pool, taken), asked), roster)
    return tuple(placed[position].slot(position, repeated) for position in positions)


def _placed(
    positions: Mapping[int, BlueprintSlot], offered: Sequence[Filling], repeated: Collection[str]
) -> dict[int, Filling]:
    """What stands at each position; nothing repeated only because a tie kept out what is new."""
    placed = _seated(positions, offered)
    tied = any(filling.ties.avoided or filling.ties.scenes for filling in offered)
    if tied and any(_asks(filling, repeated) for filling in placed.values()):
        fresh = [filling for filling in _counted(offered) if not _asks(filling, repeated)]
        again = _seated(positions, fresh)
        return again if len(again) == len(positions) else placed
    return placed


def _seated(
    positions: Mapping[int, BlueprintSlot], offered: Sequence[Filling]
) -> dict[int, Filling]:
    return seat(
        positions,
        offered,
        lambda filling, at: positions[at].takes(filling.group),
        lambda one, other: one.ties.apart_from(other.ties),
    )


def _asks(filling: Filling, some: Collection[str]) -> bool:
    return not codes(filling.versions).isdisjoint(some)


def _counted(offered: Sequence[Filling]) -> list[Filling]:
    """One scene for all; several only of a topic and type that has none."""
    for_all = {(f.group.topic, f.group.type) for f in offered if f.one_scene}
    return [f for f in offered if f.one_scene or (f.group.topic, f.group.type) not in for_all]


def room_for(candidates: Iterable[Candidate], statuses: Collection[Status]) -> Counter[Group]:
    """How many positions of each group can be filled for these statuses, no item asked twice.

    Counted over several forms: as each prefers one scene for all, used or not, to one per status,
    the latter count only for a topic and type without the former. Counted are only fillings that
    may all stand in one form: then whatever the other forms ask, enough is left for each.
    """
    pool = sorted(first_versions(candidates), key=lambda candidate: candidate.item_code)
    offered = _together(_counted(fillings(pool, in_order(statuses), (), ())))
    return Counter(filling.group for filling in offered)


def _together(offered: Sequence[Filling]) -> list[Filling]:
    """Of the fillings many that may stand in one form: those with the fewest ties first."""
    avoided = frozenset().union(*(filling.ties.avoided for filling in offered))
    tied = [f for f in offered if f.ties.avoided or f.ties.scenes or f.ties.codes & avoided]
    held = [f for f in offered if not (f.ties.avoided or f.ties.scenes or f.ties.codes & avoided)]
    for filling in sorted(tied, key=lambda one: sum(one.ties.apart_from(f.ties) for f in tied)):
        if not any(filling.ties.apart_from(other.ties) for other in held):
            held.append(filling)
    return held


def complete_form(
    form: Form,
    candidates: Iterable[Candidate],
    new_statuses: Collection[Status],
    rng: Random,
    used: Collection[str] = frozenset(),
    shown: Collection[str] = frozenset(),
) -> Form | list[Gap]:
    """The form with every slot filled for `new_statuses` too (*Lengkapi*), or every gap.

    What other statuses are asked never changes. A new status is asked what somebody is asked in
    that slot already, where it is meant for it too, but before an item for all a variant of the
    scene told there; else another item of the same topic, level and type that may stand in the
    form, one of `shown` only where nothing else is left. `candidates` must hold the form's own
    versions, so that they can be shared and their items not asked twice; of other versions only the
    first of an item is taken.
    """
    offered = list(candidates)
    asked = {uid for slot in form for uid in slot.versions.values()}
    own = {
        candidate.version_uid: candidate for candidate in offered if candidate.version_uid in asked
    }
    taken = {candidate.item_code for candidate in own.values()}
    pool = shuffled(first_versions(without(offered, taken)), rng)
    roster = in_order(new_statuses)

    completed: dict[int, FormSlot] = {}
    added: list[Candidate] = []
    gaps: list[Gap] = []
    for slot in sorted(form, key=lambda slot: len(slot.versions)):
        missing = [status for status in roster if status not in slot.versions]
        elsewhere = [own[uid] for uid in asked - set(slot.versions.values()) if uid in own]
        here = [own[uid] for uid in sorted(set(slot.versions.values())) if uid in own]
        open_to = fitting(apart(in_group(pool, slot.group), [*elsewhere, *added]), here)
        unseen = without(open_to, shown)
        shared = _share([each for each in here if each.scenario], missing)
        fresh = cover(variants_of(unseen, here), _still(missing, shared), roster, used)
        shared |= _share(here, _still(missing, shared | fresh))
        rest = _still(missing, shared)
        for some in (unseen, open_to):
            free = without(fitting(some, fresh.values()), codes(fresh))
            fresh |= cover(free, _still(rest, fresh), roster, used)
        pool = without(pool, codes(fresh))
        added += fresh.values()
        completed[slot.position] = _widened(slot, shared, fresh, {*used, *shown})
        lacking = tuple(status for status in rest if status not in fresh)
        if lacking:
            gaps.append(Gap(slot.position, slot.topic, slot.level, slot.type, lacking))
    if gaps:
        return sorted(gaps, key=lambda gap: gap.position)
    return tuple(completed[slot.position] for slot in form)


def display_order(positions: Iterable[int], seed: int | str, enabled: bool) -> tuple[int, ...]:
    """The order in which a person sees the positions of the form; the form's own if disabled.

    `seed` is stored with the attempt, so the order is the same at every opening.
    """
    return tuple(seeded_order(positions, f"butir/{seed}") if enabled else positions)


def option_order(
    option_ids: Iterable[str], seed: int | str, position: int, enabled: bool
) -> tuple[str, ...]:
    """The order in which a person sees the options at a position; the author's if disabled.

    Pass `enabled` only for a type that `shuffles`.
    """
    shown = seeded_order(option_ids, f"opsi/{seed}/{position}") if enabled else option_ids
    return tuple(shown)


def _still(missing: Sequence[Status], served: Collection[Status]) -> list[Status]:
    return [status for status in missing if status not in served]


def _share(asked: Sequence[Candidate], missing: Sequence[Status]) -> Versions:
    """The missing statuses that an item asked in a slot already is meant for."""
    in_force = sorted(
        (item for item in asked if item.in_force), key=lambda item: -len(item.audience)
    )
    return {
        status: item for item in reversed(in_force) for status in missing if status in item.audience
    }


def _widened(slot: FormSlot, shared: Versions, fresh: Versions, used: Collection[str]) -> FormSlot:
    added = {status: item.version_uid for status, item in (shared | fresh).items()}
    versions = {**slot.versions, **added}
    return replace(
        slot,
        anchor=slot.anchor or not codes(fresh).isdisjoint(used),
        versions={status: versions[status] for status in in_order(versions)},
    )


def _gaps(
    empty: dict[int, BlueprintSlot], left: Sequence[Candidate], roster: Sequence[Status]
) -> list[Gap]:
    """What keeps each empty position so, in the group that comes nearest to filling it."""
    gaps = []
    for position, slot in empty.items():
        groups = {candidate.group: None for candidate in left if slot.takes(candidate.group)}
        covers = [cover(in_group(left, group), roster, roster, ()) for group in groups]
        nearest = max(covers, key=len, default={})
        left = without(left, codes(nearest))
        lacking = tuple(status for status in roster if status not in nearest)
        gaps.append(Gap(position, slot.topic, slot.level, slot.type, lacking))
    return gaps
