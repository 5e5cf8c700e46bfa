"""What stands in a cell, as a person reads it."""

from datetime import date, datetime, time

from quiz.exchange.questions.emphasis import plain_text
from quiz.exchange.questions.html_text import html_text, looks_like_html
from quiz.exchange.tables.table import Cell


def cell_text(cell: Cell) -> str:
    """A cell as a person reads it: 2024 and not 2024.0; Excel's BENAR is a truth value."""
    match cell:
        case bool():
            return "Benar" if cell else "Salah"
        case float():
            return _number_text(cell)
        case datetime() if cell.time() != time():
            return f"{cell:%d-%m-%Y %H.%M}"
        case date():
            return f"{cell:%d-%m-%Y}"
        case time():
            return f"{cell:%H.%M}"
    return str(cell or "").strip()


def plain_cell(cell: Cell) -> tuple[str, list[str]]:
    """A cell's text without HTML and signs of emphasis, and what that loses."""
    text = cell_text(cell)
    if looks_like_html(text) and "</" in text:
        return html_text(text)
    return plain_text(text), []


def is_moment(cell: Cell) -> bool:
    """Whether Excel holds a date or time here, which may have been 2-3 or 1/2 when typed."""
    return isinstance(cell, date | time)


def _number_text(number: float) -> str:
    whole = number.is_integer() and abs(number) < 1e15
    return f"{number:.0f}" if whole else f"{number:.10g}".replace(".", ",")
