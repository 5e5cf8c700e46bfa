"""Word documents with typed or automatic numbers, keys by formatting, tables, and what is lost."""

from fractions import Fraction

import docx
import pytest

from quiz.exchange.questions import read_questions
from tests.exchange.questions.seen import keys, only, options, texts
from tests.exchange.questions.word_files import (
    STRICT,
    document,
    in_list,
    numbered,
    paragraph,
    pattern,
    run,
    saved,
    table,
    typed_document,
)

BOLD = "<w:b/>"
OPTIONS = [("satu", Fraction(0)), ("dua", Fraction(1)), ("tiga", Fraction(0))]


def read(blob: bytes):
    return read_questions("soal.docx", blob)


def lines(*texts: str) -> str:
    return "".join(paragraph(text) for text in texts)


def test_a_typed_document_is_read_and_known_for_what_it_is():
    file = read(
        typed_document("1. Soal?", "A. satu", "B. dua", "C. tiga", "Kunci: B", "Pembahasan: karena")
    )

    item = only(file)
    assert file.format == "docx"
    assert (item.stem, item.explanation, item.faults) == ("Soal?", "karena", ())
    assert options(item) == OPTIONS
    assert item.where == "nomor 1, paragraf 1"


def test_a_question_in_one_paragraph_with_line_breaks_and_tabs_is_read():
    blob = typed_document("1. Soal?|A. satu\tB. dua\tC. tiga|Kunci: B")

    assert options(only(read(blob))) == OPTIONS


def test_questions_and_options_may_be_levels_of_one_automatic_list():
    lists = pattern(0, "decimal", "lowerLetter") + numbered(1, 0)
    body = "".join(
        paragraph(stem, in_list(1))
        + "".join(paragraph(text, in_list(1, 1)) for text in ("satu", "dua", "tiga"))
        + paragraph("Kunci: B")
        for stem in ("Soal satu?", "Soal dua?")
    )

    file = read(document(body, lists))

    assert [item.stem for item in file.items] == ["Soal satu?", "Soal dua?"]
    assert [options(item) for item in file.items] == [OPTIONS, OPTIONS]
    assert [item.where for item in file.items] == ["nomor 1, paragraf 1", "nomor 2, paragraf 6"]


def test_options_in_lists_of_their_own_start_again_at_a():
    lists = (
        pattern(0, "decimal") + pattern(1, "upperLetter") + numbered(1, 0) + numbered(2, 1, 1)
    ) + numbered(3, 1, 1)
    body = "".join(
        paragraph(stem, in_list(1))
        + "".join(paragraph(text, in_list(options_list)) for text in ("satu", "dua", "tiga"))
        + paragraph("Kunci: B")
        for stem, options_list in (("Soal satu?", 2), ("Soal dua?", 3))
    )

    file = read(document(body, lists))

    assert [options(item) for item in file.items] == [OPTIONS, OPTIONS]


@pytest.mark.parametrize("key", ["B", "E"])
def test_letters_that_run_on_take_the_shown_letter_or_that_within_the_question(key):
    lists = pattern(0, "decimal") + pattern(1, "upperLetter") + numbered(1, 0) + numbered(2, 1)
    body = "".join(
        paragraph(stem, in_list(1))
        + "".join(paragraph(text, in_list(2)) for text in ("satu", "dua", "tiga"))
        + paragraph(f"Kunci: {written}")
        for stem, written in (("Soal satu?", "B"), ("Soal dua?", key))
    )

    file = read(document(body, lists))

    assert [options(item) for item in file.items] == [OPTIONS, OPTIONS]


def test_statements_in_a_list_before_lettered_options_belong_to_the_stem():
    lists = pattern(0, "decimal", "decimal") + numbered(1, 0)
    body = (
        paragraph("Perhatikan:", in_list(1))
        + paragraph("pernyataan satu", in_list(1, 1))
        + paragraph("pernyataan dua", in_list(1, 1))
        + lines("A. satu", "B. dua", "C. tiga", "Kunci: B")
    )

    item = only(read(document(body, lists)))

    assert item.stem == "Perhatikan:\n1. pernyataan satu\n2. pernyataan dua"
    assert options(item) == OPTIONS


