"""Word documents for tests: by python-docx as Word saves them, and from XML written by hand."""

import io
from xml.sax.saxutils import escape

import docx

from tests.exchange.tables.workbooks import archive

W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
STRICT = "http://purl.oclc.org/ooxml/wordprocessingml/main"
SPACES = (
    'xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006" '
    'xmlns:m="http://schemas.openxmlformats.org/officeDocument/2006/math" '
    'xmlns:wps="http://schemas.microsoft.com/office/word/2010/wordprocessingShape" '
    'xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main"'
)


def saved(document) -> bytes:
    made = io.BytesIO()
    document.save(made)
    return made.getvalue()


def typed_document(*lines: str) -> bytes:
    """One paragraph a line, as python-docx writes them; | is a soft line break."""
    document = docx.Document()
    for line in lines:
        paragraph = document.add_paragraph()
        for place, part in enumerate(line.split("|")):
            run = paragraph.add_run()
            if place:
                run.add_break()
            run.add_text(part)
    return saved(document)


def document(body: str, numbering: str = "", styles: str = "", namespace: str = W) -> bytes:
    """A .docx with this inside ``w:body``, and such parts as are given."""
    parts = {"word/document.xml": _part("document", f"<w:body>{body}</w:body>", namespace)}
    if numbering:
        parts["word/numbering.xml"] = _part("numbering", numbering, namespace)
    if styles:
        parts["word/styles.xml"] = _part("styles", styles, namespace)
    return archive(parts)


def _part(name: str, inside: str, namespace: str) -> bytes:
    head = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>'
    return f'{head}<w:{name} xmlns:w="{namespace}" {SPACES}>{inside}</w:{name}>'.encode()


def run(text: str, properties: str = "") -> str:
    kept = f'<w:t xml:space="preserve">{escape(text)}</w:t>'
    return f"<w:r><w:rPr>{properties}</w:rPr>{kept}</w:r>"


def paragraph(inside: str, properties: str = "") -> str:
    """A paragraph; plain text is put into a run."""
    runs = inside if inside.startswith("<") else run(inside)
    return f"<w:p><w:pPr>{properties}</w:pPr>{runs}</w:p>"


def in_list(list_id: int, depth: int = 0) -> str:
    """The property of a paragraph in a list."""
    return f'<w:numPr><w:ilvl w:val="{depth}"/><w:numId w:val="{list_id}"/></w:numPr>'


def pattern(number: int, *shapes: str) -> str:
    """An ``abstractNum`` whose levels have these formats."""
    levels = "".join(
        f'<w:lvl w:ilvl="{depth}"><w:start w:val="1"/><w:numFmt w:val="{shape}"/>'
        f'<w:lvlText w:val="%{depth + 1}."/></w:lvl>'
        for depth, shape in enumerate(shapes)
    )
    return f'<w:abstractNum w:abstractNumId="{number}">{levels}</w:abstractNum>'


def numbered(list_id: int, of: int, restart: int | None = None) -> str:
    """A ``num`` of a pattern; with ``restart`` its first level counts from there."""
    override = (
        f'<w:lvlOverride w:ilvl="0"><w:startOverride w:val="{restart}"/></w:lvlOverride>'
        if restart
        else ""
    )
    return f'<w:num w:numId="{list_id}"><w:abstractNumId w:val="{of}"/>{override}</w:num>'


def table(*rows: tuple[str, ...]) -> str:
    """A table; each cell holds its paragraphs, or plain text."""
    cells = (
        "".join(
            f"<w:tc><w:tcPr/>{cell if cell.startswith('<') else paragraph(cell)}</w:tc>"
            for cell in row
        )
        for row in rows
    )
    return f"<w:tbl>{''.join(f'<w:tr>{row}</w:tr>' for row in cells)}</w:tbl>"
