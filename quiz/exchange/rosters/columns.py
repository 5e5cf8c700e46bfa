"""The columns of a roster: their heads, what else offices call them, and where they stand."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from quiz.exchange.rosters.names import near_names, plain_words
from quiz.exchange.tables.table import Cell, Row, column_letter, plain_head

_SAME_HEAD = 0.75
"""How like a head must be to be asked about: NIPP is NIP (0.86), NIK is not (0.67)."""

_SHOWN_HEADS = 12
_LONGEST_HEAD = 80
_SHOWN_LETTERS = 30


@dataclass(frozen=True)
class Column:
    """A column; ``head`` is what the template says, ``synonyms`` what is understood as well."""

    key: str
    head: str
    synonyms: tuple[str, ...]


NUMBER = Column("number", "No", ("Nomor", "No Urut", "Nomor Urut", "Nomer"))
NAME = Column("name", "Nama", ("Nama dan Gelar", "Nama/Gelar", "Nama/NIP", "Nama dan NIP"))
NIP = Column(
    "nip",
    "NIP",
    (
        "NIP/NI PPPK",
        "NIP/NIPPPK",
        "NIP/NIP3K",
        "NI PPPK",
        "NIPPPK",
        "No NIP",
        "Nomor Induk Pegawai",
        "Nomor Induk Pegawai (NIP)",
        "NIP/NRP",
    ),
)
STATUS = Column(
    "status",
    "Status",
    ("Status Kepegawaian", "Status Pegawai", "Status ASN", "Jenis Pegawai", "Jenis Kepegawaian"),
)
UNIT = Column(
    "unit",
    "Unit",
    (
        "Unit Kerja",
        "Nama Unit",
        "Nama Unit Kerja",
        "Kode Unit",
        "Unit Organisasi",
        "Instansi",
        "Asal Instansi",
        "Unit/Desa",
        "Unit Kerja/Desa",
        "Unit Kerja/Instansi",
        "Satuan Kerja",
        "Perangkat Daerah",
        "OPD",
        "SKPD",
        "Kantor",
        "Tempat Tugas",
        "Desa",
        "Nama Desa",
        "Asal Desa",
        "Desa/Kelurahan",
    ),
)
POSITION = Column("position", "Jabatan", ("Nama Jabatan", "Jabatan/Tugas"))

COLUMNS = (NUMBER, NAME, NIP, STATUS, UNIT, POSITION)
HEADS = tuple(head for column in COLUMNS for head in (column.head, *column.synonyms))
"""Every head that is understood as it stands; with hints beside it more are."""

_HINT_WORDS = """
    18 angka asal asn baru beserta calon dan dengan di diisi digit diundang gelar ini kerja ktp
    lengkap para pegawai perangkat peserta saat sekarang sesuai sk tanpa terakhir tugas undangan
    wajib yang yth
"""
_HINTS = frozenset(_HINT_WORDS.split())
"""Words that may stand in a head without changing it: Nama Lengkap, NIP (18 digit)."""

_MARKS = re.compile(r"\([^)]*\)|[*:)\d.]+$")


def column_of(cell: Cell) -> Column | None:
    """The column a head means: as we write it, as others do, or either with hints beside it."""
    if not isinstance(cell, str) or len(cell) > _LONGEST_HEAD:
        return None
    for head in (cell, _MARKS.sub(" ", cell)):
        column = _COLUMN_OF.get(plain_head(head))
        if column is not None:
            return column
    words = [word for word in plain_words(_MARKS.sub(" ", cell)) if word not in _HINTS]
    return _COLUMN_OF.get("".join(words))


_COLUMN_OF = {
    plain_head(head): column for column in COLUMNS for head in (column.head, *column.synonyms)
}


@dataclass(frozen=True)
class Layout:
    """Where the columns of one file stand. With ``faults`` it cannot be read."""

    places: dict[Column, int]
    faults: list[tuple[str, str]] = field(default_factory=list)
    """A column's head, and an Indonesian sentence."""
    warnings: list[tuple[str, str]] = field(default_factory=list)
    """The same for columns that are passed over but look like one of ours."""

    def label(self, column: Column) -> str:
        """The column's head with the letter Excel shows: NIP (C)."""
        return f"{column.head} ({column_letter(self.places[column])})"

    def cell(self, row: Row, column: Column) -> Cell:
        """The row's cell in a column; None when the file has no such column."""
        place = self.places.get(column)
        return None if place is None else row.cell(place)


