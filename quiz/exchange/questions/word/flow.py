"""The text of a paragraph as it comes run by run, and what could not come along."""

from typing import TYPE_CHECKING

from quiz.exchange.questions.imported import as_typed
from quiz.exchange.questions.typed.lines import Line
from quiz.exchange.questions.word.properties import attribute
from quiz.exchange.tables.xml_tree import local_name

if TYPE_CHECKING:
    from xml.etree.ElementTree import Element

PICTURE = "Gambar pada soal ini tidak ikut diambil. Uraikan isinya dengan kata-kata."
EQUATION = "Rumus pada soal ini tidak ikut diambil. Tulis ulang sebagai teks biasa."
NOTE = "Catatan kaki pada soal ini tidak ikut diambil. Masukkan isinya ke dalam kalimat."
TEXT_BOX = "Kotak teks pada soal ini tidak ikut diambil. Salin isinya ke paragraf biasa."
SYMBOL = "Simbol khusus pada soal ini tidak ikut diambil. Tulis ulang sebagai teks biasa."
OBJECT = "Objek sisipan pada soal ini tidak ikut diambil."
TABLE = "Tabel pada soal ini diambil sebagai baris teks; susunan kolomnya hilang."


_LINES = frozenset({"line", "straightConnector1"})


def _is_line(part: "Element") -> bool:
    """Whether a part of a drawing says that it is a horizontal line, which says nothing."""
    rule = attribute(part, "hr").casefold() in {"t", "true", "1"}
    shape = local_name(part) == "prstGeom" and attribute(part, "prst") in _LINES
    return rule or shape


class Flow:
    """Text as it comes, with a "1" for each letter that stands out, and what could not come."""

    def __init__(self) -> None:
        self._texts: list[str] = []
        self._prominent: list[str] = []
        self.length = 0
        self.lost: list[str] = []

    def add(self, text: str, prominent: bool) -> None:
        """Go on with this text."""
        text = as_typed(text)
        self._texts.append(text)
        self._prominent.append(("1" if prominent else "0") * len(text))
        self.length += len(text)

    def lose(self, element: "Element", sentence: str) -> None:
        """Note what is lost; a drawing may be a box of text, or a mere line."""
        if any(_is_line(part) for part in element.iter()):
            return
        box = any(local_name(part) == "txbxContent" for part in element.iter())
        self.lost.append(TEXT_BOX if box else sentence)

    def split(self, place: int) -> list[Line]:
        """The lines between line breaks; one empty line when something is lost and nothing said."""
        flags = "".join(self._prominent)
        lines: list[Line] = []
        start = 0
        for text in "".join(self._texts).split("\n"):
            end = start + len(text)
            if text.strip():
                lines.append(Line(text, place, flags[start:end], starts=False))
            start = end + 1
        return lines or ([Line("", place)] if self.lost else [])
