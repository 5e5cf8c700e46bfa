"""The template people fill in, opened as Excel would."""

import io
import zipfile

import pytest
import python_calamine

from quiz.assessment.items.item import Status
from quiz.exchange.rosters.reading import read_roster, roster_template, roster_template_csv
from quiz.exchange.rosters.template import EXAMPLES
from quiz.exchange.tables.tabular import read_table
from tests.exchange.tables.workbooks import workbook

HEADS = ("No", "Nama", "NIP", "Status", "Unit", "Jabatan")


def sheet_xml(blob, number=1):
    with zipfile.ZipFile(io.BytesIO(blob)) as book:
        return book.read(f"xl/worksheets/sheet{number}.xml").decode()


@pytest.mark.parametrize(
    "blob", [roster_template(), roster_template_csv(), roster_template(["Desa Contoh"])]
)
def test_the_template_unchanged_holds_nobody(blob):
    roster = read_roster("templat", blob)

    assert [fault.message for fault in roster.faults] == [
        "Belum ada peserta di bawah judul kolom. Isi satu baris untuk tiap orang."
    ]


def test_the_template_shows_the_heads_and_two_invented_people():
    table = read_table("templat.xlsx", roster_template(), HEADS)

    assert (table.sheet, table.header_row.cells) == ("Daftar peserta", HEADS)
    assert [row.cells[1:3] for row in table.rows] == [
        ("Contoh Satu (hapus baris ini)", "000000000000000001"),
        ("Contoh Dua (hapus baris ini)", None),
    ]


def test_an_example_whose_nip_excel_has_shortened_is_still_passed_over():
    reopened = roster_template_csv().replace(b"000000000000000001", b"1")

    roster = read_roster("templat.csv", reopened)

    assert [fault.row for fault in roster.faults] == [1]


def test_people_below_the_examples_are_read():
    rows = [row.cells for row in read_table("t.xlsx", roster_template(), HEADS).rows]

    roster = read_roster("t.xlsx", workbook([HEADS, *rows, ("1", "Ani", "", "PNS", "Desa", "")]))

    assert (roster.faults, [(row.row_number, row.name) for row in roster.rows]) == (
        [],
        [(4, "Ani")],
    )


def test_an_example_half_changed_is_a_fault():
    changed = ("1", EXAMPLES[0].name, "", "PNS", "Desa Contoh", "")

    roster = read_roster("t.xlsx", workbook([HEADS, changed]))

    assert [fault.sentence for fault in roster.faults] == [
        "Baris 2, kolom Nama (B): Ini baris contoh. Hapus, atau ganti dengan nama peserta."
    ]


def test_the_nip_column_is_text_beyond_the_examples_too():
    blob = roster_template()
    with zipfile.ZipFile(io.BytesIO(blob)) as book:
        styles = book.read("xl/styles.xml").decode()

    formats = styles.split("<cellXfs")[1].split("<xf ")[1:]
    column = sheet_xml(blob).split('<col min="3" max="3"')[1].split("/>")[0]
    style = int(column.split('style="')[1].split('"')[0])

    assert formats[style].startswith('numFmtId="49"')


def test_excel_offers_every_status_and_refuses_others():
    xml = sheet_xml(roster_template())
    labels = ",".join(status.label for status in Status)

    assert xml.count("<dataValidation ") == 1
    assert f'<formula1>"{labels}"</formula1>' in xml
    assert 'sqref="D2:D5001"' in xml


def test_units_are_listed_and_offered_when_given():
    blob = roster_template(["Desa Contoh", "=1+1"])

    sheets = python_calamine.load_workbook(io.BytesIO(blob))
    units = sheets.get_sheet_by_name("Daftar unit").to_python()

    assert sheets.sheet_names == ["Daftar peserta", "Petunjuk", "Daftar unit"]
    assert units == [["Unit terdaftar"], ["Desa Contoh"], ["=1+1"]]
    assert "<formula1>'Daftar unit'!$A$2:$A$3</formula1>" in sheet_xml(blob)


def test_the_guide_says_how_to_keep_a_nip():
    book = python_calamine.load_workbook(io.BytesIO(roster_template()))

    lines = [row[0] for row in book.get_sheet_by_name("Petunjuk").to_python()]

    assert lines[0] == "Petunjuk mengisi"
    assert [line for line in lines if line.startswith("NIP: 18 angka.")] == [lines[3]]
