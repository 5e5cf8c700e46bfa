"""Guessers who look only at how options are written, and what guessing at random earns."""

from dataclasses import replace
from fractions import Fraction

import pytest

from quiz.assessment.items.item import Item, Option
from tests.assessment import samples
from tests.guessers import (
    STRATEGIES,
    chance,
    chosen_by,
    guessed_scores,
    tick_everything,
)


def saying(*texts: str, type: str = "single_choice", key: int = 0) -> Item:
    options = tuple(
        Option("abcdef"[n], text, Fraction(n == key), "Penjelasan.") for n, text in enumerate(texts)
    )
    return samples.item(type, options=options)


@pytest.mark.parametrize(
    ("strategy", "chosen"),
    [
        ("opsi terpanjang", "b"),
        ("opsi terpendek", "d"),
        ("panjang sedang", "a"),
        ("letak tengah", "c"),
        ("paling bersyarat", "c"),
        ("opsi pertama", "a"),
    ],
)
def test_each_strategy_has_its_own_liking(strategy: str, chosen: str) -> None:
    item = saying("Delapan huruf", "Yang paling panjang di antaranya", "Boleh, asalkan", "Pendek")

    assert chosen_by(STRATEGIES[strategy], item) == (chosen,)


def test_where_several_may_be_chosen_the_better_half_is() -> None:
    item = saying("satu", "tiga tiga", "dua dua d", "lima lima lima", "a", type="multiple_choice")

    assert chosen_by(STRATEGIES["opsi terpanjang"], item) == ("b", "c", "d")


def test_everything_is_ticked_only_where_several_may_be() -> None:
    assert tick_everything(samples.item("multiple_choice")) == ("a", "b", "c", "d")
    assert tick_everything(samples.item()) == ("a",)


@pytest.mark.parametrize(
    ("item", "expected"),
    [
        (samples.item(), Fraction(1, 4)),
        (samples.item("true_false"), Fraction(1, 2)),
        (samples.item(options=samples.options(1, "1/2", 0)), Fraction(1, 2)),
        # of 15 sets of a and b right, c and d wrong: both earn 1, one alone 1/2 each, both with
        # one wrong 1/2 each; all others 0
        (samples.item("multiple_choice"), Fraction(3, 15)),
    ],
)
def test_chance_is_the_expected_score_of_a_random_guess(item: Item, expected: Fraction) -> None:
    assert chance(item) == expected


def test_a_bank_that_gives_the_key_away_is_beaten() -> None:
    items = [saying("Kunci yang lengkap sekali", "Pendek", "Singkat", "Sedang saja")] * 3

    scores = guessed_scores(items)

    assert scores["kebetulan"] == Fraction(1, 4)
    assert (scores["opsi terpanjang"], scores["opsi pertama"], scores["opsi terpendek"]) == (
        1,
        1,
        0,
    )


def test_ticking_everything_earns_nothing_in_multiple_choice() -> None:
    items = [samples.item("multiple_choice"), replace(samples.item("feed"), code="SIM-001")]

    assert guessed_scores(items)["semua dicentang"] == 0
