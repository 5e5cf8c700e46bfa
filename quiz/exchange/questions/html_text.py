"""HTML as plain text, with what plain text cannot hold."""

import re
from html import unescape

from quiz.exchange.questions.languages import (
    TAKEN,
    all_taken,
    is_ours,
    languages_of,
    without_filter,
)
from quiz.exchange.raised import raised

IMAGE = "Gambar pada soal ini tidak ikut diambil. Uraikan isinya dengan kata-kata."
MEDIA = "Suara atau video pada soal ini tidak ikut diambil."
TABLE = "Tabel pada soal ini diambil sebagai baris teks; susunan kolomnya hilang."

_LOST = {
    **dict.fromkeys(("img", "svg", "canvas", "picture"), IMAGE),
    **dict.fromkeys(("audio", "video", "iframe", "object", "embed"), MEDIA),
    "table": TABLE,
    "math": "Rumus pada soal ini tidak ikut diambil. Tulis ulang sebagai teks biasa.",
}
STRUCK = (
    "Coretan pada soal ini tidak ikut diambil: teks yang dicoret terbaca seperti teks biasa. "
    "Hapus bila tidak berlaku."
)
_LOST |= dict.fromkeys(("s", "del", "strike"), STRUCK)
_PLACES = {"sup": "superscript", "sub": "subscript"}
_TAGS = re.compile(r"<(?:span|lang)\s[^<>]{0,400}>", re.IGNORECASE)
_UNSEEN = frozenset({"script", "style", "head", "template", "math", "svg"})
_BLOCKS = frozenset(
    {"p", "div", "br", "li", "ul", "ol", "tr", "table", "h1", "h2", "h3", "h4", "h5", "h6"}
    | {"blockquote", "pre", "section", "dl", "dt", "dd", "hr"}
)
_TOKEN = re.compile(
    r"<!--(?:[^-]|-(?!->))*(?:-->)?"
    r"|<(?P<slash>/?)(?P<name>[A-Za-z][A-Za-z0-9]{0,15})\b[^<>]*>"
    r"|<![^<>]*>|<\?[^<>]*>|<|[^<]+"
)
_INLINE_FILE = re.compile(r"data:[^\"'\s>]{100,}")
_LONGEST = 50_000
_GAPS = re.compile(r"[ \t\r\n\f\v]+")
_MARKUP = re.compile(
    r"</?(?:p|br|div|span|b|i|em|strong|u|ul|ol|li|img|table|sub|sup|a|h[1-6])\b[^<>]*>|&[a-z]{2,8};",
    re.IGNORECASE,
)


_ENTITY = re.compile(
    r"&(?:#[0-9]{1,7}|#[xX][0-9a-fA-F]{1,6}|[A-Za-z][A-Za-z0-9]{1,31})(?:;|(?![A-Za-z0-9#]))"
)
_LINE_BREAK = re.compile(r"\r\n|[\r\n]")
_HAS_BLOCKS = re.compile(r"</?(?:p|br|div|li|tr|h[1-6])\b", re.IGNORECASE)


def without_entities(text: str) -> str:
    """The text with &nbsp; and the like as letters; a number too long to be one stays."""
    return _ENTITY.sub(lambda entity: unescape(entity[0]), text)


def with_breaks(text: str) -> str:
    """HTML in which line feeds count, as Moodle shows its own format without blocks."""
    return text if _HAS_BLOCKS.search(text) else _LINE_BREAK.sub("<br>", text)


def looks_like_html(text: str) -> bool:
    """Whether a text without a named format has tags or entities in it."""
    return _MARKUP.search(text[:_LONGEST]) is not None


def html_text(html: str) -> tuple[str, list[str]]:
    """The text a browser would show, line by line, and sentences on what is lost.

    At most 50,000 letters of HTML are read, pictures written into it aside. Tags are found by a
    pattern that never looks at a letter twice: Python's own parser needs minutes for some texts.
    """
    html, lost = without_filter(_INLINE_FILE.sub("data:", html)[:_LONGEST])
    reader = _Reader({one for tag in _TAGS.findall(html) if (one := languages_of(tag))})
    reader.lost += lost
    closed = {name for name in _UNSEEN if f"</{name}" in html.lower()}
    for match in _TOKEN.finditer(html):
        if match["name"]:
            name = match["name"].lower()
            never_ends = name in _UNSEEN and name not in closed
            reader.tag(name, bool(match["slash"]), never_ends or match[0].endswith("/>"))
            reader.language(name, bool(match["slash"]), languages_of(match[0]))
        elif not match[0].startswith("<!--"):
            reader.words(match[0])
    return reader.text(), reader.lost


class _Reader:
    """Gathers text tag by tag."""

    def __init__(self, languages: set[str]) -> None:
        self.lost: list[str] = []
        self._pieces: list[str] = []
        self._unseen = 0
        self._place = ""
        self._spans: list[bool] = []
        self._several = len(languages) > 1
        self._ours = any(map(is_ours, languages))
        if self._several:
            self.lost.append(TAKEN if self._ours else all_taken(languages))

    def tag(self, name: str, closes: bool, empty: bool) -> None:
        """A tag begins, ends or does both at once (``empty``): a block begins a line."""
        if not closes and name in _LOST and _LOST[name] not in self.lost:
            self.lost.append(_LOST[name])
        if name in _UNSEEN and not empty:
            self._unseen = max(0, self._unseen + (-1 if closes else 1))
        if name in _PLACES:
            self._place = "" if closes else _PLACES[name]
        if name in _BLOCKS:
            self._pieces.append("\n- " if name == "li" and not closes else "\n")
        elif name in {"td", "th"} and not closes:
            self._pieces.append(" ")

    def language(self, name: str, closes: bool, language: str) -> None:
        """A tag that may begin or end a text in one of several languages."""
        if name not in {"span", "lang"} or not self._several:
            return
        if closes:
            self._unseen -= self._spans.pop() if self._spans else 0
            return
        hides = bool(language) and self._ours and not is_ours(language)
        self._spans.append(hides)
        self._unseen += hides
        if language and not self._ours:
            self._pieces.append("\n")

    def words(self, written: str) -> None:
        """Text between tags, its entities resolved."""
        if not self._unseen:
            text = _GAPS.sub(" ", without_entities(written))
            self._pieces.append(raised(text, self._place))

    def text(self) -> str:
        """All of it, without empty lines."""
        lines = (_GAPS.sub(" ", line).strip() for line in "".join(self._pieces).split("\n"))
        return "\n".join(line for line in lines if line)
