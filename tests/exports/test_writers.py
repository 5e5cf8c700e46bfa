"""The writers of downloads, each file read back by a program that did not write it."""

import csv
import io
import json
import zipfile
from datetime import UTC, date, datetime
from decimal import Decimal
from fractions import Fraction

import pytest
import python_calamine
from hypothesis import given, settings
from hypothesis import strategies as st

from quiz.exchange.rosters.reading import read_roster
from quiz.exports.files import csv_file, json_file, xlsx_file
from quiz.exports.files.table_out import Head, TableOut, plain_cell

HEADS = [
    Head("name", "Nama"),
    Head("nip", "NIP", "nip"),
    Head("submitted", "Mengirim", "integer"),
    Head("mean", "Nilai rata-rata", "percent"),
    Head("index", "Daya pembeda", "decimal"),
    Head("day", "Tanggal", "date"),
    Head("at", "Pukul", "datetime"),
    Head("present", "Hadir"),
]
ANI = [
    "Ani Lestari",
    "198001012005012001",
    7,
    Fraction(125, 2),
    0.285,
    date(2024, 11, 22),
    datetime(2024, 11, 22, 1, 5, tzinfo=UTC),
    True,
]
NOBODY = [None] * 8
TWO = [Head("name", "Nama"), Head("reason", "Alasan")]
INVISIBLE = (
    "\u200b\u200c\u200d\u200e\u200f\u202a\u2060\u2061\ufeff\u00a0\u00ad\u180e\u2000\u2007\u2028\u2029"
    "\u202f\u205f\u3000\u034f\u115f\u1160\u17b4\u2800\u3164\uffa0\ufe0f\u0301\U000e0020\x00\x01\x0b\x1b\x7f\x85"
)
ATTACKS = [
    "=1+1",
    "+1",
    "-1",
    "@SUM(A1)",
    "  =1+1",
    "\uff1d1+1",
    '=HYPERLINK("http://contoh.invalid";"x")',
    "=cmd|' /C calc'!A0",
    *(f"{letter}=1+1" for letter in INVISIBLE),
    "\ufeff\u200b \u00ad=1+1",
    *("\uff0b1", "\uff0d1", "\uff20A1", "\ufe66" + "1", "\ufe62" + "1", "\ufe63" + "1", "\ufe6bA1"),
    *("\u22121", "\u20131+1", "\u207c1", "\ttab", "\rbaris", "\nbaris"),
]


def table(rows, heads=HEADS, **more):
    return TableOut("Laporan per unit", heads, rows, **more)


def csv_rows(blob):
    return list(csv.reader(io.StringIO(blob.decode("utf-8-sig"), newline=""), delimiter=";"))


def sheet(blob):
    return python_calamine.load_workbook(io.BytesIO(blob)).get_sheet_by_index(0).to_python()


def part(blob, name):
    with zipfile.ZipFile(io.BytesIO(blob)) as book:
        return book.read(name).decode()


def test_csv_is_what_indonesian_excel_opens():
    blob = csv_file.write(table([ANI, NOBODY], notes=["Catatan"]))

    assert blob.startswith(b"\xef\xbb\xbfNama;NIP;")
    assert csv_rows(blob) == [
        [head.label for head in HEADS],
        [
            "Ani Lestari",
            "'198001012005012001",
            "7",
            "62,5",
            "0,29",
            "2024-11-22",
            "2024-11-22 09:05",
            "Ya",
        ],
        [""] * 8,
    ]


@pytest.mark.parametrize("attack", ATTACKS)
def test_csv_keeps_a_formula_from_being_computed(attack):
    blob = csv_file.write(table([[attack]], [Head("x", attack)]))

    assert csv_rows(blob) == [[f"'{attack}"], [f"'{attack}"]]


@pytest.mark.parametrize("separator", [",", "\t", "\r", "\n"])
@pytest.mark.parametrize("formula", ["=1+1", "+1", "-1", "@A1", "\u200b =1", "\uff1d1"])
@pytest.mark.parametrize("before", ["", "Ani", 'Ani"', "Ani, S.Sos."])
def test_csv_keeps_it_so_where_another_separator_cuts_the_text(before, separator, formula):
    blob = csv_file.write(table([["Budi", f"{before}{separator}{formula}{separator}x"]], TWO))

    text = blob.decode("utf-8-sig").replace("\r", "\n")
    cells = [cell for line in text.split("\n") for cell in line.split(separator)]
    assert [cell for cell in cells if cell.strip('" ').startswith(formula)] == []
    assert f"'{formula}" in text


