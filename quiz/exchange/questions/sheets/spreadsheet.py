"""Items in Excel or CSV, one a row, as our template has them."""

from quiz.exchange.questions.imported import ImportedItem, UnreadableFile
from quiz.exchange.questions.sheets.columns import (
    COLUMNS,
    HEADS,
    STEM,
    cell_text,
    gathered_row,
    places_of,
    unread_heads,
)
from quiz.exchange.questions.typed.gathered import imported
from quiz.exchange.tables.table import Row, Table, TableFault
from quiz.exchange.tables.tabular import read_table


def read_spreadsheet(name: str, blob: bytes) -> tuple[list[ImportedItem], list[str]]:
    """The items of a workbook or CSV file, and notes on what was passed over.

    Rows without anything in our columns but a number are passed over. Raises UnreadableFile.
    """
    try:
        table = read_table(name, blob, HEADS)
    except TableFault as fault:
        raise UnreadableFile(str(fault)) from fault
    places = places_of(table.header_row)
    if STEM.key not in places:
        raise UnreadableFile(
            f"Kolom “{STEM.head}” tidak ada di baris judul (baris {table.header_row.number}). "
            "Pakai templat Excel, atau beri kolom pertanyaan judul “Soal”."
        )
    rows = [(row, _cells(row, places)) for row in table.rows]
    kept = [(row, cells) for row, cells in rows if _says_something(cells)]
    items = [
        imported(gathered_row(cells, row.number, frozenset()), number, _where(table, row))
        for number, (row, cells) in enumerate(kept, start=1)
    ]
    return items, _notes(table)


def _cells(row: Row, places: dict[str, int]) -> dict[str, str]:
    """The row's texts by column; columns the file has are there even where a cell is empty."""
    return {
        column.key: cell_text(row.cell(places[column.key]))
        for column in COLUMNS
        if column.key in places
    }


def _says_something(cells: dict[str, str]) -> bool:
    return any(text for key, text in cells.items() if key != "number")


def _where(table: Table, row: Row) -> str:
    sheet = f"lembar “{table.sheet}”, " if table.sheet else ""
    return f"{sheet}baris {row.number}"


def _notes(table: Table) -> list[str]:
    unread = unread_heads(table.header_row)
    if not unread:
        return []
    heads = ", ".join(f"“{head[:30]}”" for head in unread[:10])
    return [f"Kolom yang tidak dikenal tidak dibaca: {heads}."]
