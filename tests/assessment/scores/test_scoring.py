from collections.abc import Sequence
from dataclasses import replace
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quiz.assessment.items.item import Item
from quiz.assessment.items.types import ITEM_TYPES
from quiz.assessment.scores.ruling import ONE, Ruling, ruling_set_digest
from quiz.assessment.scores.scoring import (
    ZERO,
    AttemptScore,
    ItemScore,
    Scored,
    passed,
    percent,
    score_response,
    summed,
)
from tests.assessment import samples

VOID = Ruling("v", "void")


def accept(*options: str, version: str = "v") -> Ruling:
    return Ruling(version, "accept", options=options)


def reweigh(version: str = "v", **weights: int | str) -> Ruling:
    return Ruling(version, "weights", {option: Fraction(w) for option, w in weights.items()})


def scored(*chosen: str, item: Item | None = None, position: int = 1, uid: str = "v") -> Scored:
    return Scored(position, item or samples.item(), uid, chosen)


def total(entries: list[Scored]) -> AttemptScore:
    """The score of these responses, with no ruling in force."""
    return summed(entries, [score_response(entry.item, entry.chosen) for entry in entries])


@st.composite
def rulings(draw: st.DrawFn, of: Item) -> list[Ruling]:
    ids = [option.id for option in of.options]
    one = st.one_of(
        st.builds(accept, st.sampled_from(ids)),
        st.builds(
            lambda weights: Ruling("v", "weights", weights),
            st.dictionaries(st.sampled_from(ids), samples.fractions),
        ),
    )
    return draw(st.lists(one, max_size=3))


@given(samples.items(), st.data())
def test_any_response_under_any_rulings_earns_0_to_1_of_1(item: Item, data: st.DataObject) -> None:
    chosen = data.draw(samples.responses(item))

    score = score_response(item, chosen, data.draw(rulings(item)))

    assert 0 <= score.points <= score.maximum == 1


@given(samples.items(), st.data())
def test_void_item_counts_for_nobody(item: Item, data: st.DataObject) -> None:
    chosen = data.draw(samples.responses(item))
    others = data.draw(rulings(item))

    assert score_response(item, chosen, [VOID, *others]) == ItemScore(Fraction(0), Fraction(0))


@given(samples.items(), st.data())
def test_blank_earns_nothing_whatever_is_ruled(item: Item, data: st.DataObject) -> None:
    score = score_response(item, (), data.draw(rulings(item)))

    assert score == ItemScore(Fraction(0), Fraction(1))


@given(samples.items(), st.data())
def test_accepting_an_option_never_costs_anybody_a_point(item: Item, data: st.DataObject) -> None:
    chosen = data.draw(samples.responses(item))
    earlier = data.draw(rulings(item))
    option = data.draw(st.sampled_from(item.options)).id

    before = score_response(item, chosen, earlier)
    after = score_response(item, chosen, [*earlier, accept(option)])

    assert after.points >= before.points


@given(samples.items(), st.data())
def test_no_ruling_leaves_the_types_own_score(item: Item, data: st.DataObject) -> None:
    chosen = data.draw(samples.responses(item))

    assert score_response(item, chosen).points == ITEM_TYPES[item.type].score(item, chosen)


def test_accepted_option_earns_the_whole_point_beside_the_key() -> None:
    item = samples.item()

    points = [score_response(item, (o,), [accept("b")]).points for o in "abc"]

    assert points == [1, 1, 0]


def test_accepting_in_multiple_choice_helps_those_who_chose_it_and_spares_the_others() -> None:
    item = samples.item("multiple_choice", options=samples.options(1, 1, 0, 0))

    with_it = score_response(item, ("a", "b", "c"), [accept("c")]).points
    without_it = score_response(item, ("a", "b"), [accept("c")]).points

    assert (with_it, without_it) == (1, 1)


def test_accepting_a_second_option_later_costs_nothing_to_those_who_chose_the_first() -> None:
    item = samples.item("multiple_choice", options=samples.options(1, 0, 0, 0))

    points = score_response(item, ("a", "b"), [accept("b"), accept("c")]).points

    assert points == 1


def test_accepting_one_distractor_leaves_choosing_everything_at_0() -> None:
    item = samples.item("multiple_choice", options=samples.options(1, 1, 0, 0))

    assert score_response(item, ("a", "b", "c", "d"), [accept("c")]).points == 0


