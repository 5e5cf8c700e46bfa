"""HTML as plain text, with what plain text cannot hold."""

import re
from html.parser import HTMLParser

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

    At most 50,000 letters of HTML are read, pictures written into it aside.
    """
    reader = _Reader()
    reader.feed(_INLINE_FILE.sub("data:", html)[:_LONGEST])
    reader.close()
    return reader.text(), reader.lost


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.lost: list[str] = []
        self._pieces: list[str] = []
        self._unseen = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in _LOST and _LOST[tag] not in self.lost:
            self.lost.append(_LOST[tag])
        self._unseen += tag in _UNSEEN
        if tag in _BLOCKS:
            self._pieces.append("\n- " if tag == "li" else "\n")
        elif tag in {"td", "th"}:
            self._pieces.append(" ")

    def handle_endtag(self, tag: str) -> None:
        self._unseen = max(0, self._unseen - (tag in _UNSEEN))
        if tag in _BLOCKS and tag != "br":
            self._pieces.append("\n")

    def handle_data(self, data: str) -> None:
        if not self._unseen:
            self._pieces.append(_GAPS.sub(" ", data))

    def text(self) -> str:
        lines = (_GAPS.sub(" ", line).strip() for line in "".join(self._pieces).split("\n"))
        return "\n".join(line for line in lines if line)
