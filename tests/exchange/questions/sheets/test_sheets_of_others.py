"""Workbooks of questions as offices and other programs have them."""

import io
from datetime import date
from fractions import Fraction

import pytest
import xlsxwriter

from quiz.assessment.items.item import Level, Option
from quiz.exchange.questions import read_questions, write_items
from tests.assessment import samples
from tests.exchange.questions.seen import keys, only, texts
from tests.exchange.tables.workbooks import workbook, workbook_of, write_rows

HEADS = ["No", "Soal", "Opsi A", "Opsi B", "Opsi C", "Opsi D", "Kunci"]


def read(*rows):
    return read_questions("soal.xlsx", workbook([*rows]))


@pytest.mark.parametrize(
    "heads",
    [
        ("Teks Soal", "Opsi 1", "Opsi 2", "Kunci Jawaban"),
        ("Pertanyaan", "Pilihan A", "Pilihan B", "Jawaban"),
        ("Question", "Answer 1", "Answer 2", "Correct answer(s)"),
        ("Question Text", "Option A", "Option B", "Correct Answer"),
        ("Question - max 120 characters", "Answer 1 - max 75 characters", "Answer 2", "Correct"),
        ("SOAL (wajib)", "a", "b", "Kunci (A/B)"),
    ],
)
def test_heads_are_known_as_templates_have_them(heads):
    item = only(read(heads, ["Soal?", "satu", "dua", 2]))

    assert (item.stem, texts(item), keys(item), item.faults) == (
        "Soal?",
        ["satu", "dua"],
        ["dua"],
        (),
    )
    assert item.notes == ("Kunci “2” dibaca sebagai opsi B.",)


def test_heads_may_stand_in_two_rows():
    item = only(
        read(
            ["No", "Soal", "Opsi Jawaban", None, None, "Kunci"],
            [None, None, "A", "B", "C", None],
            [1, "Soal?", "satu", "dua", "tiga", "B"],
        )
    )

    assert (texts(item), keys(item), item.faults) == (["satu", "dua", "tiga"], ["dua"], ())


def test_all_options_may_stand_in_one_cell():
    item = only(
        read(["Soal", "Pilihan Jawaban", "Kunci"], ["Soal?", "A. satu\nB. dua\nC. tiga", "B"])
    )

    assert (texts(item), keys(item)) == (["satu", "dua", "tiga"], ["dua"])


@pytest.mark.parametrize(
    "rows",
    [
        (
            ["No", "Soal", "Opsi", "Jawaban", "Kunci"],
            [1, "Satu?", "A", "a1", None],
            [None, None, "B", "b1", "v"],
            [2, "Dua?", "A", "a2", "v"],
            [None, None, "B", "b2", None],
        ),
        (
            ["Soal", "Opsi", "Kunci"],
            ["Satu?", "A. a1", "B"],
            [None, "B. b1", None],
            ["Dua?", "A. a2", "A"],
            [None, "B. b2", None],
        ),
        (
            ["Soal", "Teks Opsi", "Pilihan", "Benar"],
            ["Satu?", "a1", "A", None],
            ["Satu?", "b1", "B", None],
            ["Dua?", "a2", "A", None],
            ["Dua?", "b2", "B", None],
        ),
    ],
)
def test_each_option_may_have_a_row(rows):
    file = read(*rows)

    assert [(item.stem, texts(item)) for item in file.items] == [
        ("Satu?", ["a1", "b1"]),
        ("Dua?", ["a2", "b2"]),
    ]
    if "Kunci" in rows[0]:
        assert [keys(item) for item in file.items] == [["b1"], ["a2"]]
    else:
        assert [item.faults[0][:17] for item in file.items] == ["Kunci belum ada. "] * 2


def test_points_and_difficulty_are_told_and_no_fault():
    heads = [*HEADS, "Bobot", "Tingkat Kesulitan"]

    first, second = read(
        heads,
        [1, "Satu?", "a", "b", "c", "d", "A", 10, "Sedang"],
        [2, "Dua?", "a", "b", "c", "d", "A", 5, "C2"],
    ).items

    assert first.faults == second.faults == ()
    assert first.lost == (
        "“Bobot: 10” tidak diambil.",
        "“Tingkat kesulitan: Sedang” tidak diambil.",
    )
    assert (second.level, second.lost) == (Level.MEMAHAMI, ("“Bobot: 5” tidak diambil.",))


@pytest.mark.parametrize(
    ("head", "asked"),
    [
        ("Teks Butir Soal Ujian", "Maksud Anda “Soal” untuk “Teks Butir Soal Ujian” (A)?"),
        ("Pertanyan", "Maksud Anda “Soal” untuk “Pertanyan” (A)?"),
    ],
)
def test_an_unknown_head_is_answered_with_the_likeliest(head, asked):
    fault = read([head, "A", "B", "Kunci"], ["Soal?", "a", "b", "A"]).faults[0]

    assert f"Judul yang ada: “{head}” (A), “A” (B), “B” (C), “Kunci” (D)." in fault
    assert asked in fault


