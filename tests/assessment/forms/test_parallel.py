"""Two forms of one blueprint: alike, apart where the bank allows, with as few anchors as can be."""

from collections import Counter
from collections.abc import Collection, Sequence
from itertools import combinations
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quiz.assessment.forms.crossing import FormName, first_form
from quiz.assessment.forms.form import (
    Blueprint,
    BlueprintSlot,
    Candidate,
    Form,
    FormSlot,
    Gap,
    like,
)
from quiz.assessment.forms.parallel import Forms, complete_forms, parallel_forms, rather_alike
from quiz.assessment.forms.selection import prepare_form
from quiz.assessment.items.item import Status
from tests.assessment.forms.test_selection import (
    INGAT,
    KADES,
    ONE,
    PAHAM,
    PNS,
    SEVERAL,
    banks,
    blueprints,
    candidate,
    rosters,
    slot,
)

A, B = FormName.A, FormName.B


def parallel(
    slots: Sequence[object],
    candidates: Sequence[Candidate],
    statuses: Collection[Status] = (PNS,),
    used: Collection[str] = (),
    seed: int = 1,
) -> Forms:
    found = parallel_forms(Blueprint(tuple(slots)), candidates, statuses, Random(seed), set(used))
    assert isinstance(found, dict), found
    return found


def asked(form: Form) -> set[str]:
    return {uid for each in form for uid in each.versions.values()}


def shared(forms: Forms) -> set[str]:
    return asked(forms[A]) & asked(forms[B])


@given(blueprints, banks(most=12), rosters, st.integers())
def test_both_forms_keep_their_promises(slots, bank, statuses, seed) -> None:
    blueprint = Blueprint(tuple(slots))
    forms = parallel_forms(blueprint, bank, statuses, Random(seed))
    if isinstance(forms, list):
        return
    by_uid = {each.version_uid: each for each in bank}
    positions = blueprint.positions()

    for form in forms.values():
        assert [each.position for each in form] == list(positions)
        assert all(positions[each.position].takes(each.group) for each in form)
        for each in form:
            assert set(each.versions) == set(statuses)
            for status, uid in each.versions.items():
                assert status in by_uid[uid].audience
                assert by_uid[uid].in_force
                assert by_uid[uid].group == each.group
        times = Counter(uid for each in form for uid in set(each.versions.values()))
        assert set(times.values()) == {1}
    assert [each.group for each in forms[A]] == [each.group for each in forms[B]]
    for one, other in zip(forms[A], forms[B], strict=True):
        both = set(one.versions.values()) & set(other.versions.values())
        assert one.anchor == other.anchor == bool(both)
        assert not both or one.versions == other.versions
    anchored = {uid for each in forms[A] if each.anchor for uid in each.versions.values()}
    assert shared(forms) == anchored


@given(blueprints, banks(most=12), rosters, st.integers())
def test_there_are_two_forms_wherever_there_is_one(slots, bank, statuses, seed) -> None:
    blueprint = Blueprint(tuple(slots))

    single = prepare_form(blueprint, bank, statuses, Random(seed))
    both = parallel_forms(blueprint, bank, statuses, Random(seed))

    assert isinstance(single, list) == isinstance(both, list)
    if isinstance(single, list):
        assert both == single


def fewest_anchors(positions: Sequence[object], bank: Sequence[Candidate]) -> int:
    """By trying every choice of two items, or one, for each position (items for everybody)."""
    if not positions:
        return 0
    first, *rest = positions
    fitting = [each for each in bank if first.takes(each.group) and each.in_force]
    found = [
        fewest_anchors(rest, [each for each in bank if each not in two])
        for two in combinations(fitting, 2)
        if two[0].group == two[1].group
    ]
    found += [
        1 + fewest_anchors(rest, [each for each in bank if each is not one]) for one in fitting
    ]
    return min(found, default=99)


few = st.lists(
    st.builds(
        lambda level, several: (level, "multiple_choice" if several else "single_choice"),
        st.sampled_from([INGAT, PAHAM]),
        st.booleans(),
    ),
    max_size=6,
)


@given(st.lists(st.sampled_from([None, INGAT, PAHAM]), min_size=1, max_size=3), few, st.integers())
def test_no_choice_has_fewer_anchors(levels, kinds, seed) -> None:
    slots = [slot(level=level) for level in levels]
    bank = [candidate(f"M-{n}", level=level, type=type) for n, (level, type) in enumerate(kinds)]
    forms = parallel_forms(Blueprint(tuple(slots)), bank, (PNS,), Random(seed))
    if isinstance(forms, list):
        return

    assert len(shared(forms)) == fewest_anchors(slots, bank)


