import itertools
from collections.abc import Collection, Iterator, Sequence
from random import Random
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quiz.assessment.forms.selection import (
    Blueprint,
    BlueprintSlot,
    Candidate,
    Form,
    FormSlot,
    Gap,
    complete_form,
    display_order,
    option_order,
    prepare_form,
)
from quiz.assessment.items.item import ASN, EVERYBODY, Level, Status
from quiz.assessment.items.types import ITEM_TYPES

PNS, PPPK, KADES = Status.PNS, Status.PPPK, Status.KEPALA_DESA
INGAT, PAHAM = Level.MENGINGAT, Level.MEMAHAMI
ONE, SEVERAL = "single_choice", "multiple_choice"
VILLAGE = frozenset({Status.KEPALA_DESA, Status.PERANGKAT_DESA, Status.BPD})
AUDIENCES = [EVERYBODY, ASN, VILLAGE, *(frozenset({s}) for s in (PNS, PPPK, KADES))]


def candidate(code: str, audience: Collection[Status] = EVERYBODY, **changes: Any) -> Candidate:
    fields: dict[str, Any] = {
        "topic": "makna",
        "level": PAHAM,
        "type": ONE,
        "in_force": True,
    } | changes
    return Candidate(f"v-{code}", code, audience=frozenset(audience), **fields)


def slot(count: int = 1, level: Level | None = None, type: str | None = None) -> BlueprintSlot:
    return BlueprintSlot("makna", level, type, count)


def prepare(
    slots: Sequence[BlueprintSlot],
    candidates: Sequence[Candidate],
    statuses: Collection[Status] = (PNS,),
    used: Collection[str] = (),
    seed: int = 1,
) -> Form | list[Gap]:
    return prepare_form(Blueprint(tuple(slots)), candidates, statuses, Random(seed), set(used))


def form(*args: Any, **kwargs: Any) -> Form:
    prepared = prepare(*args, **kwargs)
    assert isinstance(prepared, tuple), prepared
    return prepared


def uids(prepared: Form) -> list[set[str]]:
    return [set(slot.versions.values()) for slot in prepared]


@st.composite
def banks(draw: st.DrawFn, most: int = 7) -> list[Candidate]:
    kinds = draw(
        st.lists(
            st.tuples(st.sampled_from(AUDIENCES), st.sampled_from([INGAT, PAHAM]), st.booleans()),
            max_size=most,
        )
    )
    return [
        candidate(f"M-{n}", audience, level=level, in_force=not repealed or n % 2 == 0)
        for n, (audience, level, repealed) in enumerate(kinds)
    ]


blueprints = st.lists(
    st.builds(slot, st.integers(1, 2), st.sampled_from([None, INGAT, PAHAM])),
    min_size=1,
    max_size=2,
)
rosters = st.sets(st.sampled_from([PNS, PPPK, KADES]), min_size=1).map(sorted)


def possible_splits(
    places: Sequence[BlueprintSlot], bank: Sequence[Candidate], roster: Sequence[Status]
) -> Iterator[int]:
    """For every form there is, in how many places it asks different things; by brute force."""
    if not places:
        yield 0
        return
    in_force = [c for c in bank if c.in_force and places[0].takes(c.group)]
    for asked in itertools.product(in_force, repeat=len(roster)):
        fits = all(s in c.audience for s, c in zip(roster, asked, strict=True))
        if fits and len({c.group for c in asked}) == 1:
            rest = [c for c in bank if c not in asked]
            for splits in possible_splits(places[1:], rest, roster):
                yield splits + (len(set(asked)) > 1)


@given(blueprints, banks(), rosters, st.integers())
def test_form_is_found_when_one_exists_and_splits_as_little_as_can_be(
    slots: list[BlueprintSlot], bank: list[Candidate], roster: list[Status], seed: int
) -> None:
    places = list(Blueprint(tuple(slots)).positions().values())[:3]
    slots = [BlueprintSlot(p.topic, p.level, p.type, 1) for p in places]
    least = min(possible_splits(places, bank, roster), default=None)

    prepared = prepare(slots, bank, roster, seed=seed)

    if least is None:
        assert isinstance(prepared, list)
    else:
        assert isinstance(prepared, tuple)
        assert sum(len(asked) > 1 for asked in uids(prepared)) == least


