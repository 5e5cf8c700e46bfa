"""The sheets of an .xlsx workbook, read by calamine after they have been measured."""

import io
from collections.abc import Iterable, Iterator

from python_calamine import CalamineError, CalamineSheet, CalamineWorkbook, SheetVisibleEnum

from quiz.exchange.tables.table import Cell, Grid, TableFault, make_row
from quiz.exchange.tables.workbook_weight import broken, measured_workbook, overweight

MAX_SHEETS = 100
MAX_MERGED = 2_000
"""Beyond these, a file is refused, and merged cells are not filled."""

MAX_ROOM = 2_000_000
"""Cells of all sheets together, empty ones between filled ones too: four of the largest sheets."""

MAX_FILLED = 20_000
"""Rows of all sheets together that hold something."""


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
            if len(visible) > MAX_SHEETS:
                raise TableFault(
                    f"Berkas memuat {len(visible)} lembar, paling banyak {MAX_SHEETS}. Hapus "
                    "lembar yang tidak perlu, atau bagi menjadi beberapa berkas."
                )
            return list(_grids(name, map(book.get_sheet_by_name, visible)))
    except BaseException as fault:
        if isinstance(fault, CalamineError) or type(fault).__name__ == "PanicException":
            raise broken(name) from fault
        raise


def _grids(name: str, sheets: Iterable[CalamineSheet]) -> Iterator[Grid]:
    """The grid of each; raises TableFault as soon as they hold too much together."""
    room = filled = 0
    for sheet in sheets:
        room += sheet.total_height * sheet.total_width
        if room > MAX_ROOM:
            raise overweight(name)
        grid = _grid(sheet)
        filled += len(grid.rows)
        if filled > MAX_FILLED:
            raise overweight(name)
        yield grid


def _grid(sheet: CalamineSheet) -> Grid:
    lines = sheet.to_python(skip_empty_area=False)
    cells: list[list[Cell]] = [list(line) for line in lines]
    _fill_merged(cells, sheet)
    rows = (make_row(number, line) for number, line in enumerate(cells, start=1))
    return Grid(sheet.name, tuple(row for row in rows if row.filled))


def _fill_merged(cells: list[list[Cell]], sheet: CalamineSheet) -> None:
    """Repeat what stands at the top of a range merged within one column.

    Ranges that lie on each other, which no spreadsheet program writes, are left alone.
    """
    ranges = (sheet.merged_cell_ranges or [])[:MAX_MERGED]
    if sum(bottom - top for (top, _), (bottom, _) in ranges) > len(cells) * sheet.total_width:
        return
    for (top, left), (bottom, right) in ranges:
        if left == right and top < len(cells):
            for line in cells[top + 1 : bottom + 1]:
                line[left] = cells[top][left]
