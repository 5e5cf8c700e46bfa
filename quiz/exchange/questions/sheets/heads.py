"""The columns of a table of questions, and the heads by which they are known."""

import difflib
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import zip_longest
from string import ascii_uppercase

from quiz.exchange.questions.sheets.cells import cell_text
from quiz.exchange.tables.table import Cell, Row, column_letter, make_row, plain_head

LETTERS = ascii_uppercase
"""The options a row may hold."""

OFFERED = 6
"""The options our template has columns for."""


@dataclass(frozen=True)
class Column:
    """A column; ``head`` is what the template says, ``synonyms`` what is understood as well."""

    key: str
    head: str
    synonyms: tuple[str, ...] = ()


def _lettered(key: str, head: str, words: Sequence[str], bare: bool = False) -> tuple[Column, ...]:
    """One column a letter; its synonyms name it by the letter or by its ordinal."""
    return tuple(
        Column(
            f"{key}-{letter}",
            f"{head} {letter}",
            (
                *((letter,) if bare else ()),
                *(f"{word} {sign}" for word in (head, *words) for sign in (letter, str(place))),
            ),
        )
        for place, letter in enumerate(LETTERS, start=1)
    )


NUMBER = Column(
    "number",
    "No",
    ("Nomor", "No Soal", "Nomor Soal", "No Urut", "Nomor Urut", "No Butir", "Question Number"),
)
CODE = Column("code", "Kode", ("Kode Soal", "ID Soal", "Question ID"))
KIND = Column(
    "kind",
    "Jenis",
    (
        *("Jenis Soal", "Tipe", "Tipe Soal", "Bentuk Soal", "Jenis Pertanyaan", "Tipe Pertanyaan"),
        *("Question Type", "Type"),
    ),
)
TOPIC = Column("topic", "Topik", ("Materi", "Pokok Bahasan", "Kategori", "Topic", "Category"))
LEVEL = Column(
    "level",
    "Tingkat",
    ("Level", "Level Kognitif", "Tingkat Kognitif", "Ranah Kognitif", "Aspek Kognitif"),
)
STEM = Column(
    "stem",
    "Soal",
    (
        *("Pertanyaan", "Pokok Soal", "Butir Soal", "Uraian Soal", "Teks Soal", "Isi Soal"),
        *("Naskah Soal", "Rumusan Soal", "Rumusan Butir Soal", "Bunyi Soal", "Kalimat Soal"),
        *("Narasi Soal", "Deskripsi Soal", "Daftar Soal", "Soal Pertanyaan", "Pertanyaan Soal"),
        *("Butir Pertanyaan", "Teks Pertanyaan", "Isi Pertanyaan", "Soal Pilihan Ganda", "Stem"),
        *("Question", "Questions", "Question Text", "Question Stem", "Question Title"),
    ),
)
_STATEMENT = Column("statement", "Pernyataan", ("Statement",))
KEY = Column(
    "key",
    "Kunci",
    (
        *("Kunci Jawaban", "Jawaban Benar", "Jawaban yang Benar", "Jawaban Tepat", "Kunci Soal"),
        *("Kunci Jwb", "Opsi Benar", "Pilihan Benar", "Correct Answer", "Correct Answers"),
        *("Correct Option", "Correct Choice", "Correct", "Right Answer", "Answer Key", "Key"),
    ),
)
ANSWER = Column("answer", "Jawaban", ("Jawab", "Answer", "Answers"))
"""The key where no other column is, else the texts of options."""
TEXT = Column(
    "text",
    "Teks opsi",
    (
        *("Isi Opsi", "Uraian Opsi", "Teks Jawaban", "Isi Jawaban", "Teks Pilihan"),
        *("Isi Pilihan", "Option Text", "Answer Text"),
    ),
)
"""The text of an option where each has a row."""
WEIGHTS = Column("weights", "Bobot sebagian")
POINTS = Column(
    "points",
    "Bobot",
    ("Bobot Soal", "Bobot Nilai", "Skor", "Skor Soal", "Nilai", "Poin", "Point", "Points", "Score"),
)
DIFFICULTY = Column(
    "difficulty",
    "Tingkat kesulitan",
    ("Kesulitan", "Tingkat Kesukaran", "Taraf Kesukaran", "Taraf Kesulitan", "Difficulty"),
)
EXPLANATION = Column(
    "explanation",
    "Pembahasan",
    (
        *("Penjelasan", "Alasan", "Umpan Balik", "Explanation", "Answer Explanation", "Rationale"),
        *("Feedback", "General Feedback"),
    ),
)
OPTIONS = _lettered(
    "option",
    "Opsi",
    (
        *("Pilihan", "Jawaban", "Pilihan Jawaban", "Opsi Jawaban", "Alternatif", "Option"),
        *("Answer", "Choice", "Answer Option"),
    ),
    bare=True,
)
FEEDBACK = _lettered("feedback", "Umpan balik", ("Penjelasan", "Alasan", "Feedback"))
_PAIRS = tuple(column for pair in zip(OPTIONS, FEEDBACK, strict=True) for column in pair)


