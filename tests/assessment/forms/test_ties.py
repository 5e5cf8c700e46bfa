"""Items that give each other away never meet in one form, however it came about."""

import itertools
from collections.abc import Collection, Iterator, Sequence
from dataclasses import replace
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quiz.assessment.forms.coverage import coverage
from quiz.assessment.forms.crossing import FormName
from quiz.assessment.forms.form import Blueprint, BlueprintSlot, Candidate, Form
from quiz.assessment.forms.parallel import complete_forms, parallel_forms
from quiz.assessment.forms.ready import ready_blueprint
from quiz.assessment.forms.selection import complete_form, prepare_form
from quiz.assessment.items.item import ASN, EVERYBODY, Status
from tests.assessment.forms.test_selection import (
    AUDIENCES,
    INGAT,
    KADES,
    ONE,
    PAHAM,
    PNS,
    PPPK,
    SEVERAL,
    blueprints,
    candidate,
    form,
    rosters,
    slot,
    uids,
)

A, B = FormName.A, FormName.B
VILLAGE = frozenset({Status.KEPALA_DESA, Status.PERANGKAT_DESA})


@st.composite
def tied_banks(
    draw: st.DrawFn, most: int = 10, audiences: Sequence[frozenset[Status]] = tuple(AUDIENCES)
) -> list[Candidate]:
    """Items some of which are kept apart in each of the three ways, said by one side alone."""
    kinds = draw(
        st.lists(
            st.tuples(
                st.sampled_from(audiences),
                st.sampled_from([INGAT, PAHAM]),
                st.sampled_from([ONE, SEVERAL]),
                st.sampled_from(["", "", "p", "q"]),
                st.sampled_from(["", "", "s", "t"]),
                st.sets(st.integers(0, most - 1), max_size=2),
            ),
            max_size=most,
        )
    )
    return [
        candidate(
            f"M-{n}",
            audience,
            level=level,
            type=type,
            pair=pair,
            scenario=scenario,
            not_with=frozenset(f"M-{other}" for other in others if other != n),
        )
        for n, (audience, level, type, pair, scenario, others) in enumerate(kinds)
    ]


def told_twice(form: Form, bank: Sequence[Candidate]) -> list[tuple[str, str]]:
    """The items that stand in one form and should not; written anew, not as the selection has it.

    Only the variants of a scenario may, at one position.
    """
    by_uid = {each.version_uid: each for each in bank}
    places = [
        (each.position, by_uid[uid]) for each in form for uid in sorted(set(each.versions.values()))
    ]
    return [
        (one.item_code, other.item_code)
        for (at, one), (there, other) in itertools.combinations(places, 2)
        if one.item_code in other.not_with
        or other.item_code in one.not_with
        or (
            one.pair == other.pair != ""
            and not (at == there and one.scenario == other.scenario != "")
        )
        or (one.scenario == other.scenario != "" and at != there)
    ]


def misaddressed(form: Form, bank: Sequence[Candidate]) -> list[tuple[Status, str]]:
    """Who is asked what is meant for others."""
    by_uid = {each.version_uid: each for each in bank}
    return [
        (status, uid)
        for each in form
        for status, uid in each.versions.items()
        if status not in by_uid[uid].audience
    ]


def variants(one: Candidate, other: Candidate) -> bool:
    return one.scenario == other.scenario != ""


@given(blueprints, tied_banks(), rosters, st.integers(), st.sets(st.integers(0, 9)))
def test_no_form_tells_anything_twice(slots, bank, roster, seed, used) -> None:
    codes = {f"M-{n}" for n in used}

    prepared = prepare_form(Blueprint(tuple(slots)), bank, roster, Random(seed), codes)

    if isinstance(prepared, tuple):
        assert told_twice(prepared, bank) == []
        assert misaddressed(prepared, bank) == []


@given(blueprints, tied_banks(), rosters, st.integers())
def test_neither_of_two_forms_tells_anything_twice(slots, bank, roster, seed) -> None:
    blueprint = Blueprint(tuple(slots))

    single = prepare_form(blueprint, bank, roster, Random(seed))
    forms = parallel_forms(blueprint, bank, roster, Random(seed))

    assert isinstance(forms, list) == isinstance(single, list)
    if isinstance(forms, list):
        return
    assert [told_twice(each, bank) for each in forms.values()] == [[], []]
    assert [misaddressed(each, bank) for each in forms.values()] == [[], []]
    for one, other in zip(forms[A], forms[B], strict=True):
        shared = set(one.versions.values()) & set(other.versions.values())
        assert one.anchor == other.anchor == bool(shared)


