"""A paper as a Word document that an office edits before it signs. Opens in LibreOffice too."""

import re
from collections.abc import Callable, Sequence
from io import BytesIO
from typing import Any

from docx import Document as new_document
from docx.document import Document
from docx.enum.section import WD_ORIENT
from docx.enum.text import WD_ALIGN_PARAGRAPH, WD_BREAK
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.oxml.text.paragraph import CT_P
from docx.shared import Emu, Mm, Pt, RGBColor
from docx.table import Table as WordTable
from docx.table import _Cell
from docx.text.paragraph import Paragraph

from quiz.exports.documents.paper import (
    Cell,
    Chart,
    Column,
    Facts,
    Heading,
    Lines,
    NewPage,
    Notice,
    Paper,
    Points,
    Signature,
    Signatures,
    Table,
    Text,
    Together,
    with_texts,
)

_NUMBERED = {"points": "List Bullet", "numbers": "List Number"}
_LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
_FONT = "Times New Roman"
_NOT_XML = re.compile(r"[^\t\n\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
"""What no XML file may hold."""

_LONGEST_PROPERTY = 255
_MARGIN = Mm(22)


def write(paper: Paper) -> bytes:
    """The document. Charts stand in it as the tables of their words."""
    paper = with_texts(paper, lambda text: _NOT_XML.sub("", text))
    document = new_document()
    _set_page(document, paper)
    names, addresses = paper.letterhead
    for place, line in enumerate(names):
        _centred(document, line.upper(), bold=place + 1 == len(names))
    for line in addresses:
        _centred(document, line)
    if names:
        _ruled(document)
    _centred(document, paper.title.upper(), bold=True)
    for line in paper.subtitles:
        _centred(document, line)
    for block in paper.blocks:
        _WRITERS[type(block)](document, block)
    made = BytesIO()
    document.save(made)
    return made.getvalue()


def _set_page(document: Document, paper: Paper) -> None:
    """A4, one face, a foot with page numbers, and what the file says of itself."""
    section = document.sections[0]
    width, height = Mm(210), Mm(297)
    if paper.landscape:
        section.orientation = WD_ORIENT.LANDSCAPE
        width, height = height, width
    section.page_width, section.page_height = width, height
    section.left_margin = section.right_margin = _MARGIN
    section.top_margin, section.bottom_margin = Mm(20), Mm(22)
    _set_styles(document, dense=paper.dense)
    document.core_properties.title = paper.title[:_LONGEST_PROPERTY]
    document.core_properties.language = "id-ID"
    document.core_properties.author = ""
    document.core_properties.created = document.core_properties.modified = paper.made_at.replace(
        tzinfo=None
    )
    foot = section.footer.paragraphs[0]
    foot.add_run(f"{paper.foot}. Halaman ")
    _field(foot, "PAGE")
    foot.add_run(" dari ")
    _field(foot, "NUMPAGES")
    for run in foot.runs:
        run.font.size = Pt(9)


def _set_styles(document: Document, *, dense: bool) -> None:
    """One face in black, whatever the theme of python-docx's own template says."""
    sizes = {"Normal": 11.5, "Heading 1": 13, "Heading 2": 11.5, "Heading 3": 11.5, "Caption": 10}
    for name, size in sizes.items():
        style = document.styles[name]
        style.font.name, style.font.size = _FONT, Pt(size)
        style.font.color.rgb = RGBColor(0, 0, 0)
        fonts = style.element.get_or_add_rPr().get_or_add_rFonts()
        for attribute in [each for each in fonts.attrib if each.endswith("Theme")]:
            del fonts.attrib[attribute]
        fonts.set(qn("w:eastAsia"), _FONT)
    document.styles["Caption"].font.bold = False
    if dense:
        document.styles["Normal"].font.size = Pt(10)
        document.styles["Normal"].paragraph_format.space_after = Pt(3)
        document.styles["Heading 1"].paragraph_format.space_before = Pt(10)


def _field(paragraph: Any, code: str) -> None:
    field = OxmlElement("w:fldSimple")
    field.set(qn("w:instr"), code)
    paragraph._p.append(field)  # python-docx has no fields


def _ruled(document: Document) -> None:
    """The line under a letterhead."""
    borders, line = OxmlElement("w:pBdr"), OxmlElement("w:bottom")
    for name, value in (("val", "thickThinSmallGap"), ("sz", "24"), ("space", "1")):
        line.set(qn(f"w:{name}"), value)
    borders.append(line)
    document.paragraphs[-1]._p.get_or_add_pPr().append(borders)


def _centred(document: Document, text: str, *, bold: bool = False) -> None:
    paragraph = document.add_paragraph()
    paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
    paragraph.paragraph_format.space_after = Pt(2)
    paragraph.add_run(text).bold = bold


def _heading(document: Document, block: Heading) -> None:
    document.add_heading(block.text, level=block.level)


def _text(document: Document, block: Text) -> None:
    paragraph = document.add_paragraph()
    if block.lead:
        paragraph.add_run(f"{block.lead} ").bold = True
    paragraph.add_run(block.text)
    if block.quiet:
        for run in paragraph.runs:
            run.font.size = Pt(9.5)


def _notice(document: Document, block: Notice) -> None:
    _cell_text(document.add_table(1, 1, "Table Grid").cell(0, 0), Cell(block.text))
    _gap(document)


def _gap(document: Document) -> None:
    """Room below a table; Word joins two tables that nothing parts."""
    gap = document.add_paragraph()
    gap.paragraph_format.space_after = Pt(0)
    gap.paragraph_format.line_spacing = Pt(8)


def _points(document: Document, block: Points) -> None:
    style = _NUMBERED.get(block.numbering)
    count = _counting_anew(document) if block.numbering == "numbers" else None
    for place, entry in enumerate(block.entries):
        paragraph = document.add_paragraph(style=style)
        if count is not None:
            numbered = paragraph._p.get_or_add_pPr().get_or_add_numPr()
            numbered.get_or_add_numId().val = count
        letter = "" if style else f"{_LETTERS[place]}. "
        paragraph.paragraph_format.space_after = Pt(2)
        marked = place in block.marked
        paragraph.add_run(f"{letter}{entry}{' ✓' if marked else ''}").bold = marked


def _counting_anew(document: Document) -> int:
    """The id of a numbering of its own; without one Word counts on from the list before."""
    listed = document.styles[_NUMBERED["numbers"]].element.pPr.numPr.numId.val
    numberings = document.part.numbering_part.element
    abstract = numberings.num_having_numId(listed).abstractNumId.val
    number = numberings.add_num(abstract)
    number.add_lvlOverride(ilvl=0).add_startOverride(1)
    return int(number.numId)


def _facts(document: Document, block: Facts) -> None:
    table = document.add_table(0, 2)
    for row in block.rows:
        cells = table.add_row().cells
        _cell_text(cells[0], Cell(row.label))
        _cell_text(cells[1], Cell(row.text, bold=True))
    _size(document, table, (Column("", share=1), Column("", share=3)))
    _gap(document)


def _table(document: Document, block: Table) -> None:
    _caption(document, "Tabel", block.caption)
    table = document.add_table(1, len(block.columns), "Table Grid")
    heads = [Cell(column.label, bold=True) for column in block.columns]
    _fill(table.rows[0].cells, heads, block.columns)
    _repeat(table)
    for row in block.rows:
        _fill(table.add_row().cells, row, block.columns)
    if block.total:
        bold = [Cell(cell.text, bold=True) for cell in block.total]
        _fill(table.add_row().cells, bold, block.columns)
    _size(document, table, block.columns)
    _gap(document)


def _size(document: Document, table: WordTable, columns: Sequence[Column]) -> None:
    """Columns as wide as their shares."""
    width = (document.sections[0].page_width or 0) - 2 * _MARGIN
    shares = sum(column.share for column in columns)
    table.autofit = False
    for column, share in zip(table.columns, (column.share for column in columns), strict=True):
        column.width = Emu(int(width * share / shares))
    _keep_rows(table)


def _keep_rows(table: WordTable) -> None:
    """No row is parted by the end of a page."""
    for row in table.rows:
        row._tr.get_or_add_trPr().append(OxmlElement("w:cantSplit"))


def _chart(document: Document, block: Chart) -> None:
    words = (
        f" {block.overall_words[0].upper()}{block.overall_words[1:]}."
        if block.overall_words
        else ""
    )
    _table(
        document,
        Table(
            f"{block.caption}. {block.description}{words}",
            [Column(block.heads[0]), Column(block.heads[1]), Column(block.heads[2], right=True)],
            [[Cell(row.name, row.note), Cell(row.words), Cell(row.beside)] for row in block.rows],
        ),
    )


def _signatures(document: Document, block: Signatures) -> None:
    """With the text before it: nobody signs a page that says nothing."""
    for paragraph in document.paragraphs[-1:]:
        paragraph.paragraph_format.keep_with_next = True
    alone = len(block.people) == 1
    table = document.add_table(1, 2 if alone else len(block.people))
    cells = table.rows[0].cells[1:] if alone else table.rows[0].cells
    for cell, person in zip(cells, block.people, strict=True):
        _sign(cell, person)
    _keep_rows(table)


def _sign(cell: _Cell, person: Signature) -> None:
    lines = [*person.above, "", "", "", person.name, *person.below]
    for place, line in enumerate(lines):
        paragraph = cell.paragraphs[0] if place == 0 else cell.add_paragraph()
        paragraph.add_run(line).bold = line == person.name


def _lines(document: Document, block: Lines) -> None:
    for _ in range(block.count):
        document.add_paragraph("_" * 60)


def _together(document: Document, block: Together) -> None:
    body = document.element.body
    first = len(body) - 1  # the last element is the section's own
    for inner in block.blocks:
        _WRITERS[type(inner)](document, inner)
    added = [Paragraph(each, document) for each in body[first:] if isinstance(each, CT_P)]
    for paragraph in added[:-1]:
        paragraph.paragraph_format.keep_with_next = True


def _new_page(document: Document, _: NewPage) -> None:
    document.add_paragraph().add_run().add_break(WD_BREAK.PAGE)


def _caption(document: Document, word: str, text: str) -> None:
    """A caption with a number of Word's own, so that they count on when one is added."""
    paragraph = document.add_paragraph(style="Caption")
    paragraph.paragraph_format.keep_with_next = True
    paragraph.add_run(f"{word} ")
    _field(paragraph, f"SEQ {word} \\* ARABIC")
    paragraph.add_run(f". {text}")


def _repeat(table: WordTable) -> None:
    """The first row comes again on every page."""
    table.rows[0]._tr.get_or_add_trPr().append(OxmlElement("w:tblHeader"))


def _fill(cells: Sequence[_Cell], row: Sequence[Cell], columns: Sequence[Column]) -> None:
    for cell, said, column in zip(cells, row, columns, strict=True):
        _cell_text(cell, said)
        if column.right:
            for paragraph in cell.paragraphs:
                paragraph.alignment = WD_ALIGN_PARAGRAPH.RIGHT


def _cell_text(cell: _Cell, said: Cell) -> None:
    paragraph = cell.paragraphs[0]
    paragraph.paragraph_format.space_after = Pt(0)
    paragraph.add_run(said.text).bold = said.bold
    if said.note:
        note = cell.add_paragraph()
        note.paragraph_format.space_after = Pt(0)
        note.add_run(said.note).font.size = Pt(9)
    for run in (run for each in cell.paragraphs for run in each.runs):
        run.font.size = run.font.size or Pt(9.5)


_WRITERS: dict[type, Callable[[Any, Any], None]] = {
    Heading: _heading,
    Text: _text,
    Notice: _notice,
    Points: _points,
    Facts: _facts,
    Table: _table,
    Chart: _chart,
    Signatures: _signatures,
    Lines: _lines,
    Together: _together,
    NewPage: _new_page,
}
"""How each block is written. Adding one: its class in paper.py, its line here and in paper.typ."""
