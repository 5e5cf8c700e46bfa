"""The workbook for items: empty with examples to fill in, or filled with items of the bank."""

import io
from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING

from quiz.assessment.items.item import Item, Level, Option
from quiz.assessment.items.types import ITEM_TYPES
from quiz.exchange.questions.imported import MAX_ITEMS, ImportedItem, ImportedOption
from quiz.exchange.questions.kinds import EXCHANGED
from quiz.exchange.questions.sheets.examples import EXAMPLES
from quiz.exchange.questions.sheets.heads import (
    KIND,
    LETTERS,
    LEVEL,
    TOPIC,
    Column,
    template_columns,
)
from quiz.exchange.tables.offering import add_lines, offer

if TYPE_CHECKING:
    from xlsxwriter.workbook import Workbook
    from xlsxwriter.worksheet import Worksheet

_AS_TEXT = 49
"""Excel's own number for the format it calls Teks."""

_WIDTHS = {
    "number": 5,
    "code": 12,
    "kind": 22,
    "topic": 24,
    "level": 14,
    "stem": 60,
    "key": 9,
    "weights": 16,
    "explanation": 60,
}
_OPTION_WIDTH = 32

_GUIDE = (
    "Isi satu baris untuk tiap soal di lembar “Soal”, lalu simpan (.xlsx).",
    "Wajib: Soal, Opsi, dan Kunci. Yang lain boleh menyusul di penyunting aplikasi.",
    "Jenis: Pilihan tunggal (satu kunci), Pilihan ganda kompleks (beberapa kunci), atau Benar atau "
    "salah. Kosong: jenis dibaca dari kuncinya.",
    "Kunci: huruf opsinya, misalnya B. Beberapa kunci: A, C. Untuk Benar atau salah: Benar.",
    "Bobot sebagian hanya untuk Pilihan tunggal: B=1/2 memberi setengah nilai kepada opsi B.",
    "Umpan balik: satu kalimat mengapa opsi itu benar atau salah. Untuk Benar atau salah, Umpan "
    "balik A milik Benar dan Umpan balik B milik Salah; kolom opsinya boleh kosong.",
    f"Tingkat: {', '.join(level.label for level in Level)} (atau C1, C2, C3).",
    "Topik: nama atau kode topik seperti di aplikasi.",
    "Jangan mengubah judul kolom. Urutan kolom bebas; kolom lain tidak dibaca.",
    f"Sekali ambil paling banyak {MAX_ITEMS} soal.",
)


def xlsx_template(topics: Sequence[str]) -> bytes:
    """An .xlsx workbook to fill in: examples, lists to choose from, and how to fill it."""
    rows = [_row(example, "") for example in EXAMPLES]
    return _workbook(rows, topics, "Petunjuk", _GUIDE, examples=True)


def xlsx_items(items: Iterable[Item], topics: Mapping[str, str], remarks: Sequence[str]) -> bytes:
    """The items in the template's columns; ``topics`` are names by code.

    ``remarks``, on a sheet of their own, say what the workbook does not carry.
    """
    rows = [_row(item, topics.get(item.topic, item.topic)) for item in items]
    return _workbook(rows, list(topics.values()), "Keterangan", remarks)


def _row(item: Item | ImportedItem, topic: str) -> dict[str, str]:
    options: tuple[Option | ImportedOption, ...] = item.options
    lettered = list(zip(LETTERS, options, strict=False))
    cells = {
        "code": item.code,
        "kind": ITEM_TYPES[item.type].label,
        "topic": topic,
        "level": item.level.label if item.level else "",
        "stem": item.stem,
        "key": ", ".join(letter for letter, option in lettered if option.is_key),
        "weights": "; ".join(
            f"{letter}={option.weight}" for letter, option in lettered if 0 < option.weight < 1
        ),
        "explanation": item.explanation,
    }
    for letter, option in lettered:
        cells |= {f"option-{letter}": option.text, f"feedback-{letter}": option.feedback}
    return cells


def _workbook(
    rows: Sequence[Mapping[str, str]],
    topics: Sequence[str],
    guide: str,
    lines: Sequence[str],
    *,
    examples: bool = False,
) -> bytes:
    import xlsxwriter  # noqa: PLC0415 - 30 ms that only a download should cost

    made = io.BytesIO()
    columns = template_columns(max((_options_in(row) for row in rows), default=0))
    with xlsxwriter.Workbook(made, {"in_memory": True}) as book:
        sheet = book.add_worksheet("Soal")
        _write_rows(book, sheet, columns, rows, examples=examples)
        offered: dict[Column, list[str] | str] = {
            KIND: [ITEM_TYPES[name].label for name in EXCHANGED],
            LEVEL: [level.label for level in Level],
        }
        add_lines(book, guide, lines)
        if topics:
            add_lines(book, "Daftar topik", topics)
            offered[TOPIC] = f"='Daftar topik'!$A$1:$A${len(topics)}"
        for column, source in offered.items():
            offer(sheet, columns.index(column), MAX_ITEMS, source, others=True)
    return made.getvalue()


def _options_in(row: Mapping[str, str]) -> int:
    return sum(key.startswith("option-") for key in row)


def _write_rows(
    book: "Workbook",
    sheet: "Worksheet",
    columns: Sequence[Column],
    rows: Iterable[Mapping[str, str]],
    *,
    examples: bool,
) -> None:
    bold = book.add_format({"bold": True, "bottom": 1})
    wrapped = {"num_format": _AS_TEXT, "text_wrap": True, "valign": "top"}
    grey = {"italic": True, "font_color": "#666666"} if examples else {}
    cell_format = book.add_format(wrapped | grey)
    for place, column in enumerate(columns):
        width = _WIDTHS.get(column.key, _OPTION_WIDTH)
        sheet.set_column(place, place, width, book.add_format(wrapped))
        sheet.write_string(0, place, column.head, bold)
    for number, row in enumerate(rows, start=1):
        for place, column in enumerate(columns):
            if text := row.get(column.key, ""):
                sheet.write_string(number, place, text, cell_format)
    sheet.freeze_panes(1, 0)
