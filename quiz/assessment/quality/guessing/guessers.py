"""How each guesser likes the options of an item: the more the higher, 0 where nothing speaks."""

import re
from collections.abc import Callable, Mapping
from typing import NamedTuple

from quiz.assessment.items.item import Item, Stance
from quiz.assessment.items.types import ITEM_TYPES
from quiz.assessment.quality.guessing.stances import FIRST_WORDS, stances

Liking = Mapping[str, float]
"""Option id → how much it is liked."""

_FORBIDDING = """
dilarang terlarang melarang larangan wajib kewajiban harus tetap melanggar pelanggaran
"""
_LICENSING = """
boleh bebas langsung cukup asalkan asal selalu hanya otomatis
"""
CUES = {word: 1 for word in _FORBIDDING.split()} | {word: -1 for word in _LICENSING.split()}
"""Duty and prohibition are ticked as true, licence and haste as false; "tidak boleh" forbids."""

_PROPER = """
menolak sopan netral adil aturan peraturan ketentuan sesuai tugas melapor melaporkan pengawas
atasan izin pimpinan bertanya menanyakan menjelaskan mengingatkan sama semua warga membedakan
memihak melayani profesional tertulis resmi mencatat bukti
"""
PROPER = frozenset(_PROPER.split())
"""What sounds as it should in a talk on neutrality."""

_SAFE = """
menolak melapor melaporkan menyimpan mencatat memotret keluar mengabaikan mendiamkan menghapus
mengingatkan menegur bertanya menanyakan menjelaskan menunggu membaca menutup melewati meminta
menahan menjawab
"""
SAFE = frozenset(_SAFE.split())
"""First verbs that commit nobody to a side."""

_WORD = re.compile(r"[a-z]+")
_NOT_ALLOWED = re.compile(r"\b(?:tidak|tak|belum) boleh\b", re.IGNORECASE)


class Guesser(NamedTuple):
    """A way to answer without knowing: its name, and how it likes an item's options.

    An item it has nothing to go by has no liking: {}.
    """

    name: str
    likes: Callable[[Item], Liking]


def _words(text: str) -> list[str]:
    return _WORD.findall(text.lower())


def _statement(item: Item, weight: float) -> Liking:
    """A weight above 0 likes the statement as true, one below as false."""
    true, false = item.options
    return {true.id: weight, false.id: -weight}


def by_cue_words(item: Item) -> Liking:
    """Duty and prohibition are true, licence and haste false."""
    if not ITEM_TYPES[item.type].shuffles:
        return _statement(item, _cues(item.stem))
    return {option.id: _cues(option.text) for option in item.options}


def _cues(text: str) -> float:
    return sum(CUES.get(word, 0) for word in _words(_NOT_ALLOWED.sub("dilarang", text)))


def refusing(item: Item) -> Liking:
    """Whatever refuses; of a statement, that something is forbidden."""
    held = stances(item)
    if Stance.REFUSES not in held.values():
        return {}
    return {option.id: float(held.get(option.id) is Stance.REFUSES) for option in item.options}


def proper(item: Item) -> Liking:
    """What sounds as it should."""
    if not ITEM_TYPES[item.type].shuffles:
        return _statement(item, _proper(item.stem))
    return {option.id: _proper(option.text) for option in item.options}


def _proper(text: str) -> float:
    return sum(word in PROPER for word in _words(text))


def longest(item: Item) -> Liking:
    """The most letters; of a statement's Benar and Salah nothing is to be seen."""
    if not ITEM_TYPES[item.type].shuffles:
        return {}
    lengths = {option.id: len(option.text) for option in item.options}
    if not ITEM_TYPES[item.type].multiple:
        return lengths
    middle = sorted(lengths.values())[len(lengths) // 2]
    return {name: length - middle + 0.5 for name, length in lengths.items()}


def first_verb(item: Item) -> Liking:
    """In a simulation, the acts whose first verb commits nobody."""
    if not any(option.category for option in item.options):
        return {}
    firsts = {option.id: (_words(option.text) or [""])[0] for option in item.options}
    return {
        name: 1.0 if word in SAFE else float(FIRST_WORDS.get(word) is Stance.REFUSES)
        for name, word in firsts.items()
    }


GUESSERS = (
    Guesser("kata larangan dan kewajiban", by_cue_words),
    Guesser("selalu menolak", refusing),
    Guesser("selalu yang terdengar pantas", proper),
    Guesser("selalu yang terpanjang", longest),
    Guesser("kata kerja pertama pada simulasi", first_verb),
)
