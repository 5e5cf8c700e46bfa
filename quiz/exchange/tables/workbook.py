"""The sheets of an .xlsx workbook, read by calamine after they have been measured."""

import io

from python_calamine import CalamineError, CalamineSheet, CalamineWorkbook, SheetVisibleEnum

from quiz.exchange.tables.table import Cell, Grid, make_row
from quiz.exchange.tables.workbook_weight import broken, measured_workbook

MAX_SHEETS = 100
MAX_MERGED = 2_000
"""Beyond these, sheets are not read and merged cells not filled."""


def workbook_grids(name: str, blob: bytes) -> list[Grid]:
    """The visible sheets in their order. Formulas give the value Excel last saved.

    A cell merged downwards stands in each of its rows, as it looks. Raises TableFault.
    """
    packed = measured_workbook(name, blob)
    try:
        with CalamineWorkbook.from_filelike(io.BytesIO(packed)) as book:
            visible = [
                sheet.name
                for sheet in book.sheets_metadata
                if sheet.visible == SheetVisibleEnum.Visible
            ]
            return [_grid(book.get_sheet_by_name(sheet)) for sheet in visible[:MAX_SHEETS]]
    except BaseException as fault:
        if isinstance(fault, CalamineError) or type(fault).__name__ == "PanicException":
            raise broken(name) from fault
        raise


def _grid(sheet: CalamineSheet) -> Grid:
    lines = sheet.to_python(skip_empty_area=False)
    cells: list[list[Cell]] = [list(line) for line in lines]
    _fill_merged(cells, sheet)
    rows = (make_row(number, line) for number, line in enumerate(cells, start=1))
    return Grid(sheet.name, tuple(row for row in rows if row.filled))


def _fill_merged(cells: list[list[Cell]], sheet: CalamineSheet) -> None:
    """Repeat what stands at the top of a range merged within one column."""
    for (top, left), (bottom, right) in (sheet.merged_cell_ranges or [])[:MAX_MERGED]:
        if left == right and top < len(cells):
            for line in cells[top + 1 : bottom + 1]:
                line[left] = cells[top][left]
