"""The lists in a sheet: where each begins, which of its rows are people, what the others say."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from itertools import pairwise

from quiz.assessment.items.item import Status
from quiz.exchange.rosters.cells import LONGEST, part_nip
from quiz.exchange.rosters.columns import (
    NAME,
    NIP,
    NUMBER,
    POSITION,
    STATUS,
    UNIT,
    Layout,
    find_layout,
    known_columns,
)
from quiz.exchange.rosters.statuses import status_of
from quiz.exchange.rosters.unit_names import names_a_unit
from quiz.exchange.tables.table import Cell, Row
from quiz.exchange.tables.tabular import Grid

_MARK = re.compile(
    r"(?i)^\W*(mengetahui|menyetujui|disetujui|mengesahkan|disahkan|diketahui|dibuat oleh"
    r"|ditetapkan|yang membuat|pembuat daftar|tanda tangan|ttd|tertanda|hormat kami"
    r"|an\.|a\.n\.|u\.b\."
    r"|nip\b\W{0,3}\d)"
    r"|^[\w .]{3,40},\s*(tgl\.?\s*)?[\d.…_ ]{0,12}\s*(januari|februari|maret|april|mei|juni|juli"
    r"|agustus|september|oktober|november|desember|\.{3,}|…)"
)
"""How the block of signatures below a list begins, or goes on."""

_NOTE = re.compile(r"(?i)^\W*(jumlah|total|catatan|keterangan|ket\s*[.:]|sumber\s*:)")
_PREFIX = re.compile(
    r"(?i)^\s*([ivxlc]{1,6}|[a-z]|\d{1,2})\s*[.)]\s+|^(unit( kerja)?|instansi|opd|status)\s*:\s*"
)
_ORDINAL = re.compile(r"(?i)\W*([ivxlc]{1,6}|[a-z])\W*")
_INTEGER = re.compile(r"\(?\d{1,4}[.)]?")
_RANK = re.compile(
    r"(?i)\W*(juru|pengatur|penata|pembina)(\s+(muda|utama|madya|tk\.?|tingkat|1|i))*[\s,/(]*"
    r"(i{1,3}|iv)?\s*[./]?\s*[a-e]?\W*"
)
_DITTO = re.compile(r"(?i)\W*(sda|s\.d\.a|idem)\W*|[\s-]*([\"”“〃„]|'')[\s-]*")
_SHOWN = 60


@dataclass(frozen=True)
class Listed:
    """A row that is a person: the name's cell without what stands there as a NIP, and that.

    ``group_unit`` and ``group_status`` are what the headings above the row say.
    """

    row: Row
    name: Cell
    nip_by_name: str | None
    group_unit: str
    group_status: Status | None


@dataclass
class Section:
    """One list: its heads and the rows below them up to the next heads."""

    header: Row
    layout: Layout
    people: list[Listed] = field(default_factory=list)
    passed: list[tuple[int, str]] = field(default_factory=list)
    """Rows that are not people: number and text."""


def sections_of(grid: Grid) -> list[Section]:
    """The lists of a sheet; none when no row in it names a column of names."""
    known = [known_columns(row) for row in grid.rows]
    best = max(known, default=0)
    starts = [at for at, number in enumerate(known) if number >= min(2, best) > 0]
    if best == 1:
        starts = starts[:1]
    return [
        _section(grid.rows[start], grid.rows[start + 1 : end])
        for start, end in pairwise([*starts, len(grid.rows)])
    ]


def _section(header: Row, rows: Sequence[Row]) -> Section:
    layout = find_layout(header)
    if NIP not in layout.places:
        layout = _with_nips(layout, rows)
    section = Section(header, layout)
    said = (row for row in rows if not _made_ready(row, layout) and not _hints(row, header))
    lines = _joined([_line(row, layout) for row in said])
    end = _end(lines)
    numbered = any(line.numbered for line in lines[:end])
    group = _Group()
    for line in lines[:end]:
        if _is_heading(line, numbered=numbered):
            group.read(line.texts[-1])
            section.passed.append((line.row.number, line.shown))
            continue
        row = _without_dittos(line.row, layout, section.people)
        section.people.append(Listed(row, line.name, line.nip, group.unit, group.status))
        group.used = True
    section.passed += [(line.row.number, line.shown) for line in lines[end:]]
    return section


def _with_nips(layout: Layout, rows: Sequence[Row]) -> Layout:
    """The layout with the column most of whose cells are NIPs, whatever its head says."""
    taken = set(layout.places.values())
    for place in range(max((len(row.cells) for row in rows), default=0)):
        if place in taken:
            continue
        cells = [str(row.cell(place)) for row in rows if row.cell(place) is not None]
        nips = [cell for cell in cells if len(re.sub(r"\D", "", cell)) == 18]
        if nips and 2 * len(nips) > len(cells):
            warnings = [each for each in layout.warnings if each[0] != NIP.head]
            return replace(layout, places=layout.places | {NIP: place}, warnings=warnings)
    return layout


def _made_ready(row: Row, layout: Layout) -> bool:
    """True for a line with nothing but its running number, and for one without any of our cells."""
    filled = {place for place, cell in enumerate(row.cells) if cell is not None}
    number = layout.places.get(NUMBER)
    ours = filled & set(layout.places.values())
    return not ours or (ours == {number} and _is_integer(row.cell(number or 0)))


def _hints(row: Row, header: Row) -> bool:
    """True for the line below the heads that numbers the columns or says how to fill them."""
    cells = [str(cell).strip() for cell in row.cells if cell is not None]
    if row.number != header.number + 1 or not cells:
        return False
    plain = [cell.strip("() ").removesuffix(".0") for cell in cells]
    letters = [chr(ord("a") + at) for at in range(min(len(plain), 26))]
    in_order = [str(number) for number in range(1, len(plain) + 1)]
    if len(cells) > 1 and [each.casefold() for each in plain] in (in_order, letters):
        return True
    return all(cell.startswith("(") and cell.endswith(")") for cell in cells)


@dataclass(frozen=True)
class _Line:
    """A row seen as a person's: what its cells show. ``columns`` is how many others are read."""

    row: Row
    name: Cell
    nip: str | None
    numbered: bool
    evidence: int
    columns: int
    texts: tuple[str, ...]
    marked: bool

    @property
    def named(self) -> bool:
        return isinstance(self.name, str) and any(letter.isalpha() for letter in self.name)

    @property
    def noted(self) -> bool:
        """Whether it adds up or explains: Jumlah, Catatan."""
        return not self.numbered and bool(self.texts and _NOTE.match(self.texts[0]))

    @property
    def goes_on(self) -> bool:
        """Whether it goes on with the person above it: a NIP or a rank where the name stands."""
        rank = isinstance(self.name, str) and bool(_RANK.fullmatch(self.name))
        return rank if self.named else self.name is None and self.nip is not None

    @property
    def listed(self) -> bool:
        """Whether it shows a person as this file lists them: a name, and two other cells.

        A name may be forgotten where the rest is there.
        """
        named = self.named or self.numbered or self.evidence > 2
        return (
            named and not self.marked and not self.noted and self.evidence >= min(2, self.columns)
        )

    @property
    def shown(self) -> str:
        return " ".join(" ".join(self.texts).split())[:_SHOWN] or "…"


