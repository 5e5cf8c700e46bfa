"""What a workbook to fill in offers beside its rows: a column's choices, and sheets of lines."""

from collections.abc import Iterable
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from xlsxwriter.workbook import Workbook
    from xlsxwriter.worksheet import Worksheet


def offer(
    sheet: "Worksheet", place: int, rows: int, source: list[str] | str, *, others: bool = False
) -> None:
    """Let Excel offer ``source`` (texts, or cells) in column ``place`` of the first ``rows`` rows.

    With ``others`` a text that is not among them is warned of and taken.
    """
    choice = {
        "validate": "list",
        "source": source,
        "error_title": "Tidak ada dalam daftar",
        "error_message": f"{'Sebaiknya pilih' if others else 'Pilih'} salah satu dari daftar.",
        "error_type": "warning" if others else "stop",
    }
    sheet.data_validation(1, place, rows, place, choice)


def add_lines(book: "Workbook", name: str, lines: Iterable[str]) -> None:
    """Add a sheet of lines, one a row."""
    sheet = book.add_worksheet(name)
    sheet.set_column(0, 0, 100, book.add_format({"text_wrap": True, "valign": "top"}))
    for number, line in enumerate(lines):
        sheet.write_string(number, 0, line)
