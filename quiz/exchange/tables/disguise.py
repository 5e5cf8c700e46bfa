"""What a file is by its content, whatever its name says, when it is not a table."""

import unicodedata

from quiz.exchange.tables.table import TableFault

_REMEDY = "Buka daftar aslinya di Excel, lalu pilih Simpan sebagai Excel (.xlsx)."

_SIGNATURES = (
    (b"\x89PNG", "gambar PNG"),
    (b"\xff\xd8\xff", "foto JPEG"),
    (b"GIF8", "gambar GIF"),
    (b"BM", "gambar BMP"),
    (b"II*\x00", "gambar TIFF"),
    (b"MM\x00*", "gambar TIFF"),
    (b"%PDF", "dokumen PDF"),
    (b"{\\rtf", "dokumen RTF"),
    (b"Rar!", "arsip RAR"),
    (b"7z\xbc\xaf", "arsip 7-Zip"),
    (b"\x1f\x8b", "arsip GZIP"),
    (b"MZ", "program Windows"),
    (b"SQLite format 3", "basis data SQLite"),
)
_WEB_PAGE = (b"<!doctype", b"<html", b"<table", b"<?xml", b"<meta", b"<style")
_COMPOUND = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
"""Start of the container of Office 97-2003, which also wraps a workbook with a password."""

_PACKAGES = {
    "imsmanifest.xml": "paket soal QTI (Canvas, Blackboard, …)",
    "h5p.json": "paket H5P",
    "moodle_backup.xml": "cadangan kursus Moodle (.mbz)",
}
_EXPORT = (
    "Paket itu belum dapat dibaca. Di program asalnya, ekspor soalnya sebagai GIFT, XML Moodle, "
    "atau Excel, lalu unggah berkas itu."
)
_ZIP_PARTS = (
    ("word/", "dokumen Word (.docx)"),
    ("ppt/", "presentasi PowerPoint (.pptx)"),
    ("xl/workbook.bin", "buku kerja biner Excel (.xlsb)"),
    ("content.xml", "berkas LibreOffice (.ods atau .odt)"),
    ("AndroidManifest.xml", "aplikasi Android"),
    *_PACKAGES.items(),
)
_SHOWN_NAME = 60


def shown_name(name: str) -> str:
    """A file's name, safe and short enough for a sentence."""
    plain = "".join(letter for letter in name if unicodedata.category(letter)[0] != "C").strip()
    return plain if len(plain) <= _SHOWN_NAME else f"{plain[: _SHOWN_NAME - 1]}…"


def refuse_other_kinds(name: str, blob: bytes) -> None:
    """Raise TableFault when the content is known to be something else than a table."""
    start = blob[:64].lstrip(b"\xef\xbb\xbf \t\r\n").lower()
    if is_compound(blob):
        raise _compound_fault(name, blob)
    if start.startswith(_WEB_PAGE):
        raise not_a_table(name, "halaman web atau XML")
    if kind := known_kind(blob):
        raise not_a_table(name, kind)


def known_kind(blob: bytes) -> str | None:
    """What a picture, program, archive or printed document is; None for text, ZIP and unknown."""
    if blob.startswith(b"RIFF") and blob[8:12] == b"WEBP":
        return "gambar WebP"
    for signature, kind in _SIGNATURES:
        if blob.startswith(signature) and not _is_text(blob, signature):
            return kind
    return None


def is_compound(blob: bytes) -> bool:
    """True for a file of Office 97-2003, and for one of today with a password."""
    return blob.startswith(_COMPOUND)


def has_password(blob: bytes) -> bool:
    """True for a compound file that wraps one of today with a password."""
    return is_compound(blob) and "EncryptedPackage".encode("utf-16-le") in blob


def refuse_other_archives(name: str, parts: list[str]) -> None:
    """Raise TableFault when a ZIP with these parts is no .xlsx workbook."""
    if "xl/workbook.xml" not in (part.replace("\\", "/").lower() for part in parts):
        raise not_a_table(name, archive_kind(parts))


def archive_kind(parts: list[str]) -> str:
    """What a ZIP with these parts is, an .xlsx workbook aside."""
    for mark, kind in _ZIP_PARTS:
        if any(part.startswith(mark) for part in parts):
            return kind
    return "arsip ZIP"


def remedy(kind: str, otherwise: str) -> str:
    """How to get on with a file of this kind: packages of questions are exported once more."""
    return _EXPORT if kind in _PACKAGES.values() else otherwise


def not_a_table(name: str, kind: str) -> TableFault:
    """The fault that names what a file is instead of a table."""
    return TableFault(
        f"Berkas “{shown_name(name)}” sebenarnya {kind}, bukan tabel. {remedy(kind, _REMEDY)}"
    )


def locked(name: str) -> TableFault:
    """The fault of a workbook that a password protects."""
    return TableFault(
        f"Berkas “{shown_name(name)}” dilindungi kata sandi. Buka di Excel, hapus kata sandinya "
        "(Berkas > Info > Proteksi Buku Kerja), simpan, lalu unggah lagi."
    )


def _compound_fault(name: str, blob: bytes) -> TableFault:
    if has_password(blob):
        return locked(name)
    if "WordDocument".encode("utf-16-le") in blob:
        return not_a_table(name, "dokumen Word lama (.doc)")
    return TableFault(
        f"Berkas “{shown_name(name)}” dalam format Excel lama (.xls). "
        "Buka di Excel, lalu pilih Simpan sebagai Excel (.xlsx)."
    )


def _is_text(blob: bytes, signature: bytes) -> bool:
    """True for a text that only happens to begin like a signature made of letters (BM, MZ)."""
    return signature.isalnum() and b"\x00" not in blob[:1024]
