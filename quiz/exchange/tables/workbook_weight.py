"""What an .xlsx file may weigh before the parser sees it.

The parser holds a sheet as one full rectangle and copies a shared text into every cell that uses
it, so a file of a few hundred bytes can ask for gigabytes. Every part is unpacked here within
bounds, measured, and packed again without compression: the parser sees only what was measured.
"""

import io
import re
import zipfile
from collections.abc import Mapping
from posixpath import basename
from xml.parsers import expat

from quiz.exchange.tables.archive import BadArchive, LockedArchive, OverweightArchive, unpacked
from quiz.exchange.tables.disguise import locked, refuse_other_archives, shown_name
from quiz.exchange.tables.percents import with_percents
from quiz.exchange.tables.rich_text import with_raised_letters
from quiz.exchange.tables.table import (
    HEADER_WITHIN,
    MAX_COLUMNS,
    MAX_ROWS,
    TableFault,
    too_many_rows,
)
from quiz.exchange.tables.xml_tree import BadXml, local_name, read_through, xml_tree

MAX_ELEMENTS = 1_000_000
"""XML elements in all parts, about a second's work; 5,000 rows of 20 cells have 200,000."""

MAX_COPIED_TEXT = 60_000_000
"""Cells times the longest shared text, in characters."""

_REFERENCE = re.compile(r"([A-Za-z]{1,3})([0-9]{1,7})")
_ROW_NUMBER = re.compile(r"[0-9]{1,7}")


def measured_workbook(name: str, blob: bytes) -> bytes:
    """The same workbook, measured, packed anew and without its pictures and macros.

    Raises TableFault for a broken, locked, foreign or overweight file.
    """
    parts = _parts(name, blob)
    measure = WorkbookMeasure(name)
    try:
        for content in parts.values():
            measure.read(content)
        _refuse_shared(parts)
    except BadXml as fault:
        raise broken(name) from fault
    measure.check_copied_text()
    shown = with_percents(parts)
    return _pack({part: with_raised_letters(content) for part, content in shown.items()})


def broken(name: str) -> TableFault:
    """The fault of a workbook that is damaged or cut short."""
    return TableFault(
        f"Berkas “{shown_name(name)}” rusak atau tidak utuh, mungkin unduhannya terputus. "
        "Buka di Excel, simpan sebagai Excel (.xlsx) dengan nama baru, lalu unggah lagi."
    )


def overweight(name: str) -> TableFault:
    """The fault of a workbook that unpacks to more than a list of people can need."""
    return TableFault(
        f"Isi berkas “{shown_name(name)}” terlalu besar untuk sebuah daftar. Salin daftarnya saja "
        "ke buku kerja baru, lalu pilih Simpan sebagai Excel (.xlsx)."
    )


class BadPlace(BadXml):
    """A row number or cell reference that no spreadsheet program writes."""


class WorkbookMeasure:
    """Reads XML parts and raises TableFault when a filled cell lies out of bounds.

    Places are counted as the parser counts them: a cell without a reference stands to the right
    of the one before, in the row that holds it.
    """

    def __init__(self, name: str) -> None:
        self._name = name
        self._row = self._cell_row = self._column = self._text = 0
        self._elements = self._cells = self._longest_text = 0

    def read(self, content: bytes) -> None:
        """Measure one part. Raises BadXml for what is none, BadPlace for a bad reference."""
        self._row = self._cell_row = self._column = self._text = 0
        parser = expat.ParserCreate()
        parser.StartElementHandler = self._start
        parser.EndElementHandler = self._end
        parser.CharacterDataHandler = self._characters
        parser.StartDoctypeDeclHandler = _refuse_doctype
        read_through(parser, content, TableFault)

    def check_copied_text(self) -> None:
        """Raise TableFault when shared texts could fill too much memory."""
        if self._cells * self._longest_text > MAX_COPIED_TEXT:
            raise overweight(self._name)

    def _start(self, name: str, attributes: dict[str, str]) -> None:
        self._elements += 1
        if self._elements > MAX_ELEMENTS:
            raise overweight(self._name)
        tag = name.rpartition(":")[2]
        if tag == "row":
            self._start_row(attributes.get("r"))
        elif tag == "c":
            self._start_cell(attributes.get("r"))
        elif tag in ("v", "is"):
            self._check_place()
        elif tag == "si":
            self._text = 0

    def _end(self, name: str) -> None:
        if name.rpartition(":")[2] == "si":
            self._longest_text = max(self._longest_text, self._text)

    def _characters(self, text: str) -> None:
        self._text += len(text)

    def _start_row(self, number: str | None) -> None:
        if number is not None and not _ROW_NUMBER.fullmatch(number):
            raise BadPlace(number)
        self._row = self._row + 1 if number is None else int(number)
        self._column = 0

    def _start_cell(self, place: str | None) -> None:
        self._cell_row, self._column = self._row, self._column + 1
        if place is not None:
            reference = _REFERENCE.fullmatch(place)
            if reference is None:
                raise BadPlace(place)
            self._cell_row, self._column = int(reference[2]), _column_number(reference[1])

    def _check_place(self) -> None:
        self._cells += 1
        if self._cell_row > MAX_ROWS + HEADER_WITHIN:
            raise too_many_rows(self._cell_row)
        if self._column > MAX_COLUMNS:
            raise TableFault(
                f"Tabel memuat lebih dari {MAX_COLUMNS} kolom (ada isi di baris {self._cell_row}). "
                "Hapus isi yang bukan bagian daftar, lalu simpan lagi."
            )


def _refuse_shared(parts: Mapping[str, bytes]) -> None:
    """Raise BadPlace where two sheets are one part: it was measured once and would be read twice.

    No spreadsheet program writes that.
    """
    book = xml_tree(parts.get("xl/workbook.xml", b"<none/>"))
    links = xml_tree(parts.get("xl/_rels/workbook.xml.rels", b"<none/>"))
    named = [
        value
        for sheet in book.iter()
        if local_name(sheet) == "sheet"
        for key, value in sheet.attrib.items()
        if key.rpartition("}")[2] == "id"
    ]
    targets = [
        basename(link.get("Target", "")).lower()
        for link in links
        if link.get("Type", "").endswith("/worksheet")
    ]
    for each in (named, targets):
        if len(set(each)) < len(each):
            raise BadPlace("a part of several sheets")


def _parts(name: str, blob: bytes) -> dict[str, bytes]:
    try:
        archive = unpacked(blob)
    except LockedArchive as fault:
        raise locked(name) from fault
    except OverweightArchive as fault:
        raise overweight(name) from fault
    except BadArchive as fault:
        raise broken(name) from fault
    refuse_other_archives(name, archive.names)
    return archive.parts


def _pack(parts: dict[str, bytes]) -> bytes:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_STORED) as archive:
        for part_name, content in parts.items():
            archive.writestr(part_name, content)
    return packed.getvalue()


def _column_number(letters: str) -> int:
    number = 0
    for letter in letters.upper():
        number = number * 26 + ord(letter) - ord("A") + 1
    return number


def _refuse_doctype(*_declaration: object) -> None:
    raise TableFault(
        "Berkas memuat deklarasi DOCTYPE, yang tidak pernah ditulis Excel. "
        "Buka di Excel, lalu pilih Simpan sebagai Excel (.xlsx)."
    )
