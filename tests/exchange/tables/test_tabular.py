"""Tables as offices send them: titles above, blank lines, any separator, any encoding."""

import io
from datetime import date

import pytest
import xlsxwriter

from quiz.exchange.tables.table import column_letter, plain_head
from quiz.exchange.tables.tabular import TableFault, read_table
from tests.exchange.tables.workbooks import workbook, workbook_of, write_rows

HEADS = ("Nama", "NIP", "Status", "Unit")
ANI = ("Ani Lestari", "198001012005012001", "PNS", "Kantor Camat")
BUDI = ("Budi Santoso", None, "Kepala Desa", "Desa Contoh")


def values(table):
    return [row.cells for row in table.rows]


def test_a_workbook_gives_sheet_header_and_rows():
    table = read_table("daftar.xlsx", workbook([HEADS, ANI, BUDI], sheet="Peserta"), HEADS)

    assert table.sheet == "Peserta"
    assert (table.header_row.number, table.header_row.cells) == (1, HEADS)
    assert [row.number for row in table.rows] == [2, 3]
    assert values(table) == [ANI, BUDI]


@pytest.mark.parametrize("at_row", [1, 2, 9, 10])
def test_header_is_found_within_the_first_ten_rows(at_row):
    blob = workbook([HEADS, ANI], at_row=at_row)

    table = read_table("daftar.xlsx", blob, HEADS)

    assert (table.header_row.number, values(table)) == (at_row, [ANI])


def test_merged_title_and_blank_lines_are_passed_over():
    made = io.BytesIO()
    with xlsxwriter.Workbook(made, {"in_memory": True}) as book:
        sheet = book.add_worksheet()
        sheet.merge_range("A1:D1", "DAFTAR PESERTA SOSIALISASI")
        write_rows(sheet, [("Kecamatan", ": Contoh")], at_row=2)
        write_rows(sheet, [HEADS, (), ANI, ("  ", None), BUDI], at_row=4)

    table = read_table("daftar.xlsx", made.getvalue(), HEADS)

    assert table.header_row.number == 4
    assert [(row.number, row.cells[0]) for row in table.rows] == [
        (6, "Ani Lestari"),
        (8, "Budi Santoso"),
    ]


def test_a_unit_merged_over_several_people_counts_for_each_of_them():
    made = io.BytesIO()
    with xlsxwriter.Workbook(made, {"in_memory": True}) as book:
        sheet = book.add_worksheet()
        write_rows(sheet, [("Nama", "Unit"), ("Ani",), ("Budi",), ("Citra", "UPT Contoh")])
        sheet.merge_range("B2:B3", "Desa Contoh")

    table = read_table("daftar.xlsx", made.getvalue(), HEADS)

    assert values(table) == [
        ("Ani", "Desa Contoh"),
        ("Budi", "Desa Contoh"),
        ("Citra", "UPT Contoh"),
    ]


def test_a_block_merged_over_several_columns_is_not_repeated():
    made = io.BytesIO()
    with xlsxwriter.Workbook(made, {"in_memory": True}) as book:
        sheet = book.add_worksheet()
        write_rows(sheet, [("Nama", "Unit"), (), (None, None, "x")])
        sheet.merge_range("A2:B3", "Kelompok 1")

    table = read_table("daftar.xlsx", made.getvalue(), HEADS)

    assert [row.number for row in table.rows] == [2, 3]
    assert table.rows[1].cells[:2] == (None, None)


def test_the_sheet_that_shows_the_heads_is_read_wherever_it_stands():
    blob = workbook_of({"Petunjuk": [("Isi kolom Nama",)], "Daftar": [HEADS, ANI]})

    assert read_table("daftar.xlsx", blob, HEADS).sheet == "Daftar"


def test_a_hidden_sheet_is_not_read():
    made = io.BytesIO()
    with xlsxwriter.Workbook(made, {"in_memory": True}) as book:
        write_rows(book.add_worksheet("Tampak"), [("Nama", "Unit"), ("Ani", "Desa")])
        hidden = book.add_worksheet("Tersembunyi")
        write_rows(hidden, [HEADS, BUDI])
        hidden.hide()

    assert read_table("daftar.xlsx", made.getvalue(), HEADS).sheet == "Tampak"


def test_cells_keep_what_the_file_holds():
    made = io.BytesIO()
    with xlsxwriter.Workbook(made, {"in_memory": True}) as book:
        sheet = book.add_worksheet()
        write_rows(sheet, [("a", "b"), (1980, True, "'7", "=1+1", None, " x ")])
        sheet.write_datetime("G2", date(2024, 11, 22), book.add_format({"num_format": 14}))
        sheet.write_formula("H2", '="Ani"', None, "Ani")
        sheet.write_formula("I2", "=1/0", None, "#DIV/0!")

    cells = read_table("daftar.xlsx", made.getvalue()).rows[0].cells

    assert cells == (1980.0, True, "'7", "=1+1", None, " x ", date(2024, 11, 22), "Ani", None)


