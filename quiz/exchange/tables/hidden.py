"""What a workbook holds that nobody sees on opening it, or that no cell can hold."""

import re
from collections.abc import Collection
from dataclasses import dataclass, field
from posixpath import basename

from quiz.exchange.tables.archive import Archive, BadArchive, unpacked
from quiz.exchange.tables.table import column_letter
from quiz.exchange.tables.xml_tree import BadXml, local_name, xml_tree

_ZIP_MARK = b"PK\x03\x04"
_TAG = re.compile(rb"<(?:\w{1,20}:)?(row|col)\s[^<>]{0,2000}>")
_HIDDEN = re.compile(rb"\shidden\s?=\s?[\"'](?:1|true)[\"']")
_NUMBER = re.compile(rb"\s(r|min|max)\s?=\s?[\"']([0-9]{1,7})[\"']")
_SHOWN = 10
_WIDEST = 100


@dataclass
class Unseen:
    """Hidden sheets; hidden rows (from 1) and columns (letters) by sheet; pictures and remarks."""

    sheets: list[str] = field(default_factory=list)
    rows: dict[str, list[str]] = field(default_factory=dict)
    columns: dict[str, list[str]] = field(default_factory=dict)
    pictures: bool = False
    remarks: bool = False

    def sentences(self, read: Collection[str | None]) -> list[str]:
        """What to say of it, where only the sheets in ``read`` were taken."""
        said = []
        if self.sheets:
            names = ", ".join(f"“{name[:30]}”" for name in self.sheets[:_SHOWN])
            said.append(f"Lembar tersembunyi {names} tidak dibaca.")
        for name, rows in self.rows.items():
            if name in read:
                said.append(f"Lembar “{name[:30]}”: baris tersembunyi ikut dibaca: {_few(rows)}.")
        for name, columns in self.columns.items():
            if name in read:
                said.append(
                    f"Lembar “{name[:30]}”: kolom tersembunyi ikut dibaca: {_few(columns)}."
                )
        if self.pictures:
            said.append("Gambar di buku kerja tidak ikut diambil. Uraikan isinya dengan kata-kata.")
        if self.remarks:
            said.append("Komentar pada sel tidak dibaca.")
        return said


def unseen(blob: bytes) -> Unseen:
    """What is hidden in a workbook that has been read already; nothing for any other file."""
    found = Unseen()
    if not blob.startswith(_ZIP_MARK):
        return found
    try:
        archive = unpacked(blob)
        parts = _sheet_parts(archive, found)
    except (BadArchive, BadXml):
        return found
    found.pictures = any(name.startswith("xl/media/") for name in archive.names)
    found.remarks = any(name.startswith("xl/comments") for name in archive.names)
    for name, content in parts.items():
        _look_into(found, name, content)
    return found


def _sheet_parts(archive: Archive, found: Unseen) -> dict[str, bytes]:
    """The part of each sheet that is shown; the hidden ones are noted."""
    book = xml_tree(archive.parts.get("xl/workbook.xml", b"<none/>"))
    links = xml_tree(archive.parts.get("xl/_rels/workbook.xml.rels", b"<none/>"))
    targets = {link.get("Id", ""): link.get("Target", "") for link in links}
    parts = {}
    for sheet in (element for element in book.iter() if local_name(element) == "sheet"):
        name = sheet.get("name", "")
        if sheet.get("state", "visible") != "visible":
            found.sheets.append(name)
            continue
        link = next((v for k, v in sheet.attrib.items() if k.rpartition("}")[2] == "id"), "")
        part = f"xl/worksheets/{basename(targets.get(link, ''))}"
        parts[name] = archive.parts.get(part, b"")
    return parts


def _look_into(found: Unseen, name: str, content: bytes) -> None:
    """Note the hidden rows and columns of one sheet, each once however often the file says it.

    Empty columns at its end are not told.
    """
    if b"hidden" not in content:
        return
    rows: dict[int, None] = {}
    spans: set[tuple[int, int]] = set()
    for tag in _TAG.finditer(content):
        if not _HIDDEN.search(tag[0]):
            continue
        numbers = {key: int(number) for key, number in _NUMBER.findall(tag[0])}
        if tag[1] == b"row":
            rows[numbers.get(b"r", 0)] = None
        elif numbers.get(b"max", 0) <= _WIDEST:
            spans.add((max(1, numbers.get(b"min", 1)), numbers.get(b"max", 0)))
    columns = sorted({column for first, last in spans for column in range(first, last + 1)})
    if rows:
        found.rows[name] = [str(row) for row in rows]
    if columns:
        found.columns[name] = [column_letter(column - 1) for column in columns]


def _few(places: list[str]) -> str:
    more = f" dan {len(places) - _SHOWN} lagi" if len(places) > _SHOWN else ""
    return f"{', '.join(places[:_SHOWN])}{more}"