@given(blueprints, banks(most=12), rosters, st.integers())
def test_every_form_keeps_its_promises(
    slots: list[BlueprintSlot], bank: list[Candidate], roster: list[Status], seed: int
) -> None:
    used = {"M-0", "M-3", "M-4"}
    blueprint = Blueprint(tuple(slots))

    prepared = prepare(slots, bank, roster, used, seed)

    if isinstance(prepared, list):
        assert prepared != []
        return
    by_uid = {c.version_uid: c for c in bank}
    everywhere = [uid for asked in uids(prepared) for uid in asked]
    assert len(everywhere) == len(set(everywhere))
    assert [s.position for s in prepared] == list(blueprint.positions())
    for made in prepared:
        assert list(made.versions) == sorted(made.versions, key=list(Status).index)
        assert set(made.versions) == set(roster)
        assert blueprint.positions()[made.position].takes(made.group)
        asked = {status: by_uid[uid] for status, uid in made.versions.items()}
        assert all(status in c.audience and c.in_force for status, c in asked.items())
        assert {c.group for c in asked.values()} == {made.group}
        assert made.anchor == any(c.item_code in used for c in asked.values())


@given(blueprints, banks(most=12), rosters, st.integers(), st.randoms(use_true_random=False))
def test_same_seed_gives_the_same_form_in_whatever_order_things_come(
    slots: list[BlueprintSlot],
    bank: list[Candidate],
    roster: list[Status],
    seed: int,
    shuffler: Random,
) -> None:
    other = list(bank)
    shuffler.shuffle(other)

    assert prepare(slots, bank, roster, seed=seed) == prepare(slots, other, roster[::-1], seed=seed)


def test_positions_follow_the_blueprint_from_1() -> None:
    blueprint = Blueprint((slot(2), slot(1, INGAT)))

    assert blueprint.positions() == {1: slot(2), 2: slot(2), 3: slot(1, INGAT)}


def test_scarce_items_are_kept_for_the_slot_that_needs_them() -> None:
    bank = [candidate("A", level=INGAT), candidate("B", level=PAHAM), candidate("C", level=PAHAM)]

    prepared = form([slot(2), slot(1, INGAT)], bank)

    assert uids(prepared)[2] == {"v-A"}


def test_one_item_for_all_comes_before_one_per_status() -> None:
    bank = [candidate("A", {PNS}), candidate("B", {KADES}), candidate("C")]

    assert uids(form([slot()], bank, (PNS, KADES))) == [{"v-C"}]


def test_repeated_item_for_all_comes_before_new_ones_per_status() -> None:
    bank = [candidate("A", {PNS}), candidate("B", {KADES}), candidate("C")]

    prepared = form([slot()], bank, (PNS, KADES), used={"C"})

    assert uids(prepared) == [{"v-C"}]
    assert prepared[0].anchor is True


def test_statuses_share_an_item_where_they_can() -> None:
    bank = [
        candidate("A", {PNS}),
        candidate("B", {PPPK}),
        candidate("C", ASN),
        candidate("D", VILLAGE),
    ]

    prepared = form([slot()], bank, (PNS, PPPK, KADES))

    assert prepared[0].versions == {PNS: "v-C", PPPK: "v-C", KADES: "v-D"}


def test_statuses_in_one_slot_are_asked_the_same_level_and_type() -> None:
    bank = [
        candidate("A", ASN, level=INGAT),
        candidate("B", VILLAGE, level=PAHAM),
        candidate("C", ASN, level=PAHAM, type=SEVERAL),
        candidate("D", VILLAGE, level=INGAT),
    ]

    prepared = form([slot()], bank, (PNS, KADES))

    assert prepared[0].versions == {PNS: "v-A", KADES: "v-D"}
    assert (prepared[0].level, prepared[0].type) == (INGAT, ONE)


