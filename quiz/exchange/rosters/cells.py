"""What one cell of a roster says: a name, a NIP, a status, a unit, a position."""

import re
import unicodedata
from functools import lru_cache

from quiz.assessment.items.item import Status
from quiz.exchange.rosters.names import near_names
from quiz.exchange.tables.table import Cell, plain_head

LONGEST = 160
"""Letters a name, unit or position may have."""

NIP_DIGITS = 18

_INVISIBLE = re.compile("[\u00ad\u200b-\u200f\u2060\ufeff]")
"""Soft hyphens, zero-width spaces and marks that copying from a chat or a web page leaves."""
_NOTHING = {"", "-", "--", "–", "—", ".", "...", "…"}
_NIP_PARTS = re.compile(r"[\s.\-]+")
_SCIENTIFIC = re.compile(r"\d[.,]\d+e\+?\d+", re.IGNORECASE)
_NIP_LOST = (
    "Excel menyimpan NIP sebagai angka sehingga digit terakhirnya hilang: "
    "ubah kolom menjadi Teks lalu ketik ulang."
)

_STATUS_WORDS = {
    Status.PNS: ("Pegawai Negeri Sipil", "ASN PNS", "PNS Daerah"),
    Status.CALON_PNS: ("CPNS", "Calon Pegawai Negeri Sipil"),
    Status.PPPK: (
        "P3K",
        "ASN PPPK",
        "PPPK Paruh Waktu",
        "PPPK Penuh Waktu",
        "Pegawai Pemerintah dengan Perjanjian Kerja",
    ),
    Status.KEPALA_DESA: ("Kades", "Kepala Desa Definitif"),
    Status.PENJABAT_KEPALA_DESA: ("Pj Kepala Desa", "Pj Kades", "Penjabat Kades"),
    Status.PERANGKAT_DESA: ("Perangkat",),
    Status.BPD: ("BPD", "Badan Permusyawaratan Desa", "Ketua BPD"),
    Status.NON_ASN: (
        "Non-ASN",
        "Honorer",
        "Tenaga Honorer",
        "Pegawai Honorer",
        "Tenaga Kontrak",
        "PTT",
        "THL",
        "PPNPN",
    ),
}
_STATUSES = {
    plain_head(word): status
    for status, words in _STATUS_WORDS.items()
    for word in (status.label, *words)
}
_STATUS_LABELS = [status.label for status in Status]


class CellFault(ValueError):
    """What is wrong with a cell and how to mend it; Indonesian."""


def read_name(cell: Cell) -> str:
    """A person's name, any letters. Raises CellFault."""
    name = _text(cell)
    if name is None or name in _NOTHING:
        raise CellFault("Nama kosong. Isi namanya, atau hapus baris ini bila bukan peserta.")
    if not isinstance(cell, str) or not any(letter.isalpha() for letter in name):
        raise CellFault(
            f"“{name}” bukan nama. Ketik namanya sebagai teks, atau hapus baris ini bila bukan "
            "peserta."
        )
    return name


def read_nip(cell: Cell) -> str | None:
    """The 18 digits of a NIP, or None for somebody without one. Raises CellFault.

    A number is refused: Excel keeps 15 digits of it and fills up with zeros.
    """
    if isinstance(cell, int | float) and not isinstance(cell, bool):
        raise CellFault(_NIP_LOST)
    text = (_text(cell) or "").lstrip("'’‘`")
    if text in _NOTHING:
        return None
    if _SCIENTIFIC.fullmatch(text):
        raise CellFault(_NIP_LOST)
    digits = _NIP_PARTS.sub("", text)
    if not (digits.isascii() and digits.isdecimal()):
        raise CellFault(
            f"NIP “{text[:30]}” memuat selain angka. Tulis {NIP_DIGITS} angka, "
            "atau kosongkan bila orang ini tidak punya NIP."
        )
    if len(digits) != NIP_DIGITS:
        raise CellFault(
            f"NIP harus {NIP_DIGITS} angka, di sini {len(digits)} angka. "
            "Periksa angkanya, atau kosongkan bila orang ini tidak punya NIP."
        )
    return digits


def nip_may_be_cut(nip: str | None) -> bool:
    """True for a NIP whose serial number is 000: what Excel writes when it has lost the end."""
    return nip is not None and nip.endswith("000")


def read_status(cell: Cell) -> Status:
    """A legal status, in any of the words offices use. Raises CellFault with the nearest ones."""
    text = _text(cell)
    choices = f"Yang dapat dipakai: {', '.join(_STATUS_LABELS)}."
    if text is None:
        raise CellFault(f"Status kosong. {choices}")
    status = _STATUSES.get(plain_head(text))
    if status is not None:
        return status
    if plain_head(text) == "asn":
        raise CellFault(f"“{text}” belum cukup: tulis PNS, Calon PNS, atau PPPK. {choices}")
    raise CellFault(f"Status “{text[:30]}” tidak dikenal.{_meant(text)} {choices}")


def read_unit(cell: Cell) -> str:
    """A unit's name or code as it stands; whether there is such a unit is not asked here."""
    unit = _text(cell)
    if unit is None or unit in _NOTHING:
        raise CellFault("Unit kosong. Isi nama atau kode unit kerja orang ini.")
    return unit


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
            f"Teks terlalu panjang: {len(text)} huruf, paling banyak {LONGEST}. Ringkas isinya."
        )
    return text or None


def _is_control(letter: str) -> bool:
    """True for what is neither seen nor a space: control, direction and private characters."""
    return letter not in "\t\n\r" and unicodedata.category(letter) in ("Cc", "Cf", "Co", "Cs")


@lru_cache(maxsize=256)
def _meant(text: str) -> str:
    near = near_names(text, [word for words in _STATUS_WORDS.values() for word in words])
    near = near_names(text, _STATUS_LABELS) or near
    if not near:
        return ""
    return f" Maksud Anda “{_STATUSES[plain_head(near[0])].label}”?"
