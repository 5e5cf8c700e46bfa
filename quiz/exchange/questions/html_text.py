"""HTML as plain text, with what plain text cannot hold."""

import re
from html import unescape

IMAGE = "Gambar pada soal ini tidak ikut diambil. Uraikan isinya dengan kata-kata."
MEDIA = "Suara atau video pada soal ini tidak ikut diambil."
TABLE = "Tabel pada soal ini diambil sebagai baris teks; susunan kolomnya hilang."

_LOST = {
    **dict.fromkeys(("img", "svg", "canvas", "picture"), IMAGE),
    **dict.fromkeys(("audio", "video", "iframe", "object", "embed"), MEDIA),
    "table": TABLE,
    "math": "Rumus pada soal ini tidak ikut diambil. Tulis ulang sebagai teks biasa.",
}
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


def looks_like_html(text: str) -> bool:
    """Whether a text without a named format has tags or entities in it."""
    return _MARKUP.search(text[:_LONGEST]) is not None


def html_text(html: str) -> tuple[str, list[str]]:
    """The text a browser would show, line by line, and sentences on what is lost.

    At most 50,000 letters of HTML are read, pictures written into it aside. Tags are found by a
    pattern that never looks at a letter twice: Python's own parser needs minutes for some texts.
    """
    reader = _Reader()
    for match in _TOKEN.finditer(_INLINE_FILE.sub("data:", html)[:_LONGEST]):
        if match["name"]:
            reader.tag(match["name"].lower(), bool(match["slash"]), match[0].endswith("/>"))
        elif not match[0].startswith("<!--"):
            reader.words(match[0])
    return reader.text(), reader.lost


class _Reader:
    """Gathers text tag by tag."""

    def __init__(self) -> None:
        self.lost: list[str] = []
        self._pieces: list[str] = []
        self._unseen = 0

    def tag(self, name: str, closes: bool, empty: bool) -> None:
        """A tag begins, ends or does both at once (``empty``): a block begins a line."""
        if not closes and name in _LOST and _LOST[name] not in self.lost:
            self.lost.append(_LOST[name])
        if name in _UNSEEN and not empty:
            self._unseen = max(0, self._unseen + (-1 if closes else 1))
        if name in _BLOCKS:
            self._pieces.append("\n- " if name == "li" and not closes else "\n")
        elif name in {"td", "th"} and not closes:
            self._pieces.append(" ")

    def words(self, written: str) -> None:
        """Text between tags, its entities resolved."""
        if not self._unseen:
            self._pieces.append(_GAPS.sub(" ", unescape(written)))

    def text(self) -> str:
        """All of it, without empty lines."""
        lines = (_GAPS.sub(" ", line).strip() for line in "".join(self._pieces).split("\n"))
        return "\n".join(line for line in lines if line)
