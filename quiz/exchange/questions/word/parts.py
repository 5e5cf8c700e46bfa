"""The parts of a .docx that hold text, as trees; what is no such document is refused."""

from dataclasses import dataclass
from typing import TYPE_CHECKING

from quiz.exchange.questions.imported import UnreadableFile
from quiz.exchange.questions.typed.text_file import refuse_no_text
from quiz.exchange.tables.archive import (
    Archive,
    BadArchive,
    LockedArchive,
    OverweightArchive,
    unpacked,
)
from quiz.exchange.tables.disguise import archive_kind, remedy, shown_name
from quiz.exchange.tables.xml_tree import BadXml, OverweightXml, XmlBomb, xml_tree

if TYPE_CHECKING:
    from xml.etree.ElementTree import Element  # only its type; parsing is defusedxml's

_DOCUMENT = "word/document.xml"
_MACROS = "vbaproject.bin"
_SAVE_AS = "Buka di Word atau LibreOffice, lalu pilih Simpan sebagai Dokumen Word (.docx)."


@dataclass(frozen=True)
class WordParts:
    """The trees of a document; numbering and styles are None where the program wrote none."""

    document: "Element"
    numbering: "Element | None"
    styles: "Element | None"


def word_parts(name: str, blob: bytes) -> WordParts:
    """The parts of the document in ``blob``. Raises UnreadableFile."""
    archive = _archive(name, blob)
    main = _main_part(archive)
    if main is None:
        kind = archive_kind(archive.names)
        raise UnreadableFile(
            f"Berkas “{shown_name(name)}” sebenarnya {kind}, bukan dokumen Word. "
            f"{remedy(kind, _SAVE_AS)}"
        )
    if any(part.lower().endswith(_MACROS) for part in archive.names):
        raise UnreadableFile(
            f"Berkas “{shown_name(name)}” memuat makro, jadi tidak dibuka. {_SAVE_AS}"
        )
    folder = main.rpartition("/")[0]
    return WordParts(
        document=_tree(name, archive.parts[main]),
        numbering=_optional(name, archive, f"{folder}/numbering.xml"),
        styles=_optional(name, archive, f"{folder}/styles.xml"),
    )


def _archive(name: str, blob: bytes) -> Archive:
    refuse_no_text(name, blob)
    try:
        return unpacked(blob)
    except LockedArchive as fault:
        raise UnreadableFile(
            f"Berkas “{shown_name(name)}” dilindungi kata sandi. Hapus kata sandinya di Word "
            "(Berkas > Info > Proteksi Dokumen), simpan, lalu unggah lagi."
        ) from fault
    except OverweightArchive as fault:
        raise too_heavy(name) from fault
    except BadArchive as fault:
        raise broken(name) from fault


def _main_part(archive: Archive) -> str | None:
    """word/document.xml, or what some programs call it (document2.xml)."""
    names = sorted(archive.parts)
    if _DOCUMENT in archive.parts:
        return _DOCUMENT
    return next((n for n in names if n.lower().startswith("word/document")), None)


def _optional(name: str, archive: Archive, part: str) -> "Element | None":
    return _tree(name, archive.parts[part]) if part in archive.parts else None


def _tree(name: str, content: bytes) -> "Element":
    try:
        return xml_tree(content)
    except OverweightXml as fault:
        raise too_heavy(name) from fault
    except XmlBomb as fault:
        raise UnreadableFile(
            f"Berkas “{shown_name(name)}” memuat deklarasi DOCTYPE, yang tidak pernah ditulis "
            f"Word. {_SAVE_AS}"
        ) from fault
    except BadXml as fault:
        raise broken(name) from fault


def broken(name: str) -> UnreadableFile:
    """The refusal of a document that is damaged or cut short."""
    return UnreadableFile(
        f"Berkas “{shown_name(name)}” rusak atau tidak utuh, mungkin unduhannya terputus. "
        f"{_SAVE_AS}"
    )


def too_heavy(name: str) -> UnreadableFile:
    """The refusal of a document that holds more than could be read in a moment."""
    return UnreadableFile(
        f"Isi berkas “{shown_name(name)}” terlalu besar untuk dibaca sekaligus. Salin soalnya ke "
        "dokumen baru, paling banyak 300 soal, lalu unggah lagi."
    )
