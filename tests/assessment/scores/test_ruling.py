"""Rulings before they are made: which can be, and what they do to scores."""

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quiz.assessment.scores.effect import Effect, ScoreChange, effect
from quiz.assessment.scores.proposing import read_ruling, ruling_problems, weight_from
from quiz.assessment.scores.ruling import Ruling, as_ruled, ruling_words
from quiz.assessment.scores.scoring import score_response
from tests.assessment.samples import item, items, options, responses

ITEM = item()
VOID = Ruling("v1", "void")
ACCEPT_B = Ruling("v1", "accept", options=("b",))
MOVE_TO_B = Ruling("v1", "weights", weights={"a": Fraction(0), "b": Fraction(1)})

percents = st.none() | st.fractions(0, 100, max_denominator=20)
changes = st.builds(ScoreChange, percents, percents, st.none() | st.integers(0, 100))


@pytest.mark.parametrize(
    ("text", "weight"),
    [
        ("1", Fraction(1)),
        (" 0 ", Fraction(0)),
        ("0,5", Fraction(1, 2)),
        ("0.25", Fraction(1, 4)),
        ("2/3", Fraction(2, 3)),
    ],
)
def test_a_weight_is_read_as_people_write_it(text: str, weight: Fraction) -> None:
    assert weight_from(text) == weight


@pytest.mark.parametrize(
    "text", ["", "x", "-1", "1/0", "1e9", "nan", "1,2,3", "0x1", "٣", "1" * 400, "½"]
)
def test_what_is_no_weight_is_refused_in_words(text: str) -> None:
    with pytest.raises(ValueError, match=r"tidak dikenal\. Tulis seperti 1, 0,5, atau 1/2\."):
        weight_from(text)


def test_a_long_text_is_quoted_by_its_beginning() -> None:
    with pytest.raises(ValueError, match=r"^Bobot “setengah dar” tidak dikenal"):
        weight_from(" setengah dari nilai ")


@pytest.mark.parametrize("text", ["2", "1,01", "3/2"])
def test_a_weight_above_one_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match="Bobot harus antara 0 dan 1"):
        weight_from(text)


def test_only_weights_that_differ_from_what_counts_now_are_kept() -> None:
    written = {"a": "0", "b": "1", "c": "0", "d": "0"}
    plain = Ruling("v1", "weights")

    assert read_ruling(ITEM, plain, written, []) == (MOVE_TO_B, [])
    unchanged, problems = read_ruling(ITEM, plain, written, [MOVE_TO_B])
    assert unchanged.weights == {}
    assert problems == ["Belum ada bobot yang berubah. Tulis bobot baru pada opsinya."]
    back, _ = read_ruling(ITEM, plain, {**written, "a": "1"}, [MOVE_TO_B])
    assert back.weights == {"a": Fraction(1)}


def test_a_weight_that_cannot_be_read_names_its_option() -> None:
    _, problems = read_ruling(ITEM, Ruling("v1", "weights"), {"a": "1", "b": "besar"}, [])

    assert problems == ["Opsi B: Bobot “besar” tidak dikenal. Tulis seperti 1, 0,5, atau 1/2."]


@pytest.mark.parametrize(
    ("ruling", "words"),
    [
        (ACCEPT_B, "Diterima juga: “Opsi 2”."),
        (Ruling("v1", "accept", options=("d", "b")), "Diterima juga: “Opsi 2”; “Opsi 4”."),
        (MOVE_TO_B, "Bobot sekarang: “Opsi 1” 0; “Opsi 2” 1."),
        (VOID, "Soal ini dibatalkan dan tidak dihitung."),
    ],
)
def test_a_ruling_is_said_with_the_texts_of_its_options(ruling: Ruling, words: str) -> None:
    assert ruling_words(ITEM, ruling) == words


@pytest.mark.parametrize("ruling", [VOID, ACCEPT_B, MOVE_TO_B])
def test_each_kind_can_be_made(ruling: Ruling) -> None:
    assert ruling_problems(ITEM, ruling, []) == []


@pytest.mark.parametrize("ruling", [VOID, ACCEPT_B, MOVE_TO_B])
def test_a_void_item_takes_no_further_ruling(ruling: Ruling) -> None:
    assert ruling_problems(ITEM, ruling, [VOID]) == [
        "Soal ini sudah dibatalkan. Cabut dulu putusan pembatalannya."
    ]


