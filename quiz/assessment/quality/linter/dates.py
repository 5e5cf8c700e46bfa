"""Rules about time: what changes says when it was so."""

import re
from collections.abc import Iterator

from quiz.assessment.items.item import Item
from quiz.assessment.quality.linter.rule import Note, Register, item_rule
from quiz.assessment.quality.linter.texts import option_texts, stem

MONTHS = (
    *("Januari", "Februari", "Maret", "April", "Mei", "Juni"),
    *("Juli", "Agustus", "September", "Oktober", "November", "Desember"),
)

_YEAR = re.compile(r"\b(?:19|20)[0-9]{2}\b")
_DAY = re.compile(rf"\b[0-9]{{1,2}} (?:{'|'.join(MONTHS)})\b(?! (?:19|20)[0-9]{{2}})")
_NOW = re.compile(
    r"\b(?:saat ini|sekarang ini|dewasa ini|tahun ini|pilkada (?:tahun )?ini"
    r"|baru-baru ini|akhir-akhir ini)\b",
    re.IGNORECASE,
)


@item_rule(
    "tanggal-bertahun",
    "warning",
    reason="Soal dipakai lagi pada pemilihan berikutnya; tanggal tanpa tahun menjadi keliru.",
    source="Aturan pakai fakta 3: titik waktu",
)
def dates_have_their_year(item: Item, register: Register) -> Iterator[Note]:
    """A day and month stand with a year, in themselves or in the stem; no "saat ini"."""
    dated = bool(_YEAR.search(item.stem))
    for part in (stem(item), *option_texts(item)):
        day, now = _DAY.search(part.text), _NOW.search(part.text)
        if day and not dated:
            yield part.note(f"“{day[0]}” tanpa tahun. Tulis tahunnya pada pokok soal.")
        if now:
            yield part.note(f"“{now[0]}” berubah dengan waktu. Tulis tanggalnya.")