def test_csv_leaves_numbers_below_zero_numbers():
    heads = [Head("x", "Selisih", "decimal"), Head("y", "Poin", "integer")]

    blob = csv_file.write(table([[Fraction(-5, 2), -3]], heads))

    assert csv_rows(blob)[1] == ["-2,50", "-3"]


@pytest.mark.parametrize(
    "text", ["a;b", 'a"b', "a\nb", "a'b", "Ñ", "1985", "Ani, S.Sos., M.Si.", "a-b, c=d"]
)
def test_csv_gives_other_texts_back_as_they_are(text):
    assert csv_rows(csv_file.write(table([[text]], [Head("x", "X")])))[1] == [text]


def test_a_list_of_people_written_as_csv_can_be_read_as_a_roster():
    heads = [Head(k, k) for k in ("Nama", "Status", "Unit")] + [Head("nip", "NIP", "nip")]
    blob = csv_file.write(table([["Ani", "PNS", "Desa", "198001012005012001"]], heads))

    roster = read_roster("daftar.csv", blob)

    assert [(row.name, row.nip) for row in roster.rows] == [("Ani", "198001012005012001")]


def test_xlsx_shows_title_heads_rows_and_notes():
    blob = xlsx_file.write(table([ANI, NOBODY, ANI], notes=["n < 5 digabung.", "Sumber: kuis."]))

    rows = sheet(blob)

    assert rows[0][0] == "Laporan per unit"
    assert rows[2] == [head.label for head in HEADS]
    assert rows[3] == [
        "Ani Lestari",
        "198001012005012001",
        7.0,
        62.5,
        0.29,
        date(2024, 11, 22),
        datetime(2024, 11, 22, 9, 5),  # noqa: DTZ001 - Excel knows no time zones
        "Ya",
    ]
    assert rows[4] == [""] * 8
    assert [row[0] for row in rows[6:]] == ["", "n < 5 digabung.", "Sumber: kuis."]


@pytest.mark.parametrize("attack", [*ATTACKS, "http://contoh.invalid", "1985", "007", "TRUE"])
def test_xlsx_keeps_a_text_a_text(attack):
    blob = xlsx_file.write(TableOut(attack, [Head("x", attack)], [[attack]], notes=[attack]))

    xml = part(blob, "xl/worksheets/sheet1.xml")

    written = [row[0] for row in sheet(blob) if row[0]]
    assert [text.replace("\n", "").replace("\r", "") for text in written] == [
        attack.replace("\n", "").replace("\r", "")
    ] * 4
    assert ("<f>" in xml, "<hyperlink" in xml) == (False, False)


def test_xlsx_freezes_and_repeats_the_heads():
    blob = xlsx_file.write(table([ANI]))

    assert '<pane ySplit="3" topLeftCell="A4"' in part(blob, "xl/worksheets/sheet1.xml")
    assert "Data!$3:$3" in part(blob, "xl/workbook.xml")


@pytest.mark.parametrize(("totals", "filtered"), [(0, "A3:H5"), (1, "A3:H4")])
def test_xlsx_can_be_sorted_and_filtered_without_what_sums_it_up(totals, filtered):
    blob = xlsx_file.write(TableOut("Unit", HEADS, [ANI, NOBODY], totals=totals))

    sheet = zipfile.ZipFile(io.BytesIO(blob)).read("xl/worksheets/sheet1.xml").decode()
    assert f'<autoFilter ref="{filtered}"/>' in sheet


def test_xlsx_writes_a_nip_in_excels_own_text_format():
    blob = xlsx_file.write(table([ANI]))
    formats = part(blob, "xl/styles.xml").split("<cellXfs")[1].split("<xf ")[1:]

    cell = part(blob, "xl/worksheets/sheet1.xml").split('<c r="B4" ')[1].split(">")[0]
    style = int(cell.split('s="')[1].split('"')[0])

    assert formats[style].startswith('numFmtId="49"')
    assert cell.endswith('t="s"')


