"""What an item may lean on: measured on the shipped bank, each item left out of what is learned."""

from dataclasses import replace

import pytest

from quiz.assessment.items.item import ASN, EVERYBODY, Item, Level
from quiz.assessment.quality.suggesting import (
    SUGGESTED,
    Suggester,
    pointed_audience,
    pointed_level,
)
from quiz.assessment.question_file import Folder
from tests.assessment.samples import item


@pytest.fixture(scope="module")
def stock(shipped_questions: Folder) -> Folder:
    return shipped_questions


@pytest.fixture(scope="module")
def suggester(stock: Folder) -> Suggester:
    return Suggester(stock.topics, stock.references, stock.claims, stock.materials, stock.items)


def as_typed(whole: Item) -> Item:
    """The item as a trainer's document holds it: stem, options, key; nobody has explained it."""
    options = tuple(replace(option, feedback="") for option in whole.options)
    return replace(whole, explanation="", options=options)


def share_found(suggester: Suggester, items: list[Item], kind: str) -> float:
    """In what share of the items one of their own is among the first suggested."""
    found = []
    for each in items:
        own = {each.topic} if kind == "topics" else set(getattr(each, kind))
        if own:
            first = getattr(suggester, kind)(each)[:SUGGESTED]
            found.append(not own.isdisjoint(row.code for row in first))
    return sum(found) / len(found)


@pytest.mark.parametrize(
    ("kind", "typed", "explained"),
    [
        ("claims", 0.80, 0.97),
        ("references", 0.70, 0.93),
        ("passages", 0.68, 0.78),
        ("topics", 0.80, 0.87),
    ],
)
def test_the_right_one_is_among_the_first_three(
    suggester: Suggester, stock: Folder, kind: str, typed: float, explained: float
) -> None:
    """Measured: claims 0.85 and 1.00, articles 0.77 and 0.98, passages 0.73 and 0.83, topics
    0.85 and 0.91; first without an explanation, then with it."""
    bare = [as_typed(each) for each in stock.items]

    assert share_found(suggester, bare, kind) >= typed
    assert share_found(suggester, list(stock.items), kind) >= explained


def test_levels_are_pointed_to_by_how_the_stem_asks(stock: Folder) -> None:
    """Measured: 0.76 of the shipped items with options of their own."""
    asked = [each for each in stock.items if each.type not in {"feed", "judgement"}]

    right = sum(pointed_level(each).value is each.level for each in asked)

    assert right / len(asked) >= 0.70


@pytest.mark.parametrize(
    ("stem", "level"),
    [
        ("Berapa lama masa tenang?", Level.MENGINGAT),
        ("Mengapa ASN harus netral?", Level.MEMAHAMI),
        ("Seorang camat diajak foto bersama. Apa yang sebaiknya ia lakukan?", Level.MENERAPKAN),
        ("Tindakan mana yang dilarang? Pilih semua yang tepat.", Level.MENERAPKAN),
        ("Apa arti netral? Pilih semua yang tepat.", Level.MEMAHAMI),
    ],
)
def test_a_level_has_its_reason(stem: str, level: Level) -> None:
    pointed = pointed_level(item(stem=stem))

    assert pointed.value is level
    assert pointed.reason.startswith("pokok soal ")


def test_only_a_stem_that_names_a_village_points_to_its_people() -> None:
    assert pointed_audience(item(stem="Bolehkah Kepala Desa hadir?")).value == EVERYBODY - ASN
    assert pointed_audience(item(stem="Bolehkah camat hadir?")).value == EVERYBODY
    assert pointed_audience(item(stem="Seorang penjabat kepala desa cuti.")).value == EVERYBODY


def test_a_suggestion_says_why(suggester: Suggester, stock: Folder) -> None:
    asked = item(
        code="BARU-1", stem="Bolehkah pegawai menyukai unggahan akun pemenangan di media sosial?"
    )

    first = suggester.claims(asked)[0]

    assert first.code == "F-SKB-16/larangan"
    assert "menyukai" in first.words
    assert first.reason.startswith(f"mirip: {', '.join(first.words)}; ")
    assert "; dipakai soal serupa " in first.reason


def test_an_item_does_not_learn_from_itself(stock: Folder) -> None:
    [own] = [each for each in stock.items if each.code == "MED-001"]
    alone = Suggester(stock.topics, stock.references, stock.claims, stock.materials, [own])

    assert all(not row.items for row in alone.claims(own))
    assert any(row.items for row in alone.claims(replace(own, code="MED-999")))


def test_everything_is_ranked_even_where_nothing_speaks_for_it(
    suggester: Suggester, stock: Folder
) -> None:
    ranked = suggester.claims(item(code="KOSONG-1", stem="", explanation="", options=()))

    assert [row.code for row in ranked] == [claim.code for claim in stock.claims]
    assert {row.reason for row in ranked} == {""}


def test_an_empty_bank_suggests_nothing() -> None:
    assert Suggester([], [], [], [], []).claims(item()) == []