def test_keys_in_an_automatic_list_at_the_end_go_to_their_questions():
    lists = pattern(0, "decimal") + pattern(1, "decimal") + numbered(1, 0) + numbered(2, 1)
    question = lines("A. satu", "B. dua", "C. tiga")
    body = paragraph("Soal satu?", in_list(1)) + question
    body += paragraph("Soal dua?", in_list(1)) + question
    body += paragraph("KUNCI JAWABAN")
    body += paragraph("B", in_list(2)) + paragraph("C", in_list(2))

    file = read(document(body, lists))

    assert [keys(item) for item in file.items] == [["dua"], ["tiga"]]


@pytest.mark.parametrize(
    "properties",
    [
        BOLD,
        '<w:b w:val="1"/>',
        '<w:highlight w:val="yellow"/>',
        '<w:u w:val="single"/>',
        '<w:color w:val="FF0000"/>',
        '<w:shd w:val="clear" w:fill="FFFF00"/>',
        '<w:rStyle w:val="Tebal"/>',
    ],
)
def test_the_option_that_stands_out_is_the_key(properties):
    styles = '<w:style w:type="character" w:styleId="Tebal"><w:rPr><w:b/></w:rPr></w:style>'
    body = paragraph(run("1. Soal?", BOLD)) + paragraph("A. satu")
    body += paragraph(run("B. ") + run("dua", properties)) + paragraph("C. tiga")

    item = only(read(document(body, styles=styles)))

    assert (options(item), item.faults) == (OPTIONS, ())
    assert item.notes == ("Kunci B dibaca dari huruf tebal atau warna opsinya.",)


@pytest.mark.parametrize(
    "marks",
    [
        (BOLD, BOLD, BOLD),
        ('<w:b w:val="0"/>', '<w:b w:val="false"/>', ""),
        ('<w:u w:val="none"/>', '<w:color w:val="auto"/>', '<w:highlight w:val="none"/>'),
    ],
)
def test_formatting_that_marks_every_option_or_none_is_no_key(marks):
    body = paragraph("1. Soal?") + "".join(
        paragraph(run(f"{letter}. {text}", properties))
        for letter, text, properties in zip("ABC", ("satu", "dua", "tiga"), marks, strict=True)
    )

    item = only(read(document(body)))

    assert keys(item) == []
    assert item.faults[0].startswith("Kunci belum ada.")


def test_a_word_in_bold_within_an_option_is_no_key():
    body = paragraph("1. Soal?") + paragraph(run("A. satu ") + run("penting", BOLD))
    body += lines("B. dua", "C. tiga", "Kunci: B")

    item = only(read(document(body)))

    assert (keys(item), item.faults) == (["dua"], ())


def test_a_table_with_columns_in_any_order_has_an_item_a_row():
    made = docx.Document()
    rows = [
        ("Kunci", "Soal", "No", "A", "B", "C", "Pembahasan", "Topik"),
        ("B", "Soal satu?", "1", "satu", "dua", "tiga", "karena", "makna"),
        ("A, C", "Soal dua?", "2", "satu", "dua", "tiga", "", ""),
        ("", "", "3", "", "", "", "", ""),
    ]
    filled = made.add_table(len(rows), len(rows[0]))
    for number, row in enumerate(rows):
        for column, text in enumerate(row):
            filled.cell(number, column).text = text

    file = read(saved(made))

    assert [item.stem for item in file.items] == ["Soal satu?", "Soal dua?"]
    assert options(file.items[0]) == OPTIONS
    assert (file.items[0].explanation, file.items[0].topic) == ("karena", "makna")
    assert (file.items[1].type, keys(file.items[1])) == ("multiple_choice", ["satu", "tiga"])
    assert [item.where for item in file.items] == ["tabel 1, baris 2", "tabel 1, baris 3"]


def test_a_table_may_hold_all_options_of_a_question_in_one_cell():
    lists = pattern(0, "upperLetter") + numbered(1, 0)
    listed = "".join(paragraph(text, in_list(1)) for text in ("satu", "dua", "tiga"))
    body = table(
        ("No", "Pertanyaan", "Pilihan Jawaban", "Kunci Jawaban"), ("1", "Soal?", listed, "B")
    )

    assert options(only(read(document(body, lists)))) == OPTIONS


