"""The Word template that is shipped: it reads back, and names everything the reader knows."""

import io
import re

import docx
import pytest

from quiz.exchange.questions import docx_template, read_questions
from quiz.exchange.questions.imported import MAX_ITEMS, ImportedItem
from quiz.exchange.questions.sheets.examples import EXAMPLES
from quiz.exchange.questions.typed.labels import Label, labelled
from quiz.exchange.questions.typed.lines import Line
from quiz.exchange.questions.word import read_docx
from tests.exchange.questions.seen import only, options
from tests.exchange.questions.word_files import saved


def opened():
    return docx.Document(io.BytesIO(docx_template()))


def page_head() -> str:
    return opened().sections[0].header.paragraphs[0].text


def told(item: ImportedItem) -> tuple[object, ...]:
    """What an example says, wherever it stood."""
    said = [(option.text, option.weight, option.feedback) for option in item.options]
    return item.number, item.stem, item.type, said, item.explanation, item.level


def test_it_reads_back_as_its_own_examples():
    items, notes = read_docx("templat-soal.docx", docx_template())

    assert [told(item) for item in items] == [told(example) for example in EXAMPLES]
    assert (notes, [item.faults for item in items]) == ([], [(), (), ()])


@pytest.mark.parametrize("label", sorted(set(Label) - {Label.UNUSED}, key=lambda each: each.value))
def test_it_names_every_field_the_reader_knows(label):
    said = [page_head(), *(paragraph.text for paragraph in opened().paragraphs)]
    phrases = [phrase.strip() for text in said for phrase in re.split(r"[,.:]", text)]

    read = [labelled(Line(f"{phrase}: x", 1)) for phrase in phrases]

    assert label in {found.label for found in read if found is not None}


def test_it_says_how_many_questions_a_file_may_hold():
    assert f"paling banyak {MAX_ITEMS} soal" in page_head()


def test_left_as_it_is_it_holds_no_question():
    file = read_questions("soal.docx", docx_template())

    assert (file.items, file.format) == ((), "docx")
    assert file.faults[0].startswith("Tidak ada soal yang terbaca.")


def test_a_question_written_into_it_is_taken_and_the_examples_are_not():
    template = opened()
    for line in ("4. Soal?", "A. satu", "B. dua", "C. tiga", "Kunci: B"):
        template.add_paragraph(line)

    file = read_questions("soal.docx", saved(template))

    assert options(only(file)) == [("satu", 0), ("dua", 1), ("tiga", 0)]
    assert file.notes == ()


def test_it_says_nothing_of_who_made_it():
    properties = opened().core_properties

    assert (properties.title, properties.language) == ("Templat soal", "id-ID")
    assert properties.author == properties.last_modified_by == properties.comments == ""
