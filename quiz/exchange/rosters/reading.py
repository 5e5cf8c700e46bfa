"""Rosters: who is invited to an event, as offices list them in Excel or CSV."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import TypeVar

from quiz.assessment.items.item import Status
from quiz.exchange.rosters import cells, columns
from quiz.exchange.rosters.names import normalise_name
from quiz.exchange.rosters.template import EXAMPLES, roster_template, roster_template_csv
from quiz.exchange.tables.table import Cell, Row, TableFault
from quiz.exchange.tables.tabular import read_table

__all__ = [
    "RosterFault",
    "RosterFile",
    "RosterRow",
    "normalise_name",
    "read_roster",
    "roster_template",
    "roster_template_csv",
]

Read = TypeVar("Read")

_EXAMPLES = {(each.name, each.status, each.unit, each.position) for each in EXAMPLES}
"""Without the NIP, which Excel shortens as soon as it opens the CSV template."""


@dataclass(frozen=True)
class RosterRow:
    """One person. ``row_number`` is the row as Excel shows it; ``nip`` is 18 digits or None."""

    row_number: int
    name: str
    nip: str | None
    status: Status
    unit: str
    position: str | None


@dataclass(frozen=True)
class RosterFault:
    """Something to mend, or as a warning to think about. The message is Indonesian.

    ``row`` is None for the file as a whole; ``column`` is a head with its letter, NIP (C).
    """

    row: int | None
    column: str | None
    message: str

    @property
    def sentence(self) -> str:
        """Where and what, for a list: Baris 7, kolom NIP (C): …"""
        column = f"kolom {self.column}" if self.column else ""
        place = ", ".join(filter(None, [f"baris {self.row}" if self.row else "", column]))
        return f"{place[0].upper()}{place[1:]}: {self.message}" if place else self.message


@dataclass
class RosterFile:
    """What a file says. ``rows`` are those without a fault; warnings do not stop a row."""

    rows: list[RosterRow] = field(default_factory=list)
    faults: list[RosterFault] = field(default_factory=list)
    warnings: list[RosterFault] = field(default_factory=list)


def read_roster(name: str, blob: bytes) -> RosterFile:
    """The people listed in a file called ``name``, with every fault found; raises nothing.

    Rows with nothing but a running number, the line that numbers the columns, and the template's
    example rows are passed over.
    """
    roster = RosterFile()
    try:
        table = read_table(name, blob, columns.HEADS)
    except TableFault as fault:
        roster.faults.append(RosterFault(None, None, str(fault)))
        return roster
    header = table.header_row
    layout = columns.find_layout(header)
    roster.faults += [RosterFault(header.number, *fault) for fault in layout.faults]
    roster.warnings += [RosterFault(header.number, *warning) for warning in layout.warnings]
    if layout.faults:
        return roster
    for row in table.rows:
        if _says_something(row, layout) and not _numbers_the_columns(row, header):
            _read_row(row, layout, roster)
    _part_repeated_nips(roster, layout)
    roster.warnings += _doubts(roster.rows, layout)
    if not roster.rows and not roster.faults:
        message = "Belum ada peserta di bawah judul kolom. Isi satu baris untuk tiap orang."
        roster.faults.append(RosterFault(header.number, None, message))
    roster.faults.sort(key=lambda fault: fault.row or 0)
    return roster


def _says_something(row: Row, layout: columns.Layout) -> bool:
    """False when no column that is read holds anything: a line prepared with a number only."""
    read = (column for column in layout.places if column is not columns.NUMBER)
    return any(layout.cell(row, column) is not None for column in read)


def _numbers_the_columns(row: Row, header: Row) -> bool:
    """True for the line 1, 2, 3 … that official tables carry under their heads."""
    numbers = [str(cell).strip("() ").removesuffix(".0") for cell in row.cells if cell is not None]
    in_order = [str(number) for number in range(1, len(numbers) + 1)]
    return row.number == header.number + 1 and len(numbers) > 1 and numbers == in_order


def _read_row(row: Row, layout: columns.Layout, roster: RosterFile) -> None:
    """Add the row's person, or its faults."""
    reader = _RowReader(row, layout)
    name = reader.read(columns.NAME, cells.read_name)
    nip = reader.read(columns.NIP, cells.read_nip)
    status = reader.read(columns.STATUS, cells.read_status)
    unit = reader.read(columns.UNIT, cells.read_unit)
    position = reader.read(columns.POSITION, cells.read_position)
    if (name, status, unit, position) in _EXAMPLES:
        return
    if name in {example.name for example in EXAMPLES}:
        reader.fault(columns.NAME, "Ini baris contoh. Hapus, atau ganti dengan nama peserta.")
    roster.faults += reader.faults
    if not reader.faults and name and status and unit:
        roster.rows.append(RosterRow(row.number, name, nip, status, unit, position))


class _RowReader:
    """Reads the cells of one row and collects their faults."""

    def __init__(self, row: Row, layout: columns.Layout) -> None:
        self._row = row
        self._layout = layout
        self.faults: list[RosterFault] = []

    def read(self, column: columns.Column, reader: Callable[[Cell], Read]) -> Read | None:
        """What the cell says; None after noting a fault."""
        try:
            return reader(self._layout.cell(self._row, column))
        except cells.CellFault as fault:
            self.fault(column, str(fault))
            return None

    def fault(self, column: columns.Column, message: str) -> None:
        """Note a fault of this row."""
        self.faults.append(RosterFault(self._row.number, self._layout.label(column), message))


def _part_repeated_nips(roster: RosterFile, layout: columns.Layout) -> None:
    """Take out rows whose NIP stands above already, and say so."""
    first: dict[str, RosterRow] = {}
    kept = []
    for row in roster.rows:
        above = first.setdefault(row.nip, row) if row.nip else row
        if above is row:
            kept.append(row)
            continue
        message = (
            f"NIP yang sama sudah ada di baris {above.row_number} ({above.name}). "
            "Satu NIP milik satu orang: perbaiki NIP, atau hapus salah satu baris."
        )
        roster.faults.append(RosterFault(row.row_number, layout.label(columns.NIP), message))
    roster.rows = kept


def _doubts(rows: list[RosterRow], layout: columns.Layout) -> Iterator[RosterFault]:
    """What may well be right but is worth a look."""
    first: dict[tuple[str, str], RosterRow] = {}
    for row in rows:
        above = first.setdefault((normalise_name(row.name), normalise_name(row.unit)), row)
        if above is not row and (above.nip is None or row.nip is None):
            yield RosterFault(
                row.row_number,
                layout.label(columns.NAME),
                f"Nama yang sama di unit yang sama sudah ada di baris {above.row_number}. Orang "
                "yang sama? Hapus salah satu baris. Dua orang? Isi NIP atau jabatan keduanya.",
            )
        if cells.nip_may_be_cut(row.nip):
            yield RosterFault(
                row.row_number,
                layout.label(columns.NIP),
                "Tiga angka terakhir NIP ini 000, seperti bila Excel menghilangkan digit aslinya. "
                "Apakah NIP ini benar?",
            )
        if "<" in row.name or ">" in row.name:
            yield RosterFault(
                row.row_number,
                layout.label(columns.NAME),
                "Nama memuat tanda < atau >. Apakah memang begitu tertulis?",
            )