def _line(row: Row, layout: Layout) -> _Line:
    others = [column for column in layout.places if column is not NAME]
    numbered = _is_integer(layout.cell(row, NUMBER))
    name, nip = part_nip(layout.cell(row, NAME))
    filled = [
        column
        for column in others
        if layout.cell(row, column) is not None and (column is not NUMBER or numbered)
    ]
    nip_cell = layout.places.get(NIP) if name else None
    marks = (
        _MARK.search(cell[:_SHOWN])
        for place, cell in enumerate(row.cells)
        if isinstance(cell, str) and place != nip_cell
    )
    texts = tuple(dict.fromkeys(cell.strip() for cell in row.cells if isinstance(cell, str)))
    return _Line(
        row, name, nip, numbered, len(filled), len(others), texts, not numbered and any(marks)
    )


def _joined(lines: Iterable[_Line]) -> list[_Line]:
    """The lines with NIPs and ranks below a name joined to the person they belong to."""
    found: list[_Line] = []
    last_number = 0
    for line in lines:
        above = found[-1] if found else None
        if (
            above is not None
            and line.goes_on
            and line.row.number == last_number + 1
            and above.named
            and above.evidence >= min(1, above.columns)
        ):
            found[-1] = replace(above, nip=above.nip or line.nip)
        else:
            found.append(line)
        last_number = line.row.number
    return found


