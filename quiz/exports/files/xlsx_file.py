"""Excel workbooks in which a text stays a text, ready to be sorted, filtered and printed."""

from __future__ import annotations

import io
from collections.abc import Sequence
from datetime import date, datetime
from decimal import Decimal
from typing import TYPE_CHECKING

from quiz.exports.files.table_out import Kind, PlainCell, TableOut, plain_rows

if TYPE_CHECKING:
    from xlsxwriter.format import Format
    from xlsxwriter.workbook import Workbook
    from xlsxwriter.worksheet import Worksheet

MEDIA_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"

_OPTIONS = {
    "in_memory": True,
    "strings_to_formulas": False,
    "strings_to_urls": False,
    "strings_to_numbers": False,
}
_NUMBER_FORMATS: dict[Kind, int | str] = {
    "text": 0,
    "nip": 49,
    "integer": 1,
    "percent": "0.0",
    "decimal": 2,
    "date": "[$-421]d mmmm yyyy",
    "datetime": '[$-421]d mmmm yyyy hh"."mm',
}
"""Excel's own numbers where it has one: 49 is the format it calls Teks."""

_HEADER_ROW = 2
_LONGEST_TEXT = 32_767
_NARROWEST, _WIDEST = 8, 60
_DATE_WIDTH = 24
_A4 = 9


def write(table: TableOut) -> bytes:
    """Title, frozen heads, rows, and the notes below. A text beyond Excel's 32,767 is cut."""
    import xlsxwriter  # noqa: PLC0415  # heavy; most starts download nothing

    made = io.BytesIO()
    with xlsxwriter.Workbook(made, _OPTIONS) as book:
        book.set_properties({"title": table.title})
        sheet = book.add_worksheet("Data")
        rows = plain_rows(table)
        _write_heads(book, sheet, table)
        _write_rows(book, sheet, table, rows)
        _set_widths(sheet, table, rows)
        _set_filter(sheet, table)
        for number, note in enumerate(table.notes, start=_HEADER_ROW + len(rows) + 2):
            sheet.write_string(number, 0, note[:_LONGEST_TEXT])
        _set_print(sheet)
    return made.getvalue()


def _write_heads(book: Workbook, sheet: Worksheet, table: TableOut) -> None:
    sheet.write_string(0, 0, table.title, book.add_format({"bold": True, "font_size": 14}))
    bold = book.add_format({"bold": True, "bottom": 1, "text_wrap": True, "valign": "top"})
    for place, head in enumerate(table.heads):
        sheet.write_string(_HEADER_ROW, place, head.label, bold)
    sheet.freeze_panes(_HEADER_ROW + 1, 0)


def _write_rows(
    book: Workbook, sheet: Worksheet, table: TableOut, rows: Sequence[Sequence[PlainCell]]
) -> None:
    formats = {kind: book.add_format(_cell_style(kind)) for kind in _NUMBER_FORMATS}
    for number, row in enumerate(rows, start=_HEADER_ROW + 1):
        for place, (cell, head) in enumerate(zip(row, table.heads, strict=True)):
            _write_cell(sheet, (number, place), cell, formats[head.kind])


def _cell_style(kind: Kind) -> dict[str, object]:
    style: dict[str, object] = {"num_format": _NUMBER_FORMATS[kind], "valign": "top"}
    return {**style, "text_wrap": True} if kind == "text" else style


def _write_cell(
    sheet: Worksheet, place: tuple[int, int], cell: PlainCell, cell_format: Format
) -> None:
    if cell is None:
        sheet.write_blank(*place, None, cell_format)
    elif isinstance(cell, str):
        sheet.write_string(*place, cell[:_LONGEST_TEXT], cell_format)
    elif isinstance(cell, int | Decimal):
        sheet.write_number(*place, cell, cell_format)
    elif isinstance(cell, datetime):
        sheet.write_datetime(*place, cell.replace(tzinfo=None), cell_format)
    else:
        sheet.write_datetime(*place, cell, cell_format)


def _set_widths(sheet: Worksheet, table: TableOut, rows: Sequence[Sequence[PlainCell]]) -> None:
    for place, head in enumerate(table.heads):
        longest = max((_width(row[place]) for row in rows), default=0)
        needed = max(longest, len(head.label)) + 2
        sheet.set_column(place, place, min(max(needed, _NARROWEST), _WIDEST))


def _set_filter(sheet: Worksheet, table: TableOut) -> None:
    """Sorting and filtering by each head; what sums the rows up stays where it is."""
    last = _HEADER_ROW + len(table.rows) - table.totals
    if last > _HEADER_ROW:
        sheet.autofilter(_HEADER_ROW, 0, last, len(table.heads) - 1)


def _width(cell: PlainCell) -> int:
    if isinstance(cell, date):
        return _DATE_WIDTH
    return 0 if cell is None else len(str(cell))


def _set_print(sheet: Worksheet) -> None:
    """A4 across, one page wide, the heads on every page."""
    sheet.set_paper(_A4)
    sheet.set_landscape()
    sheet.fit_to_pages(1, 0)
    sheet.repeat_rows(_HEADER_ROW)
