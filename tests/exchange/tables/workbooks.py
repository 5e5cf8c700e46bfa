"""Workbooks as offices make them, and as an attacker would."""

import io
import zipfile
from collections.abc import Sequence

import xlsxwriter
from xlsxwriter.worksheet import Worksheet

Value = str | float | bool | None
_MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"


def workbook(rows: Sequence[Sequence[Value]], *, at_row: int = 1, sheet: str = "Lembar1") -> bytes:
    """A workbook with these rows; texts are written as texts, numbers as numbers."""
    return workbook_of({sheet: rows}, at_row=at_row)


def workbook_of(sheets: dict[str, Sequence[Sequence[Value]]], *, at_row: int = 1) -> bytes:
    """A workbook with several sheets."""
    made = io.BytesIO()
    with xlsxwriter.Workbook(made, {"in_memory": True}) as book:
        for name, rows in sheets.items():
            write_rows(book.add_worksheet(name), rows, at_row)
    return made.getvalue()


def write_rows(sheet: Worksheet, rows: Sequence[Sequence[Value]], at_row: int = 1) -> None:
    for number, row in enumerate(rows, start=at_row - 1):
        for column, value in enumerate(row):
            if isinstance(value, str):
                sheet.write_string(number, column, value)
            elif isinstance(value, bool):
                sheet.write_boolean(number, column, value)
            elif value is not None:
                sheet.write_number(number, column, value)


def with_part(blob: bytes, name: str, content: bytes) -> bytes:
    """The archive with one part replaced or added."""
    changed = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(blob)) as old,
        zipfile.ZipFile(changed, "w", zipfile.ZIP_DEFLATED) as new,
    ):
        for part in old.namelist():
            if part != name:
                new.writestr(part, old.read(part))
        new.writestr(name, content)
    return changed.getvalue()


def with_sheet_xml(inside: str, head: str = "") -> bytes:
    """A workbook whose only sheet holds this XML below ``worksheet``."""
    xml = f'{head}<worksheet xmlns="{_MAIN}">{inside}</worksheet>'
    return with_part(workbook([["x"]]), "xl/worksheets/sheet1.xml", xml.encode())


def archive(parts: dict[str, bytes]) -> bytes:
    """A ZIP with these parts."""
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as new:
        for name, content in parts.items():
            new.writestr(name, content)
    return made.getvalue()
