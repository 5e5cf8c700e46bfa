"""The columns of a roster: their heads, what else offices call them, and where they stand."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from quiz.exchange.rosters.names import near_names
from quiz.exchange.tables.table import Cell, Row, column_letter, plain_head

_SAME_HEAD = 0.75
"""How like a head must be to be asked about: NIPP is NIP (0.86), NIK is not (0.67)."""

_SHOWN_HEADS = 12
_SHOWN_LETTERS = 30


@dataclass(frozen=True)
class Column:
    """A column; ``head`` is what the template says, ``synonyms`` what is understood as well."""

    key: str
    head: str
    required: bool
    synonyms: tuple[str, ...]


NUMBER = Column("number", "No", False, ("Nomor", "No Urut", "Nomor Urut", "Nomer"))
NAME = Column(
    "name",
    "Nama",
    True,
    ("Nama Lengkap", "Nama Peserta", "Nama Pegawai", "Nama ASN", "Nama dan Gelar", "Nama/Gelar"),
)
NIP = Column(
    "nip",
    "NIP",
    False,
    (
        "NIP Baru",
        "NIP/NI PPPK",
        "NIP/NIPPPK",
        "NIP/NIP3K",
        "NI PPPK",
        "NIPPPK",
        "No NIP",
        "Nomor Induk Pegawai",
        "Nomor Induk Pegawai (NIP)",
    ),
)
STATUS = Column(
    "status",
    "Status",
    True,
    ("Status Kepegawaian", "Status Pegawai", "Status ASN", "Jenis Pegawai", "Jenis Kepegawaian"),
)
UNIT = Column(
    "unit",
    "Unit",
    True,
    (
        "Unit Kerja",
        "Nama Unit",
        "Nama Unit Kerja",
        "Kode Unit",
        "Instansi",
        "Asal Instansi",
        "Unit/Desa",
        "Unit Kerja/Desa",
        "Satuan Kerja",
        "Perangkat Daerah",
        "OPD",
        "SKPD",
        "Desa",
        "Nama Desa",
        "Asal Desa",
        "Desa/Kelurahan",
    ),
)
POSITION = Column("position", "Jabatan", False, ("Nama Jabatan", "Jabatan/Tugas"))

COLUMNS = (NUMBER, NAME, NIP, STATUS, UNIT, POSITION)
HEADS = tuple(head for column in COLUMNS for head in (column.head, *column.synonyms))
"""Every head that is understood."""


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


def find_layout(header: Row) -> Layout:
    """Where each column stands in ``header``, in any order, or why that cannot be told."""
    understood = {column: _places_of(column, header) for column in COLUMNS}
    layout = Layout({column: places[0] for column, places in understood.items() if places})
    for column, places in understood.items():
        if len(places) > 1:
            layout.faults.append((column.head, _two_columns(column, places, header)))
    others = _others(header, {place for places in understood.values() for place in places})
    missing = [column for column in COLUMNS if column.required and not understood[column]]
    if missing:
        layout.faults.append(
            (", ".join(column.head for column in missing), _missing(missing, header, others))
        )
    for column in (NIP, POSITION):
        layout.warnings.extend(_looks_like(column, others) if not understood[column] else ())
    return layout


def _places_of(column: Column, header: Row) -> list[int]:
    """The columns that may be meant; the template's own head goes before any synonym."""
    heads = [plain_head(cell) for cell in header.cells]
    own = [place for place, head in enumerate(heads) if head == plain_head(column.head)]
    synonyms = {plain_head(synonym) for synonym in column.synonyms}
    return own or [place for place, head in enumerate(heads) if head in synonyms]


def _others(header: Row, taken: set[int]) -> dict[str, int]:
    """Heads that nothing is read from, as they stand in the file, and their places."""
    return {
        cell.strip(): place
        for place, cell in enumerate(header.cells)
        if isinstance(cell, str) and place not in taken
    }


def _missing(missing: Sequence[Column], header: Row, others: dict[str, int]) -> str:
    wanted = _and_list([f"“{column.head}”" for column in missing])
    needed = ", ".join(column.head for column in COLUMNS if column.required)
    optional = ", ".join(column.head for column in COLUMNS if not column.required)
    return (
        f"Kolom {wanted} tidak ditemukan. Judul kolom yang terbaca di baris {header.number}: "
        f"{_shown_heads(header)}. Yang diperlukan: {needed}; boleh ada: {optional}."
        + "".join(_guess(column, others) for column in missing)
        + " Perbaiki judul kolomnya, lalu unggah lagi."
    )


def _guess(column: Column, others: dict[str, int]) -> str:
    near = _nearest(column, others)
    return f" Maksud Anda “{column.head}” untuk {_shown(near, others[near])}?" if near else ""


def _looks_like(column: Column, others: dict[str, int]) -> list[tuple[str, str]]:
    near = _nearest(column, others)
    if near is None:
        return []
    shown = _shown(near, others[near])
    sentence = f"Kolom {shown} tidak dibaca. Maksud Anda “{column.head}”? Ganti judulnya bila ya."
    return [(column.head, sentence)]


def _nearest(column: Column, others: dict[str, int]) -> str | None:
    """The unread head most like the column's head or a synonym of it."""
    for head in (column.head, *column.synonyms):
        near = near_names(head, others, _SAME_HEAD)
        if near:
            return near[0]
    return None


def _two_columns(column: Column, places: Sequence[int], header: Row) -> str:
    shown = _and_list([_shown(str(header.cells[place]), place) for place in places])
    return (
        f"Beberapa kolom dapat berarti {column.head}: {shown}. "
        f"Beri judul “{column.head}” pada satu kolom saja."
    )


def _shown_heads(header: Row) -> str:
    shown = [
        _shown(str(cell), place) for place, cell in enumerate(header.cells) if cell is not None
    ]
    more = ", …" if len(shown) > _SHOWN_HEADS else ""
    return ", ".join(shown[:_SHOWN_HEADS]) + more


def _shown(head: str, place: int) -> str:
    plain = " ".join(head.split())
    short = plain if len(plain) <= _SHOWN_LETTERS else f"{plain[: _SHOWN_LETTERS - 1]}…"
    return f"“{short}” ({column_letter(place)})"


def _and_list(words: Sequence[str]) -> str:
    """a; a dan b; a, b, dan c."""
    *before, last = words
    comma = "," if len(before) > 1 else ""
    return f"{', '.join(before)}{comma} dan {last}" if before else last
