"""A text line by line, as people type questions: what each line begins with.

Word documents and pasted text end up here alike; a document adds what its automatic numbering
shows and which letters stand out.
"""

import re
from dataclasses import dataclass, replace
from enum import Enum

from quiz.exchange.questions.key_signs import ANY_SIGN, BOX

MOST_OPTIONS = 26
"""Options are lettered A to Z."""


class Mark(Enum):
    """What stands before a line's text."""

    NUMBER = "number"
    LETTER = "letter"
    BULLET = "bullet"
    ROMAN = "roman"
    """Only of automatic numbering, and only until it is known whether it numbers options."""


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
    alone: bool = False
    """A number on a line of its own, which may also be the number of a page."""


_NUMBERED = re.compile(
    r"(?:(?:soal|pertanyaan|nomor|no)\s*\.?\s*(?:nomor|no)?\s*\.?\s*(?P<named>[0-9]{1,3})\s*"
    r"(?:[.):]|$)|(?P<plain>[0-9]{1,3})\s*[.)](?=\s|$|[^\W\d_]|[“\"'])|(?P<alone>[0-9]{1,3})$)\s*",
    re.IGNORECASE,
)
_SIGNS = rf"(?P<signs>(?:{ANY_SIGN}\s{{0,8}}){{0,3}})"
_NO_BOX = r"(?![(\[]\s?[vVxX]\s?[)\]])"
_LETTERED = re.compile(
    rf"{_SIGNS}{_NO_BOX}[(\[]?\s?(?P<letter>[A-Za-z])\s{{0,3}}(?P<end>[.)\]]{{1,2}})(?P<gap>\s*)(?=\S)"
)
_BARE_LETTER = re.compile(
    rf"{_SIGNS}{_NO_BOX}[(\[]?\s?(?P<letter>[A-Ha-h])\s{{0,3}}(?P<end>[.)\]]{{1,2}})\s*$"
)
_ABBREVIATION = re.compile(r"[A-Za-z]\.")
_BULLET = re.compile(r"(?:[-–—•·▪■●○◦‣►➢❖+*]|o(?=\s))\s{1,8}(?=\S)")
_BOX = re.compile(rf"{BOX}\s{{0,8}}(?=\S)")


def marked(line: Line) -> Marked | None:
    """What the line begins with, shown by automatic numbering or typed; None for neither.

    A letter typed behind an automatic bullet, or behind the same automatic letter, is the mark.
    """
    shown = line.numbering
    if shown is None:
        return _numbered(line) or _lettered(line) or _bulleted(line)
    automatic = Marked(shown.mark, shown.ordinal, line.cut(0), shown)
    typed = _lettered(line)
    if typed is not None and (
        shown.mark is Mark.BULLET
        or (shown.mark is Mark.LETTER and shown.ordinal == typed.ordinal)
        or (shown.mark is Mark.NUMBER and shown.depth > 0)
    ):
        return typed
    again = _numbered(line) if shown.mark is Mark.NUMBER else None
    return (
        replace(automatic, rest=again.rest)
        if again and again.ordinal == shown.ordinal
        else (automatic)
    )


def _numbered(line: Line) -> Marked | None:
    number = _NUMBERED.match(line.text)
    if number is None:
        return None
    ordinal = int(number["named"] or number["plain"] or number["alone"])
    return Marked(Mark.NUMBER, ordinal, line.cut(number.end()), alone=bool(number["alone"]))


def _lettered(line: Line) -> Marked | None:
    start = _bullet_before_letter(line.text)
    letter = _LETTERED.match(line.text, start) or _BARE_LETTER.match(line.text, start)
    if letter is None:
        return None
    rest = line.cut(letter.end())
    if _ABBREVIATION.match(rest.text) and not letter.groupdict().get("gap", " "):
        return None  # a.n. and d.a. are not options
    if signs := letter["signs"].strip():
        text = f"{signs} {rest.text}"
        rest = replace(rest, text=text, prominent=rest.prominent.rjust(len(text), "0"))
    capital = letter["letter"].isupper()
    ordinal = ord(letter["letter"].upper()) - ord("A") + 1
    return Marked(Mark.LETTER, ordinal, rest, in_capital=capital)


def _bullet_before_letter(text: str) -> int:
    """Where a line goes on behind a bullet that a letter follows; 0 for any other."""
    bullet = _BULLET.match(text)
    if bullet is None or bullet[0][0] == "*":
        return 0
    return bullet.end() if _LETTERED.match(text, bullet.end()) else 0


def _bulleted(line: Line) -> Marked | None:
    """A typed bullet or a box to tick; a filled one stays with the text, as a sign of a key."""
    bullet = _BULLET.match(line.text)
    rest = line.cut(bullet.end()) if bullet else line
    if bullet is None and _BOX.match(line.text) is None:
        return None
    return Marked(Mark.BULLET, 1, rest)
