"""The key of an item as people write it: B; B dan C; Benar; the option's own words."""

import re
from collections.abc import Iterable, Sequence
from string import ascii_uppercase

from quiz.exchange.questions.emphasis import without_emphasis
from quiz.exchange.questions.imported import as_typed
from quiz.exchange.questions.kinds import truth_of

_SEPARATORS = re.compile(
    r"\s*(?:[,;/&+|]|\b(?:dan|atau|serta|and|or)\b|\s)\s*",
    re.IGNORECASE,
)
_WITH_TEXT = re.compile(
    r"[(\[]?(?P<letter>[A-Za-z])(?:\s?[.)\]:]{1,2}\s*|\s[-–—]\s?|\s(?=\())(?P<text>\S.+)", re.DOTALL
)
_LETTER = r"[A-Za-z](?![^\W\d_])"
_KEY_IN_ROW = re.compile(
    r"(?:(?:no(?:mor)?|soal)\s?\.?\s?)?\(?([0-9]{1,3})\s?[.):=>→–-]{0,2}\s?"
    rf"((?:benar|salah)\b|{_LETTER}(?:\s?[,&/+]\s?{_LETTER})*)",
    re.IGNORECASE,
)
_KEY_ROW = re.compile(rf"(?:{_KEY_IN_ROW.pattern}[\s,;.|)]{{0,8}})+", re.IGNORECASE)
_GLUED = re.compile(r"[A-J]{2,10}")
_LONGEST = 200
_LONGEST_ROW = 4_000


class BadKey(ValueError):
    """A key that points to no option; an Indonesian sentence with its remedy."""


def read_key(text: str, options: Sequence[str], first: int = 1) -> frozenset[int]:
    """The places (from 0) of the options that ``text`` names; ``options`` are their texts.

    ``first`` is the ordinal automatic numbering shows at the first option: 5 where a list runs on
    with E. Raises BadKey, also where letter and words name different options.
    """
    written = _plain(text)
    if is_by_number(written):
        return _by_number(written, options)
    letters = _letters(written)
    if letters is None:
        return _by_words(written, options)
    for start in {first - 1, 0}:
        places = frozenset(letter - start for letter in letters)
        if places and all(0 <= place < len(options) for place in places):
            _check_words(written, places, options)
            return places
    if truth_of(written) is not None and any(truth_of(option) is not None for option in options):
        return _by_words(written, options)
    raise BadKey(_no_such_option(written, len(options)))


def is_by_number(text: str) -> bool:
    """Whether a key says 2, or 1 dan 3, rather than letters."""
    parts = [part for part in _SEPARATORS.split(_plain(text)) if part]
    return bool(parts) and all(part.isascii() and part.isdigit() for part in parts)


def looks_like_key(text: str) -> bool:
    """Whether a line of a list of keys says nothing but a key: B, or A dan C, or Benar."""
    written = _plain(text)
    letters = _letters(written)
    return letters is not None or truth_of(written) is not None


def keys_in_row(text: str) -> list[tuple[int, str]]:
    """The keys by number in a row like 1. B  2. C  3. A; [] when it says anything else."""
    row = text.strip()
    if len(row) > _LONGEST_ROW or not _KEY_ROW.fullmatch(row):
        return []
    return [(int(number), key) for number, key in _KEY_IN_ROW.findall(row)]


def _plain(text: str) -> str:
    return without_emphasis(as_typed(text[:_LONGEST]))[0].strip().strip(".").strip()


def _letters(written: str) -> list[int] | None:
    """The ordinals (A is 0) of the letters written; None when it is no list of letters."""
    plain = re.sub(r"[()\[\]]", "", written)
    parts = [part for part in _SEPARATORS.split(plain) if part]
    if _GLUED.fullmatch(plain):
        parts = list(plain)
    elif not _all_letters(parts) and (with_text := _WITH_TEXT.fullmatch(written)):
        parts = [with_text["letter"]]
    if not _all_letters(parts) or len({part.upper() for part in parts}) < len(parts):
        return None
    return [ascii_uppercase.find(part.upper()) for part in parts]


def _all_letters(parts: Sequence[str]) -> bool:
    return bool(parts) and all(len(part) == 1 and part.upper() in ascii_uppercase for part in parts)


def _check_words(written: str, places: frozenset[int], options: Sequence[str]) -> None:
    """Refuse "B. Calon" where B says something else and another option says Calon."""
    with_text = _WITH_TEXT.fullmatch(written)
    if with_text is None or len(places) != 1:
        return
    words = _same(with_text["text"].strip("()"))
    said = {place for place, option in enumerate(options) if _same(option) == words}
    if _all_letters(_SEPARATORS.split(with_text["text"].strip("()"))) and not said & places:
        raise BadKey(_unclear(written))
    if said and not said & places:
        raise BadKey(
            f"Kunci “{written[:60]}” berselisih: hurufnya menunjuk satu opsi, kata-katanya opsi "
            f"{ascii_uppercase[min(said) % 26]}. Perbaiki salah satunya."
        )


def _lettered(places: Iterable[int]) -> str:
    return ", ".join(ascii_uppercase[place % 26] for place in sorted(places))


def _by_number(written: str, options: Sequence[str]) -> frozenset[int]:
    """Options by their ordinal, unless an option says that very number."""
    says = {place for place, option in enumerate(options) if _same(option) == _same(written)}
    numbers = [int(part[:4]) for part in _SEPARATORS.split(written) if part]
    places = frozenset(number - 1 for number in numbers)
    exist = all(0 <= place < len(options) for place in places)
    if says and exist and says != places:
        raise BadKey(
            f"Kunci “{written[:60]}” dapat berarti opsi {_lettered(places)} atau opsi yang "
            f"berbunyi “{written[:10]}”. Tulis hurufnya, misalnya “Kunci: B”."
        )
    if len(says) == 1:
        return frozenset(says)
    if not exist:
        raise BadKey(_no_such_option(written, len(options)))
    return places


def _by_words(written: str, options: Sequence[str]) -> frozenset[int]:
    wanted = _same(written)
    found = frozenset(place for place, text in enumerate(options) if _same(text) == wanted)
    truth = truth_of(written)
    if not found and truth is not None:
        found = frozenset(place for place, text in enumerate(options) if truth_of(text) is truth)
    if len(found) != 1:
        raise BadKey(_unclear(written))
    return found


def _unclear(written: str) -> str:
    return (
        f"Kunci “{written[:60]}” tidak menunjuk opsi mana pun. Tulis hurufnya, misalnya “Kunci: B”."
    )


def _no_such_option(written: str, count: int) -> str:
    if not count:
        return f"Kuncinya {written[:20]}, tetapi soal ini belum mempunyai opsi. Tulis opsi A, B, C."
    last = ascii_uppercase[min(count, 26) - 1]
    return (
        f"Kuncinya {written[:20]}, tetapi opsinya hanya A sampai {last}. "
        "Perbaiki kuncinya, atau lengkapi opsinya."
    )


def _same(text: str) -> str:
    return " ".join(text.split()).strip(" .").casefold()
