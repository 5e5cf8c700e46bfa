"""Texts that Moodle shows in one of several languages: the Indonesian one is taken."""

import re

_OURS = ("id", "in", "ind")
_SPAN = re.compile(
    r"<(?:span|lang)\s[^<>]{0,200}?\blang\s?=\s?[\"']?(?P<lang>[A-Za-z]{2,3})[^<>]{0,200}>",
    re.IGNORECASE,
)
_FILTER = re.compile(r"\{\s?mlang(?:\s+(?P<lang>[A-Za-z,_-]{2,60}))?\s?\}", re.IGNORECASE)

TAKEN = "Soal ini ditulis dalam beberapa bahasa; yang diambil hanya bahasa Indonesia."


def languages_of(tag: str) -> str:
    """The language a multilang tag names; "" for any other tag."""
    found = _SPAN.fullmatch(tag) if "multilang" in tag or tag[:5].lower() == "<lang" else None
    return found["lang"].lower() if found else ""


def all_taken(languages: set[str]) -> str:
    """What to say where none of the languages is Indonesian."""
    named = ", ".join(sorted(languages))
    return (
        f"Soal ini ditulis dalam beberapa bahasa ({named}) dan semuanya terbaca. Sisakan satu "
        "bahasa."
    )


def is_ours(language: str) -> bool:
    """Whether a language is Indonesian."""
    return language.split("-", maxsplit=1)[0] in _OURS


def without_filter(text: str) -> tuple[str, list[str]]:
    """The text with one language of those in {mlang id}…{mlang}, and what to say of it."""
    pieces: list[tuple[str, str]] = []
    place, language = 0, ""
    for mark in _FILTER.finditer(text):
        pieces.append((language, text[place : mark.start()]))
        place, language = mark.end(), (mark["lang"] or "").lower()
    pieces.append((language, text[place:]))
    languages = {one for names, _ in pieces for one in names.split(",") if one}
    if not languages:
        return text, []
    ours = any(is_ours(one) for one in languages)
    kept = (piece for names, piece in pieces if not names or not ours or _has_ours(names))
    several = len(languages) > 1
    if ours:
        return "".join(kept), [TAKEN] if several else []
    return "\n".join(piece for piece in kept if piece), [all_taken(languages)] if several else []


def _has_ours(names: str) -> bool:
    return any(is_ours(name) for name in names.split(","))
