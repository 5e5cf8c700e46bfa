"""The document people fill in: three filled examples, and in its page head how to go on."""

import io
from string import ascii_uppercase
from typing import TYPE_CHECKING

from quiz.assessment.items.types import ITEM_TYPES
from quiz.exchange.questions.imported import MAX_ITEMS, ImportedItem
from quiz.exchange.questions.kinds import truth_of
from quiz.exchange.questions.sheets.examples import EXAMPLES

if TYPE_CHECKING:
    from docx.document import Document

_GUIDE = (
    "Templat soal. Tulis soal seperti ketiga contoh di bawah, lalu hapus contohnya. Tiap soal "
    "diawali nomor (1.), tiap opsi diawali huruf (A.). Wajib: soal, opsi, Kunci. Boleh menyusul: "
    "Pembahasan, Umpan balik A, Topik, Tingkat, Jenis. Gambar dan rumus tidak ikut diambil. "
    f"Sekali unggah paling banyak {MAX_ITEMS} soal."
)


def docx_template() -> bytes:
    """A .docx with the examples typed as the reader wants them.

    What is said about it stands in the page head, which the reader does not read.
    """
    import docx  # noqa: PLC0415 - a tenth of a second that only a download should cost

    document = docx.Document()
    document.core_properties.title = "Templat soal"
    document.core_properties.author = ""
    document.core_properties.language = "id-ID"
    document.sections[0].header.paragraphs[0].text = _GUIDE
    for example in EXAMPLES:
        _write(document, example)
    made = io.BytesIO()
    document.save(made)
    return made.getvalue()


def _write(document: "Document", item: ImportedItem) -> None:
    lettered = list(zip(ascii_uppercase, item.options, strict=False))
    truths = any(truth_of(option.text) is not None for option in item.options)
    document.add_paragraph(f"{item.number}. {item.stem}")
    if truths:
        key = next(option.text for option in item.options if option.is_key)
        document.add_paragraph(f"Jawaban: {key}")
        named = [(option.text, option) for option in item.options]
    else:
        for letter, option in lettered:
            document.add_paragraph(f"{letter}. {option.text}")
        keys = [letter for letter, option in lettered if option.is_key]
        document.add_paragraph(f"Kunci: {', '.join(keys)}")
        named = lettered
    for name, option in named:
        document.add_paragraph(f"Umpan balik {name}: {option.feedback}")
    document.add_paragraph(f"Pembahasan: {item.explanation}")
    document.add_paragraph(f"Tingkat: {item.level.label if item.level else ''}")
    document.add_paragraph(f"Jenis: {ITEM_TYPES[item.type].label}")
    document.add_paragraph()