@given(blueprints, tied_banks(), rosters, rosters, st.integers())
def test_whoever_comes_later_is_told_nothing_twice(slots, bank, roster, later, seed) -> None:
    forms = parallel_forms(Blueprint(tuple(slots)), bank, roster, Random(seed))
    if isinstance(forms, list):
        return

    completed = complete_forms(forms, bank, later, Random(seed))

    if isinstance(completed, dict):
        assert [told_twice(each, bank) for each in completed.values()] == [[], []]
        assert [misaddressed(each, bank) for each in completed.values()] == [[], []]
        for each in completed.values():
            assert all(set(later) <= set(made.versions) for made in each)


def possible(places: Sequence[BlueprintSlot], bank: Sequence[Candidate]) -> bool:
    """Whether any form of items for everybody tells nothing twice; by trying all."""

    def chosen(left: Sequence[BlueprintSlot], taken: list[Candidate]) -> Iterator[list[Candidate]]:
        if not left:
            yield taken
            return
        for each in bank:
            if each not in taken and left[0].takes(each.group):
                yield from chosen(left[1:], [*taken, each])

    return any(told_twice(_as_form(taken), bank) == [] for taken in chosen(places, []))


def _as_form(taken: Sequence[Candidate]) -> Form:
    prepared = [form([slot()], [replace(each, not_with=frozenset())])[0] for each in taken]
    return tuple(replace(each, position=n) for n, each in enumerate(prepared, start=1))


@given(
    st.lists(st.sampled_from([None, INGAT, PAHAM]), min_size=1, max_size=3),
    tied_banks(most=6, audiences=[EVERYBODY]),
    st.integers(),
)
def test_a_form_is_found_wherever_there_is_one(levels, bank, seed) -> None:
    places = [slot(level=level) for level in levels]

    prepared = prepare_form(Blueprint(tuple(places)), bank, (PNS,), Random(seed))

    assert isinstance(prepared, tuple) == possible(places, bank)


@given(
    tied_banks(most=14, audiences=[EVERYBODY]),
    st.integers(1, 5),
    st.integers(1, 3),
    st.integers(),
)
def test_a_ready_blueprint_can_be_filled_as_often_as_it_says(bank, items, forms, seed) -> None:
    blueprint = ready_blueprint(bank, (PNS, KADES), ["makna"], items=items, forms=forms)
    if isinstance(blueprint, list):
        return
    code_of = {each.version_uid: each.item_code for each in bank}

    asked: list[str] = []
    for number in range(forms):
        made = prepare_form(blueprint, bank, (PNS, KADES), Random(seed + number), set(asked))
        assert isinstance(made, tuple)
        asked += {code_of[uid] for each in made for uid in each.versions.values()}

    assert len(asked) == len(set(asked)) == items * forms


@pytest.mark.parametrize("seed", range(12))
def test_a_tie_alone_makes_nothing_be_asked_again(seed: int) -> None:
    bank = [
        candidate("X", not_with=frozenset({"A", "B"})),
        *(candidate(code) for code in ("A", "B", "ASKED")),
    ]

    prepared = form([slot(2)], bank, used={"ASKED"}, seed=seed)

    assert set().union(*uids(prepared)) == {"v-A", "v-B"}


def test_the_other_side_of_a_pair_is_asked_after_the_first() -> None:
    bank = [candidate(f"M-{n}", pair="p" if n in (3, 4) else "") for n in range(12)]

    after = form([slot()], bank, used={"M-3"})

    assert uids(after) == [{"v-M-4"}]


def test_crossed_forms_ask_a_side_of_a_pair_each() -> None:
    bank = [candidate(f"M-{n}", pair=f"p{n // 2}") for n in range(8)]

    forms = parallel_forms(Blueprint((slot(4),)), bank, (PNS,), Random(1))

    assert isinstance(forms, dict)
    pairs = {each.version_uid: each.pair for each in bank}
    sides = [[pairs[uid] for asked in uids(forms[name]) for uid in asked] for name in (A, B)]
    assert [sorted(each) for each in sides] == [["p0", "p1", "p2", "p3"]] * 2


