"""What one cell of a roster says: a name, a NIP, a status, a unit, a position."""

import re
import unicodedata

from quiz.assessment.items.item import Status
from quiz.exchange.rosters.statuses import status_of
from quiz.exchange.tables.table import Cell, plain_head

LONGEST = 160
"""Letters a name, unit or position may have."""

NIP_DIGITS = 18

_INVISIBLE = re.compile("[\u00ad\u200b-\u200f\u2060\ufeff]")
"""Soft hyphens, zero-width spaces and marks that copying from a chat or a web page leaves."""
_NOTHING = {"", "-", "--", "–", "—", ".", "...", "…"}
_NIP_PARTS = re.compile(r"[\s.\-'’‘`]+")
_NIP_WORD = r"n\.?\s?i\.?\s?p\.?\s?(?:pppk|p3k|ppk|3k|baru)?\.?"
"""NIP, N.I.P., NI PPPK, NIPPPK, NIP3K."""

_NIP_HEAD = re.compile(rf"(?i)^{_NIP_WORD}\s*:?\s*")
_NIP_IN_NAME = re.compile(
    rf"(?i)(?:\b{_NIP_WORD}\s{{0,3}}:?\s{{0,3}}(?=[\d'’–—(-])|\bn\.?i\.?p\s?[.:]\s*$"
    r"|(?=\b\d(?:[\s.-]{0,2}\d){14}))(?P<nip>['’]?[\d\s.–—-]{0,40})"
)
_NO_NIP = {"tidakada", "tidakpunya", "belumada", "nonnip", "tanpanip", "0", "nihil"}
_LONGEST_SEARCHED = 400
_SHOWN = 30
_SCIENTIFIC = re.compile(r"\d[.,]\d+e\+?\d+", re.IGNORECASE)
_NIP_LOST = (
    "Excel menyimpan NIP sebagai angka sehingga digit terakhirnya hilang: "
    "ubah kolom menjadi Teks lalu ketik ulang."
)


class CellFault(ValueError):
    """What is wrong with a cell and how to mend it; Indonesian.

    ``seen`` is what stands there, so that many faults of one kind can be told together.
    """

    def __init__(self, message: str, seen: str = "") -> None:
        super().__init__(message)
        self.seen = seen

    @property
    def sentence(self) -> str:
        """What was seen, what is wrong, and how to mend it."""
        return f"{self.seen}. {self}" if self.seen else str(self)


def read_name(cell: Cell) -> str:
    """A person's name, any letters. Raises CellFault."""
    name = _text(cell)
    if name is None or name in _NOTHING:
        raise CellFault("Nama kosong. Isi namanya, atau hapus baris ini bila bukan peserta.")
    if not isinstance(cell, str) or not any(letter.isalpha() for letter in name):
        raise CellFault(
            "Ini bukan nama. Ketik namanya sebagai teks, atau hapus baris ini bila bukan peserta.",
            f"“{name[:_SHOWN]}”",
        )
    return name


def part_nip(cell: Cell) -> tuple[Cell, str | None]:
    """A name's cell as the name, and what is written as a NIP in it or on its second line.

    "Rina Puspita NIP. 19850101 201001 2 001" gives both; a cell that is only a NIP has no name.
    """
    text = cell if isinstance(cell, str) else ""
    found = _NIP_IN_NAME.search(text[:_LONGEST_SEARCHED])
    if found is None:
        return cell, None
    rest = f"{text[: found.start()]} {text[found.end() :]}"
    name = re.sub(r"\(\s*\)", "", rest).strip(" \t\r\n\xa0/,;:-–|(")
    return name or None, found["nip"].strip(" .-–—") or None


def read_nip(cell: Cell) -> str | None:
    """The 18 digits of a NIP, or None for somebody without one. Raises CellFault.

    A number is refused: Excel keeps 15 digits of it and fills up with zeros.
    """
    if isinstance(cell, int | float) and not isinstance(cell, bool):
        raise CellFault(_NIP_LOST)
    text = _NIP_HEAD.sub("", (_text(cell) or "").lstrip("'’‘`"))
    if text in _NOTHING or plain_head(text) in _NO_NIP:
        return None
    if _SCIENTIFIC.fullmatch(text):
        raise CellFault(_NIP_LOST)
    digits = _NIP_PARTS.sub("", text)
    if not (digits.isascii() and digits.isdecimal()):
        raise CellFault(
            f"NIP memuat selain angka. Tulis {NIP_DIGITS} angka, atau kosongkan bila orang ini "
            "tidak punya NIP.",
            f"“{text[:_SHOWN]}”",
        )
    if len(digits) != NIP_DIGITS:
        raise CellFault(
            f"NIP harus {NIP_DIGITS} angka. Periksa angkanya, atau kosongkan bila orang ini tidak "
            "punya NIP.",
            f"{len(digits)} angka",
        )
    return digits


def nip_may_be_cut(nip: str | None) -> bool:
    """True for a NIP whose serial number is 000: what Excel writes when it has lost the end."""
    return nip is not None and nip.endswith("000")


def read_status(cell: Cell) -> tuple[Status | None, str]:
    """The status a cell says, and its words; None where the words need a person's decision.

    Raises CellFault.
    """
    text = _text(cell)
    if text is None or text in _NOTHING:
        return None, ""
    return status_of(text), text


def read_unit(cell: Cell) -> str:
    """A unit's name or code as it stands, "" when blank; whether there is one is not asked here.

    Raises CellFault.
    """
    unit = _text(cell)
    return "" if unit is None or unit in _NOTHING else unit


def read_position(cell: Cell) -> str | None:
    """A position, or None. Raises CellFault."""
    position = _text(cell)
    return None if position is None or position in _NOTHING else position


def _text(cell: Cell) -> str | None:
    """The cell as one line of text, None when blank. Raises CellFault for what is no text."""
    if cell is None:
        return None
    if isinstance(cell, bool) or not isinstance(cell, str | int | float):
        raise CellFault(
            "Sel berisi tanggal, jam, atau nilai benar/salah. Ketik isinya sebagai teks."
        )
    if not isinstance(cell, str):
        return f"{cell:.15g}"
    visible = _INVISIBLE.sub("", cell)
    if any(_is_control(letter) for letter in visible):
        raise CellFault("Sel memuat karakter kendali yang tidak tampak. Hapus isinya, ketik ulang.")
    text = " ".join(visible.split())
    if len(text) > LONGEST:
        raise CellFault(
            f"Teks terlalu panjang: paling banyak {LONGEST} huruf. Ringkas isinya.",
            f"{len(text)} huruf",
        )
    return text or None


def _is_control(letter: str) -> bool:
    """True for what is neither seen nor a space: control, direction and private characters."""
    return letter not in "\t\n\r" and unicodedata.category(letter) in ("Cc", "Cf", "Co", "Cs")