def test_without_known_heads_the_first_row_with_two_cells_is_the_header():
    table = read_table("daftar.xlsx", workbook([("Judul",), ("a", "b"), ("1", "2")]))

    assert (table.header_row.cells, values(table)) == (("a", "b"), [("1", "2")])


@pytest.mark.parametrize("separator", [";", ",", "\t"])
def test_csv_is_read_with_any_of_three_separators(separator):
    lines = [HEADS, ("Ani, S.Pd.; M.Si.", "1", "PNS", "Desa")]
    text = "\r\n".join(separator.join(f'"{cell}"' for cell in line) for line in lines)

    table = read_table("daftar.csv", text.encode(), HEADS)

    assert (table.sheet, table.header_row.cells) == (None, HEADS)
    assert values(table) == [lines[1]]


def test_commas_in_titles_and_names_do_not_mislead_the_separator():
    text = (
        "Daftar peserta, Jumat, 22 November, pagi, aula, lantai dua\n\n"
        "Nama;NIP;Status;Unit\nAni, S.Pd., M.Si.;1;PNS;Desa, Kecamatan, Kabupaten\n"
    )

    table = read_table("daftar.csv", text.encode(), HEADS)

    assert (table.header_row.number, table.header_row.cells) == (3, HEADS)
    assert values(table) == [("Ani, S.Pd., M.Si.", "1", "PNS", "Desa, Kecamatan, Kabupaten")]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252", "utf-16"])
def test_csv_is_read_in_the_encodings_offices_save(encoding):
    text = "Nama;Unit\nRené d’Arcy;Désa Contoh\n"

    table = read_table("daftar.csv", text.encode(encoding), HEADS)

    assert table.header_row.cells == ("Nama", "Unit")
    assert values(table) == [("René d’Arcy", "Désa Contoh")]


def test_the_line_that_tells_excel_the_separator_is_no_row():
    table = read_table("daftar.csv", b"sep=;\nNama;Unit\nAni;Desa\n", HEADS)

    assert (table.header_row.number, values(table)) == (1, [("Ani", "Desa")])


def test_a_quote_that_does_not_close_is_named_with_its_line():
    with pytest.raises(TableFault) as fault:
        read_table("daftar.csv", b'Nama;Unit\nAni;Desa\n"Budi;Desa\n', HEADS)

    assert str(fault.value) == (
        "Tanda kutip di sekitar baris 3 tidak lengkap atau selnya terlalu panjang. "
        'Perbaiki tanda " di baris itu, atau simpan sebagai Excel (.xlsx).'
    )


def test_old_line_ends_and_line_breaks_in_quotes_are_read():
    table = read_table("daftar.csv", b'Nama;Unit\rAni;"Desa\nContoh"\rBudi;Desa\r', HEADS)

    assert values(table) == [("Ani", "Desa\nContoh"), ("Budi", "Desa")]


def test_content_decides_not_the_name():
    assert read_table("daftar.xlsx", b"Nama;Unit\nAni;Desa\n", HEADS).sheet is None
    assert read_table("daftar.csv", workbook([HEADS, ANI]), HEADS).sheet == "Lembar1"


def test_a_table_may_have_five_thousand_rows_and_no_more():
    full = "Nama;Unit\n" + "Ani;Desa\n" * 5_000

    assert len(read_table("daftar.csv", full.encode(), HEADS).rows) == 5_000
    with pytest.raises(TableFault, match=r"lebih dari 5\.000 baris"):
        read_table("daftar.csv", f"{full}Budi;Desa\n".encode(), HEADS)


def test_a_header_alone_is_a_table_without_rows():
    assert read_table("daftar.csv", b"Nama;Unit\n", HEADS).rows == ()


@pytest.mark.parametrize("blob", [b"", b"  \r\n\t", b"\xef\xbb\xbf", b";;;\n;;;\n"])
def test_an_empty_file_is_named_empty(blob):
    with pytest.raises(TableFault) as fault:
        read_table("daftar.csv", blob, HEADS)

    assert str(fault.value) == (
        "Berkas “daftar.csv” kosong. Isi daftarnya dulu, simpan, lalu unggah lagi."
    )


def test_an_empty_workbook_is_named_empty():
    with pytest.raises(TableFault, match="kosong"):
        read_table("daftar.xlsx", workbook([]), HEADS)


@pytest.mark.parametrize(
    ("column", "letter"), [(0, "A"), (25, "Z"), (26, "AA"), (99, "CV"), (701, "ZZ"), (702, "AAA")]
)
def test_columns_are_named_as_excel_names_them(column, letter):
    assert column_letter(column) == letter


@pytest.mark.parametrize("head", ["Unit Kerja", " UNIT  kerja: ", "unit_kerja", "Unit\nKerja*"])
def test_heads_are_compared_without_case_spaces_and_punctuation(head):
    assert plain_head(head) == "unitkerja"
