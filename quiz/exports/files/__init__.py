"""Kinds of file a table can be downloaded as: a table in, bytes out. Adding one: its line here."""

from collections.abc import Callable
from dataclasses import dataclass

from quiz.exports.files import csv_file, json_file, xlsx_file
from quiz.exports.files.table_out import TableOut


@dataclass(frozen=True)
class FileKind:
    """What its button says, what browsers call it, and its writer."""

    label: str
    media_type: str
    write: Callable[[TableOut], bytes]


FILE_KINDS: dict[str, FileKind] = {
    "xlsx": FileKind("Excel", xlsx_file.MEDIA_TYPE, xlsx_file.write),
    "csv": FileKind("CSV", csv_file.MEDIA_TYPE, csv_file.write),
    "json": FileKind("JSON", json_file.MEDIA_TYPE, json_file.write),
}
"""Every kind by the ending of its files, the one most people want first."""
