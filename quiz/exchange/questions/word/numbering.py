"""Automatic numbering of a .docx: what Word, LibreOffice or WPS shows before a paragraph.

numbering.xml has lists (``num``) that point to patterns (``abstractNum``) of nine levels. Lists of
one pattern count on together, unless one says where it starts again.
"""

from collections import defaultdict
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from quiz.exchange.questions.typed.lines import Mark, Numbering
from quiz.exchange.questions.word.properties import attribute, child, value
from quiz.exchange.tables.xml_tree import local_name

if TYPE_CHECKING:
    from xml.etree.ElementTree import Element

MARKS = {
    "decimal": Mark.NUMBER,
    "decimalZero": Mark.NUMBER,
    "upperLetter": Mark.LETTER,
    "lowerLetter": Mark.LETTER,
    "bullet": Mark.BULLET,
    "lowerRoman": Mark.ROMAN,
    "upperRoman": Mark.ROMAN,
}
"""Formats that say something here."""

_DEEPEST = 8
_NO_LIST = "0"


@dataclass(frozen=True)
class _Level:
    mark: Mark | None
    start: int


@dataclass
class NumberingState:
    """Counts the numbered paragraphs of one document, in their order."""

    _patterns: dict[str, dict[int, _Level]] = field(default_factory=dict)
    _pattern_of: dict[str, str] = field(default_factory=dict)
    _restarts: dict[str, dict[int, int]] = field(default_factory=dict)
    _counted: defaultdict[str, dict[int, int]] = field(default_factory=lambda: defaultdict(dict))

    @classmethod
    def of(cls, part: "Element | None") -> "NumberingState":
        """The state before the first paragraph; without a part there are no lists."""
        state = cls()
        for element in part if part is not None else ():
            match local_name(element):
                case "abstractNum":
                    state._patterns[attribute(element, "abstractNumId")] = _levels(element)
                case "num":
                    state._add_list(element)
        return state

    def _add_list(self, element: "Element") -> None:
        list_id = attribute(element, "numId")
        self._pattern_of[list_id] = value(child(element, "abstractNumId"))
        for override in element:
            start = child(override, "startOverride")
            if local_name(override) == "lvlOverride" and start is not None:
                level = _number(attribute(override, "ilvl"))
                self._restarts.setdefault(list_id, {})[level] = _number(value(start), 1)

    def next(self, list_id: str, depth: int) -> Numbering | None:
        """Count one paragraph of a list; None when it shows nothing we read."""
        if list_id == _NO_LIST:
            return None
        depth = min(max(depth, 0), _DEEPEST)
        pattern = self._pattern_of.get(list_id, list_id)
        levels = self._patterns.get(pattern, {})
        level = levels.get(depth) or _Level(Mark.NUMBER if depth == 0 else Mark.LETTER, 1)
        counted = self._counted[pattern]
        restart = self._restarts.get(list_id, {}).pop(depth, None)
        if restart is not None:
            counted[depth] = restart
        else:
            counted[depth] = counted[depth] + 1 if depth in counted else level.start
        for deeper in [each for each in counted if each > depth]:
            del counted[deeper]
        if level.mark is None:
            return None
        return Numbering(level.mark, counted[depth], depth, pattern)


def _levels(element: "Element") -> dict[int, _Level]:
    found = {}
    for level in element:
        if local_name(level) == "lvl":
            shape = value(child(level, "numFmt"), "decimal")
            start = _number(value(child(level, "start"), "1"), 1)
            found[_number(attribute(level, "ilvl"))] = _Level(MARKS.get(shape), start)
    return found


def _number(text: str, default: int = 0) -> int:
    return int(text) if text.isascii() and text.isdigit() and len(text) < 6 else default
