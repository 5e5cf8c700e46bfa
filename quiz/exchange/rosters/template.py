"""The empty roster people fill in: heads, two invented rows, and how to fill it."""

import csv
import io
from collections.abc import Sequence
from typing import TYPE_CHECKING, NamedTuple

from quiz.assessment.items.item import Status
from quiz.exchange.rosters.columns import COLUMNS, NIP, STATUS, UNIT
from quiz.exchange.tables.offering import add_lines, offer
from quiz.exchange.tables.table import MAX_ROWS

if TYPE_CHECKING:
    from xlsxwriter.workbook import Workbook
    from xlsxwriter.worksheet import Worksheet


class Example(NamedTuple):
    """An invented person; left unchanged, the row is passed over when the file is read."""

    name: str
    nip: str | None
    status: Status
    unit: str
    position: str | None


EXAMPLES = (
    Example(
        "Contoh Satu (hapus baris ini)",
        "000000000000000001",
        Status.PNS,
        "Kantor Kecamatan Contoh",
        "Kepala Seksi Contoh",
    ),
    Example("Contoh Dua (hapus baris ini)", None, Status.KEPALA_DESA, "Desa Contoh", None),
)

_AS_TEXT = 49
"""Excel's own number for the format it calls Teks."""

_WIDTHS = {"number": 5, "name": 34, "nip": 22, "status": 24, "unit": 34, "position": 34}
_GUIDE = (
    "Isi satu baris untuk tiap orang di lembar “Daftar peserta”, lalu simpan (.xlsx).",
    "Nama wajib diisi. Status dan Unit yang kosong dipilih di aplikasi sesudah diunggah; No, NIP, "
    "dan Jabatan boleh kosong.",
    "NIP: 18 angka. Kolomnya sudah berformat Teks; jangan ubah menjadi angka, karena Excel hanya "
    "menyimpan 15 digit dan mengganti sisanya dengan nol.",
    "Kepala desa, perangkat desa, dan anggota BPD tidak memerlukan NIP.",
    f"Status: pilih salah satu dari {', '.join(status.label for status in Status)}.",
    "Unit: nama atau kode unit kerja seperti terdaftar di aplikasi.",
    "Hapus kedua baris contoh. Bila tertinggal tanpa diubah, aplikasi melewatinya.",
    "Jangan mengubah judul kolom. Urutan kolom bebas; kolom lain tidak dibaca.",
)


def roster_template(units: Sequence[str] = ()) -> bytes:
    """An .xlsx workbook to fill in, with a list to choose a status from.

    With ``units`` a third sheet names them and the unit column offers them too.
    """
    import xlsxwriter  # noqa: PLC0415 - 30 ms that only a download should cost

    made = io.BytesIO()
    with xlsxwriter.Workbook(made, {"in_memory": True}) as book:
        sheet = book.add_worksheet("Daftar peserta")
        _write_people(book, sheet)
        offer(sheet, COLUMNS.index(STATUS), MAX_ROWS, [status.label for status in Status])
        add_lines(book, "Petunjuk", ["Petunjuk mengisi", *_GUIDE])
        if units:
            add_lines(book, "Daftar unit", ["Unit terdaftar", *units])
            cells = f"='Daftar unit'!$A$2:$A${len(units) + 1}"
            offer(sheet, COLUMNS.index(UNIT), MAX_ROWS, cells, others=True)
    return made.getvalue()


def roster_template_csv() -> bytes:
    """The same heads and examples as CSV for Indonesian Excel: ``utf-8-sig`` and ``;``."""
    made = io.StringIO(newline="")
    lines = csv.writer(made, delimiter=";")
    lines.writerow([column.head for column in COLUMNS])
    lines.writerows(_example_cells())
    return made.getvalue().encode("utf-8-sig")


def _write_people(book: "Workbook", sheet: "Worksheet") -> None:
    bold = book.add_format({"bold": True, "bottom": 1})
    grey = book.add_format({"italic": True, "font_color": "#666666", "num_format": _AS_TEXT})
    as_text = book.add_format({"num_format": _AS_TEXT})
    for place, column in enumerate(COLUMNS):
        cell_format = as_text if column is NIP else None
        sheet.set_column(place, place, _WIDTHS[column.key], cell_format)
        sheet.write_string(0, place, column.head, bold)
    for number, values in enumerate(_example_cells(), start=1):
        for place, value in enumerate(values):
            sheet.write_string(number, place, value, grey)
    sheet.freeze_panes(1, 0)


def _example_cells() -> list[list[str]]:
    return [
        ["", each.name, each.nip or "", each.status.label, each.unit, each.position or ""]
        for each in EXAMPLES
    ]
