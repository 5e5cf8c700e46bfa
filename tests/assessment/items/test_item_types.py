from dataclasses import replace
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quiz.assessment.items.item import BadResponse, Item
from quiz.assessment.items.types import ITEM_TYPES
from tests.assessment import samples

KINDS = sorted(ITEM_TYPES)


def sentences(item: Item) -> list[str]:
    """What keeps the item from being published."""
    return [problem.sentence for problem in ITEM_TYPES[item.type].problems(item)]


def test_each_type_stands_under_its_own_name() -> None:
    assert {name: kind.name for name, kind in ITEM_TYPES.items()} == {
        "single_choice": "single_choice",
        "multiple_choice": "multiple_choice",
        "true_false": "true_false",
        "feed": "feed",
        "judgement": "judgement",
    }


def without_feedback(item: Item) -> Item:
    return replace(item, options=tuple(replace(o, feedback="") for o in item.options))


@pytest.mark.parametrize("name", KINDS)
def test_sample_items_can_be_published(name: str) -> None:
    item = samples.item(name)

    assert sentences(item) == []


@pytest.mark.parametrize("name", KINDS)
def test_missing_content_is_named(name: str) -> None:
    item = samples.item(name, stem=" ", explanation="", audience=frozenset())

    assert sentences(item) == [
        "Pokok soal masih kosong.",
        "Pembahasan masih kosong.",
        "Belum ada status peserta yang dituju.",
    ]


@pytest.mark.parametrize("name", ["feed", "judgement"])
def test_every_option_of_a_simulation_or_dilemma_needs_feedback(name: str) -> None:
    silent = without_feedback(samples.item(name))

    assert sentences(silent) == [
        f"Umpan balik bila {letter} dipilih masih kosong."
        for letter in "ABCDE"[: len(silent.options)]
    ]


@pytest.mark.parametrize("name", ["single_choice", "multiple_choice", "true_false"])
def test_an_explanation_may_carry_what_options_do_not_say(name: str) -> None:
    silent = without_feedback(samples.item(name))

    assert sentences(silent) == []
    assert "feedback" not in silent.to_json()["options"][0]
    assert Item.from_json(replace(silent, code="A-1").to_json()).options == tuple(
        replace(option, feedback="") for option in silent.options
    )


@pytest.mark.parametrize(
    ("name", "weights", "problem"),
    [
        ("single_choice", (1, 0), "Jumlah opsi harus 3 sampai 5, sekarang 2."),
        ("single_choice", (1, 0, 0, 0, 0, 0), "Jumlah opsi harus 3 sampai 5, sekarang 6."),
        ("single_choice", (1, 1, 0), "Harus ada tepat satu kunci (bobot 1), sekarang 2."),
        ("single_choice", ("1/2", 0, 0), "Harus ada tepat satu kunci (bobot 1), sekarang 0."),
        ("multiple_choice", (1, 1, 0), "Jumlah opsi harus 4 sampai 6, sekarang 3."),
        ("multiple_choice", (0, 0, 0, 0), "Harus ada paling sedikit satu kunci (bobot 1)."),
        ("multiple_choice", (1, 1, 1, 1), "Harus ada paling sedikit satu pengecoh (bobot 0)."),
        (
            "multiple_choice",
            (1, "1/2", 0, 0),
            "Bobot opsi pada jenis soal ini hanya 1 (kunci) atau 0 (pengecoh).",
        ),
    ],
)
def test_wrong_number_of_options_or_keys_is_named(
    name: str, weights: tuple[int | str, ...], problem: str
) -> None:
    item = samples.item(name, options=samples.options(*weights))

    assert sentences(item) == [problem]


def test_weight_outside_0_to_1_is_named() -> None:
    item = samples.item(options=samples.options(1, 0, "-1/2", "3/2"))

    assert sentences(item) == [
        "Bobot opsi C harus antara 0 dan 1, sekarang -1/2.",
        "Bobot opsi D harus antara 0 dan 1, sekarang 3/2.",
    ]


def test_same_text_twice_is_named_whatever_its_case_and_spacing() -> None:
    first, second, *others = samples.options(1, 0, 0)
    item = samples.item(options=(first, replace(second, text=" opsi  1"), *others))

    assert sentences(item) == ["Opsi “opsi 1” ditulis lebih dari sekali."]