def test_new_items_come_before_repeated_ones() -> None:
    bank = [candidate(f"M-{n}") for n in range(6)]

    prepared = form([slot(4)], bank, used={"M-0", "M-1", "M-2"})

    assert [s.anchor for s in prepared].count(True) == 1
    assert {"v-M-3", "v-M-4", "v-M-5"} < {uid for asked in uids(prepared) for uid in asked}


def test_item_whose_law_no_longer_holds_is_left_out() -> None:
    prepared = prepare([slot()], [candidate("A", in_force=False)])

    assert prepared == [Gap(1, "makna", None, None, (PNS,))]


def test_of_two_versions_of_one_item_only_one_is_asked() -> None:
    new = candidate("A")
    old = Candidate("v-old", "A", "makna", PAHAM, ONE, EVERYBODY, True)

    assert isinstance(prepare([slot(2)], [new, old]), list)
    assert uids(form([slot()], [new, old])) == [{"v-A"}]


def test_slot_without_a_type_takes_no_judgement_item(monkeypatch: pytest.MonkeyPatch) -> None:
    class Judging:
        scale = "judgement"

    monkeypatch.setitem(ITEM_TYPES, "judging", Judging())
    bank = [candidate("A", type="judging")]

    assert isinstance(prepare([slot()], bank), list)
    assert uids(form([slot(type="judging")], bank)) == [{"v-A"}]


def test_gap_names_position_and_the_statuses_nothing_is_left_for() -> None:
    bank = [candidate("A", ASN), candidate("B", {PNS}), candidate("C")]

    prepared = prepare([slot(3, PAHAM)], bank, (PNS, PPPK, KADES))

    assert prepared == [
        Gap(2, "makna", PAHAM, None, (KADES,)),
        Gap(3, "makna", PAHAM, None, (PPPK, KADES)),
    ]


def test_topic_without_items_leaves_a_gap_for_every_status() -> None:
    prepared = prepare([BlueprintSlot("dasar", None, ONE, 1)], [candidate("A")], (KADES, PNS))

    assert prepared == [Gap(1, "dasar", None, ONE, (PNS, KADES))]


def test_roster_without_anybody_is_refused() -> None:
    with pytest.raises(ValueError, match=r"^a form needs at least one status$"):
        prepare([slot()], [candidate("A")], ())


def complete(
    made: Form, bank: Sequence[Candidate], statuses: Collection[Status], used: Collection[str] = ()
) -> Form | list[Gap]:
    return complete_form(made, bank, statuses, Random(1), set(used))


@given(blueprints, banks(most=12), rosters, rosters, st.integers())
def test_completing_touches_only_the_missing_statuses(
    slots: list[BlueprintSlot],
    bank: list[Candidate],
    roster: list[Status],
    joining: list[Status],
    seed: int,
) -> None:
    made = prepare(slots, bank, roster, seed=seed)
    if isinstance(made, list):
        return

    completed = complete(made, bank, joining)

    if isinstance(completed, list):
        assert {s for gap in completed for s in gap.statuses} <= set(joining) - set(roster)
        return
    by_uid = {c.version_uid: c for c in bank}
    everywhere = [uid for asked in uids(completed) for uid in asked]
    assert len(everywhere) == len(set(everywhere))
    for before, after in zip(made, completed, strict=True):
        assert {s: after.versions[s] for s in before.versions} == before.versions
        assert set(after.versions) == {*roster, *joining}
        assert (after.position, after.group) == (before.position, before.group)
        assert all(s in by_uid[uid].audience for s, uid in after.versions.items())


def test_new_status_is_asked_what_the_others_are_where_it_is_meant_for_it() -> None:
    bank = [candidate("A", ASN), candidate("B", {PPPK}), candidate("C", VILLAGE)]
    made = form([slot()], bank[:1])

    completed = complete(made, bank, (PPPK, KADES))

    assert isinstance(completed, tuple)
    assert completed[0].versions == {PNS: "v-A", PPPK: "v-A", KADES: "v-C"}