def test_crossed_forms_ask_both_sides_where_other_items_would_do() -> None:
    bank = [candidate(f"M-{n}", pair="p" if n in (3, 8) else "") for n in range(10)]

    forms = parallel_forms(Blueprint((slot(5),)), bank, (PNS,), Random(1))

    assert isinstance(forms, dict)
    assert [{"v-M-3", "v-M-8"} & set().union(*uids(forms[name])) != set() for name in (A, B)] == [
        True,
        True,
    ]


VARIANTS = [
    candidate("S-PNS", {PNS}, scenario="balai"),
    candidate("S-PPPK", {PPPK}, scenario="balai"),
    candidate("S-DESA", VILLAGE, scenario="balai"),
]
OTHERS = [candidate("O-PNS", {PNS}), candidate("O-PPPK", {PPPK}), candidate("O-DESA", VILLAGE)]


def test_everybody_meets_the_variant_that_fits() -> None:
    prepared = form([slot()], [*OTHERS, *VARIANTS], (PNS, PPPK, KADES))

    assert prepared[0].versions == {PNS: "v-S-PNS", PPPK: "v-S-PPPK", KADES: "v-S-DESA"}


def test_a_scenario_told_to_everybody_stands_beside_items_for_all() -> None:
    bank = [*VARIANTS, *(candidate(f"M-{n}") for n in range(3))]

    seen = {
        uid
        for seed in range(40)
        for asked in uids(form([slot()], bank, (PNS, PPPK, KADES), seed=seed))
        for uid in asked
    }

    assert seen >= {"v-S-PNS", "v-M-0"}


@pytest.mark.parametrize("missing", range(3))
def test_who_has_no_variant_gets_another_item_and_nobody_elses(missing: int) -> None:
    variants = [each for n, each in enumerate(VARIANTS) if n != missing]
    other = OTHERS[missing]

    prepared = form([slot()], [*variants, other], (PNS, PPPK, KADES))

    assert set(prepared[0].versions.values()) == {each.version_uid for each in (*variants, other)}
    by_uid = {each.version_uid: each for each in (*variants, other)}
    assert all(status in by_uid[uid].audience for status, uid in prepared[0].versions.items())


FOR_ALL = [candidate(f"M-{n}") for n in range(4)]
THREE = (PNS, PPPK, KADES)


def test_a_scene_that_lacks_a_variant_is_told_beside_an_item_for_all() -> None:
    asked = [form([slot()], [*VARIANTS[:2], *FOR_ALL], THREE, seed=seed) for seed in range(40)]

    scenes = [each[0].versions for each in asked if each[0].versions[PNS] == "v-S-PNS"]
    for_all = [uids(each)[0] for each in asked if each[0].versions[PNS] != "v-S-PNS"]
    assert scenes and for_all
    assert {each[PPPK] for each in scenes} == {"v-S-PPPK"}
    assert {each[KADES] for each in scenes} <= {each.version_uid for each in FOR_ALL}
    assert {len(each) for each in for_all} == {1}


@pytest.mark.parametrize("seed", range(12))
def test_standing_in_takes_no_position_from_anybody(seed: int) -> None:
    bank = [*VARIANTS[:2], candidate("T-PNS", {PNS}, scenario="kantor"), *FOR_ALL]

    whole = form([slot(4)], bank, THREE, seed=seed)
    halves = parallel_forms(Blueprint((slot(2),)), bank, THREE, Random(seed))

    assert {asked.versions[KADES] for asked in whole} == {each.version_uid for each in FOR_ALL}
    assert isinstance(halves, dict)
    assert not any(each.anchor for made in halves.values() for each in made)


@pytest.mark.parametrize("seed", range(12))
def test_a_variant_needed_with_other_items_is_left_to_them(seed: int) -> None:
    bank = [*VARIANTS[:2], OTHERS[2], FOR_ALL[0]]

    made = form([slot(2)], bank, THREE, seed=seed)

    assert sorted(map(len, uids(made))) == [1, 3]
    assert misaddressed(made, bank) == []


