"""Columns of an event file and what stands in them, as people read it."""

import re
from collections.abc import Mapping
from datetime import datetime
from typing import Any

from quiz.formats import datetime_id, mask_nip

COLUMN_WORDS = {
    "chosen": "jawaban",
    "closes_at": "jam tutup",
    "confidence": "keyakinan",
    "day": "hari",
    "ends_at": "selesai",
    "extra_percent": "tambahan waktu (%)",
    "extra_seconds": "tambahan waktu (detik)",
    "given_at": "dijawab",
    "issue": "kartu ke",
    "name": "nama",
    "nip": "NIP",
    "number": "nomor",
    "opens_at": "jam buka",
    "organiser": "penyelenggara",
    "place": "tempat",
    "remarks": "catatan",
    "removed_at": "dikeluarkan",
    "reply": "balasan",
    "saved_at": "diterima",
    "speakers": "narasumber",
    "starts_at": "mulai",
    "status": "status",
    "title": "judul",
    "unit_name": "unit",
    "voided_at": "dibatalkan",
}
"""Columns that say something to whoever has to judge two rows."""


def sides_in_words(columns: "tuple[tuple[str, Any, Any], ...]") -> str:
    """What differs, here and in the file."""
    said = [
        f"{COLUMN_WORDS[name]} di sini {shown(name, here)}, di berkas {shown(name, theirs)}"
        for name, here, theirs in columns
        if name in COLUMN_WORDS
    ]
    return "; ".join(said) or "keterangan lain"


def row_in_words(row: Mapping[str, Any]) -> str:
    """What a row says."""
    said = [
        f"{words} {shown(name, row[name])}"
        for name, words in COLUMN_WORDS.items()
        if row.get(name) not in (None, "", [])
    ]
    return "; ".join(said) or "keterangan lain"


_MOMENT = re.compile(r"\d{4}-\d\d-\d\dT[\d:.]+\+00:00")


def shown(column: str, value: Any) -> str:
    """A value: times in WITA, of a NIP the last digits, nothing as a dash."""
    if isinstance(value, list):
        return ", ".join(map(str, value)) or "–"
    if isinstance(value, str) and _MOMENT.fullmatch(value):
        return datetime_id(datetime.fromisoformat(value))
    if value is None or value == "":
        return "–"
    return mask_nip(value) if column == "nip" else str(value)[:80]
