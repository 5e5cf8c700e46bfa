"""The key of an item as people write it: B; B dan C; Benar; the option's own words."""

import re
from collections.abc import Sequence
from string import ascii_uppercase

from quiz.exchange.questions.kinds import truth_of

_SEPARATORS = re.compile(r"\s*(?:[,;/&+]|\bdan\b|\batau\b|\s)\s*", re.IGNORECASE)
_WITH_TEXT = re.compile(r"\(?([A-Ha-h])\s*[.)]\s*\S")
_KEY_IN_ROW = re.compile(r"([0-9]{1,3})\s?[.):=-]?\s?([A-HSa-hs]|[Bb]enar|[Ss]alah)\b")
_KEY_ROW = re.compile(rf"(?:{_KEY_IN_ROW.pattern}[\s,;.|]*)+")
_GLUED = re.compile(r"[A-H]{2,8}")
_LONGEST = 200
_STAR = "*✓√✔"
_SAYS_KEY = re.compile(r"\s*\((?:kunci|benar|jawaban(?: benar)?)\)$", re.IGNORECASE)


class BadKey(ValueError):
    """A key that points to no option; an Indonesian sentence with its remedy."""


def read_key(text: str, options: Sequence[str], first: int = 1) -> frozenset[int]:
    """The places (from 0) of the options that ``text`` names; ``options`` are their texts.

    ``first`` is the ordinal automatic numbering shows at the first option: 5 where a list runs on
    with E. Raises BadKey.
    """
    written = text[:_LONGEST].strip().strip(".").strip()
    letters = _letters(written)
    if letters is None:
        return _by_words(written, options)
    for start in {first - 1, 0}:
        places = frozenset(letter - start for letter in letters)
        if places and all(0 <= place < len(options) for place in places):
            return places
    raise BadKey(_no_such_option(written, len(options)))


def looks_like_key(text: str) -> bool:
    """Whether a line of a list of keys says nothing but a key: B, or A dan C, or Benar."""
    written = text[:_LONGEST].strip().strip(".")
    letters = _letters(written)
    return letters is not None or truth_of(written) is not None


def keys_in_row(text: str) -> list[tuple[int, str]]:
    """The keys by number in a row like 1. B  2. C  3. A; [] when it says anything else."""
    if not _KEY_ROW.fullmatch(text[:_LONGEST]):
        return []
    return [(int(number), key) for number, key in _KEY_IN_ROW.findall(text[:_LONGEST])]


def _letters(written: str) -> list[int] | None:
    """The ordinals (A is 0) of the letters written; None when it is no list of letters."""
    with_text = _WITH_TEXT.match(written)
    plain = written.replace("(", "").replace(")", "")
    parts = [with_text[1]] if with_text else _SEPARATORS.split(plain)
    if _GLUED.fullmatch(plain):
        parts = list(plain)
    ordinals = [
        ascii_uppercase.find(part.upper()) if len(part) == 1 else -1 for part in parts if part
    ]
    if not ordinals or len(set(ordinals)) < len(ordinals):
        return None
    return ordinals if all(0 <= ordinal < 26 for ordinal in ordinals) else None


def _by_words(written: str, options: Sequence[str]) -> frozenset[int]:
    wanted = _same(written)
    found = frozenset(place for place, text in enumerate(options) if _same(text) == wanted)
    truth = truth_of(written)
    if not found and truth is not None:
        found = frozenset(place for place, text in enumerate(options) if truth_of(text) is truth)
    if len(found) != 1:
        raise BadKey(
            f"Kunci “{written[:60]}” tidak menunjuk opsi mana pun. Tulis hurufnya, "
            "misalnya “Kunci: B”."
        )
    return found


def _no_such_option(written: str, count: int) -> str:
    if not count:
        return f"Kuncinya {written[:20]}, tetapi soal ini belum mempunyai opsi. Tulis opsi A, B, C."
    last = ascii_uppercase[count - 1]
    return (
        f"Kuncinya {written[:20]}, tetapi opsinya hanya A sampai {last}. "
        "Perbaiki kuncinya, atau lengkapi opsinya."
    )


def _same(text: str) -> str:
    return " ".join(text.split()).strip(" .").casefold()


def unstarred(text: str) -> tuple[str, bool]:
    """An option's text without the asterisk, tick or “(kunci)” of a key; whether it had one."""
    plain = text.strip()
    bare = _SAYS_KEY.sub("", plain.strip(_STAR).strip()).strip(_STAR).strip()
    starred = plain[:1] in _STAR or plain[-1:] in _STAR or bare != plain.strip(_STAR).strip()
    return (bare, True) if starred and plain else (plain, False)
