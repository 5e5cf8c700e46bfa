"""Abbreviations on a page: marked where they stand, and explained by a touch, without a script.

The word is a button that opens what it stands for (``popover``); a browser that does not know it
shows the explanations at the end of the page.
"""

from collections.abc import Iterable

from flask import Flask, g
from markupsafe import Markup, escape

from quiz.assessment.items.abbreviations import abbreviation_pattern, abbreviations_of
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
    for piece in abbreviation_pattern(known).split(text):
        if piece in known and piece not in seen:
            seen.add(piece)
            _marked()[piece] = known[piece]
            pieces.append(_BUTTON.format(piece))
        else:
            pieces.append(escape(piece))
    return Markup("").join(pieces)


def abbreviations_in(entries: Iterable[PageItem]) -> dict[str, str]:
    """What stands abbreviated in these items, in the order of the alphabet, with its meaning."""
    return abbreviations_of((entry.item for entry in entries), abbreviations())


def abbreviations_marked() -> dict[str, str]:
    """What ``abbreviated`` has marked since it was asked last; the page has to explain it."""
    found = dict(_marked())
    _marked().clear()
    return found


def _marked() -> dict[str, str]:
    found: dict[str, str] = g.setdefault("abbreviations_marked", {})
    return found
