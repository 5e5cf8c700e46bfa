"""No name of anybody who was on a ballot: a person's or a part of one, however it is spelt."""

import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path

from quiz.assessment.items.item import Item, without_accents
from quiz.assessment.quality.linter.rule import Note, Register, item_rule
from quiz.assessment.quality.linter.texts import parts

_NAMES = Path(__file__).with_name("candidates.txt")

_NAME = re.compile(r"\b[A-Z][a-z]+(?:['’][a-z]+)?")
_SOUNDS = (("'", ""), ("’", ""), ("oo", "u"), ("oe", "u"), ("y", "i"), ("dj", "j"), ("kh", "h"))
_SHORTEST_BEGINNING = 5


@item_rule(
    "nama-calon",
    "error",
    reason="Nama calon, juga sepotong atau kebetulan, membuat kuis terbaca tentang orang itu.",
    source="Aturan pakai fakta 6: tanpa nama calon; daftarnya disimpan pemeriksa hukum",
)
def nobody_on_a_ballot_is_named(item: Item, register: Register) -> Iterator[Note]:
    """No word that begins with a capital sounds like a part of a candidate's name.

    Nor like its beginning, from five letters.
    """
    for part in parts(item):
        for word in dict.fromkeys(_NAME.findall(part.text)):
            if on_a_ballot(word):
                yield part.note(f"“{word}” terdengar seperti nama calon. Sebut perannya saja.")


def on_a_ballot(word: str) -> bool:
    """Whether a word sounds like a part of a candidate's name."""
    sound = _sound(word)
    return any(
        sound == name or (len(sound) >= _SHORTEST_BEGINNING and name.startswith(sound))
        for name in _sounds()
    )


@cache
def _sounds() -> frozenset[str]:
    lines = _NAMES.read_text(encoding="utf-8").splitlines()
    return frozenset(
        _sound(part) for line in lines if not line.startswith("#") for part in line.split()
    )


def _sound(word: str) -> str:
    """Letters that stand for the same sound as one, and none doubled."""
    sound = without_accents(word.lower())
    for written, heard in _SOUNDS:
        sound = sound.replace(written, heard)
    return re.sub(r"(.)\1", r"\1", sound)
