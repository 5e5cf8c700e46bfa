"""Whether an option refuses is declared, or follows from a stated rule."""

from dataclasses import replace

import pytest

from quiz.assessment.items.item import Item, Stance
from quiz.assessment.quality.guessing.stances import stances, two_sided
from tests.assessment import samples
from tests.assessment.quality.linter.checking import worded

NO, YES = Stance.REFUSES, Stance.PERMITS


def statement(text: str) -> Item:
    return samples.item("true_false", stem=text)


def test_the_first_word_tells() -> None:
    item = worded("Menolak dengan sopan", "Menerima uangnya", "Boleh, asalkan cuti", "Cuti dahulu")

    assert stances(item) == {"a": NO, "b": YES, "c": YES}


@pytest.mark.parametrize(
    ("stem", "benar"),
    [
        ("Seorang PNS boleh hadir.", YES),
        ("Seorang PNS tidak boleh hadir.", NO),
        ("Seorang PNS dilarang hadir.", NO),
        ("Kehadiran itu tidak melanggar aturan.", YES),
        ("Seorang PNS boleh hadir, tetapi dilarang berpidato.", None),
        ("Masa tenang berlangsung tiga hari.", None),
    ],
)
def test_a_statement_allows_or_forbids(stem: str, benar: Stance | None) -> None:
    expected = {} if benar is None else {"a": benar, "b": YES if benar is NO else NO}

    assert stances(statement(stem)) == expected


def test_what_is_declared_goes_before_the_rule() -> None:
    item = worded("Menolak uang, menerima kaus", "Menyapa semua", "Pergi")
    declared = (replace(item.options[0], stance=YES), *item.options[1:])

    assert stances(replace(item, options=declared)) == {"a": YES}
    said = statement("Masa tenang berlangsung tiga hari.")
    true = replace(said.options[0], stance=NO)
    assert stances(replace(said, options=(true, said.options[1]))) == {"a": NO, "b": YES}


@pytest.mark.parametrize(
    ("item", "expected"),
    [
        (statement("Masa tenang berlangsung tiga hari."), True),
        (worded("Menolak A", "Menolak B", "Menerima C"), True),
        (worded("Menolak A", "Menolak B", "Tidak C"), False),
        (worded("Menolak A", "Menerima B", "Cuti"), False),
        (worded("Menolak", "Menerima", "Boleh", "Tidak", type="multiple_choice", keys=2), False),
    ],
)
def test_yes_or_no_is_what_all_options_come_down_to(item: Item, expected: bool) -> None:
    assert two_sided(item) is expected
