"""Items in Excel or CSV, one a row."""

from datetime import date
from fractions import Fraction

import pytest

from quiz.assessment.items.item import Level
from quiz.exchange.questions import read_questions, xlsx_template
from quiz.exchange.questions.sheets.spreadsheet import read_spreadsheet
from tests.exchange.questions.seen import keys, only, options, texts
from tests.exchange.tables.workbooks import workbook

HEADS = ["No", "Soal", "Opsi A", "Opsi B", "Opsi C", "Opsi D", "Kunci"]


def read(*rows, name="soal.xlsx"):
    return read_questions(name, workbook([*rows]))


def test_a_row_is_an_item_and_says_where_it_stood():
    file = read(HEADS, [1, "Soal?", "satu", "dua", "tiga", None, "B"])

    item = only(file)
    assert file.format == "xlsx"
    assert (item.stem, item.type, item.faults) == ("Soal?", "single_choice", ())
    assert options(item) == [("satu", Fraction(0)), ("dua", Fraction(1)), ("tiga", Fraction(0))]
    assert item.where == "lembar “Lembar1”, baris 2"


def test_columns_stand_in_any_order_below_a_title_and_others_are_named():
    file = read(
        ["DAFTAR SOAL"],
        ["Pembahasan", "Kunci Jawaban", "B", "A", "Penilai", "Pertanyaan", "Tingkat", "Kode"],
        ["karena", "A", "dua", "satu", "Xyz", "Soal?", "C3", "mkn-7"],
    )

    item = only(file)
    assert (texts(item), keys(item), item.explanation) == (["satu", "dua"], ["satu"], "karena")
    assert (item.level, item.code) == (Level.MENERAPKAN, "MKN-7")
    assert file.notes == ("Kolom yang tidak dikenal tidak dibaca: “Penilai”.",)


def test_numbers_dates_and_truths_read_as_they_look():
    item = only(read(HEADS, [1, "Kapan?", 2024, 0.5, True, None, "A"]))

    assert texts(item) == ["2024", "0,5", "Benar"]


def test_a_date_cell_reads_as_a_date():
    from quiz.exchange.questions.sheets.cells import cell_text

    assert cell_text(date(2024, 11, 22)) == "22-11-2024"


def test_excels_own_truth_is_a_key():
    heads = ["Soal", "Jenis", "Kunci", "Umpan balik A", "Umpan balik B"]

    item = only(read(heads, ["Boleh memilih.", "Benar atau salah", True, "tepat", "keliru"]))

    assert (item.type, keys(item)) == ("true_false", ["Benar"])
    assert [option.feedback for option in item.options] == ["tepat", "keliru"]


def test_partial_weights_are_shares_of_a_point():
    heads = [*HEADS, "Bobot sebagian"]

    item = only(read(heads, [1, "Soal?", "a", "b", "c", "d", "A", "B=1/2; C=25%"]))

    assert [option.weight for option in item.options] == [
        Fraction(1),
        Fraction(1, 2),
        Fraction(1, 4),
        Fraction(0),
    ]


@pytest.mark.parametrize("written", ["setengah", "B=2", "B=1/2; entah"])
def test_a_weight_that_cannot_be_read_is_told(written):
    item = only(read([*HEADS, "Bobot sebagian"], [1, "Soal?", "a", "b", "c", "", "A", written]))

    assert item.faults == (
        f"Bobot sebagian “{written}” tidak terbaca. Tulis hurufnya dan bobotnya antara 0 dan 1, "
        "misalnya “B=1/2; C=1/4”.",
    )


@pytest.mark.parametrize("letter", ["\u212a", "ſ", "ı"])
def test_a_letter_that_only_looks_like_one_is_no_option(letter):
    item = only(
        read([*HEADS, "Bobot sebagian"], [1, "Soal?", "a", "b", "", "", "A", f"{letter}=1"])
    )

    assert "tidak terbaca" in item.faults[0]


def test_an_option_left_empty_between_others_keeps_the_letters_in_place():
    item = only(read(HEADS, [1, "Soal?", "satu", None, "tiga", None, "C"]))

    assert (texts(item), keys(item)) == (["satu", "", "tiga"], ["tiga"])


def test_an_asterisk_is_text_where_the_key_is_written_and_a_key_where_it_is_not():
    file = read(
        HEADS,
        [1, "Satu?", "*satu", "dua", "tiga", None, "B"],
        [2, "Dua?", "*satu", "dua", "tiga", None, None],
    )

    assert [keys(item) for item in file.items] == [["dua"], ["satu"]]
    assert texts(file.items[0])[0] == "*satu"


def test_semicolon_csv_in_windows_letters_is_read():
    csv = "Soal;A;B;Kunci\nSoal “satu”?;ya;tidak;A\n".encode("cp1252")

    item = only(read_questions("soal.csv", csv))

    assert (item.stem, keys(item)) == ("Soal “satu”?", ["ya"])


def test_a_table_without_a_column_of_questions_says_which_is_wanted():
    file = read(["Nama", "Unit"], ["Ani", "Desa"])

    assert file.items == ()
    assert file.faults == (
        "Kolom “Soal” tidak ada di baris judul (baris 1). Judul yang ada: “Nama” (A), “Unit” (B). "
        "Yang dikenal: Soal atau Pertanyaan, Opsi A, Opsi B, Kunci, Pembahasan, Topik, Tingkat. "
        "Pakai templat Excel, atau beri kolom pertanyaan judul “Soal”.",
    )


def test_rows_with_nothing_but_a_number_are_passed_over():
    file = read(HEADS, [1, "Soal?", "a", "b", "c", None, "A"], [2], [3])

    assert len(file.items) == 1


def test_the_template_left_as_it_is_holds_no_question():
    file = read_questions("templat.xlsx", xlsx_template(["Makna"]))

    assert file.faults == ("Belum ada soal di bawah judul kolom. Isi satu baris untuk tiap soal.",)


def test_the_template_shows_each_kind_whole():
    items, _ = read_spreadsheet("templat.xlsx", xlsx_template(["Makna"]))

    assert [item.type for item in items] == ["single_choice", "multiple_choice", "true_false"]
    assert [item.faults for item in items] == [(), (), ()]
    assert all(option.feedback for item in items for option in item.options)


def test_three_hundred_and_one_rows_are_too_many_at_once():
    rows = [[n, f"Soal {n}?", "a", "b", "c", None, "A"] for n in range(301)]

    file = read(HEADS, *rows)

    assert file.items == ()
    assert file.faults == (
        "Berkas memuat 301 soal. Sekali ambil paling banyak 300 soal: bagi menjadi "
        "beberapa berkas.",
    )
