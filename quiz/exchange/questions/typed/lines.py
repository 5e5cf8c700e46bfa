"""A text line by line, as people type questions: what each line begins with.

Word documents and pasted text end up here alike; a document adds what its automatic numbering
shows and which letters stand out.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from enum import Enum
from itertools import islice

MOST_OPTIONS = 8
"""Options are lettered A to H."""


class Mark(Enum):
    """What stands before a line's text."""

    NUMBER = "number"
    LETTER = "letter"
    BULLET = "bullet"


@dataclass(frozen=True)
class Numbering:
    """What automatic numbering shows: the ordinal counts from 1, ``depth`` from 0."""

    mark: Mark
    ordinal: int
    depth: int
    list_id: str


@dataclass(frozen=True)
class Line:
    """One line. ``prominent`` holds "1" for each letter of ``text`` that stands out, else "0".

    ``starts`` says that a paragraph or a gap begins with it, so that it need not continue the line
    before. ``place`` counts paragraphs or lines from 1.
    """

    text: str
    place: int
    prominent: str = ""
    starts: bool = True
    numbering: Numbering | None = None
    lost: tuple[str, ...] = ()

    def cut(self, start: int, end: int | None = None) -> "Line":
        """Part of the line without white space around it."""
        end = len(self.text) if end is None else end
        while start < end and self.text[start].isspace():
            start += 1
        while end > start and self.text[end - 1].isspace():
            end -= 1
        return replace(self, text=self.text[start:end], prominent=self.prominent[start:end])

    @property
    def stands_out(self) -> bool:
        """Whether all its letters do."""
        pairs = zip(self.text, self.prominent, strict=False)
        flags = [flag for letter, flag in pairs if letter.isalnum()]
        return bool(flags) and "0" not in flags


@dataclass(frozen=True)
class Marked:
    """A line with what it begins with: ordinal from 1, and the rest of it."""

    mark: Mark
    ordinal: int
    rest: Line
    numbering: Numbering | None = None
    in_capital: bool = True


_NUMBERED = re.compile(
    r"(?:(?:soal|pertanyaan|nomor|no)\s*\.?\s*(?:nomor|no)?\s*\.?\s*(?P<named>[0-9]{1,3})\s*"
    r"(?:[.):]|$)|(?P<plain>[0-9]{1,3})\s*[.)](?=\s|$|[^\W\d_]|[“\"']))\s*",
    re.IGNORECASE,
)
_LETTERED = re.compile(r"[*✓√✔]?\s*\(?(?P<letter>[A-Ha-h])\s*[.)](?P<gap>\s*)(?=\S)")
_BARE_LETTER = re.compile(r"[*✓√✔]?\s*\(?(?P<letter>[A-H])\s*[.)]\s*$")
_ABBREVIATION = re.compile(r"[a-z]\.")
_COLUMNS = re.compile(
    r"(?:\t+| {3,})(?=[*✓√✔]?\s*\(?[A-Ha-h]\s*[.)]\s*\S|(?:kunci|jawaban)\b[^:\t]{0,20}:)",
    re.IGNORECASE,
)
_LONGEST_GAP = 8
_LONG_GAP = re.compile(rf"\s{{{_LONGEST_GAP + 1},}}")
_IN_ONE_ROW = re.compile(r"(?<=\s)(?=\(?[B-H]\s*[.)]\s*\S)")


def plain_lines(text: str) -> Iterator[Line]:
    """The lines of a pasted text or a text file, blank ones left out."""
    gap = True
    for place, line in enumerate(text.splitlines(), start=1):
        if line.strip():
            yield from in_columns(Line(line, place, "0" * len(line), starts=gap))
        gap = not line.strip()


def in_columns(line: Line) -> list[Line]:
    """The line cut before each option or key that stands beside another: A. ya <tab> B. tidak."""
    line = _squeezed(line)
    columns = islice(_COLUMNS.finditer(line.text), MOST_OPTIONS)
    cuts = [0, *(match.end() for match in columns)]
    if len(cuts) == 1:
        cuts += _cuts_in_one_row(line.text)
    ends: Sequence[int | None] = [*cuts[1:], None]
    pieces = [line.cut(start, end) for start, end in zip(cuts, ends, strict=True)]
    first = pieces[0]
    rest = [replace(piece, starts=True, numbering=None, lost=()) for piece in pieces[1:]]
    return [piece for piece in (first, *rest) if piece.text or piece.lost]


def _squeezed(line: Line) -> Line:
    """The line with no long run of white space, on which the patterns would take long."""
    gaps = list(_LONG_GAP.finditer(line.text))
    starts = [0, *(gap.end() for gap in gaps)]
    ends = [*(gap.start() + _LONGEST_GAP for gap in gaps), len(line.text)]
    text, flags = (
        "".join(whole[start:end] for start, end in zip(starts, ends, strict=True))
        for whole in (line.text, line.prominent)
    )
    return replace(line, text=text, prominent=flags)


def _cuts_in_one_row(text: str) -> list[int]:
    """Where B, C, D … begin when a line holds at least A, B and C in order, else nothing."""
    first = _LETTERED.match(text.lstrip())
    if first is None or first["letter"] != "A":
        return []
    cuts: list[int] = []
    for match in _IN_ONE_ROW.finditer(text):
        if text[match.end() :].lstrip("(")[0] == "BCDEFGH"[len(cuts)]:
            cuts.append(match.end())
        if len(cuts) == MOST_OPTIONS - 1:
            break
    return cuts if len(cuts) > 1 else []


def marked(line: Line) -> Marked | None:
    """What the line begins with, shown by automatic numbering or typed; None for neither."""
    if line.numbering is not None:
        shown = line.numbering
        return Marked(shown.mark, shown.ordinal, line.cut(0), shown)
    number = _NUMBERED.match(line.text)
    if number is not None:
        ordinal = int(number["named"] or number["plain"])
        return Marked(Mark.NUMBER, ordinal, line.cut(number.end()))
    return _lettered(line)


def _lettered(line: Line) -> Marked | None:
    letter = _LETTERED.match(line.text) or _BARE_LETTER.match(line.text)
    if letter is None:
        return None
    capital = letter["letter"].isupper()
    rest = line.cut(letter.end())
    glued = "gap" in letter.groupdict() and not letter["gap"]
    if _ABBREVIATION.match(rest.text) or (glued and not capital and ")" not in letter[0]):
        return None  # a.n. and d.a. are not options
    if line.text.lstrip()[0] in "*✓√✔":
        rest = replace(rest, text=f"*{rest.text}", prominent=f"0{rest.prominent}")
    return Marked(
        Mark.LETTER, ord(letter["letter"].upper()) - ord("A") + 1, rest, in_capital=capital
    )
