"""A table with one item a row, in Excel or in a Word document: its columns, and reading a row."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time
from fractions import Fraction

from quiz.exchange.questions.typed.gathered import Gathered, GatheredOption
from quiz.exchange.questions.typed.lines import Line
from quiz.exchange.questions.typed.numbered import NumberedReader
from quiz.exchange.questions.typed.side_by_side import plain_lines
from quiz.exchange.tables.table import Cell, Row, plain_head

LETTERS = "ABCDEF"
"""A row holds up to six options."""


@dataclass(frozen=True)
class Column:
    """A column; ``head`` is what the template says, ``synonyms`` what is understood as well."""

    key: str
    head: str
    synonyms: tuple[str, ...] = ()


NUMBER = Column("number", "No", ("Nomor", "No Soal", "Nomor Soal", "No Urut"))
CODE = Column("code", "Kode", ("Kode Soal",))
KIND = Column("kind", "Jenis", ("Jenis Soal", "Tipe", "Tipe Soal", "Bentuk Soal"))
TOPIC = Column("topic", "Topik", ("Materi", "Pokok Bahasan"))
LEVEL = Column("level", "Tingkat", ("Level", "Level Kognitif", "Tingkat Kesulitan"))
STEM = Column("stem", "Soal", ("Pertanyaan", "Pokok Soal", "Butir Soal", "Uraian Soal"))
KEY = Column("key", "Kunci", ("Kunci Jawaban", "Jawaban", "Jawaban Benar"))
WEIGHTS = Column("weights", "Bobot sebagian", ("Bobot",))
EXPLANATION = Column("explanation", "Pembahasan", ("Penjelasan", "Alasan"))
OPTIONS = tuple(
    Column(f"option-{letter}", f"Opsi {letter}", (letter, f"Pilihan {letter}", f"Jawaban {letter}"))
    for letter in LETTERS
)
FEEDBACK = tuple(
    Column(
        f"feedback-{letter}", f"Umpan balik {letter}", (f"Penjelasan {letter}", f"Alasan {letter}")
    )
    for letter in LETTERS
)
COLUMNS = (
    NUMBER,
    CODE,
    KIND,
    TOPIC,
    LEVEL,
    STEM,
    *(column for pair in zip(OPTIONS, FEEDBACK, strict=True) for column in pair),
    KEY,
    WEIGHTS,
    EXPLANATION,
)
TOGETHER = Column(
    "together", "Opsi", ("Pilihan", "Pilihan Jawaban", "Opsi Jawaban", "Alternatif Jawaban")
)
"""All options of an item in one cell; our template has no such column."""

_UNDERSTOOD = (*COLUMNS, TOGETHER)
HEADS = tuple(head for column in _UNDERSTOOD for head in (column.head, *column.synonyms))
"""Every head that is understood."""

_COLUMN_OF = {
    plain_head(head): column for column in _UNDERSTOOD for head in (column.head, *column.synonyms)
}
_WEIGHT = re.compile(
    r"([A-F])\s*[=:]?\s*(?:([0-9]{1,3})/([1-9][0-9]{0,3})|([0-9]{1,3}(?:[.,][0-9]{1,6})?)\s*(%?))",
    re.IGNORECASE,
)


def places_of(header: Row) -> dict[str, int]:
    """Where each column stands, by its key; the first one counts where a head stands twice."""
    places: dict[str, int] = {}
    for place, cell in enumerate(header.cells):
        column = _COLUMN_OF.get(plain_head(cell))
        if column is not None:
            places.setdefault(column.key, place)
    return places


def unread_heads(header: Row) -> list[str]:
    """The heads of columns that are passed over."""
    heads = (cell_text(cell) for cell in header.cells)
    return [head for head in heads if head and plain_head(head) not in _COLUMN_OF]


def gathered_row(
    cells: Mapping[str, str],
    place: int,
    prominent: frozenset[str] = frozenset(),
    lines: Sequence[Line] | None = None,
) -> Gathered:
    """The item of one row; ``cells`` are its texts by column, ``prominent`` letters of bold ones.

    Where a table has no columns A, B, C, options are looked for in the cell of the question and
    in that of all options: ``lines``, by default their texts.
    """
    number = cells.get(NUMBER.key, "").rstrip(". )")
    found = Gathered(
        place=place,
        number=int(number) if number.isascii() and number.isdigit() and len(number) < 6 else None,
        key=cells.get(KEY.key, ""),
        topic=cells.get(TOPIC.key, ""),
        level=cells.get(LEVEL.key, ""),
        kind=cells.get(KIND.key, ""),
        code=cells.get(CODE.key, "").upper(),
        signs=False,
    )
    _put(found.explanation, cells.get(EXPLANATION.key, ""))
    for letter, column in zip(LETTERS, FEEDBACK, strict=True):
        if text := cells.get(column.key, ""):
            found.feedback[letter] = [text]
    if any(column.key in cells for column in OPTIONS):
        found.options = _options(cells, prominent)
        _put(found.stem, cells.get(STEM.key, ""))
    else:
        _read_within(found, _lines_of(cells) if lines is None else lines)
    _read_weights(found, cells.get(WEIGHTS.key, ""))
    return found


def _lines_of(cells: Mapping[str, str]) -> list[Line]:
    texts = (cells.get(STEM.key, ""), cells.get(TOGETHER.key, ""))
    return list(plain_lines("\n".join(texts)))


def _options(cells: Mapping[str, str], prominent: frozenset[str]) -> list[GatheredOption]:
    """The options up to the last filled cell; an empty one between is an option without text."""
    texts = [cells.get(column.key, "") for column in OPTIONS]
    last = max((place for place, text in enumerate(texts, start=1) if text), default=0)
    return [
        GatheredOption(place + 1, [text], stands_out=LETTERS[place] in prominent)
        for place, text in enumerate(texts[:last])
    ]


def _read_within(found: Gathered, lines: Sequence[Line]) -> None:
    """Read stem and options that stand in one cell, line by line."""
    within = NumberedReader().read_one(found.number, lines)
    found.stem, found.options = within.stem, within.options
    found.key = found.key or within.key
    found.explanation = found.explanation or within.explanation
    found.faults += within.faults
    found.lost += within.lost
    found.signs = True


def _read_weights(found: Gathered, text: str) -> None:
    """Read B=1/2; C=50% into shares of the options."""
    rest = _WEIGHT.sub("", text).strip(" ;,\n")
    for letter, over, under, number, percent in _WEIGHT.findall(text):
        share = Fraction(int(over), int(under)) if over else Fraction(number.replace(",", "."))
        share = share / 100 if percent else share
        if not 0 <= share <= 1:
            rest = rest or text
            continue
        found.weights[LETTERS.index(letter.upper())] = share
    if rest:
        found.faults.append(
            f"Bobot sebagian “{text[:40]}” tidak terbaca. Tulis hurufnya dan bobotnya antara 0 dan "
            "1, misalnya “B=1/2; C=1/4”."
        )


def _put(texts: list[str], text: str) -> None:
    if text:
        texts.append(text)


def cell_text(cell: Cell) -> str:
    """A cell as a person reads it: 2024 and not 2024.0; Excel's BENAR is a truth value."""
    match cell:
        case bool():
            return "Benar" if cell else "Salah"
        case float():
            return _number_text(cell)
        case datetime() if cell.time() != time():
            return f"{cell:%d-%m-%Y %H.%M}"
        case date():
            return f"{cell:%d-%m-%Y}"
        case time():
            return f"{cell:%H.%M}"
    return str(cell or "").strip()


def _number_text(number: float) -> str:
    whole = number.is_integer() and abs(number) < 1e15
    return f"{number:.0f}" if whole else f"{number:.10g}".replace(".", ",")
