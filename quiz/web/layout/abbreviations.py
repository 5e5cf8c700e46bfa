"""Abbreviations on a page: marked where they stand, and explained by a touch, without a script.

The word is a button that opens what it stands for (``popover``); a browser that does not know it
shows the explanations at the end of the page.
"""

import re
from collections.abc import Iterable, Mapping
from typing import Any

from flask import Flask, g
from markupsafe import Markup, escape

from quiz.queries.taking.attempt_page import PageItem
from quiz.web.keys import abbreviations

_BUTTON = Markup(
    '<button class="abbreviation" type="button" popovertarget="singkatan-{0}">{0}</button>'
)


def init_app(app: Flask) -> None:
    """Give templates the filter ``abbreviated`` and what lists the abbreviations of a page."""
    app.jinja_env.filters["abbreviated"] = abbreviated
    app.add_template_global(abbreviations_in)
    app.add_template_global(abbreviations_marked)


def abbreviated(text: str) -> Markup:
    """The text, the first of each abbreviation in it a button."""
    known = abbreviations()
    if not known:
        return escape(text)
    pieces, seen = [], set[str]()
    for piece in _pattern(known).split(text):
        if piece in known and piece not in seen:
            seen.add(piece)
            _marked()[piece] = known[piece]
            pieces.append(_BUTTON.format(piece))
        else:
            pieces.append(escape(piece))
    return Markup("").join(pieces)


def abbreviations_in(entries: Iterable[PageItem]) -> dict[str, str]:
    """What stands abbreviated in these items, in the order of the alphabet, with its meaning."""
    known = abbreviations()
    if not known:
        return {}
    pattern = _pattern(known)
    found = {
        short
        for entry in entries
        for text in (entry.item.stem, *(o.text for o in entry.options), *_texts(entry.item.extra))
        for short in pattern.findall(text)
    }
    return {short: known[short] for short in sorted(found)}


def abbreviations_marked() -> dict[str, str]:
    """What ``abbreviated`` has marked since it was asked last; the page has to explain it."""
    found = dict(_marked())
    _marked().clear()
    return found


def _marked() -> dict[str, str]:
    found: dict[str, str] = g.setdefault("abbreviations_marked", {})
    return found


def _pattern(known: Mapping[str, str]) -> re.Pattern[str]:
    longest_first = sorted(known, key=lambda short: -len(short))
    return re.compile(rf"(?<![\w-])({'|'.join(map(re.escape, longest_first))})(?![\w-])")


def _texts(value: Any) -> Iterable[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, Mapping):
        for part in value.values():
            yield from _texts(part)
    elif isinstance(value, list | tuple):
        for part in value:
            yield from _texts(part)
