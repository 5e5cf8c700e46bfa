"""Reading a file of questions, whatever its format: ``read_questions`` never raises for content."""

import re
from collections.abc import Callable
from dataclasses import dataclass

from quiz.exchange.questions.guards import guarded
from quiz.exchange.questions.imported import (
    MAX_BYTES,
    ImportedFile,
    ImportedItem,
    UnreadableFile,
    limited,
    tidied,
)
from quiz.exchange.questions.moodle.gift import read_gift
from quiz.exchange.questions.moodle.xml import read_moodle
from quiz.exchange.questions.sheets.examples import without_examples
from quiz.exchange.questions.sheets.heads import places_of
from quiz.exchange.questions.sheets.spreadsheet import read_spreadsheet
from quiz.exchange.questions.typed.aiken import read_aiken
from quiz.exchange.questions.typed.numbered import read_plain
from quiz.exchange.questions.typed.text_file import file_text, refuse_no_text
from quiz.exchange.questions.word import read_docx
from quiz.exchange.tables.delimited import SEPARATORS
from quiz.exchange.tables.disguise import shown_name
from quiz.exchange.tables.table import HEADER_WITHIN, make_row

Found = tuple[list[ImportedItem], list[str]]


@dataclass(frozen=True)
class Format:
    """A format: what people call it, and where an item that came by it says it is from."""

    label: str
    origin: str
    read: Callable[[str, bytes], Found]


def _text_reader(read: Callable[[str], Found]) -> Callable[[str, bytes], Found]:
    def reader(name: str, blob: bytes) -> Found:
        text, notes = file_text(name, blob)
        items, more = read(text)
        return items, [*notes, *more]

    return reader


FORMATS: dict[str, Format] = {
    "docx": Format("Word (.docx)", "impor Word", read_docx),
    "xlsx": Format("Excel (.xlsx) atau CSV", "impor Excel", read_spreadsheet),
    "teks": Format("Teks bernomor", "impor teks", _text_reader(read_plain)),
    "aiken": Format("Aiken", "impor Aiken", _text_reader(lambda text: (read_aiken(text), []))),
    "gift": Format("GIFT", "impor GIFT", _text_reader(lambda text: (read_gift(text), []))),
    "moodle-xml": Format("XML Moodle", "impor Moodle", read_moodle),
}
"""Every format by the name that commands and forms use."""

_ZIP_MARK = b"PK\x03\x04"
_EXCEL_PART = b"xl/workbook"
_AIKEN = re.compile(r"^[ \t]{0,80}ANSWER\s?:", re.MULTILINE)
_GIFT = re.compile(
    r"^[ \t]{0,80}(?:::|\$CATEGORY\s?:)|\{\s*+(?:[=~#%]|T(?:RUE)?\b|F(?:ALSE)?\b)", re.MULTILINE
)
_BY_NAME = {"gift": "gift", "aiken": "aiken"}
"""What a text is by its name where its content says nothing: essays in GIFT look like any text."""

_START = 20_000
_NUMBERED_OPTION = re.compile(r"^\s{0,8}[0-9]{1,3}[.)]\s", re.MULTILINE)


def read_questions(name: str, blob: bytes, format: str = "") -> ImportedFile:
    """Every item in a file called ``name``, with its faults; ``format`` "" is guessed.

    Its content decides what it is, not its name. A file that cannot be read has ``faults`` and no
    items. Costs up to about three seconds for the heaviest file that is read at all.
    """
    try:
        _check_size(name, blob)
        format = format or guessed_format(name, blob)
        items, notes = FORMATS[format].read(name, blob)
        tidy = [tidied(guarded(tidied(item))) for item in limited(without_examples(items))]
    except UnreadableFile as fault:
        return ImportedFile(format, faults=(str(fault),))
    if not tidy:
        return ImportedFile(format, faults=(_nothing_found(format),), notes=tuple(notes))
    return ImportedFile(format, tuple(tidy), notes=tuple(notes))


def _check_size(name: str, blob: bytes) -> None:
    if len(blob) > MAX_BYTES:
        raise UnreadableFile(
            f"Berkas “{shown_name(name)}” lebih besar dari {MAX_BYTES // 1_000_000} MB. Hapus "
            "gambarnya, simpan, lalu unggah lagi."
        )
    if not blob.strip():
        raise UnreadableFile(
            f"Berkas “{shown_name(name)}” kosong. Tulis soalnya dulu, lalu simpan."
        )


def guessed_format(name: str, blob: bytes) -> str:
    """The format a content looks like. Raises UnreadableFile for what is none of them."""
    if blob.startswith(_ZIP_MARK):
        return "xlsx" if _EXCEL_PART in blob else "docx"
    refuse_no_text(name, blob)
    if blob[:64].lstrip(b"\xef\xbb\xbf \t\r\n").startswith((b"<?xml", b"<quiz")):
        return "moodle-xml"
    text, _ = file_text(name, blob)
    if text.lstrip()[:5].lower() == "<?xml":
        return "moodle-xml"
    if _AIKEN.search(text) and not _NUMBERED_OPTION.search(text):
        return "aiken"
    if _GIFT.search(text):
        return "gift"
    return "xlsx" if _has_heads(text) else _BY_NAME.get(name.lower().rpartition(".")[2], "teks")


def _has_heads(text: str) -> bool:
    """Whether one of the first lines is a row of heads of ours, as CSV or copied from Excel."""
    lines = [line[:1_000] for line in text.lstrip()[:_START].splitlines()[:HEADER_WITHIN]]
    return any(
        {"stem", "key"} <= places_of(make_row(1, line.split(separator))).keys()
        for line in lines
        for separator in SEPARATORS
    )


def _nothing_found(format: str) -> str:
    """What to do when a file was read and holds no item."""
    return {
        "docx": "Tidak ada soal yang terbaca. Awali tiap soal dengan nomor (1.) dan tiap opsi "
        "dengan huruf (A.), atau pakai templat Word.",
        "xlsx": "Belum ada soal di bawah judul kolom. Isi satu baris untuk tiap soal.",
    }.get(
        format,
        f"Tidak ada soal yang terbaca sebagai {FORMATS[format].label}. Periksa contohnya di "
        "halaman ini, atau pilih format lain.",
    )
