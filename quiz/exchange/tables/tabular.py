"""A table from whatever file an office sends: Excel or CSV, with or without titles above it."""

from collections.abc import Collection

from quiz.exchange.tables.delimited import SEPARATORS, decoded, empty, separated_grid
from quiz.exchange.tables.disguise import refuse_other_kinds, shown_name
from quiz.exchange.tables.table import (
    HEADER_WITHIN,
    MAX_BYTES,
    MAX_ROWS,
    Grid,
    Row,
    Table,
    TableFault,
    plain_head,
    too_many_rows,
)
from quiz.exchange.tables.workbook import workbook_grids

__all__ = ["Grid", "Row", "Table", "TableFault", "read_grids", "read_table"]

LINES_TRIED = 60
"""First lines of a CSV file that show which separator it has."""

_ZIP_MARK = b"PK\x03\x04"


def read_table(name: str, blob: bytes, heads: Collection[str] = ()) -> Table:
    """The table in a file called ``name``.

    ``heads`` are the column heads that may occur; case, spaces and punctuation do not matter. The
    sheet and, within the first ``HEADER_WITHIN`` rows, the header are those that show most of
    them. Without any, the header is the first row with two filled cells. A file's content decides
    what it is, not its name. Raises TableFault.
    """
    known = {plain_head(head) for head in heads}
    grid = max(read_grids(name, blob, heads), key=lambda grid: _grid_rank(grid, known)[0])
    header = max(grid.rows[:HEADER_WITHIN], key=lambda row: _header_rank(row, known))
    rows = tuple(row for row in grid.rows if row.number > header.number)
    if len(rows) > MAX_ROWS:
        raise too_many_rows()
    return Table(grid.sheet, header, rows)


def read_grids(name: str, blob: bytes, heads: Collection[str] = ()) -> list[Grid]:
    """Every sheet of a file that holds something, in their order; a CSV file is one.

    ``heads`` tell which separator a CSV file has. Raises TableFault.
    """
    if len(blob) > MAX_BYTES:
        raise TableFault(
            f"Berkas “{shown_name(name)}” lebih besar dari {MAX_BYTES // 1_000_000} MB. "
            "Hapus gambar dan lembar yang tidak perlu, simpan, lalu unggah lagi."
        )
    if not blob.strip():
        raise empty(name)
    refuse_other_kinds(name, blob)
    if blob.startswith(_ZIP_MARK):
        grids = [grid for grid in workbook_grids(name, blob) if grid.rows]
    else:
        grids = [_separated(name, decoded(name, blob), {plain_head(head) for head in heads})]
    if not any(grid.rows for grid in grids):
        raise empty(name)
    return grids


def _separated(name: str, text: str, known: set[str]) -> Grid:
    starts = {
        separator: separated_grid(text, separator, limit=LINES_TRIED) for separator in SEPARATORS
    }
    if not starts[";"].rows:
        raise empty(name)
    best = max(starts, key=lambda each: _grid_rank(starts[each], known, LINES_TRIED))
    return separated_grid(text, best)


def _grid_rank(grid: Grid, known: set[str], within: int = HEADER_WITHIN) -> tuple[int, int]:
    """How many known heads the best of the first rows shows; then, how wide the usual row is."""
    widths = sorted(row.filled for row in grid.rows)
    best = max((_known_heads(row, known) for row in grid.rows[:within]), default=0)
    return best, widths[len(widths) // 2] if widths else 0


def _header_rank(row: Row, known: set[str]) -> tuple[int, bool]:
    return _known_heads(row, known), row.filled > 1


def _known_heads(row: Row, known: set[str]) -> int:
    return len({plain_head(cell) for cell in row.cells} & known)
