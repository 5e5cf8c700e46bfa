"""The text of a file, whichever encoding its program chose; anything else is refused by name."""

import codecs

from quiz.exchange.questions.imported import MAX_LINES, UnreadableFile
from quiz.exchange.tables.disguise import has_password, is_compound, known_kind, shown_name

_MARKS = {
    codecs.BOM_UTF8: "utf-8-sig",
    codecs.BOM_UTF16_LE: "utf-16",
    codecs.BOM_UTF16_BE: "utf-16",
}
_LEAST_NULLS = 0.3
"""Half of the bytes of Latin text in UTF-16 are null."""

WINDOWS = (
    "Berkas tidak memakai UTF-8; huruf-hurufnya dibaca sebagai Windows-1252. Periksa tandanya."
)
_KINDS = "Pakai Word (.docx), Excel (.xlsx), teks, Aiken, GIFT, atau XML Moodle."


def file_text(name: str, blob: bytes) -> tuple[str, list[str]]:
    """The text in ``blob`` and notes on how it was read. Raises UnreadableFile."""
    refuse_no_text(name, blob)
    encoding = _encoding(blob)
    for each, notes in ((encoding, []), ("cp1252", [WINDOWS])):
        try:
            text = blob.decode(each)
        except (UnicodeDecodeError, LookupError):
            continue
        if "\x00" not in text:
            return _bounded(text), notes
    raise UnreadableFile(
        f"Berkas “{shown_name(name)}” bukan teks, atau memakai pengodean yang tidak dikenal. "
        "Simpan ulang sebagai teks UTF-8."
    )


def refuse_no_text(name: str, blob: bytes) -> None:
    """Raise UnreadableFile for pictures, programs, old Office files and the like."""
    shown = shown_name(name)
    if has_password(blob):
        raise UnreadableFile(
            f"Berkas “{shown}” dilindungi kata sandi. Hapus kata sandinya, lalu unggah lagi."
        )
    if is_compound(blob):
        raise UnreadableFile(
            f"Berkas “{shown}” dalam format Office lama (.doc atau .xls). Buka, lalu pilih Simpan "
            "sebagai .docx atau .xlsx."
        )
    if kind := known_kind(blob):
        raise UnreadableFile(f"Berkas “{shown}” sebenarnya {kind}, bukan berkas soal. {_KINDS}")


def _encoding(blob: bytes) -> str:
    for mark, encoding in _MARKS.items():
        if blob.startswith(mark):
            return encoding
    start = blob[:2_000]
    for offset, encoding in ((1, "utf-16-le"), (0, "utf-16-be")):
        if len(start) > 3 and start[offset::2].count(0) > _LEAST_NULLS * len(start):
            return encoding
    return "utf-8"


def _bounded(text: str) -> str:
    lines = text.count("\n") + text.count("\r")
    if lines > MAX_LINES:
        raise UnreadableFile(
            f"Teks memuat lebih dari {MAX_LINES // 1000}.000 baris. Bagi menjadi beberapa berkas."
        )
    return text