def test_a_table_may_hold_the_whole_question_in_one_cell():
    cell = lines("Soal?", "A. satu", "B. dua", "C. tiga")
    body = table(("No", "Soal", "Kunci"), ("1", cell, "B"))

    item = only(read(document(body)))

    assert (item.stem, options(item)) == ("Soal?", OPTIONS)


def test_a_bold_cell_of_an_option_is_the_key():
    bold = paragraph(run("dua", BOLD))
    body = table(("No", "Soal", "A", "B", "C"), ("1", "Soal?", "satu", bold, "tiga"))

    assert options(only(read(document(body)))) == OPTIONS


def test_a_table_used_as_a_frame_is_read_box_by_box():
    body = table(
        ("1.", "Soal?", ""),
        ("", "A.", "satu"),
        ("", "B.", "dua"),
        ("", "C.", "tiga"),
    ) + paragraph("Kunci: B")

    item = only(read(document(body)))

    assert (item.stem, options(item)) == ("Soal?", OPTIONS)


def test_options_in_two_columns_of_a_table_are_read_by_their_letters():
    body = paragraph("1. Soal?") + table(("A. satu", "C. tiga"), ("B. dua", "D. empat"))

    item = only(read(document(body + paragraph("Kunci: B"))))

    assert texts(item) == ["satu", "dua", "tiga", "empat"]
    assert (keys(item), item.faults) == (["dua"], ())


def test_a_table_of_keys_at_the_end_goes_to_its_questions():
    question = lines("A. satu", "B. dua", "C. tiga")
    body = paragraph("1. Soal satu?") + question + paragraph("2. Soal dua?") + question
    body += paragraph("KUNCI JAWABAN") + table(("No", "Kunci"), ("1", "B"), ("2", "C"))

    file = read(document(body))

    assert [keys(item) for item in file.items] == [["dua"], ["tiga"]]
    assert [item.faults for item in file.items] == [(), ()]


def test_a_table_of_figures_within_a_question_becomes_lines_and_is_told():
    body = paragraph("1. Berdasarkan tabel ini, berapa?")
    body += table(("Bulan", "Laporan"), ("Juni", "12"))
    body += lines("A. satu", "B. dua", "C. tiga", "Kunci: B")

    item = only(read(document(body)))

    assert item.stem == "Berdasarkan tabel ini, berapa?\nBulan | Laporan\nJuni | 12"
    assert item.lost == (
        "Tabel pada soal ini diambil sebagai baris teks; susunan kolomnya hilang.",
    )


@pytest.mark.parametrize(
    ("inside", "start"),
    [
        ("<w:r><w:drawing><a:blip/></w:drawing></w:r>", "Gambar"),
        ("<w:r><w:pict/></w:r>", "Gambar"),
        ("<w:r><w:object/></w:r>", "Objek"),
        ("<m:oMath><m:r><m:t>x</m:t></m:r></m:oMath>", "Rumus"),
        ('<w:r><w:footnoteReference w:id="2"/></w:r>', "Catatan kaki"),
        ('<w:r><w:sym w:font="Symbol" w:char="F0B4"/></w:r>', "Simbol"),
        ("<w:r><w:pict><w:txbxContent/></w:pict></w:r>", "Kotak teks"),
    ],
)
def test_what_a_text_cannot_hold_is_listed_with_its_question(inside, start):
    body = paragraph(run("1. Soal?") + inside)
    body += lines(
        "A. satu", "B. dua", "C. tiga", "Kunci: B", "2. Lain?", "A. a", "B. b", "Kunci: A"
    )

    file = read(document(body))

    assert [len(item.lost) for item in file.items] == [1, 0]
    assert file.items[0].lost[0].startswith(start)
    assert options(file.items[0]) == OPTIONS


def test_a_picture_in_a_paragraph_of_its_own_belongs_to_the_question_above():
    body = paragraph("1. Soal?") + paragraph("<w:r><w:drawing/></w:r>")
    body += lines("A. satu", "B. dua", "C. tiga", "Kunci: B")

    assert len(only(read(document(body))).lost) == 1


