"""Word documents: what Word, LibreOffice and WPS save as .docx."""

from quiz.exchange.questions.word.document import read_docx
from quiz.exchange.questions.word.template import docx_template

__all__ = ["docx_template", "read_docx"]
