"""The least that is valid, for tests of pure code; a test names only what it is about."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from fractions import Fraction
from typing import Any

from hypothesis import strategies as st

from quiz.assessment.items.item import EVERYBODY, LETTERS, Category, Item, Level, Option
from quiz.assessment.items.types import ITEM_TYPES

MORNING = datetime(2024, 11, 22, 1, 0, tzinfo=UTC)


def minutes(count: float) -> timedelta:
    return timedelta(minutes=count)


def options(*weights: int | str | Fraction) -> tuple[Option, ...]:
    return tuple(
        Option(LETTERS[i], f"Opsi {i + 1}", Fraction(weight), f"Penjelasan {i + 1}.")
        for i, weight in enumerate(weights)
    )


def true_false_options(benar: int = 1) -> tuple[Option, ...]:
    return (
        Option("a", "Benar", Fraction(benar), "Sesuai aturan."),
        Option("b", "Salah", Fraction(1 - benar), "Tidak sesuai aturan."),
    )


def feed_options(*weights: int) -> tuple[Option, ...]:
    """Allowed actions weigh 1, breaches of discipline 0."""
    return tuple(
        replace(option, category=Category.ALLOWED if option.is_key else Category.DISCIPLINE)
        for option in options(*weights)
    )


_OPTIONS = {
    "single_choice": options(1, 0, 0, 0),
    "multiple_choice": options(1, 1, 0, 0),
    "true_false": true_false_options(),
    "feed": feed_options(1, 1, 0, 0),
    "judgement": options("1/4", 0, 1, "3/4", "1/2"),
}

_EXTRA = {
    "feed": {
        "kind": "grup",
        "title": "Grup Arisan RT 05",
        "members": 34,
        "messages": [
            {"from": "Pak Darto", "time": "19.42", "text": "Teruskan ya.", "poster": "Paslon X"}
        ],
    }
}


def item(type: str = "single_choice", **changes: Any) -> Item:
    fields: dict[str, Any] = {
        "code": "MKN-001",
        "type": type,
        "topic": "makna",
        "level": Level.MEMAHAMI,
        "audience": EVERYBODY,
        "stem": "Apa arti netralitas bagi pegawai?",
        "options": _OPTIONS[type],
        "explanation": "Pegawai tidak berpihak. Layanan harus sama bagi semua warga.",
        "passages": ("LJN-01",),
        "claims": ("F-DEF-04/rumusan-lama",),
        "references": ("UU-20-2023-P9-2",),
        "law_as_of": date(2024, 11, 22),
        "extra": _EXTRA.get(type, {}),
    }
    return Item(**(fields | changes))


fractions = st.fractions(min_value=0, max_value=1, max_denominator=12)


@st.composite
def items(draw: st.DrawFn, type: str | None = None) -> Item:
    """Publishable items of one type or of any."""
    name = type or draw(st.sampled_from(sorted(ITEM_TYPES)))
    if name == "true_false":
        return item(name, options=true_false_options(draw(st.integers(0, 1))))
    if name in {"multiple_choice", "feed"}:
        keys, distractors = draw(st.integers(1, 3)), draw(st.integers(1, 3))
        weights = draw(st.permutations([1] * keys + [0] * max(distractors, 4 - keys)))
        return item(name, options=(feed_options if name == "feed" else options)(*weights))
    if name == "judgement":
        others = draw(st.lists(st.integers(0, 3), min_size=2, max_size=4))
        weights = [Fraction(value, 4) for value in (4, *others)]
        return item(name, options=options(*draw(st.permutations(weights))))
    partial = draw(st.lists(fractions.filter(lambda w: w < 1), min_size=2, max_size=4))
    return item(name, options=options(*draw(st.permutations([Fraction(1), *partial]))))


@st.composite
def responses(draw: st.DrawFn, of: Item) -> tuple[str, ...]:
    """Anything the item's type may read, blanks too."""
    ids = [option.id for option in of.options]
    most = len(ids) if ITEM_TYPES[of.type].multiple else 1
    return tuple(sorted(draw(st.sets(st.sampled_from(ids), max_size=most))))
