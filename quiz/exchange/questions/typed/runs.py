"""Options whose letters bear no full stop or bracket, or are digits: known by their neighbours."""

import re
from dataclasses import replace

from quiz.exchange.questions.keys import is_by_number
from quiz.exchange.questions.typed.gathered import Gathered, GatheredOption
from quiz.exchange.questions.typed.lines import Line, Mark, marked

_WEAK = re.compile(r"(?P<letter>[A-Ja-j])(?P<end>\s?[:=/|–—-]\s{0,8}|\s{1,8})(?=\S)")
_DIGIT = re.compile(r"\(?(?P<digit>[0-9]{1,2})\s?[.)]\s{0,8}(?P<text>\S.*)", re.DOTALL)
_LEAST = 2


def with_letters(lines: list[Line]) -> list[Line]:
    """The lines with A. for A, A: or A - where such lines follow one another from A on.

    A single one stays as it is, and so does a run that options with a full stop follow.
    """
    found = list(lines)
    start = 0
    while start < len(found):
        end = _end_of_run(found, start)
        if end - start >= _LEAST and not _letter_follows(found, end):
            found[start:end] = [_dotted(line) for line in found[start:end]]
        start = max(end, start + 1)
    return found


def with_digits(found: Gathered) -> None:
    """Take 1., 2., 3. at the end of the stem for the options when the key is a number."""
    if found.options or not found.key or not is_by_number(found.key):
        return
    taken: list[GatheredOption] = []
    for line in reversed(found.stem[1:]):
        digit = _DIGIT.fullmatch(line)
        if digit is None or (taken and int(digit["digit"]) != taken[0].ordinal - 1):
            break
        taken.insert(0, GatheredOption(int(digit["digit"]), [digit["text"]], from_list=True))
    if len(taken) >= _LEAST and taken[0].ordinal == 1:
        del found.stem[-len(taken) :]
        found.options = taken


def _end_of_run(lines: list[Line], start: int) -> int:
    first = _weak(lines[start], "A")
    if first is None:
        return start
    end = start + 1
    while end < len(lines):
        weak = _weak(lines[end], chr(ord("A") + end - start))
        if weak is None or _shape(weak) != _shape(first):
            break
        end += 1
    return end


def _weak(line: Line, letter: str) -> "re.Match[str] | None":
    found = _WEAK.match(line.text) if line.numbering is None else None
    return found if found and found["letter"].upper() == letter else None


def _shape(weak: "re.Match[str]") -> tuple[str, bool]:
    """How a letter is written: its sign, and whether it is a capital."""
    return weak["end"].strip(), weak["letter"].isupper()


def _letter_follows(lines: list[Line], end: int) -> bool:
    mark = marked(lines[end]) if end < len(lines) else None
    return mark is not None and mark.mark is Mark.LETTER


def _dotted(line: Line) -> Line:
    text = f"{line.text[0]}.{line.text[1:].lstrip(' :=/|–—-')}"
    cut = len(line.text) - len(line.text[1:].lstrip(" :=/|–—-"))
    flags = line.prominent[:1] + "0" + line.prominent[cut:] if line.prominent else ""
    return replace(line, text=text, prominent=flags)
