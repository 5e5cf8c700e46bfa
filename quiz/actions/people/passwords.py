"""Which passwords are taken: long enough, not common, and not what everybody knows of the person.

After NIST SP 800-63B-4: no rules of composition, a list of common ones, and no words of one's own.
"""

import re
import unicodedata
from collections.abc import Iterable
from functools import cache
from pathlib import Path

SHORTEST = 10
LONGEST = 200
"""Characters of a password; the upper bound keeps one request from hashing a book."""

OWN_LETTERS = 6
"""Letters and digits a password must have besides words that are known."""

SHORTEST_WORD = 4
"""Known words shorter than this are not looked for: they stand inside many others."""

COMMON = Path(__file__).with_name("common_passwords.txt")
"""Common passwords of 10 characters or more, and shorter words people make longer with digits: from
the list Django ships, with Indonesian words added."""

_ROWS = ("0123456789", "abcdefghijklmnopqrstuvwxyz", "qwertyuiop", "asdfghjkl", "zxcvbnm")
_ENDS = re.compile(r"^[\W\d_]+|[\W\d_]+$")
_LOOK_ALIKES = str.maketrans("013457@$!", "oieastasi")


def password_problems(text: str, known: Iterable[str | None] = ()) -> list[str]:
    """Why ``text`` cannot be a password, in Indonesian sentences; [] when it can.

    ``known`` is what others know of the person: name, user name, unit, organisation.
    """
    if len(text) < SHORTEST:
        return [f"Kata sandi paling sedikit {SHORTEST} karakter, ini baru {len(text)}."]
    if len(text) > LONGEST:
        return [f"Kata sandi paling banyak {LONGEST} karakter."]
    plain = _plain(text)
    if _patterned(plain):
        return ["Kata sandi ini hanya pola yang diulang atau urut. Pakai beberapa kata biasa."]
    if _common(text):
        return [
            "Kata sandi ini termasuk yang paling sering dipakai orang, jadi paling dahulu ditebak. "
            "Pakai beberapa kata biasa."
        ]
    if _left_without(plain, known) < OWN_LETTERS:
        return [
            "Kata sandi ini hampir hanya nama Anda, nama pengguna, unit, atau nama kantor. Pakai "
            "beberapa kata lain."
        ]
    return []


def _folded(text: str) -> str:
    return unicodedata.normalize("NFKD", text).casefold()


def _plain(text: str) -> str:
    """Its letters and digits, without case, accents and what stands between them."""
    return "".join(letter for letter in _folded(text) if letter.isalnum())


def _patterned(plain: str) -> bool:
    """Whether nothing but a repeated piece of up to four letters, or rows of keys, stand there."""
    if len(set(plain)) < SHORTEST_WORD or re.fullmatch(r"(.{1,4}?)\1+.{0,3}", plain):
        return True
    left = plain
    for row in _ROWS:
        for run in _runs(row):
            left = left.replace(run, "")
    return len(left) < SHORTEST_WORD


def _runs(row: str) -> list[str]:
    """Every four keys or more in a row, either way round, longest first."""
    return [
        way[start : start + length]
        for length in range(len(row), SHORTEST_WORD - 1, -1)
        for way in (row + row[:3], row[::-1] + row[::-1][:3])
        for start in range(len(way) - length + 1)
    ]


def _common(text: str) -> bool:
    """Whether it is listed: as it is, without digits around the word, with look-alikes read."""
    word = _ENDS.sub("", _folded(text))
    forms = {_plain(form) for form in (text, word, word.translate(_LOOK_ALIKES))}
    return any(form in _listed() for each in forms for form in (each, _half(each)))


def _half(form: str) -> str:
    """The half of a word written twice; else the word."""
    half = form[: len(form) // 2]
    return half if half * 2 == form else form


@cache
def _listed() -> frozenset[str]:
    return frozenset(_plain(line) for line in COMMON.read_text(encoding="utf-8").split())


def _left_without(plain: str, known: Iterable[str | None]) -> int:
    """How many letters and digits are left when known words, and a year beside them, are gone."""
    words = {word for each in known if each for word in _words(each)}
    left = plain
    for word in sorted(words, key=len, reverse=True):
        left = left.replace(word, "")
    return len(left) if left == plain else len(left.strip("0123456789"))


def _words(text: str) -> Iterable[str]:
    """The whole, and each of its words, that are long enough to be looked for."""
    whole = _plain(text)
    parts = (_plain(part) for part in re.split(r"[\s.,\-_/]+", text))
    return (word for word in (whole, *parts) if len(word) >= SHORTEST_WORD)
