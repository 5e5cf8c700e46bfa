"""Rosters: who is invited to an event, as offices list them in Excel or CSV."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import TypeVar

from quiz.exchange.rosters import cells, columns
from quiz.exchange.rosters.doubts import doubts, parted_nips
from quiz.exchange.rosters.roster_file import RosterFault, RosterFile, RosterRow, grouped
from quiz.exchange.rosters.sections import Listed, Section, sections_of
from quiz.exchange.rosters.template import EXAMPLES, roster_template, roster_template_csv
from quiz.exchange.tables.table import HEADER_WITHIN, Cell, TableFault
from quiz.exchange.tables.tabular import Grid, read_grids

__all__ = [
    "RosterFault",
    "RosterFile",
    "RosterRow",
    "grouped",
    "read_roster",
    "roster_template",
    "roster_template_csv",
]

Read = TypeVar("Read")

_EXAMPLES = {(each.name, each.status, each.unit, each.position) for each in EXAMPLES}
"""Without the NIP, which Excel shortens as soon as it opens the CSV template."""

_MOST_SHOWN = 8
_LONGEST_NAME = 60


def read_roster(name: str, blob: bytes) -> RosterFile:
    """The people listed in a file called ``name``, on every sheet; raises nothing.

    Rows that are no people (headings, signatures, notes) and sheets without a list are named in a
    warning each; the template's own examples and what merely numbers the columns are passed over.
    """
    roster = RosterFile()
    try:
        grids = read_grids(name, blob, columns.HEADS)
    except TableFault as fault:
        roster.faults.append(RosterFault(None, None, str(fault)))
        return roster
    listing = [(number, grid, sections_of(grid)) for number, grid in enumerate(grids, start=1)]
    several = sum(bool(sections) for _, _, sections in listing) > 1
    for number, grid, sections in listing:
        sheet = _Sheet(roster, grid.sheet or "", number if several else 0)
        for section in sections:
            sheet.read(section)
    if any(sections for _, _, sections in listing):
        roster.warnings += _unread(grid for _, grid, sections in listing if not sections)
    else:
        roster.faults.append(_no_list(grids))
    if not roster.rows and not roster.faults:
        message = "Belum ada peserta di bawah judul kolom. Isi satu baris untuk tiap orang."
        roster.faults.append(RosterFault(listing[0][2][0].header.number, None, message))
    roster.rows, repeated, skipped = parted_nips(roster.rows)
    roster.faults += repeated
    roster.warnings += skipped
    roster.warnings += doubts(roster.rows)
    return roster


def _unread(grids: Iterable[Grid]) -> Iterator[RosterFault]:
    """A warning for each sheet with a table in it that is no list of people."""
    for grid in grids:
        if any(row.filled > 1 for row in grid.rows):
            yield RosterFault(
                None,
                None,
                "Lembar ini tidak dibaca: tidak ada kolom “Nama”. Bila memuat peserta, beri baris "
                "judul seperti lembar yang lain.",
                sheet=grid.sheet or "",
            )


def _no_list(grids: Sequence[Grid]) -> RosterFault:
    """The fault of a file without a column of names: what was found, and what is needed."""
    grid = max(grids, key=lambda each: max(row.filled for row in each.rows))
    header = max(grid.rows[:HEADER_WITHIN], key=lambda row: row.filled)
    return RosterFault(
        header.number,
        None,
        f"Kolom “Nama” tidak ditemukan. Yang terbaca di baris ini: {columns.shown_heads(header)}. "
        "Tulis judul kolom Nama, NIP, Status, Unit, dan Jabatan di satu baris di atas daftarnya; "
        "hanya Nama yang harus ada." + columns.meant_name(header),
        sheet=grid.sheet or "" if len(grids) > 1 else "",
    )


class _Sheet:
    """Reads the lists of one sheet into the roster; 0 is the number of the only one."""

    def __init__(self, roster: RosterFile, sheet: str, number: int) -> None:
        self._roster, self._number = roster, number
        self._sheet = sheet if number else ""

    def read(self, section: Section) -> None:
        """Add the section's people, or its faults; say which rows were not taken for people."""
        layout, number = section.layout, section.header.number
        found = [RosterFault(number, *each, sheet=self._sheet) for each in layout.faults]
        self._roster.faults += found
        self._roster.warnings += [
            RosterFault(number, *each, sheet=self._sheet) for each in layout.warnings
        ]
        if found:
            return
        for listed in section.people:
            self._read_row(listed, layout)
        if section.passed:
            self._roster.warnings.append(self._passed(section.passed))

    def _passed(self, passed: Sequence[tuple[int, str]]) -> RosterFault:
        numbers = [str(number) for number, _ in passed]
        texts = [f"“{text}”" for _, text in passed]
        rest = len(passed) - _MOST_SHOWN
        more = f", dan {rest} lagi" if rest > 0 else ""
        return RosterFault(
            None,
            None,
            f"Baris {', '.join(numbers[:_MOST_SHOWN])}{more} bukan peserta (judul kelompok, "
            f"jumlah, atau tanda tangan), jadi dilewati: {', '.join(texts[:_MOST_SHOWN])}{more}. "
            "Bila ada peserta di antaranya, isi nomor urut, status, atau unitnya.",
            sheet=self._sheet,
        )

    def _read_row(self, listed: Listed, layout: columns.Layout) -> None:
        """Add the row's person, or its faults."""
        reader = _RowReader(listed, layout, self._sheet)
        name = reader.read(columns.NAME, cells.read_name)
        nip = reader.nip()
        status, word = reader.read(columns.STATUS, cells.read_status) or (None, "")
        unit = reader.read(columns.UNIT, cells.read_unit) or ""
        position = reader.read(columns.POSITION, cells.read_position)
        if (name, status, unit, position) in _EXAMPLES:
            return
        if name in {example.name for example in EXAMPLES}:
            reader.fault(columns.NAME, "Ini baris contoh. Hapus, atau ganti dengan nama peserta.")
        self._roster.faults += reader.faults
        if reader.faults or not name:
            return
        if not word:
            status = listed.group_status
        self._roster.rows.append(
            RosterRow(
                listed.row.number,
                name,
                nip,
                status,
                unit or listed.group_unit,
                position,
                word if status is None else "",
                self._sheet,
                self._number,
            )
        )


