"""Tables of a .docx: one item a row below heads we know, else boxes that lines stand in."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from typing import TYPE_CHECKING

from quiz.exchange.questions.keys import looks_like_key
from quiz.exchange.questions.sheets.columns import gathered_row, gathered_rows, in_groups
from quiz.exchange.questions.sheets.heads import (
    LETTERS,
    NUMBER,
    STEM,
    TEXT,
    TOGETHER,
    heads_within,
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
    """The items of a table with heads like Soal, A, B, Kunci; None for any other table.

    A row is an item or, where each holds one option, the rows down to the next question are.
    """
    heads = heads_within([row.texts(number) for number, row in enumerate(rows[:_HEADER_WITHIN])])
    if heads is None:
        return None
    below = enumerate(rows[heads.last.number + 1 :], start=heads.last.number + 2)
    kept = [filled for at, row in below if (filled := _Filled.of(row, heads.places, at))]
    groups = in_groups([row.cells for row in kept])
    if groups is None:
        return [row.question(first_place) for row in kept]
    return [_of_several([kept[place] for place in group], first_place) for group in groups]


@dataclass(frozen=True)
class _Filled:
    """A row below heads: its lines and texts by column, and where it stands."""

    lines: dict[str, Cell]
    cells: dict[str, str]
    at: int

    @classmethod
    def of(cls, row: DocxRow, places: Mapping[str, int], at: int) -> "_Filled | None":
        """The row; None when it says nothing but a number."""
        lines = {
            key: row.cells[place] if place < len(row.cells) else [] for key, place in places.items()
        }
        cells = {key: _plain(cell) for key, cell in lines.items()}
        says = any(text for key, text in cells.items() if key != NUMBER.key)
        return cls(lines, cells, at) if says else None

    def question(self, first: int) -> Gathered:
        """The item in this row alone."""
        prominent = frozenset(letter for letter in LETTERS if self.stands_out(f"option-{letter}"))
        within = [*_typed(self.lines[STEM.key]), *_typed(self.lines.get(TOGETHER.key, []))]
        return self.placed(gathered_row(self.cells, first + self.at, prominent, within))

    def placed(self, found: Gathered) -> Gathered:
        """The item with its row and what it lost in this one."""
        found.row = found.row or self.at
        found.lost += [lost for cell in self.lines.values() for line in cell for lost in line.lost]
        return found

    def stands_out(self, key: str) -> bool:
        """Whether all of a cell is bold or coloured."""
        cell = self.lines.get(key, [])
        return bool(cell) and all(line.stands_out for line in cell)


def _of_several(rows: Sequence[_Filled], first: int) -> Gathered:
    """The item of rows that hold one option each."""
    bold = [row.stands_out(TEXT.key) or row.stands_out(TOGETHER.key) for row in rows]
    found = gathered_rows([row.cells for row in rows], first + rows[0].at, bold)
    for row in rows:
        row.placed(found)
    return found


def _typed(cell: Cell) -> Iterator[Line]:
    """The lines without automatic numbers of their own; letters and bullets stay."""
    for line in cell:
        mark = line.numbering.mark if line.numbering else None
        outer = mark is Mark.NUMBER and line.numbering is not None and line.numbering.depth == 0
        if outer or mark is Mark.ROMAN:
            yield replace(line, numbering=None)
        else:
            yield line


def boxed_lines(rows: Sequence[DocxRow]) -> list[Line]:
    """The lines of a table without our heads, box by box.

    A box with nothing but 1. or A. belongs to the next one. Without any such mark the table is
    part of a question: its rows become lines, and that their columns are lost is noted.
    """
    if keys := _keys_across(rows):
        return keys
    boxed = [line for row in rows for line in _row_lines(row)]
    if any((mark := marked(line)) is not None and not mark.alone for line in boxed):
        return boxed
    return [
        Line(text, row[0].place, "0" * len(text), lost=(*_lost(row), TABLE))
        for row in ([line for cell in each.cells for line in cell] for each in rows)
        if (text := " | ".join(line.text for line in row if line.text))
    ]


def _keys_across(rows: Sequence[DocxRow]) -> list[Line]:
    """Lines of keys from a table with numbers in one row and their keys below; [] for any other."""
    found = []
    for upper, lower in pairwise(rows):
        pairs = zip(map(_plain, upper.cells), map(_plain, lower.cells), strict=False)
        listed = [(one.strip(" ."), two) for one, two in pairs if one or two]
        if listed and not listed[0][0].isdigit():
            del listed[0]
        if len(listed) > 1 and all(one.isdigit() and looks_like_key(two) for one, two in listed):
            text = "Kunci: " + "  ".join(f"{one}. {two}" for one, two in listed)
            place = next((line.place for cell in upper.cells for line in cell), 0)
            found.append(Line(text, place, "0" * len(text)))
    return found


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
