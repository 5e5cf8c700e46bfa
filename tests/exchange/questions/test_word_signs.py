"""Word documents whose numbers, letters, marks and tables are made by hand in many ways."""

import pytest

from quiz.exchange.questions import read_questions
from tests.exchange.questions.seen import keys, only, texts
from tests.exchange.questions.word_files import (
    document,
    in_list,
    numbered,
    paragraph,
    pattern,
    run,
    table,
)

RULE = (
    '<w:r><w:pict><v:rect xmlns:v="urn:schemas-microsoft-com:vml" '
    'xmlns:o="urn:schemas-microsoft-com:office:office" o:hr="t"/></w:pict></w:r>'
)
TICK = '<w:sym w:font="Wingdings" w:char="F0FC"/>'


def read(body, numbering=""):
    return read_questions("soal.docx", document(body, numbering))


def lines(*written):
    return "".join(map(paragraph, written))


def raised(text, place="superscript"):
    return run(text, f'<w:vertAlign w:val="{place}"/>')


def test_a_number_in_a_paragraph_of_its_own_begins_a_question():
    options = ("A. satu", "B. dua", "Kunci: B")

    file = read(lines("1", "Satu?", *options, "2", "Dua?", *options))

    assert [(item.stem, item.where) for item in file.items] == [
        ("Satu?", "nomor 1, paragraf 1"),
        ("Dua?", "nomor 2, paragraf 6"),
    ]
    assert file.notes == ()


@pytest.mark.parametrize("shape", ["bullet", "lowerLetter"])
def test_a_letter_typed_behind_an_automatic_mark_is_the_mark(shape):
    lists = pattern(0, shape) + numbered(1, 0)
    listed = "".join(paragraph(text, in_list(1)) for text in ("a) satu", "b) dua", "c) tiga"))

    item = only(read(paragraph("1. Soal?") + listed + paragraph("Kunci: b"), lists))

    assert (texts(item), keys(item), item.faults) == (["satu", "dua", "tiga"], ["dua"], ())


def test_raised_and_lowered_letters_stay_so():
    body = paragraph("1. Berapa?") + paragraph(run("A. 10") + raised("3"))
    body += paragraph("B. 103") + paragraph(run("C. H") + raised("2", "subscript") + run("O"))
    body += paragraph(run("D. x") + raised("dua")) + paragraph("Kunci: A")

    assert texts(only(read(body))) == ["10³", "103", "H₂O", "x^(dua)"]


def test_a_line_drawn_between_questions_is_no_picture():
    body = lines("1. Soal?", "A. satu", "B. dua", "Kunci: B") + paragraph(RULE)

    assert only(read(body)).lost == ()


def test_a_tick_of_a_symbol_font_marks_the_key():
    ticked = paragraph(run("B. dua ") + f"<w:r>{TICK}</w:r>")
    dressed = paragraph(run("B. dua ") + run("ü", '<w:rFonts w:ascii="Wingdings"/>'))

    for second in (ticked, dressed):
        item = only(read(lines("1. Soal?", "A. satu") + second + lines("C. tiga")))
        assert (texts(item), keys(item)) == (["satu", "dua", "tiga"], ["dua"])
        assert item.notes == ("Kunci B dibaca dari tanda pada opsinya.",)


def test_struck_out_text_and_remarks_are_told():
    body = paragraph("1. Soal?") + paragraph(run("A. satu", "<w:strike/>"))
    body += paragraph(run("B. dua") + '<w:r><w:commentReference w:id="1"/></w:r>')

    file = read(body + paragraph("Kunci: B"))

    assert file.notes == ("Komentar di dokumen tidak dibaca.",)
    assert only(file).lost == (
        "Coretan pada soal ini tidak ikut diambil: teks yang dicoret terbaca seperti teks biasa. "
        "Hapus bila tidak berlaku.",
    )


def test_signs_of_emphasis_pasted_into_a_document_are_read():
    item = only(read(lines("**1. Soal?**", "A. satu", "**B. dua**", "C. tiga")))

    assert (item.stem, texts(item), keys(item)) == ("Soal?", ["satu", "dua", "tiga"], ["dua"])


@pytest.mark.parametrize(
    "rows",
    [
        (
            ("NO", "SOAL", "JENIS", "OPSI", "JAWABAN", "KUNCI"),
            ("1", "Satu?", "1", "A", "a1", "v"),
            ("", "", "", "B", "b1", ""),
            ("2", "Dua?", "1", "A", "a2", ""),
            ("", "", "", "B", "b2", "v"),
        ),
        (
            ("No", "Soal", "Pilihan", "Kunci"),
            ("1", "Satu?", "A. a1", "A"),
            ("", "", "B. b1", ""),
            ("2", "Dua?", "A. a2", "B"),
            ("", "", "B. b2", ""),
        ),
    ],
)
def test_each_option_may_have_a_row_of_the_table(rows):
    file = read(table(*rows))

    assert [(item.stem, texts(item), keys(item), item.faults) for item in file.items] == [
        ("Satu?", ["a1", "b1"], ["a1"], ()),
        ("Dua?", ["a2", "b2"], ["b2"], ()),
    ]
    assert [item.where for item in file.items] == ["tabel 1, baris 2", "tabel 1, baris 4"]


def test_heads_of_a_table_may_stand_in_two_rows():
    body = table(
        ("No", "Soal", "Pilihan", "", "Kunci"),
        ("", "", "A", "B", ""),
        ("1", "Soal?", "satu", "dua", "B"),
    )

    item = only(read(body))

    assert (texts(item), keys(item)) == (["satu", "dua"], ["dua"])


@pytest.mark.parametrize(
    "listed",
    [
        (("No", "1", "2"), ("Kunci", "B", "A")),
        (("1", "2"), ("B", "A")),
        (("No", "Kunci", "No", "Kunci"), ("1", "B", "2", "A")),
    ],
)
def test_keys_in_a_table_go_to_the_questions(listed):
    body = lines("1. Satu?", "A. satu", "B. dua", "2. Dua?", "A. tiga", "B. empat")

    file = read(body + paragraph("KUNCI JAWABAN") + table(*listed))

    assert [(keys(item), item.faults) for item in file.items] == [(["dua"], ()), (["tiga"], ())]


def test_a_list_of_keys_goes_to_the_questions_of_a_table():
    body = table(("No", "Soal", "A", "B"), ("1", "Satu?", "satu", "dua"))

    assert keys(only(read(body + lines("Kunci: 1. B")))) == ["dua"]


def test_a_table_of_statements_to_be_ticked_is_no_table_of_questions():
    body = paragraph("1. Tandai!") + table(
        ("No", "Pernyataan", "Benar", "Salah"), ("1", "ASN netral.", "", "")
    )

    item = only(read(body + lines("A. satu", "B. dua", "Kunci: A")))

    assert (texts(item), keys(item)) == (["satu", "dua"], ["satu"])
    assert item.stem.endswith("1. ASN netral.")


@pytest.mark.parametrize("depth", ["", "01", "9", "-1", "x", "12345678"])
def test_a_depth_no_program_writes_is_the_first(depth):
    body = lines("1. Soal?") + paragraph("a", in_list(1).replace('"0"', f'"{depth}"'))

    assert read(body, pattern(0, "upperLetter") + numbered(1, 0)).items[0].stem == "Soal?"
