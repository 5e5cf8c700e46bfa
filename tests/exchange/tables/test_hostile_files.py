"""Files that are not what their name says, or want more than they weigh."""

import base64
import io
import struct
import tracemalloc
import zipfile
import zlib

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from quiz.exchange.tables.tabular import TableFault, read_table
from tests.exchange.tables.workbooks import (
    archive,
    with_part,
    with_sheet_xml,
    workbook,
    workbook_of,
)

HEADS = ("Nama", "Unit")
PNG = base64.b64decode(
    "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg=="
)
COMPOUND = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(504)


def fault_of(blob, name="daftar.xlsx"):
    with pytest.raises(TableFault) as fault:
        read_table(name, blob, HEADS)
    return str(fault.value)


@pytest.mark.parametrize(
    ("blob", "kind"),
    [
        (PNG, "gambar PNG"),
        (b"\xff\xd8\xff\xe0" + bytes(64), "foto JPEG"),
        (b"BM" + bytes(64), "gambar BMP"),
        (b"RIFF\x10\x00\x00\x00WEBPVP8 ", "gambar WebP"),
        (b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n", "dokumen PDF"),
        (
            b"\xef\xbb\xbf\r\n<!DOCTYPE html><table><tr><td>Nama</td></table>",
            "halaman web atau XML",
        ),
        (b'<?xml version="1.0"?><Workbook/>', "halaman web atau XML"),
        (COMPOUND + "WordDocument".encode("utf-16-le"), "dokumen Word lama (.doc)"),
        (archive({"word/document.xml": b"<a/>"}), "dokumen Word (.docx)"),
        (
            archive({"mimetype": b"x", "content.xml": b"<a/>"}),
            "berkas LibreOffice (.ods atau .odt)",
        ),
        (archive({"xl/workbook.bin": b"x"}), "buku kerja biner Excel (.xlsb)"),
        (archive({"foto/1.txt": b"x"}), "arsip ZIP"),
        (b"Nama;Unit\nAni\x00;Desa\n", "berkas biner yang tidak dikenal"),
        (b"\x01\x02\x81\x8d\x8f", "berkas biner yang tidak dikenal"),
    ],
)
def test_a_renamed_file_is_named_for_what_it_is(blob, kind):
    assert fault_of(blob) == (
        f"Berkas “daftar.xlsx” sebenarnya {kind}, bukan tabel. "
        "Buka daftar aslinya di Excel, lalu pilih Simpan sebagai Excel (.xlsx)."
    )


def test_an_old_workbook_is_to_be_saved_as_xlsx():
    assert fault_of(COMPOUND + "Workbook".encode("utf-16-le"), "daftar.xls") == (
        "Berkas “daftar.xls” dalam format Excel lama (.xls). "
        "Buka di Excel, lalu pilih Simpan sebagai Excel (.xlsx)."
    )


def test_a_workbook_with_a_password_is_named_as_such():
    locked_workbook = COMPOUND + "EncryptedPackage".encode("utf-16-le")
    locked_zip = bytearray(workbook([HEADS]))
    for mark, offset in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        place = locked_zip.index(mark)
        locked_zip[place + offset] |= 1

    assert "dilindungi kata sandi" in fault_of(locked_workbook)
    assert "dilindungi kata sandi" in fault_of(bytes(locked_zip))


def test_a_text_that_begins_like_a_picture_is_still_a_table():
    table = read_table("daftar.csv", b"BMKG;Unit\nAni;Desa\n", HEADS)

    assert table.header_row.cells == ("BMKG", "Unit")


def test_a_file_beyond_five_megabytes_is_refused_before_it_is_looked_at():
    assert fault_of(b"Nama;Unit\n" + b"Ani;Desa\n" * 700_000) == (
        "Berkas “daftar.xlsx” lebih besar dari 5 MB. "
        "Hapus gambar dan lembar yang tidak perlu, simpan, lalu unggah lagi."
    )


def test_a_file_cut_short_is_called_damaged():
    whole = workbook([HEADS, ("Ani", "Desa")])

    assert "rusak atau tidak utuh" in fault_of(whole[:-40])
    assert "rusak atau tidak utuh" in fault_of(whole[: len(whole) // 2])


def test_a_bomb_that_says_its_size_is_refused_unopened():
    bomb = with_part(workbook([HEADS]), "xl/worksheets/sheet1.xml", b" " * 30_000_000)

    tracemalloc.start()
    message = fault_of(bomb)
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()

    assert len(bomb) < 100_000
    assert "terlalu besar untuk sebuah daftar" in message
    assert peak < 3_000_000


def test_of_a_bomb_that_lies_about_its_size_the_parser_sees_only_what_was_declared():
    cells = '<row r="1"><c r="A1" t="inlineStr"><is><t>Nama</t></is></c></row>'
    strings = b"<sst/>"
    bomb = bytearray(
        with_part(
            with_sheet_xml(f"<sheetData>{cells}</sheetData>"),
            "xl/sharedStrings.xml",
            strings + b" " * 20_000_000,
        )
    )
    last_entry = bomb.rindex(b"PK\x01\x02")
    struct.pack_into("<I", bomb, last_entry + 16, zlib.crc32(strings))
    struct.pack_into("<I", bomb, last_entry + 24, len(strings))

    tracemalloc.start()
    table = read_table("daftar.xlsx", bytes(bomb), HEADS)
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()

    assert table.header_row.cells == ("Nama",)
    assert peak < 3_000_000


def test_an_archive_of_thousands_of_parts_is_refused():
    parts = {f"xl/{number}.xml": b"<a/>" for number in range(1_001)}

    assert "terlalu besar" in fault_of(archive({"xl/workbook.xml": b"<a/>", **parts}))


@pytest.mark.parametrize(
    "sheet",
    [
        '<row r="1"><c r="A1"><v>1</v></c><c r="A1048576"><v>2</v></c></row>',
        '<row r="1"><c r="A1"><v>1</v></c></row><row r="900000"><c><v>2</v></c></row>',
        "<row/>" * 6_000 + "<row><c><v>2</v></c></row>",
        '<row r="6000"><c r="A1"><v>1</v></c></row><row><c><v>2</v></c></row>',
        '<row r="1"><c r="a999999" t="inlineStr"><is><t>x</t></is></c></row>',
    ],
)
def test_a_cell_far_below_is_refused_before_the_parser_makes_room_for_it(sheet):
    assert "lebih dari 5.000 baris" in fault_of(with_sheet_xml(f"<sheetData>{sheet}</sheetData>"))


def test_a_prefix_does_not_hide_a_cell_from_being_measured():
    hidden = (
        '<x:sheetData xmlns:x="u"><x:row><x:c r="A999999"><x:v>1</x:v></x:c></x:row></x:sheetData>'
    )

    assert "lebih dari 5.000 baris" in fault_of(with_sheet_xml(hidden))


def test_a_cell_far_to_the_right_is_refused():
    far = '<sheetData><row r="1"><c r="XFD1"><v>1</v></c></row></sheetData>'

    assert "lebih dari 100 kolom (ada isi di baris 1)" in fault_of(with_sheet_xml(far))


def test_formatted_but_empty_cells_far_away_do_no_harm():
    sheet = (
        '<sheetData><row r="1"><c r="A1" t="inlineStr"><is><t>Nama</t></is></c></row>'
        '<row r="1048576"><c r="XFD1048576"/></row></sheetData>'
    )

    table = read_table("daftar.xlsx", with_sheet_xml(sheet), HEADS)

    assert table.header_row.cells == ("Nama",)


@pytest.mark.parametrize("place", ["$A$1", "A", "AAAA1", "A123456789", "1"])
def test_a_reference_no_program_writes_is_called_damaged(place):
    sheet = f'<sheetData><row r="1"><c r="{place}"><v>1</v></c></row></sheetData>'

    assert "rusak atau tidak utuh" in fault_of(with_sheet_xml(sheet))


def test_one_long_text_shared_by_many_cells_is_refused():
    cell = '<c t="s"><v>0</v></c>'
    sheet = with_sheet_xml(f"<sheetData>{f'<row>{cell * 50}</row>' * 1_000}</sheetData>")
    strings = f"<sst><si><t>{'x' * 32_000}</t></si></sst>"

    blob = with_part(sheet, "xl/sharedStrings.xml", strings.encode())

    assert "terlalu besar untuk sebuah daftar" in fault_of(blob)


def test_a_million_elements_are_not_worked_through():
    empty_cells = with_sheet_xml(f"<sheetData>{'<c/>' * 1_000_001}</sheetData>")

    assert "terlalu besar untuk sebuah daftar" in fault_of(empty_cells)


def test_a_csv_of_blank_lines_is_given_up_early():
    assert "lebih dari 5.000 baris" in fault_of(b"Nama;Unit\n" + b"\n" * 60_000, "daftar.csv")


def test_entities_that_multiply_are_refused():
    head = '<!DOCTYPE a [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;&a;&a;">]>'

    assert "DOCTYPE" in fault_of(with_sheet_xml("<sheetData/>", head))


@pytest.mark.parametrize("encoding", ["UTF-65536", "utf-7", "idna", "punycode", "hex", "undefined"])
def test_letters_nobody_can_read_make_a_damaged_file(encoding):
    head = f'<?xml version="1.0" encoding="{encoding}"?>'

    assert "rusak atau tidak utuh" in fault_of(with_sheet_xml("<sheetData/>", head))


def test_sheets_that_are_large_only_together_are_refused():
    far = [["Nama"], *[[]] * 4_998, [None] * 98 + ["x"]]

    assert "terlalu besar" in fault_of(workbook_of({str(n): far for n in range(5)}))
    assert read_table("daftar.xlsx", workbook_of({str(n): far for n in range(4)}), HEADS)


def test_rows_that_are_many_only_together_are_refused():
    rows = [["Nama"], *[["Ani"]] * 4_999]

    assert "terlalu besar" in fault_of(workbook_of({str(n): rows for n in range(5)}))


def test_one_sheet_under_many_names_is_refused():
    book = workbook_of({"Satu": [["Nama"]], "Dua": [["Nama"]]})
    with zipfile.ZipFile(io.BytesIO(book)) as whole:
        links = whole.read("xl/_rels/workbook.xml.rels")
        sheets = whole.read("xl/workbook.xml")

    one = links.replace(b"worksheets/sheet2.xml", b"worksheets/sheet1.xml")
    assert "rusak" in fault_of(with_part(book, "xl/_rels/workbook.xml.rels", one))
    twice = sheets.replace(b'r:id="rId2"', b'r:id="rId1"')
    assert "rusak" in fault_of(with_part(book, "xl/workbook.xml", twice))


def test_merged_ranges_upon_each_other_are_left_alone():
    one = '<mergeCell ref="A1:A3"/>'
    cells = "".join(
        f'<row r="{n}"><c r="A{n}" t="inlineStr"><is><t>{text}</t></is></c></row>'
        for n, text in enumerate(("Nama", "Ani", "Budi"), start=1)
    )
    blob = with_sheet_xml(f"<sheetData>{cells}</sheetData><mergeCells>{one * 9}</mergeCells>")

    assert [row.cells for row in read_table("daftar.xlsx", blob, HEADS).rows] == [
        ("Ani",),
        ("Budi",),
    ]


def test_macros_and_pictures_are_not_unpacked():
    blob = with_part(workbook([HEADS, ("Ani", "Desa")]), "xl/vbaProject.bin", b"macro")

    assert read_table("daftar.xlsm", blob, HEADS).rows[0].cells == ("Ani", "Desa")


def test_a_file_name_is_shown_short_and_without_control_characters():
    message = fault_of(PNG, "daf\x07tar\u202e" + "x" * 200 + ".xlsx")

    assert message.startswith("Berkas “daftar" + "x" * 53 + "…” sebenarnya")


@given(place=st.integers(0, 5_000), byte=st.integers(0, 255))
@settings(max_examples=150)
def test_a_changed_byte_gives_a_table_or_a_fault(place, byte):
    blob = bytearray(workbook([HEADS, ("Ani", "Desa")]))
    blob[place % len(blob)] = byte

    try:
        rows = len(read_table("daftar.xlsx", bytes(blob), HEADS).rows)
    except TableFault as fault:
        rows = 0
        assert "“daftar.xlsx”" in str(fault)

    assert rows <= 2


@given(blob=st.binary(max_size=400))
def test_any_bytes_give_a_table_or_a_fault(blob):
    try:
        read = read_table("daftar.csv", blob, HEADS).header_row.number
    except TableFault as fault:
        assert str(fault).endswith(".")
    else:
        assert read >= 1


def test_parts_with_the_same_name_do_not_upset_the_reader():
    twice = io.BytesIO(workbook([HEADS, ("Ani", "Desa")]))
    with pytest.warns(UserWarning, match="Duplicate name"), zipfile.ZipFile(twice, "a") as book:
        book.writestr("[Content_Types].xml", book.read("[Content_Types].xml"))

    assert read_table("daftar.xlsx", twice.getvalue(), HEADS).rows[0].cells == ("Ani", "Desa")