@given(blueprints, banks(most=12), rosters, st.integers(), st.randoms(use_true_random=False))
def test_same_seed_gives_the_same_forms_in_whatever_order_things_come(
    slots, bank, statuses, seed, order
) -> None:
    blueprint = Blueprint(tuple(slots))
    mixed = order.sample(bank, len(bank))

    once = parallel_forms(blueprint, bank, statuses, Random(seed))
    again = parallel_forms(blueprint, mixed, sorted(statuses, reverse=True), Random(seed))

    assert once == again


def test_a_wide_bank_gives_forms_that_share_nothing_and_take_new_items_first() -> None:
    bank = [candidate(f"M-{n}") for n in range(8)]

    forms = parallel([slot(3)], bank, used={"M-0", "M-5"})

    assert len(asked(forms[A]) | asked(forms[B])) == 6
    assert {"v-M-0", "v-M-5"}.isdisjoint(asked(forms[A]) | asked(forms[B]))


def test_a_narrow_bank_gives_anchors_where_it_is_narrow() -> None:
    bank = [candidate(f"L-{n}", level=INGAT) for n in range(4)] + [candidate("P", level=PAHAM)]

    forms = parallel([slot(level=INGAT), slot(level=PAHAM), slot(level=INGAT)], bank)

    assert [each.anchor for each in forms[A]] == [False, True, False]
    assert shared(forms) == {"v-P"}


def test_items_for_one_status_each_are_matched_by_the_same_statuses() -> None:
    bank = [candidate(f"{status}-{n}", [status]) for n in range(2) for status in (PNS, KADES)]

    forms = parallel([slot()], bank, statuses=(PNS, KADES))

    assert [set(form[0].versions) for form in forms.values()] == [{PNS, KADES}] * 2
    assert shared(forms) == set()


@given(banks(most=14), st.integers(), rosters)
def test_completing_changes_nothing_for_others_and_shares_only_what_it_must(
    bank, seed, later
) -> None:
    blueprint = Blueprint((slot(2),))
    forms = parallel_forms(blueprint, bank, (PNS,), Random(seed))
    if isinstance(forms, list):
        return
    completed = complete_forms(forms, bank, later, Random(seed))
    if isinstance(completed, list):
        return

    by_uid = {each.version_uid: each for each in bank}
    for name, form in completed.items():
        for before, after in zip(forms[name], form, strict=True):
            assert set(after.versions) == {PNS, *later}
            assert after.versions[PNS] == before.versions[PNS]
            assert all(status in by_uid[uid].audience for status, uid in after.versions.items())
        times = Counter(uid for each in form for uid in set(each.versions.values()))
        assert set(times.values()) == {1}


def test_a_status_that_comes_later_meets_other_items_in_each_form() -> None:
    bank = [candidate(f"S-{n}", [PNS]) for n in range(2)]
    bank += [candidate(f"K-{n}", [KADES]) for n in range(2)]
    forms = parallel([slot()], bank)

    completed = complete_forms(forms, bank, (KADES,), Random(1))

    assert isinstance(completed, dict)
    assert shared(completed) == set()


@pytest.mark.parametrize("seed", range(8))
def test_the_sides_of_a_pair_are_asked_of_both_before_others(seed: int) -> None:
    bank = [candidate("P", pair="p"), candidate("X"), candidate("Q", pair="p"), candidate("Y")]

    forms = parallel([slot()], bank[:3], seed=seed)
    wide = parallel([slot()], [*bank, candidate("R", pair="r"), candidate("Z")], seed=seed)

    assert asked(forms[A]) | asked(forms[B]) == {"v-P", "v-Q"}
    together = asked(wide[A]) | asked(wide[B])
    assert ("v-P" in together) == ("v-Q" in together)


