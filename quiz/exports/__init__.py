"""What can be downloaded, and the files it can be downloaded as. Adding one: its line here."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy.orm import Session

from quiz.exports.files import csv_file, json_file, xlsx_file
from quiz.exports.files.table_out import TableOut
from quiz.exports.participants import participants
from quiz.exports.unit_figures import unit_figures
from quiz.models import Sitting
from quiz.permissions import Permission

__all__ = ["EXPORTS", "FORMATS", "Export", "FileFormat"]


@dataclass(frozen=True)
class Export:
    """Something about one sitting that can be downloaded, and the permission it asks for."""

    label: str
    permission: Permission
    table: Callable[[Session, Sitting, datetime], TableOut]


@dataclass(frozen=True)
class FileFormat:
    """A writer of files: a table in, bytes out."""

    label: str
    media_type: str
    write: Callable[[TableOut], bytes]


EXPORTS: dict[str, Export] = {
    "units": Export("Hasil per unit", Permission.SEE_REPORTS, unit_figures),
    "participants": Export("Daftar peserta", Permission.SEE_NAMED_SCORES, participants),
}
"""Every export by the name addresses and the command line use."""

FORMATS: dict[str, FileFormat] = {
    "csv": FileFormat("CSV", csv_file.MEDIA_TYPE, csv_file.write),
    "xlsx": FileFormat("Excel", xlsx_file.MEDIA_TYPE, xlsx_file.write),
    "json": FileFormat("JSON", json_file.MEDIA_TYPE, json_file.write),
}
"""Every format by the ending of its files."""