def known_columns(row: Row) -> int:
    """How many of our columns a row names, a name's among them; 0 for a row that is no header."""
    found = {column_of(cell) for cell in row.cells} - {None}
    return len(found) if NAME in found else 0


def find_layout(header: Row) -> Layout:
    """Where each column stands in ``header``, in any order, or why that cannot be told.

    Status and unit may be missing: they can be decided for everybody at once. A head that is
    nearly one of them is a fault all the same, because its cells would be lost.
    """
    understood = {column: _places_of(column, header) for column in COLUMNS}
    layout = Layout({column: places[0] for column, places in understood.items() if places})
    for column, places in understood.items():
        if len(places) > 1:
            layout.faults.append((column.head, _two_columns(column, places, header)))
    others = _others(header, {place for places in understood.values() for place in places})
    for column in (NIP, STATUS, UNIT, POSITION):
        near = None if understood[column] else _nearest(column, others)
        if near is None:
            continue
        found = layout.faults if column in (STATUS, UNIT) else layout.warnings
        found.append((column.head, _meant(column, _shown(near, others[near]))))
    return layout


def _places_of(column: Column, header: Row) -> list[int]:
    """The columns that may be meant; the template's own head goes before any synonym."""
    heads = [plain_head(cell) for cell in header.cells]
    own = [place for place, head in enumerate(heads) if head == plain_head(column.head)]
    return own or [place for place, cell in enumerate(header.cells) if column_of(cell) is column]


def _others(header: Row, taken: set[int]) -> dict[str, int]:
    """Heads that nothing is read from, as they stand in the file, and their places."""
    return {
        cell.strip(): place
        for place, cell in enumerate(header.cells)
        if isinstance(cell, str) and place not in taken
    }


def _meant(column: Column, shown: str) -> str:
    return f"Kolom {shown} tidak dibaca. Maksud Anda “{column.head}”? Ganti judulnya bila ya."


def _nearest(column: Column, others: dict[str, int]) -> str | None:
    """The unread head that has the column's in it, or is most like it or a synonym of it."""
    for other in others:
        if plain_head(column.head) in plain_words(other):
            return other
    for head in (column.head, *column.synonyms):
        near = near_names(head, others, _SAME_HEAD)
        if near:
            return near[0]
    return None


def shown_heads(header: Row) -> str:
    """What stands in a row, with the letters Excel shows: “No” (A), “Umur” (B)."""
    shown = [
        _shown(str(cell), place) for place, cell in enumerate(header.cells) if cell is not None
    ]
    return ", ".join(shown[:_SHOWN_HEADS]) + (", …" if len(shown) > _SHOWN_HEADS else "")


def meant_name(header: Row) -> str:
    """A sentence about the head that may have been meant for the name; "" when none is near."""
    others = _others(header, set())
    near = _nearest(NAME, others)
    return f" Maksud Anda “{NAME.head}” untuk {_shown(near, others[near])}?" if near else ""


def _two_columns(column: Column, places: Sequence[int], header: Row) -> str:
    shown = _and_list([_shown(str(header.cells[place]), place) for place in places])
    return (
        f"Beberapa kolom dapat berarti {column.head}: {shown}. "
        f"Beri judul “{column.head}” pada satu kolom saja."
    )


def _shown(head: str, place: int) -> str:
    plain = " ".join(head.split())
    short = plain if len(plain) <= _SHOWN_LETTERS else f"{plain[: _SHOWN_LETTERS - 1]}…"
    return f"“{short}” ({column_letter(place)})"


def _and_list(words: Sequence[str]) -> str:
    """a; a dan b; a, b, dan c."""
    *before, last = words
    comma = "," if len(before) > 1 else ""
    return f"{', '.join(before)}{comma} dan {last}" if before else last
