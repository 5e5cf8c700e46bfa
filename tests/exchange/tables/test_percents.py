"""Cells that Excel shows as percentages, in every table that is read."""

import io

import pytest
import xlsxwriter

from quiz.exchange.questions import read_questions
from quiz.exchange.tables.workbook import workbook_grids
from tests.exchange.tables.workbooks import with_part


def formatted(*cells: tuple[object, str]) -> bytes:
    """A workbook of one row: values with the formats they are shown in."""
    made = io.BytesIO()
    with xlsxwriter.Workbook(made, {"in_memory": True}) as book:
        sheet = book.add_worksheet("Lembar1")
        for column, (value, code) in enumerate(cells):
            sheet.write(0, column, value, book.add_format({"num_format": code}))
    return made.getvalue()


def read(blob: bytes) -> tuple[object, ...]:
    [grid] = workbook_grids("daftar.xlsx", blob)
    return grid.rows[0].cells


@pytest.mark.parametrize(
    ("value", "code", "shown"),
    [
        (0.5, "0%", "50%"),
        (0.125, "0.00%", "12,50%"),
        (0.125, "0%", "13%"),
        (1, "0%", "100%"),
        (-0.05, "0.0%", "-5,0%"),
        (0.07, '0.0 "dari" %;[Red]-0.0%', "7,0%"),
        (0, "#,##0%", "0%"),
    ],
)
def test_a_percentage_is_read_as_it_is_shown(value: float, code: str, shown: str) -> None:
    assert read(formatted((value, code))) == (shown,)


@pytest.mark.parametrize(
    ("value", "code"),
    [(0.5, "0.00"), (0.5, '0.0" %"'), (0.5, r"0.0\%"), (0.5, "General"), ("0,5", "0%")],
)
def test_what_is_no_percentage_stays_what_it_was(value: object, code: str) -> None:
    assert read(formatted((value, code))) == (value,)


def test_a_formula_gives_its_value_as_shown() -> None:
    made = io.BytesIO()
    with xlsxwriter.Workbook(made, {"in_memory": True}) as book:
        sheet = book.add_worksheet()
        sheet.write_formula(0, 0, "=1/4", book.add_format({"num_format": "0%"}), 0.25)

    assert read(made.getvalue()) == ("25%",)


@pytest.mark.parametrize("number", ["1E+300", "NaN", "-"])
def test_a_number_that_no_percentage_can_be_is_left_alone(number: str) -> None:
    xml = (
        '<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>'
        f'<row r="1"><c r="A1" s="1"><v>{number}</v></c><c r="B1" t="inlineStr"><is><t>x</t></is>'
        "</c></row></sheetData></worksheet>"
    )
    blob = with_part(formatted((0.5, "0%")), "xl/worksheets/sheet1.xml", xml.encode())

    assert "%" not in str(read(blob))


def test_a_workbook_whose_styles_are_broken_is_read_without_them() -> None:
    blob = with_part(formatted((0.5, "0%"), ("x", "General")), "xl/styles.xml", b"<broken")

    with pytest.raises(ValueError, match="rusak"):
        read(blob)


def test_an_option_of_a_question_sheet_keeps_its_percent() -> None:
    made = io.BytesIO()
    heads = ["Soal", "A", "B", "C", "Kunci"]
    with xlsxwriter.Workbook(made, {"in_memory": True}) as book:
        sheet, percent = book.add_worksheet(), book.add_format({"num_format": "0%"})
        sheet.write_row(0, 0, heads)
        sheet.write(1, 0, "Berapa bagian yang hadir?")
        for column, share in enumerate((0.5, 0.25, 0.125), start=1):
            sheet.write(1, column, share, percent)
        sheet.write(1, 4, "A")

    [item] = read_questions("soal.xlsx", made.getvalue(), "").items

    assert [option.text for option in item.options] == ["50%", "25%", "13%"]


@pytest.mark.parametrize("number", ["1" * 5_000, "٣", "²", "-1"])
def test_a_format_numbered_beyond_all_measure_is_passed_over(number):
    styles = (
        f'<styleSheet><numFmts><numFmt numFmtId="{number}" formatCode="0%"/></numFmts>'
        f'<cellXfs><xf numFmtId="{number}"/></cellXfs></styleSheet>'
    )

    assert read(with_part(formatted((0.5, "0")), "xl/styles.xml", styles.encode())) == (0.5,)
