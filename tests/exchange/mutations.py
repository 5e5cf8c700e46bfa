"""Sound files changed by chance, byte by byte and with what their formats give a meaning."""

import io
import re
import zipfile

from hypothesis import strategies as st

SIGNS = [
    *("{", "}", "=", "~", "%", "#", "->", "::", "\\", "// [id:", "\n", "\n\n", "\r", "\t", "\0"),
    *("\u200b", "\u202e", "\uffff", "A. ", "B) ", "Kunci: ", "ANSWER: ", "**", "_", "<", "</p>"),
    *("<![CDATA[", "]]>", "&#x110000;", "&#0;", "&#xD800;", "&amp;", "٣", "½", "²", "\u212a", "ſ"),
    *("%nan%", "1e999", "inf", '"', "'", ";", ",", "=1+1", "\x0b", "\x85", "\u2028", "ﬆ", "𝟙"),
    *("<w:br/>", "<w:tbl>", "<w:tr>", "<w:tc>", '<?xml version="1.0" encoding="idna"?>'),
]
"""What some format gives a meaning, and letters that change when they are compared."""

VALUES = ["", "x", "-1", "0", "nan", "1e999", "99999999999999999999", "1" * 5_000, "XFD1048576"]
"""What may stand in a number's or an attribute's place."""

_NUMBER = re.compile(rb"[0-9]+")
_ATTRIBUTE = re.compile(rb'(?<==")[^"]*(?=")')
_TAG = re.compile(rb"<[^<>]{1,80}>")


@st.composite
def mutated(draw: st.DrawFn, whole: bytes) -> bytes:
    """``whole`` with one to six changes; of a ZIP, in one of its parts."""
    if not whole.startswith(b"PK"):
        return draw(_changed(whole))
    with zipfile.ZipFile(io.BytesIO(whole)) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    spoilt = draw(st.sampled_from(sorted(parts)))
    parts[spoilt] = draw(_changed(parts[spoilt]) | st.sampled_from([b"", *parts.values()]))
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return packed.getvalue()


@st.composite
def _changed(draw: st.DrawFn, text: bytes) -> bytes:
    for _ in range(draw(st.integers(1, 6))):
        start = draw(st.integers(0, len(text)))
        end = min(len(text), start + draw(st.sampled_from([0, 1, 5, 40])))
        sign = draw(st.sampled_from(SIGNS)).encode() * draw(st.sampled_from([1, 3, 60]))
        places = [(start, end), *(m.span() for m in _meaning(draw(st.integers(0, 2)), text))]
        place = draw(st.sampled_from(places))
        instead = draw(
            st.sampled_from([sign, text[start : start + 200], *(v.encode() for v in VALUES)])
        )
        text = text[: place[0]] + instead + text[place[1] :]
    return text


def _meaning(kind: int, text: bytes) -> list[re.Match[bytes]]:
    """Where numbers, attributes or tags stand; the first hundred."""
    found = (_NUMBER, _ATTRIBUTE, _TAG)[kind].finditer(text)
    return [match for match, _ in zip(found, range(100), strict=False)]
