"""Options numbered with Roman numerals, and everything else that is numbered so."""

import pytest

from quiz.exchange.questions import read_questions
from tests.exchange.questions.seen import keys, only, texts, typed
from tests.exchange.questions.word_files import (
    document,
    in_list,
    numbered,
    paragraph,
    pattern,
    typed_document,
)

STEM = "1. Apa arti netral?"
OPTIONS = ("Tidak berpihak", "Tidak memilih", "Ikut pimpinan", "Diam saja")


def listed(shape: str, options: tuple[str, ...] = OPTIONS) -> list[str]:
    numerals = ("i", "ii", "iii", "iv", "v", "vi")
    written = [each.upper() if "I" in shape else each for each in numerals]
    marks = [shape.replace("I", "i").replace("i", each) for each in written]
    return [f"{mark} {option}" for mark, option in zip(marks, options, strict=False)]


@pytest.mark.parametrize("shape", ["i.", "i)", "(i)", "I.", "(I)"])
@pytest.mark.parametrize(
    ("key", "right"),
    [("Kunci: iii", 2), ("Kunci: III", 2), ("Jawaban: C", 2), ("Kunci: i", 0), ("Kunci: IV.", 3)],
)
def test_they_are_read_as_letters_with_their_key(shape: str, key: str, right: int) -> None:
    item = only(typed("\n".join([STEM, *listed(shape), key])))

    assert (item.stem, texts(item), keys(item)) == (
        "Apa arti netral?",
        list(OPTIONS),
        [OPTIONS[right]],
    )
    assert item.faults == ()


def test_several_keys_are_read_too() -> None:
    text = [STEM, *listed("i."), "Kunci: i, iii dan iv", "2. Berapa?", *listed("i."), "Kunci: ii"]

    first, second = typed("\n".join(text)).items

    assert keys(first) == [OPTIONS[0], OPTIONS[2], OPTIONS[3]]
    assert keys(second) == [OPTIONS[1]]


@pytest.mark.parametrize(
    "lines",
    [
        ["i. Tidak berpihak", "* ii. Tidak memilih", "iii. Ikut pimpinan", "iv. Diam saja"],
        ["i)Tidak berpihak", "✓ ii)Tidak memilih", "iii)Ikut pimpinan", "iv)Diam saja"],
        ["i. Tidak berpihak", "**ii. Tidak memilih**", "iii. Ikut pimpinan", "iv. Diam saja"],
    ],
)
def test_a_key_that_is_marked_is_found_among_them(lines: list[str]) -> None:
    item = only(typed("\n".join([STEM, *lines])))

    assert (texts(item), keys(item)) == (list(OPTIONS), [OPTIONS[1]])


def test_they_are_read_in_word_typed_and_numbered_by_itself() -> None:
    lists = pattern(0, "decimal", "lowerRoman") + numbered(1, 0)
    automatic = document(
        "".join(
            [
                paragraph("Apa arti netral?", in_list(1)),
                *(paragraph(option, in_list(1, 1)) for option in OPTIONS),
                paragraph("Kunci: ii"),
            ]
        ),
        numbering=lists,
    )

    for blob in (automatic, typed_document(STEM, *listed("i."), "Kunci: ii")):
        item = only(read_questions("soal.docx", blob, ""))
        assert (texts(item), keys(item)) == (list(OPTIONS), [OPTIONS[1]])


STATEMENTS = listed("i.", OPTIONS[:3])


@pytest.mark.parametrize(
    "after",
    [
        ["A. i dan ii", "B. ii dan iii", "C. semuanya", "Kunci: B"],
        ["Pernyataan yang tepat ialah", "A. i dan ii", "B. ii dan iii", "C. semua", "Kunci: B"],
        ["a) i", "b) ii", "c) iii", "Kunci: b"],
    ],
)
def test_statements_of_a_stem_stay_in_it(after: list[str]) -> None:
    item = only(typed("\n".join([STEM, *STATEMENTS, *after])))

    assert len(item.options) == 3
    assert "ii. Tidak memilih" in item.stem
    assert keys(item) == [after[-3][3:]]


def test_letters_as_far_as_i_are_letters() -> None:
    lines = [f"{letter}. Opsi {letter}" for letter in "abcdefghi"]

    item = only(typed("\n".join([STEM, *lines, "Kunci: i"])))

    assert keys(item) == ["Opsi i"]


@pytest.mark.parametrize(
    "lines",
    [
        ["i. Tidak berpihak", "iii. Ikut pimpinan", "iv. Diam", "Kunci: i"],
        ["i. Tidak berpihak", "ii. Tidak memilih", "Kunci: i"],
        ["i. Tidak berpihak", "ii) Tidak memilih", "iii. Diam", "Kunci: i"],
    ],
)
def test_what_may_be_something_else_keeps_its_fault(lines: list[str]) -> None:
    item = only(typed("\n".join([STEM, *lines])))

    assert item.misread
    assert item.faults


def test_parts_of_a_test_are_no_options() -> None:
    text = ["I. Pilihan ganda", STEM, "A. satu", "B. dua", "C. tiga", "Kunci: A"]

    item = only(typed("\n".join(text)))

    assert (item.stem, texts(item)) == ("Apa arti netral?", ["satu", "dua", "tiga"])