class _RowReader:
    """Reads the cells of one row and collects their faults."""

    def __init__(self, listed: Listed, layout: columns.Layout, sheet: str) -> None:
        self._listed, self._layout, self._sheet = listed, layout, sheet
        self.faults: list[RosterFault] = []

    def read(self, column: columns.Column, reader: Callable[[Cell], Read]) -> Read | None:
        """What the cell says; None after noting a fault."""
        listed = self._listed
        cell = listed.name if column is columns.NAME else self._layout.cell(listed.row, column)
        return self._taken(column, cell, reader)

    def nip(self) -> str | None:
        """The NIP of its own column, or the one that stands in or under the name."""
        own = self.read(columns.NIP, cells.read_nip)
        if self._listed.nip_by_name is None or self.faults:
            return own
        by_name = self._taken(columns.NAME, self._listed.nip_by_name, cells.read_nip)
        if own and by_name and own != by_name:
            self.fault(
                columns.NIP,
                "NIP di kolom ini lain dari NIP di bawah namanya. Hapus salah satunya.",
            )
        return own or by_name

    def _taken(
        self, column: columns.Column, cell: Cell, reader: Callable[[Cell], Read]
    ) -> Read | None:
        try:
            return reader(cell)
        except cells.CellFault as fault:
            self.fault(column, str(fault), fault.seen)
            return None

    def fault(self, column: columns.Column, message: str, seen: str = "") -> None:
        """Note a fault of this row."""
        name = self._listed.name if isinstance(self._listed.name, str) else ""
        self.faults.append(
            RosterFault(
                self._listed.row.number,
                self._layout.label(column),
                message,
                seen,
                "" if column is columns.NAME else " ".join(name.split())[:_LONGEST_NAME],
                self._sheet,
            )
        )
