"""What an editor does to an item that is still being written: rows added, moved, another type.

Content is the dict of ``quiz.assessment.unfinished``; every function returns a new one.
"""

import re
from collections.abc import Mapping
from copy import deepcopy
from datetime import date
from typing import Any

from quiz.assessment.items.item import LETTERS
from quiz.assessment.items.types import ITEM_TYPES
from quiz.assessment.items.types.feed import MOST_MESSAGES

OPTIONS, MESSAGES = "opsi", "pesan"
"""The two lists of rows an editor has, as its buttons and fields name them."""

MOST = {OPTIONS: len(LETTERS), MESSAGES: MOST_MESSAGES}
BLANK_ROWS: dict[str, dict[str, str]] = {
    OPTIONS: {"text": "", "weight": "0", "feedback": ""},
    MESSAGES: {"from": "", "time": "", "text": ""},
}
STEPS = {"naik": -1, "turun": 1}


def blank_content(type_name: str, topic: str, code: str, law_as_of: date) -> dict[str, Any]:
    """A new item of this type with everything still to be written; for everybody."""
    content = {
        "code": code,
        "type": type_name,
        "topic": topic,
        "level": "",
        "audience": [],
        "stem": "",
        "options": [],
        "explanation": "",
        "passages": [],
        "claims": [],
        "references": [],
        "law_as_of": law_as_of.isoformat(),
        "extra": {},
    }
    return retyped(content, type_name)


def retyped(content: Mapping[str, Any], type_name: str) -> dict[str, Any]:
    """The same item as another type: texts that are the type's own replace those written.

    Options are kept, also those that are too many; what a simulation said is kept only by types
    that have one. Raises KeyError for a type there is not.
    """
    kind = ITEM_TYPES[type_name]
    changed = deepcopy(dict(content))
    options = [dict(option) for option in changed.get("options") or ()]
    options += [dict(BLANK_ROWS[OPTIONS]) for _ in kind.starts_with[len(options) :]]
    for option, text in zip(options, kind.starts_with, strict=False):
        option["text"] = text or option.get("text", "")
    blank = kind.blank_extra()
    extra = changed.get("extra") or {}
    changed |= {"type": type_name, "options": options, "extra": blank and blank | extra}
    return changed


def changed_rows(content: Mapping[str, Any], command: str) -> dict[str, Any]:
    """Content after a row button: "opsi.tambah", "opsi.hapus.2", "pesan.naik.3", "pesan.turun.1".

    Rows count from 1. A command that makes no sense changes nothing.
    """
    changed = deepcopy(dict(content))
    rows_name, _, order = command.partition(".")
    if rows_name not in MOST:
        return changed
    rows = _rows(changed, rows_name)
    verb, _, number = order.partition(".")
    if verb == "tambah" and len(rows) < MOST[rows_name]:
        rows.append(dict(BLANK_ROWS[rows_name]))
    elif number.isdecimal() and 1 <= int(number) <= len(rows):
        _change_row(rows, verb, int(number) - 1)
    return changed


def _rows(content: dict[str, Any], rows_name: str) -> list[dict[str, str]]:
    holder = content if rows_name == OPTIONS else content.setdefault("extra", {})
    rows: list[dict[str, str]] = holder.setdefault(
        "options" if rows_name == OPTIONS else "messages", []
    )
    return rows


def _change_row(rows: list[dict[str, str]], verb: str, place: int) -> None:
    target = place + STEPS.get(verb, 0)
    if verb == "hapus":
        del rows[place]
    elif verb in STEPS and 0 <= target < len(rows):
        rows[place], rows[target] = rows[target], rows[place]


_PLACES = (
    (r"[Pp]enjelasan opsi ke-(\d+)", "opsi-{}-umpan"),
    (r"Opsi ke-(\d+) belum mempunyai penjelasan", "opsi-{}-umpan"),
    (r"Bobot opsi ke-(\d+)", "opsi-{}-bobot"),
    (r"[Kk]ategori.* opsi ke-(\d+)|Opsi ke-(\d+) belum mempunyai kategori", "opsi-{}-kategori"),
    (r"[Oo]psi ke-(\d+)", "opsi-{}-teks"),
    (r"Pesan ke-(\d+): pengirim", "pesan-{}-pengirim"),
    (r"Pesan ke-(\d+): waktu", "pesan-{}-jam"),
    (r"Pesan ke-(\d+)", "pesan-{}-isi"),
    (r"^[Pp]okok soal", "stem"),
    (r"^[Pp]embahasan", "explanation"),
    (r"^Dasar:|^Fakta ", "claims"),
    (r"^Dasar hukum ", "references"),
    (r"^Kalimat bahan ", "passages"),
    (r"^Topik ", "topic"),
    (r"Jenis simulasi", "extra-kind"),
    (r"[Jj]udul simulasi", "extra-title"),
    (r"anggota", "extra-members"),
    (r"[Ss]imulasi", "extra-title"),
    (r"^Kode soal", "code"),
    (r"^Pilih topik", "topic"),
    (r"^Pilih tingkat", "level"),
    (r"status peserta", "audience"),
    (r"keadaan hukum", "law_as_of"),
    (r"[Oo]psi|kunci|pengecoh|[Bb]obot", "opsi"),
)
_COMPILED = tuple((re.compile(pattern), place) for pattern, place in _PLACES)


def field_of(sentence: str) -> str | None:
    """The id of the editor's field that a problem is about; None when none alone is."""
    for pattern, place in _COMPILED:
        if found := pattern.search(sentence):
            number = next((group for group in found.groups() if group), "")
            return place.format(number)
    return None