def test_empty_option_is_named_once() -> None:
    first, second, third = samples.options(1, 0, 0)
    item = samples.item(options=(first, replace(second, text=""), replace(third, text="")))

    assert sentences(item) == [
        "Opsi B masih kosong.",
        "Opsi C masih kosong.",
    ]


def test_true_false_wants_benar_then_salah() -> None:
    benar, salah = samples.true_false_options()

    assert sentences(samples.item("true_false", options=(salah, benar))) == [
        "Opsi harus “Benar” lalu “Salah”."
    ]


def test_true_false_wants_one_key() -> None:
    both = tuple(replace(o, weight=Fraction(1)) for o in samples.true_false_options())

    assert sentences(samples.item("true_false", options=both)) == [
        "Salah satu opsi harus berbobot 1 dan yang lain 0."
    ]


@given(samples.items(), st.data())
def test_reading_what_was_read_changes_nothing(item: Item, data: st.DataObject) -> None:
    chosen = data.draw(samples.responses(item))
    kind = ITEM_TYPES[item.type]

    assert kind.read(item, list(reversed(chosen))) == chosen
    assert kind.read(item, ["", *chosen]) == chosen


@pytest.mark.parametrize(
    ("name", "values", "message"),
    [
        ("single_choice", ["z"], "tidak ada pada soal ini"),
        ("single_choice", ["a", "b"], "paling banyak 1 opsi"),
        ("single_choice", ["a", "a"], "lebih dari sekali"),
        ("true_false", ["c"], "tidak ada pada soal ini"),
        ("true_false", ["a", "b"], "paling banyak 1 opsi"),
        ("multiple_choice", ["a", "z"], "tidak ada pada soal ini"),
        ("multiple_choice", ["b", "a", "b"], "lebih dari sekali"),
    ],
)
def test_what_the_item_does_not_offer_is_refused(
    name: str, values: list[str], message: str
) -> None:
    with pytest.raises(BadResponse, match=message):
        ITEM_TYPES[name].read(samples.item(name), values)


@given(samples.items(), st.data())
def test_score_is_between_0_and_1_and_the_keys_earn_1(item: Item, data: st.DataObject) -> None:
    kind = ITEM_TYPES[item.type]

    score = kind.score(item, data.draw(samples.responses(item)))

    assert 0 <= score <= 1
    assert kind.score(item, item.keys) == 1
    assert kind.score(item, ()) == 0


@given(samples.items("multiple_choice"))
def test_choosing_everything_earns_what_a_blank_earns(item: Item) -> None:
    everything = tuple(option.id for option in item.options)

    assert ITEM_TYPES["multiple_choice"].score(item, everything) == 0


@given(samples.items("multiple_choice"), st.data())
def test_another_key_never_lowers_and_another_distractor_never_raises_a_score(
    item: Item, data: st.DataObject
) -> None:
    kind = ITEM_TYPES["multiple_choice"]
    chosen = data.draw(samples.responses(item))
    added = data.draw(st.sampled_from(item.options))
    more = tuple(sorted({*chosen, added.id}))

    before, after = kind.score(item, chosen), kind.score(item, more)

    assert after >= before if added.is_key else after <= before


@pytest.mark.parametrize(
    ("chosen", "score"),
    [
        ((), "0"),
        (("a",), "1/2"),
        (("a", "b"), "1"),
        (("a", "b", "c"), "2/3"),
        (("a", "c"), "1/6"),
        (("c",), "0"),
        (("a", "c", "d"), "0"),
    ],
)
def test_multiple_choice_takes_distractors_off_keys(chosen: tuple[str, ...], score: str) -> None:
    item = samples.item("multiple_choice", options=samples.options(1, 1, 0, 0, 0))

    assert ITEM_TYPES["multiple_choice"].score(item, chosen) == Fraction(score)


def test_single_choice_earns_the_options_own_weight() -> None:
    item = samples.item(options=samples.options(0, "1/2", 1))

    scores = [ITEM_TYPES["single_choice"].score(item, (option,)) for option in "abc"]

    assert scores == [0, Fraction(1, 2), 1]