def test_changed_key_moves_the_point() -> None:
    rulings = [reweigh(a=0, b=1)]

    points = [score_response(samples.item(), (o,), rulings).points for o in "abc"]

    assert points == [0, 1, 0]


def test_later_weights_hold_over_earlier_ones() -> None:
    rulings = [reweigh(a=0, b=1), reweigh(b="1/2")]

    points = [score_response(samples.item(), (o,), rulings).points for o in "abc"]

    assert points == [0, Fraction(1, 2), 0]


def test_attempt_adds_exact_points_and_counts_blanks() -> None:
    third = samples.item(options=samples.options(1, "1/3", 0))
    entries = [
        scored("b", item=third, position=1),
        scored("b", item=third, position=2),
        scored("b", item=third, position=3),
        scored(position=4),
    ]

    score = total(entries)

    assert score == AttemptScore(
        knowledge_points=Fraction(1),
        knowledge_max=Fraction(4),
        judgement_points=Fraction(0),
        judgement_max=Fraction(0),
        answered=3,
        blank=1,
    )


def test_void_lowers_the_maximum_of_the_attempt() -> None:
    entries = [scored("a", position=1, uid="v"), scored("b", position=2, uid="w")]

    score = summed(entries, [ItemScore(ONE, ONE), ItemScore(ZERO, ZERO)])

    assert (score.knowledge_points, score.knowledge_max, score.answered) == (1, 1, 2)


def test_scores_of_other_items_than_were_asked_are_refused() -> None:
    with pytest.raises(ValueError, match="shorter"):
        summed([scored("a"), scored("b", position=2)], [ItemScore(ONE, ONE)])


def test_percent_is_exact_and_none_where_nothing_counts() -> None:
    assert percent(Fraction(1), Fraction(3)) == Fraction(100, 3)
    assert percent(ZERO, ZERO) is None
    assert passed(percent(ZERO, ZERO), 70) is None


class Judging:
    """A judgement type whose every response earns half, as a later type may."""

    name = "judging"
    scale = "judgement"

    def score(self, item: Item, chosen: Sequence[str]) -> Fraction:
        return Fraction(1, 2)


def test_knowledge_and_judgement_are_never_added(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(ITEM_TYPES, "judging", Judging())
    entries = [scored("a", position=1), scored("a", item=samples.item(), position=2)]
    entries.append(Scored(3, replace(samples.item(), type="judging"), "j", ("a",)))

    score = total(entries)

    assert (score.knowledge_points, score.knowledge_max) == (2, 2)
    assert (score.judgement_points, score.judgement_max) == (Fraction(1, 2), 1)


@pytest.mark.parametrize(
    ("percent", "mark", "outcome"),
    [
        (Fraction(70), 70, True),
        (Fraction(6999, 100), 70, False),
        (Fraction(200, 3), Fraction(200, 3), True),
        (None, 70, None),
        (Fraction(70), None, None),
    ],
)
def test_passing_compares_exact_numbers(
    percent: Fraction | None, mark: Fraction | int | None, outcome: bool | None
) -> None:
    assert passed(percent, mark) is outcome


def test_digest_does_not_depend_on_the_order_of_versions_or_options() -> None:
    one = [reweigh("v", a=0, b=1), accept("a", "b", version="w")]
    two = [accept("b", "a", version="w"), reweigh("v", b=1, a=0)]

    assert ruling_set_digest(one) == ruling_set_digest(two)


def test_digest_is_the_same_on_every_machine_and_in_every_year() -> None:
    rulings = [reweigh("w", a=0, b="1/2"), accept("c", "b"), VOID]

    assert ruling_set_digest(rulings) == "e85dc9ed45e76e6e0cdc6367a82dd8c2"


def test_digest_tells_apart_what_scores_differently() -> None:
    sets: list[list[Ruling]] = [
        [],
        [VOID],
        [accept("a")],
        [accept("b")],
        [accept("a", version="w")],
        [reweigh(a=0)],
        [reweigh(a="1/2")],
        [reweigh(a=0), reweigh(a=1)],
        [reweigh(a=1), reweigh(a=0)],
    ]

    digests = {ruling_set_digest(rulings) for rulings in sets}

    assert len(digests) == len(sets)
    assert {len(digest) for digest in digests} == {32}