def template_columns(options: int = OFFERED) -> tuple[Column, ...]:
    """The columns of our template in their order, for items of up to so many options."""
    pairs = _PAIRS[: 2 * max(options, OFFERED)]
    return (NUMBER, CODE, KIND, TOPIC, LEVEL, STEM, *pairs, KEY, WEIGHTS, EXPLANATION)


TOGETHER = Column(
    "together",
    "Opsi",
    (
        *("Pilihan", "Pilihan Jawaban", "Opsi Jawaban", "Alternatif Jawaban", "Options"),
        *("Choices", "Answer Options", "Option", "Pilihan Ganda", "Huruf", "Huruf Opsi"),
    ),
)
"""All options of an item in one cell, or one option a row; our template has no such column."""

INFORMATION = (POINTS, DIFFICULTY)
"""Columns that say something of an item it has no place for."""

UNDERSTOOD = (
    *(NUMBER, CODE, KIND, TOPIC, LEVEL, STEM, _STATEMENT, *_PAIRS, KEY, ANSWER, TEXT, WEIGHTS),
    *(*INFORMATION, EXPLANATION, TOGETHER),
)
HEADS = tuple(head for column in UNDERSTOOD for head in (column.head, *column.synonyms))
"""Every head that is understood."""

_COLUMN_OF: dict[str, Column] = {}
for _column in UNDERSTOOD:
    for _head in (_column.head, *_column.synonyms):
        _COLUMN_OF.setdefault(plain_head(_head), _column)
_IN_BRACKETS = re.compile(r"[(\[][^()\[\]]{0,80}[)\]]")
_LIMIT = re.compile(r"max\.?\s?[0-9]{1,4}\s?(?:characters|char|karakter|huruf)", re.IGNORECASE)
_OFFERING = frozenset({TOGETHER.key, KEY.key, TEXT.key, KIND.key, OPTIONS[0].key})
_LIKE = 0.75
_SHOWN_HEADS = 12
_HEADS = 2
"""So many heads make a row one of heads."""


def column_of(cell: Cell) -> Column | None:
    """The column a head names, also with a remark in brackets or a limit of letters behind it."""
    text = cell_text(cell)
    shorter = _LIMIT.sub("", _IN_BRACKETS.sub("", text[:200]))
    return _COLUMN_OF.get(plain_head(text)) or _COLUMN_OF.get(plain_head(shorter))


def places_of(header: Row) -> dict[str, int]:
    """Where each column stands, by its key; the first one counts where a head stands twice.

    A column Jawaban is that of keys where there is no other; Pernyataan is asked where a key is.
    """
    places: dict[str, int] = {}
    for place, cell in enumerate(header.cells):
        column = column_of(cell)
        if column is not None:
            places.setdefault(column.key, place)
    answer = places.pop(ANSWER.key, None)
    if answer is not None:
        places.setdefault(TEXT.key if KEY.key in places else KEY.key, answer)
    statement = places.pop(_STATEMENT.key, None)
    if statement is not None and KEY.key in places:
        places.setdefault(STEM.key, statement)
    return places