@pytest.mark.parametrize(
    ("ruling", "in_force", "problem"),
    [
        (Ruling("v1", "accept"), [], "Pilih paling sedikit satu opsi yang diterima juga."),
        (
            Ruling("v1", "accept", options=("z",)),
            [],
            "Ada opsi yang tidak ada pada soal ini. Muat ulang halaman.",
        ),
        (
            Ruling("v1", "accept", options=("a",)),
            [],
            "Opsi yang dipilih sudah dihitung tepat.",
        ),
        (ACCEPT_B, [ACCEPT_B], "Opsi yang dipilih sudah dihitung tepat."),
        (
            Ruling("v1", "weights"),
            [],
            "Belum ada bobot yang berubah. Tulis bobot baru pada opsinya.",
        ),
        (
            Ruling("v1", "weights", weights={"a": Fraction(0)}),
            [],
            "Harus ada paling sedikit satu opsi berbobot 1.",
        ),
        (
            Ruling("v1", "weights", weights={"z": Fraction(1)}),
            [],
            "Ada opsi yang tidak ada pada soal ini. Muat ulang halaman.",
        ),
    ],
)
def test_a_ruling_that_makes_no_sense_is_refused(
    ruling: Ruling, in_force: list[Ruling], problem: str
) -> None:
    assert ruling_problems(ITEM, ruling, in_force) == [problem]


def test_an_item_with_several_keys_takes_no_partial_weight() -> None:
    half = Ruling("v1", "weights", weights={"b": Fraction(1, 2)})

    assert ruling_problems(item("multiple_choice"), half, []) == [
        "Bobot pada soal dengan beberapa jawaban hanya 1 (kunci) atau 0 (pengecoh)."
    ]
    assert ruling_problems(ITEM, half, []) == []


def test_an_item_with_several_keys_takes_another_key() -> None:
    another = Ruling("v1", "weights", weights={"a": Fraction(0), "c": Fraction(1)})

    assert ruling_problems(item("multiple_choice"), another, []) == []


def test_a_dilemma_needs_no_full_weight_but_one_a_panel_could_give() -> None:
    dilemma = item("judgement", options=options("3/4", "1/4", 0))
    lower = Ruling("v1", "weights", weights={"a": Fraction(1, 2)})
    odd = Ruling("v1", "weights", weights={"a": Fraction(1, 3)})

    assert ruling_problems(dilemma, lower, []) == []
    assert ruling_problems(dilemma, odd, []) == [
        "Bobot pertimbangan ialah 0, 1/4, 1/2, 3/4, atau 1: nilai 1 sampai 5."
    ]


def test_the_item_as_ruled_shows_what_counts_now() -> None:
    half = Ruling("v1", "weights", weights={"c": Fraction(1, 2)})

    ruled = as_ruled(ITEM, [MOVE_TO_B, half, Ruling("v1", "accept", options=("d",))])

    assert [option.weight for option in ruled.options] == [0, 1, Fraction(1, 2), 1]
    assert as_ruled(ITEM, []) == ITEM


@given(st.data())
def test_what_is_shown_as_right_is_scored_as_right_where_one_option_is_chosen(
    data: st.DataObject,
) -> None:
    of = data.draw(items("single_choice"))
    ids = [option.id for option in of.options]
    accepted = data.draw(st.sets(st.sampled_from(ids)))
    rulings = [
        Ruling("v1", "weights", weights={data.draw(st.sampled_from(ids)): Fraction(1)}),
        Ruling("v1", "accept", options=tuple(sorted(accepted))),
    ]
    chosen = data.draw(responses(of).filter(bool))

    shown = as_ruled(of, rulings).option(chosen[0]).weight

    assert score_response(of, chosen, rulings).points == shown


def test_the_effect_counts_who_rises_falls_stays_passes_and_fails() -> None:
    listed = [
        ScoreChange(Fraction(65), Fraction(70), 70),
        ScoreChange(Fraction(60), Fraction(65), 70),
        ScoreChange(Fraction(70), Fraction(65), 70),
        ScoreChange(Fraction(80), Fraction(80), 70),
        ScoreChange(Fraction(100), None, 70),
        ScoreChange(None, None, 70),
        ScoreChange(Fraction(10), Fraction(90), None),
    ]

    assert effect(listed) == Effect(up=3, down=1, same=2, emptied=1, newly_passed=1, newly_failed=2)
    assert effect(listed).attempts == 7


def test_a_withdrawn_void_brings_a_percent_back() -> None:
    assert effect([ScoreChange(None, Fraction(50), 50)]) == Effect(up=1, newly_passed=1)


def test_nobody_is_changed_by_a_ruling_on_an_unanswered_item() -> None:
    assert effect([]) == Effect()


@given(st.lists(changes))
def test_undoing_a_ruling_undoes_its_effect(listed: list[ScoreChange]) -> None:
    there = effect(listed)

    back = effect([ScoreChange(c.after, c.before, c.pass_mark) for c in listed])

    assert there.attempts == back.attempts == len(listed)
    assert there.same == back.same
    assert there.up == back.down + back.emptied
    assert there.newly_passed == back.newly_failed


def test_accepting_an_option_lets_nobody_fall() -> None:
    both = item("multiple_choice", options=options(1, 1, 0, 0))
    accept = Ruling("v1", "accept", options=("c",))

    for chosen in (("a", "b"), ("a", "b", "c"), ("c",), ("a",), ()):
        before, after = score_response(both, chosen), score_response(both, chosen, [accept])
        assert after.points >= before.points
