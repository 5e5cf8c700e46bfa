"""Tables of a .docx: one item a row below heads we know, else boxes that lines stand in."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from quiz.exchange.questions.sheets.columns import (
    COLUMNS,
    LETTERS,
    NUMBER,
    STEM,
    TOGETHER,
    gathered_row,
    places_of,
)
from quiz.exchange.questions.typed.gathered import Gathered
from quiz.exchange.questions.typed.lines import Line, Mark, marked
from quiz.exchange.questions.word.flow import TABLE
from quiz.exchange.questions.word.paragraphs import ParagraphReader
from quiz.exchange.questions.word.properties import child, value
from quiz.exchange.tables.table import Row, make_row
from quiz.exchange.tables.xml_tree import local_name

if TYPE_CHECKING:
    from xml.etree.ElementTree import Element

_HEADER_WITHIN = 3
_WIDEST = 60
_ONLY_A_MARK = re.compile(r"\(?([0-9]{1,3}|[A-Ha-h])\s*([.)]?)$")

Cell = list[Line]


@dataclass(frozen=True)
class DocxRow:
    """A row of cells, each the lines in it."""

    cells: list[Cell]

    def texts(self, number: int) -> Row:
        """The row as plain texts."""
        return make_row(number, [_plain(cell) for cell in self.cells])


def table_rows(table: "Element", reader: ParagraphReader) -> list[DocxRow]:
    """The rows of a table; a cell that spans columns is followed by empty ones."""
    rows = []
    for row in _inside(table, "tr"):
        cells: list[Cell] = []
        for cell in _inside(row, "tc"):
            cells.append(_cell_lines(cell, reader))
            span = value(child(child(cell, "tcPr"), "gridSpan"), "1")
            extra = int(span) - 1 if span.isascii() and span.isdigit() and len(span) < 3 else 0
            cells += [[] for _ in range(min(extra, _WIDEST))]
        rows.append(DocxRow(cells[:_WIDEST]))
    return rows


def _inside(element: "Element", wanted: str) -> Iterator["Element"]:
    """Rows of a table or cells of a row, also within content controls and changes."""
    for part in element:
        name = local_name(part)
        if name == wanted:
            yield part
        elif name in {"sdt", "sdtContent", "ins", "customXml"}:
            yield from _inside(part, wanted)


def _cell_lines(element: "Element", reader: ParagraphReader) -> Cell:
    """The lines of a cell; a table within it gives its text, boxes and all."""
    lines: Cell = []
    for part in element:
        name = local_name(part)
        if name == "p":
            found = reader.lines(part)
            if not found and reader.last_numbering is not None:
                found = [Line("", reader.place, numbering=reader.last_numbering)]
            lines += found
        elif name == "tbl":
            lines += boxed_lines(table_rows(part, reader))
        elif name in {"sdt", "sdtContent", "ins", "customXml"}:
            lines += _cell_lines(part, reader)
    return lines


def questions_below_heads(rows: Sequence[DocxRow], first_place: int) -> list[Gathered] | None:
    """The items of a table with heads like Soal, A, B, Kunci; None for any other table."""
    for number, row in enumerate(rows[:_HEADER_WITHIN]):
        places = places_of(row.texts(number))
        if STEM.key in places and len(places) > 1:
            below = enumerate(rows[number + 1 :], start=number + 2)
            found = (_gathered(row, places, first_place, at) for at, row in below)
            return [each for each in found if each is not None]
    return None


def _gathered(row: DocxRow, places: dict[str, int], first: int, at: int) -> Gathered | None:
    lines = {
        column.key: row.cells[places[column.key]] if places[column.key] < len(row.cells) else []
        for column in (*COLUMNS, TOGETHER)
        if column.key in places
    }
    cells = {key: _plain(cell) for key, cell in lines.items()}
    if not any(text for key, text in cells.items() if key != NUMBER.key):
        return None
    prominent = frozenset(
        letter
        for letter in LETTERS
        if (cell := lines.get(f"option-{letter}")) and all(line.stands_out for line in cell)
    )
    within = [*_typed(lines[STEM.key]), *_typed(lines.get(TOGETHER.key, []))]
    found = gathered_row(cells, first + at, prominent, within)
    found.row = at
    found.lost += [lost for cell in lines.values() for line in cell for lost in line.lost]
    return found


def _typed(cell: Cell) -> Iterator[Line]:
    """The lines with automatic letters typed out, and without automatic numbers."""
    for line in cell:
        mark = line.numbering.mark if line.numbering else None
        if line.numbering is None or (mark is Mark.NUMBER and line.numbering.depth == 0):
            yield replace(line, numbering=None)
        else:
            yield line


def boxed_lines(rows: Sequence[DocxRow]) -> list[Line]:
    """The lines of a table without our heads, box by box.

    A box with nothing but 1. or A. belongs to the next one. Without any such mark the table is
    part of a question: its rows become lines, and that their columns are lost is noted.
    """
    boxed = [line for row in rows for line in _row_lines(row)]
    if any(marked(line) is not None for line in boxed):
        return boxed
    return [
        Line(text, row[0].place, "0" * len(text), lost=(*_lost(row), TABLE))
        for row in ([line for cell in each.cells for line in cell] for each in rows)
        if (text := " | ".join(line.text for line in row if line.text))
    ]


def _row_lines(row: DocxRow) -> Iterator[Line]:
    before: Line | None = None
    for cell in row.cells:
        lines = list(cell)
        if before is not None and lines:
            lines[0] = _joined(before, lines[0])
            before = None
        if len(lines) == 1 and _is_only_mark(lines[0]):
            before = lines[0]
        else:
            yield from (line for line in lines if line.text or line.lost)


def _is_only_mark(line: Line) -> bool:
    if not line.text:
        return line.numbering is not None
    return line.numbering is None and _ONLY_A_MARK.match(line.text) is not None


def _joined(mark: Line, line: Line) -> Line:
    if not mark.text:
        return replace(line, numbering=mark.numbering, lost=(*mark.lost, *line.lost))
    typed = mark.text if mark.text[-1] in ".)" else f"{mark.text}."
    return replace(
        line,
        text=f"{typed} {line.text}",
        prominent=f"{'0' * (len(typed) + 1)}{line.prominent}",
        numbering=None,
        lost=(*mark.lost, *line.lost),
    )


def _lost(lines: Sequence[Line]) -> tuple[str, ...]:
    return tuple(lost for line in lines for lost in line.lost)


def _plain(cell: Cell) -> str:
    return "\n".join(line.text for line in cell if line.text)
