"""The judgement scale: options worth 1 to 5, rescaled so that the worst possible is 0."""

from dataclasses import replace
from fractions import Fraction

import pytest

from quiz.assessment.items.item import Item
from quiz.assessment.items.types import ITEM_TYPES
from quiz.assessment.items.types.judgement import value_of, weight_of
from quiz.assessment.scores.scoring import Scored, score_response, summed
from tests.assessment import samples

JUDGEMENT = ITEM_TYPES["judgement"]


def sentences(item: Item) -> list[str]:
    return [problem.sentence for problem in JUDGEMENT.problems(item)]


@pytest.mark.parametrize(
    ("value", "weight"), [(1, "0"), (2, "1/4"), (3, "1/2"), (4, "3/4"), (5, "1")]
)
def test_the_worst_value_weighs_nothing_and_the_best_the_whole_point(
    value: int, weight: str
) -> None:
    assert weight_of(value) == Fraction(weight)
    assert value_of(Fraction(weight)) == value


@pytest.mark.parametrize("value", [0, 6, -1])
def test_no_option_is_worth_less_than_1_or_more_than_5(value: int) -> None:
    with pytest.raises(ValueError, match=f"1 to 5, not {value}"):
        weight_of(value)


def test_the_chosen_option_earns_its_weight() -> None:
    item = samples.item("judgement", options=samples.options("1/4", 1, 0))

    earned = [JUDGEMENT.score(item, (chosen,)) for chosen in ("a", "b", "c")]

    assert earned == [Fraction(1, 4), 1, 0]


def test_values_between_whole_numbers_are_named() -> None:
    item = samples.item("judgement", options=samples.options("1/3", 1, 0))

    assert sentences(item) == ["Nilai opsi harus bilangan bulat 1 sampai 5."]


def test_options_all_alike_are_named() -> None:
    item = samples.item("judgement", options=samples.options("1/2", "1/2", "1/2"))

    assert sentences(item) == ["Semua opsi bernilai sama, jadi tidak ada yang dipertimbangkan."]


def test_only_an_item_no_panel_has_rated_is_provisional() -> None:
    unrated = samples.item("judgement")
    rated = replace(unrated, extra={"panel": {"raters": 3}})

    assert JUDGEMENT.provisional(unrated) == "contoh, belum dinilai panel"
    assert JUDGEMENT.provisional(rated) is None
    assert [ITEM_TYPES[name].provisional(samples.item(name)) for name in sorted(ITEM_TYPES)] == [
        None,
        "contoh, belum dinilai panel",
        None,
        None,
        None,
    ]


def test_judgement_is_never_added_to_knowledge() -> None:
    judged = samples.item("judgement", options=samples.options("3/4", 1, 0))
    known = samples.item()

    entries = [Scored(1, judged, "v1", ("a",)), Scored(2, known, "v2", ("a",))]
    score = summed(entries, [score_response(entry.item, entry.chosen) for entry in entries])

    assert (score.judgement_points, score.judgement_max) == (Fraction(3, 4), 1)
    assert (score.knowledge_points, score.knowledge_max) == (1, 1)


def test_the_reason_begins_with_what_the_option_is_worth() -> None:
    [first, *_] = samples.options("3/4", 1, 0)

    assert JUDGEMENT.reason(first) == "Nilai 4 dari 5. Penjelasan 1."
