"""Options numbered i., ii., iii.: read as A., B., C. where they can be nothing else.

Statements within a stem are numbered so too, and parts of a test. So a run counts from i without a
gap, line after line, below a stem, and no letter follows it before the next number.
"""

import re
from dataclasses import replace

from quiz.exchange.questions.key_signs import ANY_SIGN
from quiz.exchange.questions.typed.labels import Label, labelled
from quiz.exchange.questions.typed.lines import Line, Mark, marked

_ROMANS = ("i", "ii", "iii", "iv", "v", "vi", "vii", "viii")
_FEWEST = 3
_TYPED = re.compile(
    rf"(?P<signs>(?:{ANY_SIGN}\s{{0,8}}){{0,3}})(?P<open>\(?)(?P<roman>[ivx]{{1,4}}|[IVX]{{1,4}})"
    r"(?P<end>[.)])(?:(?<=\))|\s)\s{0,8}(?=\S)"
)
_IN_KEY = re.compile(r"(?<![\w'’-])[ivx]{1,4}(?![\w'’-])", re.IGNORECASE)


def romans_as_letters(lines: list[Line]) -> list[Line]:
    """The lines with A. for i. where that is certain, keys of such questions with them."""
    found = list(lines)
    start = 0
    while start < len(found):
        end = _end_of_run(found, start)
        certain = end - start >= _FEWEST and _below_a_stem(found, start)
        after = _end_of_question(found, end) if certain else None
        if after is not None:
            found[start:end] = [_lettered(line, n) for n, line in enumerate(found[start:end])]
            found[end:after] = [_with_key(line, end - start) for line in found[end:after]]
        start = max(end, start + 1)
    return [_without_roman(line) for line in found]


def _end_of_run(lines: list[Line], start: int) -> int:
    """Where lines that count i, ii, iii in one shape from ``start`` on end; ``start`` for none."""
    shape = _shape(lines[start], 0)
    end = start
    while shape is not None and end < len(lines) and _shape(lines[end], end - start) == shape:
        end += 1
    return end


def _shape(line: Line, place: int) -> tuple[object, ...] | None:
    """How the line bears the numeral of this place, counted from 0; None when it does not."""
    if place >= len(_ROMANS):
        return None
    if line.numbering is not None:
        shown = line.numbering
        counts = shown.mark is Mark.ROMAN and shown.ordinal == place + 1
        return (shown.list_id, shown.depth) if counts else None
    typed = _TYPED.match(line.text)
    if typed is None or typed["roman"].lower() != _ROMANS[place]:
        return None
    return typed["open"], typed["end"], typed["roman"].isupper()


def _below_a_stem(lines: list[Line], start: int) -> bool:
    """Whether the line above is text of a stem, rather than an option, a label or nothing."""
    above = lines[start - 1] if start else None
    if above is None or not above.text or labelled(above) is not None:
        return False
    mark = marked(_without_roman(above))
    return mark is None or mark.mark is Mark.NUMBER


def _end_of_question(lines: list[Line], end: int) -> int | None:
    """Where the next question begins; None when a letter before it may be the real option."""
    for place in range(end, len(lines)):
        line = _without_roman(lines[place])
        mark = marked(line)
        if mark is not None and mark.mark is Mark.NUMBER:
            return place
        if mark is not None or (place == end and line.text and labelled(line) is None):
            return None
    return len(lines)


def _lettered(line: Line, place: int) -> Line:
    if line.numbering is not None:
        return replace(line, numbering=replace(line.numbering, mark=Mark.LETTER))
    typed = _TYPED.match(line.text)
    if typed is None:
        return line
    rest = line.cut(typed.end())
    mark = f"{typed['signs']}{chr(ord('A') + place)}. "
    flags = f"{line.prominent[: len(mark) - 2]}00{rest.prominent}" if line.prominent else ""
    return replace(rest, text=mark + rest.text, prominent=flags)


def _with_key(line: Line, options: int) -> Line:
    """A key line with letters for the numerals of these options."""
    named = labelled(line)
    if named is None or named.label is not Label.KEY:
        return line

    def letter(numeral: re.Match[str]) -> str:
        place = _ROMANS.index(numeral[0].lower()) if numeral[0].lower() in _ROMANS else options
        return chr(ord("A") + place) if place < options else numeral[0]

    text = line.text.rstrip()
    start = len(text) - len(named.rest.text)
    text = text[:start] + _IN_KEY.sub(letter, named.rest.text)
    return replace(line, text=text, prominent="0" * len(text) if line.prominent else "")


def _without_roman(line: Line) -> Line:
    """The line without automatic Roman numbering, which counts parts and statements."""
    roman = line.numbering is not None and line.numbering.mark is Mark.ROMAN
    return replace(line, numbering=None) if roman else line
