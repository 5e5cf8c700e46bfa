"""Question sheets: what is asked as paper prints it, and what gives answers away only if wanted."""

from dataclasses import replace
from fractions import Fraction

import pytest

from quiz.assessment.items.item import Item
from quiz.assessment.items.types import ITEM_TYPES
from quiz.exports.documents.kinds import PAPER_KINDS
from quiz.exports.documents.question_sheet import (
    CONFIDENTIAL,
    Beside,
    Section,
    Version,
    question_paper,
)
from quiz.models import BankItem
from tests.factories import Make
from tests.papers import pdf_text, word_text

READ = {"pdf": pdf_text, "docx": word_text}
BARE, WHOLE = Beside(), Beside(key=True, explanation=True, articles=True)
TEACHES = "Karena pegawai melayani semua warga."


def read(make: Make, beside: Beside, *rows: BankItem, ending: str = "pdf") -> str:
    versions = [Version(row.published.uid, row.published.item) for row in rows if row.published]
    paper = question_paper(make.session, ["Uji"], [Section("Makna", versions)], beside, make.now)
    return READ[ending](PAPER_KINDS[ending].write(paper))


@pytest.fixture
def item(make: Make) -> Item:
    """A single choice whose key is its second option, which rests on one article."""
    make.reference(text="Pegawai bebas dari pengaruh.", verbatim=True)
    plain = make.item(references=("UU-20-2023-P9-2",), explanation=TEACHES, turns_on="Hari cuti.")
    options = [
        replace(option, text=f"Opsi {at}", weight=Fraction(at == 1), feedback=f"Sebab {at}")
        for at, option in enumerate(plain.options)
    ]
    return replace(plain, stem="Apa yang tepat?", options=tuple(options))


@pytest.mark.parametrize("ending", PAPER_KINDS)
def test_a_bare_sheet_asks_and_tells_nothing(make: Make, item: Item, ending: str) -> None:
    text = read(make, BARE, make.bank_item(item), ending=ending)

    assert "1. Apa yang tepat? A. Opsi 0 B. Opsi 1 C. Opsi 2" in text
    assert "Nama ………" in text
    told = ("✓", "Kunci:", TEACHES, "Sebab", "UU 20/2023", "Hari cuti", CONFIDENTIAL)
    assert [words for words in told if words in text] == []


@pytest.mark.parametrize("ending", PAPER_KINDS)
def test_a_whole_sheet_has_key_explanation_and_the_article_in_its_words(
    make: Make, item: Item, ending: str
) -> None:
    text = read(make, WHOLE, make.bank_item(item), ending=ending)

    assert "B. Opsi 1 ✓" in text
    assert "Kunci: B." in text
    assert f"Pembahasan. {TEACHES}" in text
    assert "A: Sebab 0" in text
    assert "Yang mengubah jawaban. Hari cuti." in text
    assert "Dasar hukum. UU 20/2023 Pasal 9 ayat (2): “Pegawai bebas dari pengaruh.”" in text
    assert CONFIDENTIAL in text
    assert "Nama ………" not in text


@pytest.mark.parametrize(
    ("beside", "there", "away"),
    [
        (Beside(key=True), ["Kunci: B."], [TEACHES, "UU 20/2023"]),
        (Beside(explanation=True), [TEACHES], ["Kunci: B.", "✓", "UU 20/2023"]),
        (Beside(articles=True), ["UU 20/2023"], ["Kunci: B.", "✓", TEACHES]),
    ],
)
def test_each_part_stands_there_by_itself_and_marks_the_sheet(
    make: Make, item: Item, beside: Beside, there: list[str], away: list[str]
) -> None:
    text = read(make, beside, make.bank_item(item))

    assert [words for words in [*there, CONFIDENTIAL] if words not in text] == []
    assert [words for words in away if words in text] == []


def test_the_key_is_the_one_that_counts_after_rulings(make: Make, item: Item) -> None:
    row = make.bank_item(item)
    assert row.published
    make.sitting(items=[row])
    make.ruling(row.published, "accept", options=[row.published.item.options[2].id])

    text = read(make, Beside(key=True), row)

    assert "Kunci: B, C." in text
    assert "Putusan. Diterima juga: “Opsi 2”." in text


def test_a_void_item_says_so_beside_its_key(make: Make, item: Item) -> None:
    row = make.bank_item(item)
    assert row.published
    make.sitting(items=[row])
    make.ruling(row.published, "void")

    assert "Putusan. Soal ini dibatalkan dan tidak dihitung." in read(make, Beside(key=True), row)


@pytest.mark.parametrize("type_name", ITEM_TYPES)
@pytest.mark.parametrize("ending", PAPER_KINDS)
def test_every_type_prints_what_is_read_and_chosen(make: Make, type_name: str, ending: str) -> None:
    row = make.bank_item(make.item(type_name))
    assert row.published
    asked = row.published.item

    text = read(make, WHOLE, row, ending=ending)

    wanted = [asked.stem, *(option.text for option in asked.options)]
    scene = ITEM_TYPES[type_name].scene(asked)
    assert [words for words in [*wanted, *scene] if " ".join(words.split()) not in text] == []


def test_a_simulation_is_marked_as_invented_and_stands_before_its_stem(make: Make) -> None:
    row = make.bank_item(make.item("feed"))
    assert row.published
    asked = row.published.item

    text = read(make, BARE, row)

    message = asked.extra["messages"][0]
    places = [
        text.index(words)
        for words in ("SIMULASI: orang dan pesan rekaan.", message["text"], asked.stem)
    ]
    assert places == sorted(places)


def test_items_are_numbered_through_all_sections(make: Make, item: Item) -> None:
    first = make.bank_item(replace(item, stem="Yang pertama?"))
    second = make.bank_item(replace(item, code="UJI-999", stem="Yang kedua?"))
    assert first.published and second.published
    sections = [
        Section(name, [Version(row.published.uid, row.published.item)])
        for name, row in (("Makna", first), ("Kampanye", second))
        if row.published
    ]

    paper = question_paper(make.session, [], sections, BARE, make.now)

    text = pdf_text(PAPER_KINDS["pdf"].write(paper))
    parts = ("Makna", "1. Yang pertama?", "Kampanye", "2. Yang kedua?")
    assert [part for part in parts if part not in text] == []


def test_markup_in_an_item_is_printed_as_it_is(make: Make, item: Item) -> None:
    strange = replace(item, stem="Apa *tebal* #x $y$ <b> [z]?")

    assert "Apa *tebal* #x $y$ <b> [z]?" in read(make, BARE, make.bank_item(strange))