def _end(lines: Sequence[_Line]) -> int:
    """Where the signatures begin: below the last person, at a mark, a gap, or no name."""
    signing, last = False, -1
    for at, line in enumerate(lines):
        signing = signing or line.marked
        if line.listed and (not signing or _sure(line)):
            signing, last = False, at
    above = lines[last].row.number if last >= 0 else None
    for at in range(last + 1, len(lines)):
        line = lines[at]
        if (
            line.marked
            or line.noted
            or not line.named
            or (above is not None and line.row.number > above + 1)
        ):
            return at
        above = line.row.number
    return len(lines)


def _sure(line: _Line) -> bool:
    """Whether even below a signature the line is a person: numbered, or with most cells."""
    return line.numbered or line.evidence >= max(3, line.columns - 1)


def _is_heading(line: _Line, *, numbered: bool) -> bool:
    """Whether a row stands for those below it: one text that is nobody's name.

    ``numbered``: people in this list have running numbers.
    """
    words = [text for text in line.texts if not _ORDINAL.fullmatch(text)]
    if line.noted:
        return True
    if len(words) != 1:
        return False
    if not line.named:
        return line.evidence <= 1 and not line.numbered
    if line.evidence > int(line.numbered):
        return False
    plain = _heading_words(words[0])
    if names_a_unit(plain) or status_of(plain) is not None:
        return True
    return not line.numbered and (numbered or len(line.texts) > 1)


def _heading_words(text: str) -> str:
    """A heading without its ordinal and its colon: Desa A, not II. Desa A."""
    return " ".join(_PREFIX.sub("", text[:LONGEST]).strip(" :").split())


class _Group:
    """What the headings so far say of the people below; a new unit ends a status people had."""

    def __init__(self) -> None:
        self.unit = ""
        self.status: Status | None = None
        self.used = False

    def read(self, text: str) -> None:
        """Take in the next heading."""
        plain = _heading_words(text)
        status = None if names_a_unit(plain) else status_of(plain)
        if status is not None:
            self.status = status
        elif not _NOTE.match(plain):
            self.unit = plain
            self.status = None if self.used else self.status
        self.used = False


def _without_dittos(row: Row, layout: Layout, above: Sequence[Listed]) -> Row:
    """The row with marks for "as above" replaced by what stands above."""
    cells = list(row.cells)
    for column in (STATUS, UNIT, POSITION):
        place = layout.places.get(column)
        cell = row.cell(place) if place is not None else None
        if place is not None and isinstance(cell, str) and _DITTO.fullmatch(cell) and above:
            cells[place] = above[-1].row.cell(place)
    return replace(row, cells=tuple(cells))


def _is_integer(cell: Cell) -> bool:
    if isinstance(cell, float | int) and not isinstance(cell, bool):
        return cell == int(cell) if abs(cell) < 100_000 else False
    return isinstance(cell, str) and bool(_INTEGER.fullmatch(cell.strip()))
