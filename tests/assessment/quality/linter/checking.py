"""The register a rule looks at, items that say what a test wants, and what the linter finds."""

from datetime import date
from fractions import Fraction
from typing import Any

from quiz.assessment.items.item import Item, Option
from quiz.assessment.quality.linter import Finding, lint
from quiz.assessment.question_file import Claim, Reference
from tests.assessment import samples

DAY = date(2024, 11, 22)
ALIKE = ("Menolak ajakan itu", "Menerima ajakan itu", "Menunda jawabannya", "Bertanya dahulu")
"""Options that break no rule of form."""

Case = tuple[Item, str, str, Item]
"""An item that breaks a rule, where, what is said of it, and an item that keeps the rule."""


def reference(code: str, law: str, **changes: Any) -> Reference:
    fields: dict[str, Any] = {
        "title": law,
        "article": "Pasal 1",
        "text": "Isi.",
        "verbatim": False,
        "valid_from": date(2020, 1, 1),
        "valid_to": None,
        "successor": None,
        "changes": (),
    }
    return Reference(code=code, law=law, **(fields | changes))


def claim(code: str, confidence: str) -> Claim:
    return Claim(code, "Pernyataan.", (), "", ("Sumber",), confidence)


REFERENCES = [
    reference("UU-20-2023-P9-2", "UU 20/2023"),
    reference("PP-94-2021-P5", "PP 94/2021"),
    reference("UU-6-2014-P29", "UU 6/2014"),
    reference("SURAT", "Surat Mendagri", valid_to=date(2024, 11, 27)),
    reference("LAMA", "UU 5/2014", valid_to=date(2023, 10, 30)),
]
CLAIMS = [
    claim("F-DEF-04/rumusan-lama", "tinggi"),
    claim("F-SEDANG", "sedang"),
    claim("F-RENDAH", "rendah"),
]


def found(rule: str, items: list[Item], on: date | None = None) -> list[Finding]:
    return [f for f in lint(items, REFERENCES, CLAIMS, [], on) if f.rule == rule]


def told(rule: str, item: Item) -> list[tuple[str | None, str, str]]:
    """Item, place and words of whatever the rule finds in one item."""
    return [(f.item, f.where, f.message) for f in found(rule, [item])]


def worded(*texts: str, type: str = "single_choice", keys: int = 1, **changes: Any) -> Item:
    """An item whose options say this, the first ones being keys."""
    options = tuple(
        Option("abcdefgh"[n], text, Fraction(n < keys), "Penjelasan.")
        for n, text in enumerate(texts)
    )
    return samples.item(type, options=options, **changes)


def stem(text: str, type: str = "single_choice", **changes: Any) -> Item:
    return samples.item(type, stem=text, **changes)
