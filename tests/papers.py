"""What can be read in a PDF or a Word document."""

from io import BytesIO

from docx import Document
from docx.oxml.ns import qn
from pypdf import PdfReader


def pdf_pages(blob: bytes) -> list[str]:
    """The text of each page, with single spaces."""
    return [_single(page.extract_text()) for page in PdfReader(BytesIO(blob)).pages]


def pdf_text(blob: bytes) -> str:
    """The text of all pages, with single spaces."""
    return " ".join(pdf_pages(blob))


def word_text(blob: bytes) -> str:
    """Everything written in the document's body and foot, with single spaces."""
    document = Document(BytesIO(blob))
    parts = [document.element.body, *(s.footer._element for s in document.sections)]
    paragraphs = (paragraph for part in parts for paragraph in part.iter(qn("w:p")))
    return _single(" ".join("".join(t.text or "" for t in p.iter(qn("w:t"))) for p in paragraphs))


def _single(text: str) -> str:
    return " ".join(text.split())