@pytest.mark.parametrize("seed", range(12))
def test_two_forms_tell_no_scene_at_the_cost_of_an_anchor(seed: int) -> None:
    bank = [*VARIANTS[:2], OTHERS[2], FOR_ALL[0]]

    forms = parallel_forms(Blueprint((slot(),)), bank, THREE, Random(seed))

    assert isinstance(forms, dict)
    assert [forms[name][0].anchor for name in (A, B)] == [False, False]


def test_who_comes_later_meets_their_variant_before_the_item_that_stood_in() -> None:
    known = [VARIANTS[0], FOR_ALL[0]]
    told = next(
        made
        for made in (form([slot()], known, (PNS, PPPK), seed=seed) for seed in range(40))
        if made[0].versions == {PNS: "v-S-PNS", PPPK: "v-M-0"}
    )

    completed = complete_form(told, [*VARIANTS, *FOR_ALL], (KADES, Status.BPD), Random(1))

    assert completed[0].versions[KADES] == "v-S-DESA"  # type: ignore[union-attr]
    assert completed[0].versions[Status.BPD] == "v-M-0"  # type: ignore[union-attr]


def test_without_a_variant_or_another_item_there_is_no_form() -> None:
    prepared = prepare_form(Blueprint((slot(),)), VARIANTS[:2], (PNS, PPPK, KADES), Random(1))

    assert [gap.statuses for gap in prepared] == [(KADES,)]  # type: ignore[union-attr]


def test_who_comes_later_meets_their_variant_of_the_scene() -> None:
    bank = [*OTHERS, *VARIANTS]
    made = form([slot()], [*VARIANTS, OTHERS[0]], (PNS, PPPK))
    assert made[0].versions == {PNS: "v-S-PNS", PPPK: "v-S-PPPK"}

    completed = complete_form(made, bank, (KADES,), Random(1))

    assert completed[0].versions[KADES] == "v-S-DESA"  # type: ignore[union-attr]


def test_a_side_of_a_pair_may_have_variants() -> None:
    bank = [
        candidate("A-ASN", ASN, pair="p", scenario="a"),
        candidate("A-DESA", VILLAGE, pair="p", scenario="a"),
        candidate("B-ASN", ASN, pair="p", scenario="b"),
        candidate("B-DESA", VILLAGE, pair="p", scenario="b"),
    ]

    forms = parallel_forms(Blueprint((slot(),)), bank, (PNS, KADES), Random(1))

    assert isinstance(forms, dict)
    asked = {frozenset(forms[name][0].versions.values()) for name in (A, B)}
    assert asked == {
        frozenset({"v-A-ASN", "v-A-DESA"}),
        frozenset({"v-B-ASN", "v-B-DESA"}),
    }


def lacking(bank: Sequence[Candidate], count: int) -> Collection[int]:
    [line] = coverage(Blueprint((slot(count),)), bank)
    return {group.lacking for group in line.groups}


def test_the_blueprints_page_counts_what_can_stand_together() -> None:
    apart = [candidate(f"M-{n}", pair="p") for n in range(5)]
    free = [candidate(f"M-{n}") for n in (5, 6)]

    assert lacking([*apart, *free], 3) == {0}
    assert lacking([*apart, *free], 4) == {1}


def test_a_scene_is_told_to_all_it_has_variants_for_and_others_get_another_item() -> None:
    bank = [
        candidate("S1", {PNS}, scenario="S"),
        candidate("S2", {PPPK}, scenario="S"),
        candidate("A", {PNS, PPPK}),
        candidate("V", {KADES}),
    ]

    [made] = form([slot()], bank, (PNS, PPPK, KADES))

    assert made.versions == {PNS: "v-S1", PPPK: "v-S2", KADES: "v-V"}


def test_an_item_that_was_asked_before_stands_in_for_no_variant_while_there_is_a_new_one() -> None:
    bank = [candidate("S", {PNS}, scenario="S"), candidate("E"), candidate("F")]

    seen = [form([slot()], bank, (PNS, KADES), used={"E"}, seed=seed) for seed in range(12)]

    assert {frozenset(made.versions.values()) for [made] in seen} == {
        frozenset({"v-F"}),
        frozenset({"v-S", "v-F"}),
    }