@dataclass(frozen=True)
class Heads:
    """The heads of a table: where its columns stand, and below which of its rows questions do."""

    places: dict[str, int]
    row: Row
    last: Row
    """The lower row where heads stand in two, else the same."""

    @property
    def unread(self) -> list[str]:
        """The heads of columns that are passed over."""
        read = set(self.places.values())
        heads = ((place, cell_text(cell)) for place, cell in enumerate(self.row.cells))
        return [head for place, head in heads if head and place not in read]


def heads_within(rows: Sequence[Row], *, alone: bool = False) -> Heads | None:
    """The heads in the first of these rows that has a question's; None when none has.

    A row below one with as many heads is none: a question may well be called Soal.

    Another head must stand beside it, unless it may stand ``alone``.
    """
    most = 0
    for row, below in zip_longest(rows, rows[1:]):
        for heads in _in_one_or_two(row, below):
            offers = alone or heads.places.keys() & _OFFERING
            if STEM.key in heads.places and offers and len(heads.places) > most:
                return heads
        most = max(most, len(places_of(row)))
    return None


def _in_one_or_two(row: Row, below: Row | None) -> Iterator[Heads]:
    """The heads in two rows, where the lower one only names options; else those in one."""
    if below is not None:
        both = _joined(row, below)
        places, alone = places_of(both), places_of(row)
        lower = [cell for cell in below.cells if cell is not None]
        named = [column_of(cell) for cell in lower]
        adds = len(places) > len(alone) and STEM.key in alone
        if adds and all(column is not None for column in named):
            places.pop(TOGETHER.key, None)
            yield Heads(places, both, below)
    yield Heads(places_of(row), row, row)


def _joined(row: Row, below: Row) -> Row:
    """The heads of both rows: the lower one's cell where it has one."""
    width = max(len(row.cells), len(below.cells))
    cells = [
        row.cell(place) if below.cell(place) is None else below.cell(place)
        for place in range(width)
    ]
    return make_row(row.number, cells)


def unknown_heads(rows: Sequence[Row]) -> str:
    """The refusal of a table without a column of questions: seen, known, and the likeliest."""
    header = max(rows, key=lambda row: (min(_known(row), _HEADS), row.filled > 1))
    seen = [
        (column_letter(place), head)
        for place, cell in enumerate(header.cells)
        if (head := cell_text(cell))
    ]
    shown = ", ".join(f"“{head[:30]}” ({letter})" for letter, head in seen[:_SHOWN_HEADS])
    unknown = [(letter, head) for letter, head in seen if column_of(head) is None]
    likely = next(((found, *pair) for pair in unknown if (found := _like([STEM], pair[1]))), None)
    asked = (
        f" Maksud Anda “{likely[0].head}” untuk “{likely[2][:30]}” ({likely[1]})?" if likely else ""
    )
    return (
        f"Kolom “{STEM.head}” tidak ada di baris judul (baris {header.number}). Judul yang ada: "
        f"{shown}. Yang dikenal: Soal atau Pertanyaan, Opsi A, Opsi B, Kunci, Pembahasan, Topik, "
        f"Tingkat.{asked} Pakai templat Excel, atau beri kolom pertanyaan judul “Soal”."
    )


def likely_heads(unread: Sequence[str]) -> list[str]:
    """Questions about heads that are nearly known: Maksud Anda “Kunci” untuk “Kuncy”?"""
    likely = ((head, _like((STEM, KEY, EXPLANATION, *OPTIONS), head)) for head in unread)
    return [f"Maksud Anda “{found.head}” untuk “{head[:30]}”?" for head, found in likely if found]


def _like(among: Sequence[Column], head: str) -> Column | None:
    """The column whose head is like this one, or stands within it."""
    names = {plain_head(name): each for each in among for name in (each.head, *each.synonyms)}
    plain = plain_head(head)[:60]
    near = difflib.get_close_matches(plain, names, 1, _LIKE)
    within = [name for name in names if len(name) > len("opsi") and name in plain]
    found = [*near, *within, *(["soal"] if "soal" in plain and "soal" in names else [])]
    return names[found[0]] if found else None


def _known(row: Row) -> int:
    return sum(column_of(cell) is not None for cell in row.cells)
