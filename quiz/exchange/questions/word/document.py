"""A Word document as items: paragraphs with numbers and letters, and tables with heads."""

from collections.abc import Iterator
from typing import TYPE_CHECKING

from quiz.exchange.questions.imported import MAX_LINES, ImportedItem, limited
from quiz.exchange.questions.typed.gathered import Gathered, imported
from quiz.exchange.questions.typed.lines import Line
from quiz.exchange.questions.typed.numbered import NumberedReader
from quiz.exchange.questions.word.flow import OBJECT
from quiz.exchange.questions.word.numbering import NumberingState
from quiz.exchange.questions.word.paragraphs import (
    DELETED,
    TRACKED,
    WRAPPERS,
    ParagraphReader,
    Styles,
)
from quiz.exchange.questions.word.parts import WordParts, too_heavy, word_parts
from quiz.exchange.questions.word.properties import child
from quiz.exchange.questions.word.tables import boxed_lines, questions_below_heads, table_rows
from quiz.exchange.tables.xml_tree import local_name

if TYPE_CHECKING:
    from xml.etree.ElementTree import Element

MAX_LETTERS = 2_000_000
"""Letters of text; a document of 200 pages has half a million."""


def read_docx(name: str, blob: bytes) -> tuple[list[ImportedItem], list[str]]:
    """The items of a document called ``name``, and notes on it as a whole.

    Raises UnreadableFile for what is no document, has macros or a password, or is too heavy.
    """
    reading = _Reading(name, word_parts(name, blob))
    reading.read()
    return reading.items(), reading.notes


class _Reading:
    """One document being read: typed questions and tables, later in the document's order."""

    def __init__(self, name: str, parts: WordParts) -> None:
        self._name = name
        self._body = child(parts.document, "body")
        self._typed = NumberedReader()
        self._lines: list[Line] = []
        self._paragraphs = ParagraphReader(
            Styles.of(parts.styles), NumberingState.of(parts.numbering)
        )
        self._rows: list[tuple[int, Gathered]] = []
        self._tables = 0
        self.notes: list[str] = []

    def read(self) -> None:
        """Take in the whole body. Raises UnreadableFile when it has too many letters."""
        for block in _blocks(self._body, self._paragraphs):
            if local_name(block) == "p":
                self._lines += self._paragraphs.lines(block)
            else:
                self._table(block)
            if self._paragraphs.length > MAX_LETTERS or self._paragraphs.place > MAX_LINES:
                raise too_heavy(self._name)
        self._typed.read(self._lines)

    def _table(self, element: "Element") -> None:
        self._tables += 1
        first = self._paragraphs.place
        rows = table_rows(element, self._paragraphs)
        found = questions_below_heads(rows, first)
        if found is None:
            self._lines += boxed_lines(rows)
        else:
            self._rows += [(self._tables, each) for each in found]

    def items(self) -> list[ImportedItem]:
        """Every item, in the order in which they begin."""
        typed = [(each.place, each, _where(each)) for each in self._typed.found()]
        for _, each in self._rows:
            self._typed.give_key(each)
        rows = [
            (each.place, each, f"tabel {table}, baris {each.row}") for table, each in self._rows
        ]
        self.notes += [*self._paragraphs.notes, *self._typed.notes()]
        in_order = sorted([*typed, *rows], key=lambda entry: entry[0])
        return [
            imported(found, number, where)
            for number, (_, found, where) in enumerate(limited(in_order), start=1)
        ]


def _where(found: Gathered) -> str:
    at = f"paragraf {found.place}"
    return f"nomor {found.number}, {at}" if found.number is not None else at


def _blocks(element: "Element | None", reader: ParagraphReader) -> Iterator["Element"]:
    """Paragraphs and tables in order, also within content controls; not deleted ones."""
    for part in element if element is not None else ():
        name = local_name(part)
        if name in {"p", "tbl"}:
            yield part
        elif name in DELETED:
            reader.note(TRACKED)
        elif name == "altChunk":
            reader.note(OBJECT)
        elif name in WRAPPERS:
            yield from _blocks(part, reader)
