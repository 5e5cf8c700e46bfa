"""The text of paragraphs of a .docx: final text of tracked changes, what stands out, what is lost.

Word wraps runs in many things (links, smart tags, content controls, fields, changes); whatever
wraps a run is walked through, whatever is no text is named.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from quiz.exchange.questions.html_text import STRUCK
from quiz.exchange.questions.typed.lines import Line, Numbering
from quiz.exchange.questions.typed.side_by_side import in_columns
from quiz.exchange.questions.word.flow import (
    EQUATION,
    NOTE,
    OBJECT,
    PICTURE,
    SYMBOL,
    Flow,
)
from quiz.exchange.questions.word.numbering import NumberingState
from quiz.exchange.questions.word.properties import attribute, child, highlighted, is_on, value
from quiz.exchange.questions.word.symbols import is_symbol_font, shown, symbol
from quiz.exchange.raised import raised
from quiz.exchange.tables.xml_tree import local_name

if TYPE_CHECKING:
    from xml.etree.ElementTree import Element

WRAPPERS = frozenset(
    {"ins", "moveTo", "sdt", "sdtContent", "smartTag", "customXml", "hyperlink", "fldSimple"}
    | {"dir", "bdo", "Choice", "Fallback", "ruby", "rubyBase"}
)
DELETED = frozenset({"del", "moveFrom"})
_CHANGES = DELETED | {"ins", "moveTo"}
_DEPTHS = {*"012345678"}
_TEXTS = {"tab": "\t", "br": "\n", "cr": "\n", "noBreakHyphen": "-", "ptab": "\t"}

_LOST = {
    "drawing": PICTURE,
    "pict": PICTURE,
    "object": OBJECT,
    "oMath": EQUATION,
    "oMathPara": EQUATION,
    "footnoteReference": NOTE,
    "endnoteReference": NOTE,
    "sym": SYMBOL,
    "altChunk": OBJECT,
    "subDoc": OBJECT,
}

TRACKED = "Dokumen memuat perubahan terlacak. Yang dibaca teks akhirnya, seolah semua diterima."
COMMENTED = "Komentar di dokumen tidak dibaca."
HIDDEN = "Dokumen memuat teks tersembunyi, yang tidak dibaca."


@dataclass
class Styles:
    """What paragraph and character styles say of letters that stand out or up, and of lists."""

    prominent: dict[str, bool] = field(default_factory=dict)
    lists: dict[str, tuple[str, int]] = field(default_factory=dict)
    raised: dict[str, str] = field(default_factory=dict)

    @classmethod
    def of(cls, part: "Element | None") -> "Styles":
        """The styles of a document; a style takes over what the one it is based on says."""
        styles = [e for e in part if local_name(e) == "style"] if part is not None else []
        named = {_style_id(style): style for style in styles}
        found = cls()
        for name in named:
            for ancestor in _ancestry(name, named):
                found._learn(name, ancestor)
        return found

    def _learn(self, name: str, style: "Element") -> None:
        properties = child(style, "rPr")
        bold = is_on(properties, "b")
        if bold is not None or highlighted(properties):
            self.prominent.setdefault(name, bool(bold) or highlighted(properties))
        if place := value(child(properties, "vertAlign")):
            self.raised.setdefault(name, place)
        numbering = child(child(style, "pPr"), "numPr")
        if numbering is not None:
            self.lists.setdefault(name, _list_of(numbering))


def _ancestry(name: str, named: dict[str, "Element"]) -> Iterator["Element"]:
    """The style and what it is based on, at most ten deep: a circle would never end."""
    for _ in range(10):
        if name not in named:
            return
        yield named[name]
        name = value(child(named[name], "basedOn"))


def _style_id(style: "Element") -> str:
    found = (v for key, v in style.attrib.items() if key.rpartition("}")[2] == "styleId")
    return next(found, "")


def _list_of(numbering: "Element") -> tuple[str, int]:
    depth = value(child(numbering, "ilvl"), "0")
    return value(child(numbering, "numId"), "0"), int(depth) if depth in _DEPTHS else 0


@dataclass
class ParagraphReader:
    """Turns paragraphs into lines, in the document's order; ``notes`` holds remarks on the whole.

    A paragraph whose mark was deleted runs on in the next one.
    """

    styles: Styles
    numbering: NumberingState
    notes: list[str] = field(default_factory=list)
    place: int = 0
    length: int = 0
    """Letters read so far, for whoever bounds them."""
    last_numbering: Numbering | None = None
    """What stands before the last paragraph, also when it holds no text of its own."""
    _carried: Flow = field(default_factory=Flow)

    def lines(self, paragraph: "Element") -> list[Line]:
        """The lines of one paragraph: a soft line break begins a new one."""
        self.place += 1
        properties = child(paragraph, "pPr")
        flow = self._carried
        self._walk(paragraph, flow, self._base(properties))
        if child(child(properties, "rPr"), "del") is not None:
            self.note(TRACKED)
            return []
        self._carried = Flow()
        numbering = self.last_numbering = self._numbered(properties)
        self.length += flow.length
        lines = flow.split(self.place)
        if not lines:
            return []
        head = replace(lines[0], starts=True, numbering=numbering, lost=tuple(flow.lost))
        if not head.text.strip():
            return [head.cut(0)]
        return [piece for line in (head, *lines[1:]) for piece in in_columns(line)]

    def _numbered(self, properties: "Element | None") -> Numbering | None:
        own = child(properties, "numPr")
        style = value(child(properties, "pStyle"))
        found = _list_of(own) if own is not None else self.styles.lists.get(style)
        return self.numbering.next(*found) if found else None

    def _base(self, properties: "Element | None") -> bool:
        style = value(child(properties, "pStyle"))
        return self.styles.prominent.get(style, False)

    def _walk(self, element: "Element", flow: "Flow", base: bool) -> None:
        for part in element:
            name = local_name(part)
            if name == "r":
                self._run(part, flow, base)
            elif name in DELETED:
                self.note(TRACKED)
            elif name == "AlternateContent":
                self._walk(_first_version(part), flow, base)
            elif name in WRAPPERS:
                if name in _CHANGES:
                    self.note(TRACKED)
                self._walk(part, flow, base)
            elif name in _LOST:
                flow.lose(part, _LOST[name])

    def _run(self, run: "Element", flow: "Flow", base: bool) -> None:
        properties = child(run, "rPr")
        if is_on(properties, "vanish"):
            self.note(HIDDEN)
            return
        if is_on(properties, "strike") or is_on(properties, "dstrike"):
            flow.lost.append(STRUCK)
        style = value(child(properties, "rStyle"))
        stands_out = self.styles.prominent.get(style, base)
        bold = is_on(properties, "b")
        fonts = child(properties, "rFonts")
        dress = _Dress(
            prominent=(stands_out if bold is None else bold) or highlighted(properties),
            place=value(child(properties, "vertAlign"), self.styles.raised.get(style, "")),
            font="" if fonts is None else attribute(fonts, "ascii"),
        )
        self._text(run, flow, dress)

    def _text(self, run: "Element", flow: "Flow", dress: "_Dress") -> None:
        for part in run:
            name = local_name(part)
            if name == "t":
                flow.add(dress.shown(part.text or "", flow), dress.prominent)
            elif name == "sym" and (sign := symbol(attribute(part, "char"), _font(part))):
                flow.add(sign, dress.prominent)
            elif name in _TEXTS:
                flow.add(_TEXTS[name], dress.prominent)
            elif name == "AlternateContent":
                self._text(_first_version(part), flow, dress)
            elif name == "commentReference":
                self.note(COMMENTED)
            elif name in _LOST:
                flow.lose(part, _LOST[name])

    def note(self, sentence: str) -> None:
        """Remark on the whole document, once."""
        if sentence not in self.notes:
            self.notes.append(sentence)


@dataclass(frozen=True)
class _Dress:
    """How a run shows its letters: prominent, above or below the line, in which font."""

    prominent: bool
    place: str
    font: str

    def shown(self, text: str, flow: "Flow") -> str:
        """The text as it looks; a sign that is not known is noted as lost."""
        if is_symbol_font(self.font):
            signs = [shown(letter, self.font) for letter in text]
            if not all(signs):
                flow.lost.append(SYMBOL)
            text = "".join(signs)
        return raised(text, self.place)


def _font(part: "Element") -> str:
    return attribute(part, "font", "Wingdings")


def _first_version(element: "Element") -> "Element":
    """Of content in several versions, the first: the others say the same."""
    first = child(element, "Choice")
    other = child(element, "Fallback")
    return first if first is not None else other if other is not None else element
