"""Cutting lines on which options, or options and their key, stand side by side."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import islice

from quiz.exchange.questions.emphasis import html_lines, without_emphasis
from quiz.exchange.questions.imported import UnreadableFile, as_typed
from quiz.exchange.questions.key_signs import ANY_SIGN
from quiz.exchange.questions.typed.labels import KEY_AT_END, KEY_WORDS, Label, labelled
from quiz.exchange.questions.typed.lines import MOST_OPTIONS, Line

LONGEST_LINE = 20_000
"""Letters of one line; a question with its options has 5,000 at most."""

_COLUMNS = re.compile(
    rf"(?:\t+| {{3,}})(?=(?:{ANY_SIGN}\s?)?[(\[]?[A-Za-z]\s?[.)\]]{{1,2}}\s{{0,8}}\S"
    rf"|(?:{KEY_WORDS})\s{{0,4}}[:=])",
    re.IGNORECASE,
)
_QUOTED = re.compile(r"(?:\s{0,8}(?:>{1,3}|#{1,6})(?=\s)){1,3}")
"""How Markdown begins quotes and headings."""

_LONGEST_GAP = 8
_LONG_GAP = re.compile(rf"\s{{{_LONGEST_GAP + 1},}}")
_CANDIDATE = re.compile(
    rf"(?:(?<=\s)|^)(?:{ANY_SIGN}\s?)?[(\[]?(?P<letter>[A-Za-z])\s?(?P<end>[.)\]]{{1,2}})"
    r"(?=\s{1,8}\S|[^\W\d_]{2})"
)
_NO_OPTION_AFTER = re.compile(
    r"\b(?:huruf|butir|ayat|pasal|angka|poin|nomor|golongan|gol|ruang|tipe|kelas|opsi|pilihan"
    r"|jawaban|kunci|bapak|ibu|pak|bu|sdr|saudara|saudari|dr|drs|prof|ir"
    r"|h|hj)\.?\s*$",
    re.IGNORECASE,
)
_SENTENCE_ENDS = frozenset('?.:…!_)”"')
_COLUMN_STEPS = (2, 3, 4)
_TAIL = 80
_NAMED_WITHIN = 20


def plain_lines(text: str) -> Iterator[Line]:
    """The lines of a pasted text or a text file, blank ones left out. Raises UnreadableFile."""
    gap = True
    for place, line in enumerate(text.splitlines(), start=1):
        if len(line) > LONGEST_LINE:
            raise UnreadableFile(
                f"Baris {place} lebih panjang dari {LONGEST_LINE // 1000}.000 huruf, jadi tidak "
                "dibaca. Tulis tiap soal, opsi, dan kunci di baris sendiri, lalu unggah lagi."
            )
        for part in html_lines(line):
            if part.strip():
                yield from in_columns(Line(part, place, "0" * len(part), starts=gap))
                gap = False
        gap = not line.strip()


def in_columns(line: Line) -> list[Line]:
    """The line cut before each option or key that stands beside another: A. ya <tab> B. tidak.

    Hard spaces and signs of emphasis are taken out first.
    """
    squeezed = _squeezed(line)
    text, flags = without_emphasis(as_typed(squeezed.text), squeezed.prominent)
    line = replace(line, text=text, prominent=flags)
    if quoted := _QUOTED.match(text):
        line = line.cut(quoted.end())
    columns = islice(_COLUMNS.finditer(line.text), MOST_OPTIONS)
    cuts = [0, *(match.end() for match in columns)]
    ends: Sequence[int | None] = [*cuts[1:], None]
    pieces = [line.cut(start, end) for start, end in zip(cuts, ends, strict=True)]
    parts = [part for piece in pieces for part in _in_one_row(piece)]
    first = parts[0]
    rest = [replace(piece, starts=True, numbering=None, lost=()) for piece in parts[1:]]
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


def _in_one_row(line: Line) -> list[Line]:
    """The line cut before options that follow one another, and before a key at its end."""
    named = labelled(line)
    if named is not None and named.label is Label.KEY:
        return [line]
    key = KEY_AT_END.search(line.text, max(0, len(line.text) - _TAIL))
    end = key.start() if key and key.start() > 0 else len(line.text)
    cuts = [] if named else [cut for cut in _option_cuts(line.text) if cut < end]
    if end < len(line.text):
        cuts.append(end)
    ends: Sequence[int | None] = [*cuts, None]
    pieces = [line.cut(start, end) for start, end in zip([0, *cuts], ends, strict=True)]
    if key and len(pieces) > 1 and pieces[-2].text.endswith(("(", "[")):
        pieces[-2] = pieces[-2].cut(0, len(pieces[-2].text) - 1)
    return pieces


@dataclass(frozen=True)
class _Candidate:
    """A letter that may begin an option: where it stands, which it is, how it is written."""

    start: int
    ordinal: int
    shape: tuple[bool, str]


def _option_cuts(text: str) -> list[int]:
    """Where options begin behind the first thing on a line: B, C, D … or the letter beside A."""
    found = [
        _Candidate(
            match.start(),
            ord(match["letter"].upper()) - ord("A") + 1,
            (match["letter"].isupper(), match["end"]),
        )
        for match in islice(_CANDIDATE.finditer(text), 20 * MOST_OPTIONS)
    ]
    if not found:
        return []
    if not text[: found[0].start].strip(" -–•·"):
        return _following(text, found)
    first = next((place for place, each in enumerate(found) if each.ordinal == 1), None)
    if first is None:
        return []
    start = found[first].start
    rest = _following(text, found[first:])
    asks = text[max(0, start - _TAIL) : start].rstrip()[-1:] in _SENTENCE_ENDS
    return [start, *rest] if len(rest) > (not asks) else []


def _following(text: str, found: Sequence[_Candidate]) -> list[int]:
    """The places of the letters that follow the first one in order."""
    first, last = found[0], found[0]
    cuts: list[int] = []
    for each in found[1:]:
        if each.shape != first.shape or not _is_free(text, last, each):
            continue
        step = each.ordinal - last.ordinal
        if step == 1 or (step in _COLUMN_STEPS and not cuts):
            cuts.append(each.start)
            last = each
            if step > 1:
                break
    return cuts


def _is_free(text: str, last: _Candidate, each: _Candidate) -> bool:
    """Whether words stand between two letters and none that names a letter, as in huruf c."""
    words = text[max(last.start, each.start - _TAIL) : each.start].strip()
    return len(words) >= len("A. x") and not _NO_OPTION_AFTER.search(words[-_NAMED_WITHIN:])
