"""Questions from and for other programs: Word, Excel, typed text, Aiken, GIFT, Moodle.

A reader returns every item it finds, with faults, remedies and what could not be taken; a writer
says what its format does not carry.
"""

from quiz.exchange.questions.imported import (
    MAX_BYTES,
    MAX_ITEMS,
    ImportedFile,
    ImportedItem,
)
from quiz.exchange.questions.reading import FORMATS, read_questions
from quiz.exchange.questions.sheets.template import xlsx_template
from quiz.exchange.questions.word import docx_template
from quiz.exchange.questions.writing import WRITERS, carried_items, not_carried, write_items

__all__ = [
    "FORMATS",
    "MAX_BYTES",
    "MAX_ITEMS",
    "WRITERS",
    "ImportedFile",
    "ImportedItem",
    "carried_items",
    "docx_template",
    "not_carried",
    "read_questions",
    "write_items",
    "xlsx_template",
]