def test_tracked_changes_give_the_final_text_and_are_told():
    changed = (
        '<w:ins w:id="1">' + run("Soal") + "</w:ins>"
        '<w:del w:id="2"><w:r><w:delText>Pertanyaan</w:delText></w:r></w:del>'
        '<w:moveFrom w:id="3">' + run("lama") + "</w:moveFrom>"
        '<w:moveTo w:id="4">' + run("?") + "</w:moveTo>"
    )
    body = paragraph(run("1. ") + changed) + lines("A. satu", "B. dua", "C. tiga", "Kunci: B")

    file = read(document(body))

    assert (only(file).stem, options(only(file))) == ("Soal?", OPTIONS)
    assert file.notes == (
        "Dokumen memuat perubahan terlacak. Yang dibaca teks akhirnya, seolah semua diterima.",
    )


def test_a_paragraph_whose_mark_was_deleted_runs_on_in_the_next():
    cut = "<w:rPr><w:del w:id='1'/></w:rPr>"
    body = paragraph("1. So", cut) + lines("al?", "A. satu", "B. dua", "C. tiga", "Kunci: B")

    assert only(read(document(body))).stem == "Soal?"


def test_hidden_text_is_not_read_and_told():
    body = paragraph(run("1. Soal?") + run(" rahasia", "<w:vanish/>"))
    body += lines("A. satu", "B. dua", "C. tiga", "Kunci: B")

    file = read(document(body))

    assert only(file).stem == "Soal?"
    assert file.notes == ("Dokumen memuat teks tersembunyi, yang tidak dibaca.",)


def test_runs_within_links_smart_tags_controls_and_fields_are_read():
    def wrapped(name, text):
        return f"<w:{name}>{run(text)}</w:{name}>"

    body = paragraph(
        run("1. ")
        + wrapped("hyperlink", "So")
        + f"<w:smartTag>{wrapped('customXml', 'al ')}</w:smartTag>"
        + f"<w:sdt><w:sdtPr/><w:sdtContent>{run('yang ')}</w:sdtContent></w:sdt>"
        + wrapped("fldSimple", "mana?")
    )
    body += f"<w:sdt><w:sdtContent>{lines('A. satu', 'B. dua')}</w:sdtContent></w:sdt>"
    body += lines("C. tiga", "Kunci: B")

    item = only(read(document(body)))

    assert (item.stem, options(item)) == ("Soal yang mana?", OPTIONS)


def test_of_content_in_two_versions_only_one_is_read():
    twice = (
        f"<mc:AlternateContent><mc:Choice>{run('Soal?')}</mc:Choice>"
        f"<mc:Fallback>{run('Soal?')}</mc:Fallback></mc:AlternateContent>"
    )
    body = paragraph(run("1. ") + twice) + lines("A. satu", "B. dua", "C. tiga", "Kunci: B")

    assert only(read(document(body))).stem == "Soal?"


def test_a_document_in_the_strict_namespace_is_read_too():
    body = lines("1. Soal?", "A. satu", "B. dua", "C. tiga", "Kunci: B")

    assert options(only(read(document(body, namespace=STRICT)))) == OPTIONS


def test_lists_may_come_from_a_style_and_from_the_one_it_is_based_on():
    styles = (
        '<w:style w:styleId="Dasar"><w:pPr><w:numPr><w:numId w:val="1"/></w:numPr></w:pPr>'
        "</w:style>"
        '<w:style w:styleId="Nomor"><w:basedOn w:val="Dasar"/></w:style>'
    )
    lists = pattern(0, "decimal") + numbered(1, 0)
    style = '<w:pStyle w:val="Nomor"/>'
    body = paragraph("Soal satu?", style) + lines("A. satu", "B. dua", "C. tiga", "Kunci: B")
    body += paragraph("Soal dua?", style) + lines("A. satu", "B. dua", "C. tiga", "Kunci: B")

    file = read(document(body, lists, styles))

    assert [item.where for item in file.items] == ["nomor 1, paragraf 1", "nomor 2, paragraf 6"]


def test_a_style_that_is_based_on_itself_is_no_trap():
    styles = '<w:style w:styleId="A"><w:basedOn w:val="A"/></w:style>'
    body = lines("1. Soal?", "A. satu", "B. dua", "C. tiga", "Kunci: B")

    assert options(only(read(document(body, styles=styles)))) == OPTIONS