@pytest.mark.parametrize("seed", range(8))
def test_what_is_kept_apart_is_turned_from_one_position_to_the_next(seed: int) -> None:
    kinds = [{"level": INGAT}, {"level": PAHAM}, {"level": PAHAM, "type": SEVERAL}]
    kept_apart = {"P1": {"P2"}, "P2": {"P3"}}
    bank = [
        candidate(f"{side}{n}", not_with=frozenset(kept_apart.get(f"{side}{n}", ())), **kind)
        for n, kind in enumerate(kinds, start=1)
        for side in "PQ"
    ]
    slots = [slot(1, INGAT, ONE), slot(1, PAHAM, ONE), slot(1, PAHAM, SEVERAL)]

    forms = parallel(slots, bank, seed=seed)

    assert {frozenset(asked(forms[A])), frozenset(asked(forms[B]))} == {
        frozenset({"v-P1", "v-Q2", "v-P3"}),
        frozenset({"v-Q1", "v-P2", "v-Q3"}),
    }


@pytest.mark.parametrize("seed", range(8))
def test_what_the_other_form_asks_is_taken_last_for_who_comes_later(seed: int) -> None:
    bank = [candidate("A", {PNS}), candidate("B"), candidate("V", {KADES})]
    forms = {A: prepared(bank[:1]), B: prepared(bank[1:2])}

    completed = complete_forms(forms, bank, (KADES,), Random(seed))

    assert isinstance(completed, dict)
    assert completed[A][0].versions == {PNS: "v-A", KADES: "v-V"}
    assert completed[B][0].versions == {PNS: "v-B", KADES: "v-B"}


def test_a_form_alone_is_completed_too() -> None:
    bank = [candidate("A", {PNS}), candidate("V", {KADES})]

    completed = complete_forms({A: prepared(bank[:1])}, bank, (KADES,), Random(1))

    assert isinstance(completed, dict)
    assert completed[A][0].versions == {PNS: "v-A", KADES: "v-V"}


def prepared(bank: Sequence[Candidate]) -> Form:
    made = prepare_form(Blueprint((slot(),)), bank, (PNS,), Random(1))
    assert isinstance(made, tuple)
    return made


def test_without_statuses_there_is_nothing_to_choose() -> None:
    with pytest.raises(ValueError, match=r"^a form needs at least one status$"):
        parallel_forms(Blueprint((slot(),)), [candidate("M")], (), Random(1))


@given(st.integers(), st.integers(0, 400))
def test_about_half_of_any_roster_meets_form_a_first(seed, people) -> None:
    draw = Random(seed)
    places = [f"{draw.getrandbits(96):024x}" for _ in range(people)]

    first = sum(first_form(place) is A for place in places)

    assert abs(first - people / 2) <= 3 * people**0.5  # six standard deviations


@given(st.lists(st.text(min_size=1), min_size=1, unique=True), st.text())
def test_who_comes_later_moves_nobody(places, late) -> None:
    before = [first_form(place) for place in places]

    first_form(late)

    assert [first_form(place) for place in places] == before
    assert {first_form(place).other for place in places} <= {A, B}


def test_the_forms_met_are_one_and_the_other() -> None:
    assert (A.other, B.other) == (B, A)


def asking(*anchors: bool) -> Form:
    """A form with an item of its own at each position; anchors where it is said."""
    return tuple(
        FormSlot(at, "makna", PAHAM, "single_choice", anchor, {PNS: f"v-{at}-{anchors}"})
        for at, anchor in enumerate(anchors, start=1)
    )


@pytest.mark.parametrize(
    ("own", "repeats", "made_like"), [(0, 2, True), (0, 3, False), (3, 5, True), (3, 6, False)]
)
def test_a_test_is_made_like_another_while_a_fifth_more_at_most_is_repeated(
    own: int, repeats: int, made_like: bool
) -> None:
    single = asking(*[True] * own, *[False] * (10 - own))
    alike = asking(*[True] * repeats, *[False] * (10 - repeats))

    assert rather_alike(single, alike) is (alike if made_like else single)


def test_a_test_is_made_for_itself_where_the_bank_cannot_make_it_like_another() -> None:
    single = asking(False, False)

    assert rather_alike(single, [Gap(2, "makna", None, None, (PNS,))]) is single


def test_what_is_like_a_form_asks_for_the_same_at_every_position() -> None:
    bank = [candidate("A", level=INGAT), candidate("B", level=PAHAM, type="multiple_choice")]
    made = parallel([slot(1, INGAT), slot(1, PAHAM)], bank)[A]

    assert like(made) == Blueprint(
        (
            BlueprintSlot("makna", INGAT, "single_choice", 1),
            BlueprintSlot("makna", PAHAM, "multiple_choice", 1),
        )
    )
