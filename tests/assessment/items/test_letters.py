"""Letters on paper and the options they mean."""

import pytest

from quiz.assessment.items.item import BadResponse
from quiz.assessment.items.letters import chosen_by_letters, letters_chosen, letters_offered
from tests.assessment import samples


def ids(item, *places: int) -> tuple[str, ...]:
    return tuple(sorted(item.options[place].id for place in places))


@pytest.mark.parametrize("typed", ["b", "B", " b ", "B.", "Ｂ"])
def test_a_letter_is_the_place_of_an_option_in_the_authors_order(typed: str) -> None:
    item = samples.item("single_choice")

    assert chosen_by_letters(item, typed) == ids(item, 1)


@pytest.mark.parametrize("typed", ["ac", "A, C", "c a", "A;C", "A&C", "a-c"])
def test_several_letters_are_taken_where_several_may_be_chosen(typed: str) -> None:
    item = samples.item("multiple_choice")

    assert chosen_by_letters(item, typed) == ids(item, 0, 2)


@pytest.mark.parametrize("typed", ["", "  ", "-", "–"])
def test_nothing_or_a_dash_is_a_blank(typed: str) -> None:
    assert chosen_by_letters(samples.item("single_choice"), typed) == ()


@pytest.mark.parametrize(
    ("type_name", "typed", "sentence"),
    [
        ("single_choice", "x", "X tidak ada pada soal ini: pilihannya A sampai D."),
        ("single_choice", "2", "2 tidak ada pada soal ini: pilihannya A sampai D."),
        ("multiple_choice", "aa", "A terketik 2 kali."),
        ("true_false", "c", "C tidak ada pada soal ini: pilihannya A sampai B."),
    ],
)
def test_a_mistyped_letter_is_said(type_name: str, typed: str, sentence: str) -> None:
    item = samples.item(type_name)

    with pytest.raises(BadResponse) as refusal:
        chosen_by_letters(item, typed)

    assert str(refusal.value) == sentence


def test_two_letters_where_one_is_wanted_are_said_with_what_to_do() -> None:
    with pytest.raises(BadResponse) as refusal:
        chosen_by_letters(samples.item("single_choice"), "ac")

    assert str(refusal.value) == (
        "Soal ini satu jawaban, terketik 2: AC. Bila di kertas memang lebih dari satu, kosongkan."
    )


def test_what_is_chosen_is_written_in_the_order_of_the_paper() -> None:
    item = samples.item("multiple_choice")

    assert letters_chosen(item, ids(item, 3, 0)) == "AD"
    assert letters_chosen(item, ()) == ""
    assert letters_offered(item) == "ABCD"
