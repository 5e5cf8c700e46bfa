"""Reading costs as much as a text is long: twice the text, twice the work, whatever it repeats."""

import time
from itertools import product

import pytest

from quiz.assessment.items.changes import word_changes
from quiz.assessment.quality.similarity import near_duplicates, near_to, same_words
from quiz.exchange.questions import read_questions
from tests.exchange.questions.word_files import typed_document
from tests.exchange.tables.workbooks import workbook

SMALL, LARGE = 250_000, 1_000_000
BEGINNINGS = {
    "teks": [
        *(
            "A. B. ",
            "a. b ",
            "A. B. B. B. ",
            "( ",
            "[x] ",
            "**a",
            "*a *",
            "__a ",
            "_a",
            "<b>",
            "<b ",
        ),
        *(
            "Kunci: ",
            "Jawaban yang ",
            "1. A ",
            "1. ",
            "soal ",
            "Bacaan untuk soal 1 dan ",
            "&#",
            "&#1",
        ),
        *(
            "{=",
            "> ",
            "# ",
            "- ",
            "✓ ",
            "(v) ",
            "-",
            "\t",
            " ",
            "\u200b",
            "A",
            "A: ",
            "benar ",
            "huruf b. ",
        ),
    ],
    "aiken": ["A. ", "ANSWER: ", "ANSWER: A, ", "A)", "**", "FEEDBACK: ", "a. b. ", "-"],
    "gift": [
        *(
            "// [id:",
            "// [tag:a\\]",
            "::",
            "{",
            "{=",
            "{~%50%",
            "~#",
            "####",
            "\\",
            "a {=b} ",
            "=%1",
        ),
        *("[html]", "{mlang id}", "$CATEGORY: a/", "a \t", "//", "{T", "}", "->"),
    ],
    "xlsx": ["Soal;Kunci;A\n", "Soal;", '"', "A=1/2;", "A. B. ", "<p>", "**a"],
    "moodle-xml": [
        *("&lt;a", "&lt;!--", "&amp;#1", "&amp;", "{mlang en}", "**a", "data:", "\n", "&lt;sup>"),
        "&lt;span lang='en' class='multilang'>",
    ],
}
ENDS = ("", "\n")


def wrapped(format, text):
    if format != "moodle-xml":
        return text
    return (
        "<quiz><question type='truefalse'><questiontext format='html'><text>"
        f"{text}</text></questiontext></question></quiz>"
    )


def seconds(act):
    started = time.process_time()
    act()
    return time.process_time() - started


def grows_as_its_text(act, small, large):
    """Whether ``large`` costs no more than twice what ``small`` does for its length."""
    most = 2 * large / small * seconds(lambda: act(small)) + 0.2
    return any(seconds(lambda: act(large)) < most for _ in range(3))  # once, unless disturbed


@pytest.mark.parametrize(
    ("format", "unit"),
    [
        (format, unit + end)
        for format, units in BEGINNINGS.items()
        for unit, end in product(units, ENDS)
    ],
)
def test_a_text_four_times_as_long_costs_no_more_than_so_much_more(format, unit):
    def read(length):
        text = wrapped(format, (unit * (length // len(unit) + 1))[:length])
        read_questions("soal.txt", text.encode(), format)

    assert grows_as_its_text(read, SMALL, LARGE)


@pytest.mark.parametrize("unit", [" ", "\n", "A ", "A\t", "**a ", "( ", "{ ", "<b ", "- ", "1 "])
@pytest.mark.parametrize("start", ["", "A", "Kunci", "{", "("])
def test_a_cell_costs_what_it_is_long_in_every_column(unit, start):
    heads = ["Soal", "Opsi A", "Kunci", "Jenis", "Tingkat", "Bobot", "Bobot sebagian", "Pembahasan"]

    def read(length):
        cell = f"{start}{unit * (length // len(unit))}x"
        read_questions("soal.xlsx", workbook([heads, [cell] * len(heads)]), "xlsx")

    assert grows_as_its_text(read, 8_000, 32_000)


@pytest.mark.parametrize("unit", ["-", "- ", "a.", ". ", "ab ", "a\n"])
def test_differences_of_words_cost_what_the_texts_are_long(unit):
    def compare(length):
        text = unit * (length // len(unit))
        word_changes(f"x{text}y", f"y{text}{text}x")

    assert grows_as_its_text(compare, 5_000, 20_000)


def test_questions_that_are_all_alike_cost_what_they_are_many():
    words = " ".join(f"kata{number}" for number in range(600))

    def compare(count):
        asked = {str(number): f"{words} {number}" for number in range(count)}
        near_to(asked, asked)
        near_duplicates(asked)
        same_words(asked)

    assert grows_as_its_text(compare, 60, 240)


def test_an_option_repeated_on_a_line_of_word_costs_what_it_is_long():
    def read(length):
        read_questions("soal.docx", typed_document("1. Soal?", "A. x B. B. " * (length // 11)))

    assert grows_as_its_text(read, SMALL, LARGE)


def test_a_line_beyond_all_measure_is_refused_by_its_place():
    file = read_questions("soal.txt", b"1. Soal?\n" + b"A. B. " * 4_000, "teks")

    assert file.faults == (
        "Baris 2 lebih panjang dari 20.000 huruf, jadi tidak dibaca. Tulis tiap soal, opsi, dan "
        "kunci di baris sendiri, lalu unggah lagi.",
    )


def test_an_entity_beyond_all_measure_stays_text():
    stem = f"&amp;#{'1' * 5_000};"

    file = read_questions("soal.xml", wrapped("moodle-xml", stem).encode())

    assert file.items[0].stem.startswith("&#111")