def test_completing_prefers_new_items_and_records_a_repeated_one() -> None:
    made = form([slot(2)], [candidate("A", ASN), candidate("B", ASN)])
    bank = [candidate(code, ASN) for code in "AB"] + [candidate(code, VILLAGE) for code in "CD"]

    completed = complete(made, bank, (KADES,), used={"C"})

    assert isinstance(completed, tuple)
    assert {s.versions[KADES]: s.anchor for s in completed} == {"v-C": True, "v-D": False}


def test_completing_names_every_slot_it_cannot_fill_and_changes_nothing() -> None:
    bank = [candidate("A", ASN), candidate("B", ASN), candidate("C", VILLAGE)]
    made = form([slot(2)], bank)

    completed = complete(made, bank, (KADES,))

    assert completed == [Gap(2, "makna", PAHAM, ONE, (KADES,))]


def at(position: int, **versions: str) -> FormSlot:
    """A slot that asks these statuses these versions."""
    asked = {Status(status): uid for status, uid in versions.items()}
    return FormSlot(position, "makna", PAHAM, ONE, False, asked)


def test_gaps_of_a_completed_form_stand_in_the_order_of_positions() -> None:
    made = (at(1, pns="v-A", pppk="v-A"), at(2, pns="v-B"))
    bank = [candidate("A", ASN), candidate("B", {PNS})]

    completed = complete(made, bank, (KADES,))

    assert completed == [Gap(n, "makna", PAHAM, ONE, (KADES,)) for n in (1, 2)]


def test_of_what_others_are_asked_a_new_status_shares_what_is_meant_for_most() -> None:
    made = (at(1, pns="v-A", kepala_desa="v-B"),)
    bank = [candidate("A", ASN), candidate("B", {PPPK, KADES})]

    completed = complete(made, bank, (PPPK,))

    assert isinstance(completed, tuple)
    assert completed[0].versions[PPPK] == "v-A"


def test_a_scene_told_already_is_shared_by_whom_it_is_meant_for_too() -> None:
    bank = [candidate("S", ASN, scenario="S"), candidate("V", VILLAGE)]

    completed = complete((at(1, pns="v-S"),), bank, (PPPK, KADES))

    assert isinstance(completed, tuple)
    assert completed[0].versions == {PNS: "v-S", PPPK: "v-S", KADES: "v-V"}


def test_completing_for_nobody_new_changes_nothing() -> None:
    made = form([slot(2)], [candidate("A"), candidate("B")])

    assert complete(made, [], (PNS,)) == made


def test_items_of_a_form_are_not_asked_again_in_a_newer_version() -> None:
    made = form([slot()], [candidate("A", ASN)])
    newer = Candidate("v-newer", "A", "makna", PAHAM, ONE, EVERYBODY, True)

    completed = complete(made, [candidate("A", ASN), newer], (KADES,))

    assert completed == [Gap(1, "makna", PAHAM, ONE, (KADES,))]


@given(st.integers(0, 40), st.integers())
def test_display_order_shows_every_position_once_and_always_the_same(n: int, seed: int) -> None:
    positions = range(1, n + 1)

    order = display_order(positions, seed, enabled=True)

    assert sorted(order) == list(positions)
    assert order == display_order(list(reversed(positions)), seed, enabled=True)
    assert display_order(positions, seed, enabled=False) == tuple(positions)


@given(st.integers(), st.integers(1, 40))
def test_option_order_shows_every_option_once_and_always_the_same(seed: int, at: int) -> None:
    order = option_order("abcd", seed, at, enabled=True)

    assert sorted(order) == list("abcd")
    assert order == option_order("dcba", seed, at, enabled=True)
    assert option_order("dbca", seed, at, enabled=False) == tuple("dbca")


def test_orders_differ_between_people_and_between_positions() -> None:
    people = {display_order(range(1, 9), seed, enabled=True) for seed in range(20)}
    places = {option_order("abcd", 7, at, enabled=True) for at in range(1, 40)}

    assert len(people) == 20
    assert len(places) > 15


def test_every_order_of_options_comes_about_equally_often() -> None:
    first = [option_order("abcd", seed, 1, enabled=True)[0] for seed in range(800)]

    assert min(first.count(option) for option in "abcd") > 150