def test_xlsx_columns_are_as_wide_as_what_they_hold():
    heads = [Head("a", "A"), Head("b", "B"), Head("c", "C")]
    blob = xlsx_file.write(table([["x", "x" * 30, "x" * 500]], heads))

    columns = part(blob, "xl/worksheets/sheet1.xml").split("<cols>")[1].split("</cols>")[0]
    widths = [round(float(each.split('"')[0])) for each in columns.split('width="')[1:]]

    assert widths == [9, 33, 61]


def test_xlsx_cuts_a_text_beyond_what_excel_holds_rather_than_dropping_it():
    blob = xlsx_file.write(table([["x" * 40_000]], [Head("a", "A")]))

    assert len(sheet(blob)[3][0]) == 32_767


def test_json_by_keys_holds_numbers_dates_and_null():
    blob = json_file.write(table([ANI, NOBODY], notes=["Catatan"]))

    assert json.loads(blob) == {
        "title": "Laporan per unit",
        "columns": [{"key": head.key, "label": head.label} for head in HEADS],
        "rows": [
            {
                "name": "Ani Lestari",
                "nip": "198001012005012001",
                "submitted": 7,
                "mean": 62.5,
                "index": 0.29,
                "day": "2024-11-22",
                "at": "2024-11-22T01:05:00Z",
                "present": "Ya",
            },
            dict.fromkeys((head.key for head in HEADS), None),
        ],
        "notes": ["Catatan"],
    }


def test_json_of_its_own_is_written_as_it_is():
    own = {
        "event": "LJN-482",
        "as_of": datetime(2024, 11, 22, 1, 5, tzinfo=UTC),
        "units": [{"name": "Désa", "mean": Fraction(200, 3), "low": None, "part": Decimal("1.5")}],
    }

    blob = json_file.write(table([ANI], json=own))

    assert json.loads(blob) == {
        "event": "LJN-482",
        "as_of": "2024-11-22T01:05:00Z",
        "units": [{"name": "Désa", "mean": 66.7, "low": None, "part": 1.5}],
    }
    assert "Désa".encode() in blob


def test_json_refuses_what_it_has_no_form_for():
    with pytest.raises(TypeError, match="no JSON form for set"):
        json_file.write(table([], json={"x": {1}}))
    with pytest.raises(ValueError, match="no time zone"):
        json_file.write(table([], json={"x": datetime(2024, 11, 22)}))  # noqa: DTZ001 - the fault


@pytest.mark.parametrize("write", [csv_file.write, xlsx_file.write, json_file.write])
def test_a_row_must_have_a_cell_for_each_head(write):
    with pytest.raises(ValueError, match="zip"):
        write(table([["Ani"]]))


@pytest.mark.parametrize("write", [csv_file.write, xlsx_file.write, json_file.write])
def test_a_table_without_rows_still_has_its_heads(write):
    blob = write(table([], [Head("x", "Satu-satunya")]))

    shown = part(blob, "xl/sharedStrings.xml") if blob[:2] == b"PK" else blob.decode()
    assert shown.count("Satu-satunya") == 1


@pytest.mark.parametrize(
    ("cell", "kind", "plain"),
    [
        (Fraction(1, 8), "decimal", Decimal("0.13")),
        (Fraction(665, 10), "integer", 67),
        (62, "percent", Decimal("62.0")),
        (Fraction(1, 3), "text", Decimal("0.33")),
        (12, "text", 12),
        (198001012005012001, "nip", "198001012005012001"),
        (False, "text", "Tidak"),
        (None, "percent", None),
        ("–", "percent", "–"),
    ],
)
def test_numbers_are_rounded_half_up_to_their_kinds_places(cell, kind, plain):
    assert plain_cell(cell, kind) == plain


texts = st.text(st.characters(exclude_categories=["Cs", "Cc"]), min_size=1, max_size=40)


@given(text=texts)
@settings(max_examples=60)
def test_any_text_comes_back_the_same_from_every_format(text):
    one = table([[text]], [Head("x", "X")])

    from_csv = csv_rows(csv_file.write(one))[1][0]
    from_json = json.loads(json_file.write(one))["rows"][0]["x"]

    assert from_csv in (text, f"'{text}")
    assert from_json == text
    assert sheet(xlsx_file.write(one))[3][0] == text
