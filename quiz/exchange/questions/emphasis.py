"""Emphasis typed as signs, in Markdown or simple HTML: letters that stand out, as bold ones do."""

import re
from collections.abc import Iterator

from quiz.exchange.questions.html_text import without_entities

_TAG = re.compile(
    r"<(?P<slash>/?)(?P<name>b|strong|u|mark|em|i|ins|font|span|p|div|br|li|ul|ol|a)"
    r"(?:\s[^<>]{0,300})?/?>",
    re.IGNORECASE,
)
_STRESSING = frozenset({"b", "strong", "u", "mark", "em", "i", "ins"})
_RUN = re.compile(r"\*+|_+|={2,}|`+")
_SIGNS = frozenset({"*", "**", "***", "_", "__", "==", "`"})
_NO_OPENING = frozenset(" \t.,;:?!)]}%")
_BLANK_LINES = re.compile(r"</?(?:p|div|br|li|ul|ol)\b[^<>]{0,300}>", re.IGNORECASE)
LEFT_OVER = re.compile(
    r"\*\*|(?<![\w_])__(?=[^\W_])|(?<=[^\W_])__(?![\w_])"
    r"|(?<![\w*])\*[^\W_][^*\n]{0,80}\*(?![\w*])|(?<![\w_])_[^\W_][^_\n]{0,80}(?<=[^\W_])_(?![\w_])"
    r"|</(?:b|strong|u|mark|em|i|p|div|span|li)>|<br\s?/?>|&(?:nbsp|amp|quot|lt|gt);",
    re.IGNORECASE,
)
"""Emphasis or markup that nobody wants to read."""


def without_emphasis(text: str, flags: str = "") -> tuple[str, str]:
    """One line without the signs of emphasis; "1" in the flags for each letter within them.

    ``flags`` are those of the text before: what stands out goes on doing so.
    """
    if not (_RUN.search(text) or "<" in text or "&" in text):
        return text, flags or "0" * len(text)
    flags = flags or "0" * len(text)
    marks = sorted([*_tags(text), *_pairs(text)])
    kept: list[str] = []
    shown: list[str] = []
    place = depth = 0
    for start, end, step in [*marks, (len(text), len(text), 0)]:
        piece = without_entities(text[place:start])
        same = len(piece) == start - place
        own = flags[place:start] if same else "0" * len(piece)
        kept.append(piece)
        shown.append("1" * len(piece) if depth > 0 else own)
        place, depth = max(place, end), max(0, depth + step)
    return "".join(kept), "".join(shown)


def plain_text(text: str) -> str:
    """A text of several lines without the signs of emphasis; blocks of HTML begin lines."""
    lines = (without_emphasis(line)[0] for line in html_lines(text))
    return "\n".join(lines)


def html_lines(text: str) -> list[str]:
    """The lines of a text, also where HTML parts them."""
    if "<" not in text:
        return text.splitlines()
    return _BLANK_LINES.sub("\n", text).splitlines()


def _tags(text: str) -> Iterator[tuple[int, int, int]]:
    """Tags by their place, and whether emphasis begins (1) or ends (-1) there."""
    for tag in _TAG.finditer(text) if "<" in text else ():
        stresses = tag["name"].lower() in _STRESSING
        yield tag.start(), tag.end(), (-1 if tag["slash"] else 1) if stresses else 0


def _pairs(text: str) -> Iterator[tuple[int, int, int]]:
    """Signs of Markdown that open and close again; one without its partner stays."""
    opened: dict[str, tuple[int, int]] = {}
    for run in _RUN.finditer(text):
        sign = run[0]
        if sign not in _SIGNS:
            continue
        before = text[run.start() - 1 : run.start()]
        after = text[run.end() : run.end() + 1]
        if sign in opened and before.strip() and not after.isalnum():
            yield (*opened.pop(sign), 1)
            yield (run.start(), run.end(), -1)
        elif after and after not in _NO_OPENING and not before.isalnum():
            opened[sign] = run.span()
