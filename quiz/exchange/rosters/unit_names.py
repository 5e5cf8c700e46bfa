"""Names of offices, compared by what tells them apart: Bakungan, not the word desa before it."""

import difflib
import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache

from quiz.exchange.rosters.likeness import LikeIndex
from quiz.exchange.rosters.names import MOST_SUGGESTIONS, plain_words

_LEAST = 0.75
_LEAST_WORD = 0.72
"""How like a word must be to be a slip of another: cotoh is contoh (0.91), ulu is not ilir."""

_SAME_KIND = 0.85
_LONGEST = 12

_LONG_FORMS = {
    "ds": "desa",
    "kab": "kabupaten",
    "kec": "kecamatan",
    "camat": "kecamatan",
    "kel": "kelurahan",
    "lurah": "kelurahan",
    "pemdes": "desa",
    "pkm": "puskesmas",
    "uptd": "upt",
    "sdn": "sd",
    "smpn": "smp",
    "sman": "sma",
    "smkn": "smk",
    "tkn": "tk",
}
_KIND_WORDS = """
    badan bagian bidang bpd desa dinas kabupaten kampung kecamatan kelurahan paud posyandu puskesmas
    pustu sd sekretariat seksi sma smk smp tk upt
"""
_KINDS = frozenset(_KIND_WORDS.split())
_FILLING = frozenset({"kantor", "kerja", "negeri", "pemerintah", "pemerintahan", "unit"})
"""Words a unit's name may have or not without being another unit."""


@dataclass(frozen=True)
class _Unit:
    kinds: frozenset[str]
    words: tuple[str, ...]
    numbers: tuple[str, ...]


class UnitNames:
    """Names of units, in which those are found that another may have been meant for."""

    def __init__(self, names: Iterable[str]) -> None:
        self._units = {name: _parted(name) for name in names}
        self._index: LikeIndex[str] = LikeIndex()
        for name, unit in self._units.items():
            self._index.add(_searched(unit), name)

    def near(self, name: str) -> list[str]:
        """The units that ``name`` may have been meant for, nearest first, three at most.

        The word for the kind tells nothing and is left out, but two kinds are two units, and so
        are two numbers: SDN 003 is neither SDN 004 nor Puskesmas 003.
        """
        meant = _parted(name)
        likeness = {
            each: _likeness(meant, self._units[each])
            for each in self._index.worth_comparing(_searched(meant))
            if each != name
        }
        near = [each for each, like in likeness.items() if like >= _LEAST]
        return sorted(near, key=lambda each: -likeness[each])[:MOST_SUGGESTIONS]


def names_a_unit(text: str) -> bool:
    """Whether a text begins as the name of an office does: Desa …, Kantor Kecamatan …, SDN 003."""
    words = [_LONG_FORMS.get(word, word) for word in plain_words(text)]
    beginning = next((word for word in words if word not in _FILLING), words[0] if words else "")
    return len(words) > 1 and (beginning in _KINDS or words[0] == "kantor")


def _parted(name: str) -> _Unit:
    kinds, words, numbers = set(), [], []
    for word in plain_words(name)[:_LONGEST]:
        full = _LONG_FORMS.get(word, word)
        kind = _kind(full)
        if re.search(r"\d", word):
            numbers.append(word.lstrip("0"))
        elif kind:
            kinds.add(kind)
        elif full not in _FILLING:
            words.append(full)
    return _Unit(frozenset(kinds), tuple(words), tuple(numbers))


def _searched(unit: _Unit) -> tuple[str, ...]:
    """The words a unit is looked for by; where nothing else tells it, its number or kind."""
    return unit.words or unit.numbers or tuple(unit.kinds)


@lru_cache(maxsize=4_096)
def _kind(word: str) -> str | None:
    if word in _KINDS:
        return word
    near = difflib.get_close_matches(word, _KINDS, 1, _SAME_KIND) if len(word) > 3 else []
    return near[0] if near else None


def _likeness(one: _Unit, other: _Unit) -> float:
    """From 0 to 1; 0 when number or kind differ, or a word of the shorter has nothing like it."""
    if one.numbers != other.numbers or (one.kinds and other.kinds and not one.kinds & other.kinds):
        return 0.0
    short, long = sorted((one.words, other.words), key=len)
    if not short:
        return float(bool(one.numbers and not long)) or (0.8 if one.kinds == other.kinds else 0.0)
    joined = _ratio("".join(short), "".join(long))
    if joined >= 0.9:
        return joined
    best = [max(_ratio(word, each) for each in long) for word in short]
    if min(best) < _LEAST_WORD:
        return 0.0
    return sum(best) / len(best) * (1 - 0.2 * (1 - len(short) / len(long)))


def _ratio(one: str, other: str) -> float:
    return difflib.SequenceMatcher(None, one, other, autojunk=False).ratio()
