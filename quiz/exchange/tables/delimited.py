"""The rows of a CSV file, whichever separator and encoding its program chose."""

import codecs
import csv
import io
import itertools
from collections.abc import Iterator

from quiz.exchange.tables.disguise import not_a_table, shown_name
from quiz.exchange.tables.table import (
    HEADER_WITHIN,
    MAX_COLUMNS,
    MAX_ROWS,
    Grid,
    Row,
    TableFault,
    make_row,
    too_many_rows,
)

SEPARATORS = (";", ",", "\t")
MAX_LINES = 50_000
"""Lines that are looked at, blank ones included."""

_UTF_16_MARKS = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)


def decoded(name: str, blob: bytes) -> str:
    """The text of a file in UTF-8, UTF-16 with a mark, or else Windows-1252. Raises TableFault."""
    encodings = ["utf-16"] if blob.startswith(_UTF_16_MARKS) else ["utf-8-sig", "cp1252"]
    for encoding in encodings:
        try:
            text = blob.decode(encoding)
        except UnicodeDecodeError:
            continue
        if "\x00" not in text:
            return text
    raise not_a_table(name, "berkas biner yang tidak dikenal")


def separated_grid(text: str, separator: str, limit: int | None = None) -> Grid:
    """The rows under one separator; with ``limit``, only so many first rows and no check.

    Raises TableFault, naming the row, for quotes that do not close and for too much content.
    """
    lines = _lines(text, separator, strict=limit is None)
    rows: list[Row] = []
    for number, line in enumerate(itertools.islice(lines, limit), start=1):
        if number > MAX_LINES or len(rows) > MAX_ROWS + HEADER_WITHIN:
            raise too_many_rows()
        row = make_row(number, line)
        if row.filled:
            rows.append(row)
        if any(row.cells[MAX_COLUMNS:]):
            raise TableFault(f"Baris {number} memuat lebih dari {MAX_COLUMNS} kolom.")
    return Grid(None, tuple(rows))


def empty(name: str) -> TableFault:
    """The fault of a file that holds nothing."""
    return TableFault(
        f"Berkas “{shown_name(name)}” kosong. Isi daftarnya dulu, simpan, lalu unggah lagi."
    )


def _lines(text: str, separator: str, *, strict: bool) -> Iterator[list[str]]:
    source = io.StringIO(_without_hint(text), newline="")
    lines = csv.reader(source, delimiter=separator, strict=strict)
    try:
        yield from lines
    except csv.Error as fault:
        raise TableFault(
            f"Tanda kutip di sekitar baris {lines.line_num} tidak lengkap atau selnya terlalu "
            'panjang. Perbaiki tanda " di baris itu, atau simpan sebagai Excel (.xlsx).'
        ) from fault


def _without_hint(text: str) -> str:
    """The text without Excel's first line ``sep=;``."""
    first, _, rest = text.partition("\n")
    is_hint = first.strip().lower() in {f"sep={separator}" for separator in SEPARATORS}
    return rest if is_hint or first.strip("\r\n") == "sep=\t" else text
