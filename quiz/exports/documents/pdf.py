"""A paper as PDF: archivable (PDF/A-2a) and read aloud by screen readers (PDF/UA-1)."""

import json
import re
from collections.abc import Mapping, Sequence
from dataclasses import fields, is_dataclass
from pathlib import Path
from typing import Any, Literal

import typst

from quiz.exports.documents.paper import Paper, with_texts
from quiz.formats import wita

ARCHIVABLE: Literal["a-2a"] = "a-2a"
READ_ALOUD: Literal["ua-1"] = "ua-1"

_NOT_SHOWN = re.compile(
    r"[^\n\x20-\x7e\xa0-\u0377\u03a3-\u0484\u048a-\u04ff\u05d0-\u05ea\u0621-\u063a\u0640-\u064a"
    r"\u0660-\u0669\u1e00-\u1eff\u2000-\u2040\u2044-\u2052\u20a0-\u20bf\u2190-\u22ff"
    r"\u25a0-\u2606\u270c-\u2714]"
)
"""What the fonts inside have no sign for, such as 😀: an archivable PDF may not leave it out."""

NO_SIGN = "□"

_TEMPLATE = Path(__file__).with_name("paper.typ")


def write(paper: Paper) -> bytes:
    """The PDF, with fonts and metadata inside; the same paper gives the same pages.

    Texts go in as data and are never read as markup. NO_SIGN stands for what no font inside shows.
    """
    shown = with_texts(paper, lambda text: _NOT_SHOWN.sub(NO_SIGN, text))
    return typst.compile(
        _TEMPLATE,
        sys_inputs={"paper": json.dumps(_plain(shown), ensure_ascii=False)},
        pdf_standards=[ARCHIVABLE, READ_ALOUD],
        ignore_system_fonts=True,
        timestamp=int(paper.made_at.timestamp()),
        format="pdf",
    )


def _plain(part: Any) -> Any:
    """Blocks as objects that name their kind; what the template reads, in its spelling."""
    if isinstance(part, Paper):
        day = wita(part.made_at)
        return {
            **_fields(part),
            "made_on": {"year": day.year, "month": day.month, "day": day.day},
        }
    if is_dataclass(part):
        return {"is": _kind(part), **_fields(part)}
    if isinstance(part, Mapping):
        return {key: _plain(value) for key, value in part.items()}
    if isinstance(part, frozenset):
        return sorted(part)
    if isinstance(part, Sequence) and not isinstance(part, str):
        return [_plain(each) for each in part]
    return part


def _fields(part: Any) -> dict[str, Any]:
    return {
        field.name.replace("_", "-"): _plain(getattr(part, field.name))
        for field in fields(part)
        if field.name != "made_at"
    }


def _kind(part: object) -> str:
    name = type(part).__name__
    return "new_page" if name == "NewPage" else name.lower()
