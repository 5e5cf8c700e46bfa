"""Items in Excel or CSV: one a row as our template has them, or one option a row."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Self

from quiz.exchange.questions.imported import ImportedItem, UnreadableFile, limited
from quiz.exchange.questions.sheets.cells import cell_text, is_moment, plain_cell
from quiz.exchange.questions.sheets.columns import gathered_row, gathered_rows, in_groups
from quiz.exchange.questions.sheets.heads import (
    HEADS,
    KEY,
    NUMBER,
    OPTIONS,
    Heads,
    heads_within,
    likely_heads,
    places_of,
    unknown_heads,
)
from quiz.exchange.questions.typed.gathered import Gathered, imported, take_listed_key
from quiz.exchange.tables.hidden import Unseen, unseen
from quiz.exchange.tables.table import (
    HEADER_WITHIN,
    MAX_ROWS,
    Grid,
    Row,
    TableFault,
    column_letter,
    too_many_rows,
)
from quiz.exchange.tables.tabular import read_grids

OUR_SHEETS = frozenset({"Petunjuk", "Daftar topik", "Keterangan"})
"""Sheets of our own template that say something about it."""

_SHOWN = 10


def read_spreadsheet(name: str, blob: bytes) -> tuple[list[ImportedItem], list[str]]:
    """The items of a workbook or CSV file, sheet by sheet, and notes on what was passed over.

    Rows without anything in our columns but a number are passed over. Raises UnreadableFile.
    """
    try:
        grids = read_grids(name, blob, HEADS)
        sheets = [_Sheet(grid, heads) for grid in grids if (heads := _heads(grid))]
        if any(len(sheet.rows) > MAX_ROWS for sheet in sheets):
            raise too_many_rows()
    except TableFault as fault:
        raise UnreadableFile(str(fault)) from fault
    if not sheets:
        fullest = max(grids, key=lambda grid: len(grid.rows))
        raise UnreadableFile(unknown_heads(fullest.rows[:HEADER_WITHIN]))
    found = limited([pair for sheet in sheets for pair in sheet.questions()])
    key_sheets = _listed_keys(grids, sheets, [each for each, _ in found])
    items = [imported(each, number, where) for number, (each, where) in enumerate(found, start=1)]
    return items, _notes(sheets, [g for g in grids if g not in key_sheets], unseen(blob))


def _heads(grid: Grid) -> Heads | None:
    rows = grid.rows[:HEADER_WITHIN]
    return heads_within(rows) or heads_within(rows, alone=True)


@dataclass
class _Cells:
    """The texts of a row by column; what they lose, and what is to be looked at."""

    texts: dict[str, str] = field(default_factory=dict)
    lost: list[str] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)

    @classmethod
    def of(cls, row: Row, places: Mapping[str, int]) -> Self:
        """Columns the file has are there even where a cell is empty."""
        cells = cls()
        for key, place in places.items():
            cells.texts[key], lost = plain_cell(row.cell(place))
            cells.lost += lost
            if is_moment(row.cell(place)) and key in _OPTION_KEYS:
                cells.notes.append(
                    f"Sel {column_letter(place)}{row.number} berisi tanggal atau jam, dibaca "
                    f"“{cells.texts[key]}”: periksa, mungkin Excel mengubahnya."
                )
        return cells

    @property
    def says_something(self) -> bool:
        """Whether anything but a number stands in our columns."""
        return any(text for key, text in self.texts.items() if key != NUMBER.key)


_OPTION_KEYS = frozenset(column.key for column in OPTIONS)


class _Sheet:
    """A sheet that has a column of questions."""

    def __init__(self, grid: Grid, heads: Heads) -> None:
        self.name = grid.sheet
        self.heads = heads
        self.rows = [row for row in grid.rows if row.number > heads.last.number]

    def questions(self) -> list[tuple[Gathered, str]]:
        """Each question, and where it stands."""
        kept = [
            (row, cells)
            for row in self.rows
            if (cells := _Cells.of(row, self.heads.places)).says_something
        ]
        groups = in_groups([cells.texts for _, cells in kept])
        if groups is None:
            return [self._question([row], [cells]) for row, cells in kept]
        return [
            self._question(*zip(*(kept[place] for place in group), strict=True)) for group in groups
        ]

    def _question(self, rows: Sequence[Row], cells: Sequence[_Cells]) -> tuple[Gathered, str]:
        texts = [each.texts for each in cells]
        number = rows[0].number
        found = gathered_row(texts[0], number) if len(rows) == 1 else gathered_rows(texts, number)
        found.lost += [sentence for each in cells for sentence in each.lost]
        found.notes += [sentence for each in cells for sentence in each.notes]
        sheet = f"lembar “{self.name}”, " if self.name else ""
        return found, f"{sheet}baris {number}"


def _listed_keys(
    grids: Sequence[Grid], sheets: Sequence[_Sheet], found: Sequence[Gathered]
) -> list[Grid]:
    """Put in the keys of sheets that list them by number beside the only sheet of questions."""
    others = [grid for grid in grids if grid.sheet not in {sheet.name for sheet in sheets}]
    used = []
    for grid in others if len(sheets) == 1 else ():
        header = next((row for row in grid.rows if _lists_keys(row)), None)
        if header is None:
            continue
        places = places_of(header)
        listed: dict[str, list[str]] = {}
        for row in grid.rows:
            number, key = (cell_text(row.cell(places[name.key])) for name in (NUMBER, KEY))
            if row.number > header.number and key:
                listed.setdefault(number.rstrip("."), []).append(key)
        for each in found:
            take_listed_key(each, listed.get(str(each.number), []))
        used.append(grid)
    return used


def _lists_keys(row: Row) -> bool:
    return {NUMBER.key, KEY.key} <= places_of(row).keys()


def _notes(sheets: Sequence[_Sheet], grids: Sequence[Grid], hidden: Unseen) -> list[str]:
    """What the file holds beyond the items."""
    unread = list(dict.fromkeys(head for sheet in sheets for head in sheet.heads.unread))
    notes = []
    if unread:
        heads = ", ".join(f"“{head[:30]}”" for head in unread[:_SHOWN])
        notes.append(f"Kolom yang tidak dikenal tidak dibaca: {heads}.")
        notes += likely_heads(unread[:_SHOWN])
    read = {sheet.name for sheet in sheets}
    others = [grid.sheet for grid in grids if grid.sheet and grid.sheet not in read | OUR_SHEETS]
    if others:
        notes.append(
            f"Lembar {_quoted(others)} tidak dibaca: tidak ada kolom “Soal” di baris judulnya."
        )
    for sheet in sheets:
        notes += _rows_passed_over(sheet)
    return [*notes, *hidden.sentences(read)]


def _rows_passed_over(sheet: _Sheet) -> list[str]:
    """Rows that hold something, but not in our columns."""
    rows = [
        row.number
        for row in sheet.rows
        if not _Cells.of(row, sheet.heads.places).says_something
        and any(
            cell_text(cell)
            for place, cell in enumerate(row.cells)
            if place != sheet.heads.places.get(NUMBER.key)
        )
    ]
    if not rows:
        return []
    shown = ", ".join(map(str, rows[:_SHOWN]))
    more = f" dan {len(rows) - _SHOWN} lagi" if len(rows) > _SHOWN else ""
    return [f"Baris {shown}{more} tidak dibaca: tidak ada isi di kolom yang dikenal."]


def _quoted(names: Sequence[str]) -> str:
    return ", ".join(f"“{name[:30]}”" for name in names[:_SHOWN])