def test_a_column_that_is_nearly_known_is_asked_about():
    file = read(["Soal", "A", "B", "Kunci Jawabn"], ["Soal?", "a", "b", "A"])

    assert file.notes == (
        "Kolom yang tidak dikenal tidak dibaca: “Kunci Jawabn”.",
        "Maksud Anda “Kunci” untuk “Kunci Jawabn”?",
    )


def test_html_in_cells_becomes_text():
    item = only(
        read(
            ["Soal", "A", "B", "Kunci"],
            ["<p>Siapa <b>wajib</b>?</p>", "ASN&nbsp;kita", "**b**", "A"],
        )
    )

    assert (item.stem, texts(item), item.faults) == ("Siapa wajib?", ["ASN kita", "b"], ())


def test_every_sheet_of_questions_is_read_and_the_others_are_named():
    heads = ["No", "Soal", "A", "B", "Kunci"]
    file = read_questions(
        "soal.xlsx",
        workbook_of(
            {
                "Pretes": [heads, [1, "Satu?", "a", "b", "A"]],
                "Postes": [heads, [1, "Dua?", "c", "d", "B"], [None, None, None, None, None, "x"]],
                "Nilai": [["Nama", "Nilai"], ["Ani", 10]],
            }
        ),
    )

    assert [(item.stem, item.where) for item in file.items] == [
        ("Satu?", "lembar “Pretes”, baris 2"),
        ("Dua?", "lembar “Postes”, baris 2"),
    ]
    assert file.notes == (
        "Lembar “Nilai” tidak dibaca: tidak ada kolom “Soal” di baris judulnya.",
        "Baris 3 tidak dibaca: tidak ada isi di kolom yang dikenal.",
    )


def test_a_sheet_of_keys_goes_to_the_questions_by_number():
    file = read_questions(
        "soal.xlsx",
        workbook_of(
            {
                "Soal": [["No", "Soal", "A", "B"], [1, "Satu?", "a", "b"], [2, "Dua?", "c", "d"]],
                "Kunci": [["No", "Kunci"], [1, "B"], [2, "A"]],
            }
        ),
    )

    assert [keys(item) for item in file.items] == [["b"], ["c"]]
    assert file.notes == ()


def test_what_is_hidden_in_a_workbook_is_told():
    made = io.BytesIO()
    with xlsxwriter.Workbook(made, {"in_memory": True}) as book:
        sheet = book.add_worksheet("Soal")
        write_rows(
            sheet,
            [["Soal", "A", "B", "Kunci"], ["Satu?", "a", "b", "A"], ["Dua?", "c", "d", "B"]],
        )
        sheet.set_row(2, None, None, {"hidden": True})
        sheet.set_column("D:D", None, None, {"hidden": True})
        sheet.write_comment("A2", "lihat lagi")
        book.add_worksheet("Arsip").hide()

    file = read_questions("soal.xlsx", made.getvalue())

    assert file.notes == (
        "Lembar tersembunyi “Arsip” tidak dibaca.",
        "Lembar “Soal”: baris tersembunyi ikut dibaca: 3.",
        "Lembar “Soal”: kolom tersembunyi ikut dibaca: D.",
        "Komentar pada sel tidak dibaca.",
    )


def test_raised_letters_of_a_cell_stay_raised():
    made = io.BytesIO()
    with xlsxwriter.Workbook(made, {"in_memory": True}) as book:
        sheet = book.add_worksheet()
        write_rows(sheet, [["Soal", "A", "B", "Kunci"], ["Luas?", None, "103", "A"]])
        sheet.write_rich_string("B2", "10", book.add_format({"font_script": 1}), "3")

    assert texts(only(read_questions("soal.xlsx", made.getvalue()))) == ["10³", "103"]


def test_a_date_among_the_options_is_to_be_looked_at():
    made = io.BytesIO()
    with xlsxwriter.Workbook(made, {"in_memory": True}) as book:
        sheet = book.add_worksheet()
        write_rows(sheet, [["Soal", "A", "B", "Kunci"], ["Pasal?", None, "4-5", "A"]])
        sheet.write_datetime("B2", date(2026, 3, 2), book.add_format({"num_format": "d-m-yy"}))

    item = only(read_questions("soal.xlsx", made.getvalue()))

    assert item.notes == (
        "Sel B2 berisi tanggal atau jam, dibaca “02-03-2026”: periksa, mungkin Excel mengubahnya.",
    )


def test_a_title_above_the_heads_does_not_hide_what_a_csv_file_is():
    csv = "BANK SOAL;;;;\n;;;;\nNo;Soal;A;B;Kunci\n1;Soal?;satu;dua;A\n"

    file = read_questions("soal.csv", csv.encode())

    assert (file.format, only(file).stem) == ("xlsx", "Soal?")


def test_more_options_than_the_template_has_columns_are_written_and_read():
    options = tuple(
        Option(letter, f"opsi {letter}", Fraction(letter == "h"), "") for letter in "abcdefgh"
    )
    item = samples.item(options=options)

    read_back = only(read_questions("x", write_items("xlsx", [item], {})))

    assert texts(read_back) == [option.text for option in options]
    assert keys(read_back) == ["opsi h"]
