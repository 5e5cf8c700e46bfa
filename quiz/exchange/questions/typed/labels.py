"""Labelled lines of a typed question: Kunci: B, Pembahasan: …, Umpan balik A: …"""

import re
from dataclasses import dataclass
from enum import Enum

from quiz.assessment.items.item import Level
from quiz.exchange.questions.typed.lines import Line


class Label(Enum):
    """What a labelled line gives."""

    KEY = "key"
    EXPLANATION = "explanation"
    FEEDBACK = "feedback"
    TOPIC = "topic"
    LEVEL = "level"
    TYPE = "type"
    CODE = "code"
    UNUSED = "unused"
    """Known, but nothing an item can hold: points, a legal basis in words."""


@dataclass(frozen=True)
class Labelled:
    """A label, the option it is about ("" for none, else A to H, Benar or Salah), its text."""

    label: Label
    about: str
    rest: Line
    words: str


KEY_WORDS = (
    r"kunci(?:\s+(?:jawaban|jawab|jwb|soal))?(?:nya)?"
    r"|(?:jawabannya|jawaban|jawab|jwban|jwbn|jwb|jw)"
    r"(?:\s+(?:yang\s+)?(?:paling\s+)?(?:benar|tepat|betul))?(?:nya)?"
    r"|(?:opsi|pilihan)\s+(?:yang\s+)?(?:paling\s+)?(?:benar|tepat)"
    r"|(?:the\s+)?(?:correct|right)(?:\s+(?:answer|option|choice)s?)?(?:\s?\(s\))?"
    r"|answers?(?:\s+key)?|ans|key|kj"
)
"""What people write before a key."""

_LETTERS = r"[(\[]?[A-Ja-j][)\]]?(?:\s?(?:[,&/;+]|dan)\s?[(\[]?[A-Ja-j][)\]]?){0,9}"
_BEFORE = r"(?:[^\w(\[{<“\"*]{1,4}\s?)?[(\[]?"
"""A bullet, a tick or a picture before a label."""

_OF_OPTION = r"(?:opsi\s+|jawaban\s+|pilihan\s+)?\(?(?P<about>[A-J]|benar|salah)\)?"
_PATTERNS: tuple[tuple[Label, str], ...] = (
    (Label.FEEDBACK, rf"(?:umpan balik|feedback|penjelasan|alasan|tanggapan)\s+{_OF_OPTION}"),
    (Label.FEEDBACK, r"umpan balik|feedback|tanggapan"),
    (Label.KEY, KEY_WORDS),
    (
        Label.EXPLANATION,
        r"(?:pembahasan|penjelasan|alasan|explanation|rationale)"
        r"(?:\s+(?:lengkap|singkat|mendalam|soal|jawaban))?",
    ),
    (Label.TOPIC, r"topik|materi|pokok bahasan"),
    (Label.LEVEL, r"tingkat(?:\s+kognitif)?|level(?:\s+kognitif)?|ranah kognitif"),
    (Label.TYPE, r"(?:jenis|tipe|bentuk)(?:\s+soal)?"),
    (Label.CODE, r"kode(?:\s+soal)?"),
    (
        Label.UNUSED,
        r"dasar hukum|rujukan|referensi|sumber|bobot(?:\s+(?:soal|nilai))?|skor|nilai|poin|points?"
        r"|score|indikator(?:\s+soal)?|(?:tingkat|taraf)\s+(?:kesulitan|kesukaran)|kesulitan"
        r"|difficulty|waktu|kompetensi dasar",
    ),
)
_BEHIND = r"\s*(?:[:=]|[-–—=]?>|[→⇒])\s*"
_COMPILED = tuple(
    (label, re.compile(rf"{_BEFORE}(?P<words>{pattern}){_BEHIND}", re.IGNORECASE))
    for label, pattern in _PATTERNS
)
_KEY_ALONE = re.compile(
    rf"{_BEFORE}(?P<words>{KEY_WORDS})\s{{0,8}}(?:[.–—-]\s{{0,8}})?(?<![^\W_])(?={_LETTERS}\.?$)",
    re.IGNORECASE,
)
_KEYS_BELOW = re.compile(
    rf"{_BEFORE}(?P<words>jawaban|(?:daftar\s+)?kunci(?:\s+jawaban)?"
    r"(?:\s+(?:soal|butir|pilihan|ganda|kompleks|pg|benar|salah|b/s|kuis|ujian|ulangan|pre-?test"
    r"|post-?test|tes|nomor|no|[0-9]{1,3}|[-–.]|s\.?d\.?|sampai)){0,8})\s{0,8}[:.]?$",
    re.IGNORECASE,
)
KEY_AT_END = re.compile(
    rf"(?:(?<=\s)|(?<=[(\[]))(?:{KEY_WORDS})\s{{0,4}}[:=]\s{{0,4}}{_LETTERS}\s?[)\].]{{0,2}}$",
    re.IGNORECASE,
)
"""A label with its key at the end of a line that says something else first."""


def labelled(line: Line) -> Labelled | None:
    """The label a line begins with; None without one."""
    for label, pattern in _COMPILED:
        found = pattern.match(line.text)
        if found is not None:
            about = found.groupdict().get("about") or ""
            return Labelled(label, about.capitalize(), line.cut(found.end()), found["words"])
    alone = _KEY_ALONE.match(line.text) or _KEYS_BELOW.match(line.text)
    if alone is not None:
        return Labelled(Label.KEY, "", line.cut(alone.end()), alone["words"])
    return None


_LEVELS = {
    **{level.value: level for level in Level},
    "c1": Level.MENGINGAT,
    "c2": Level.MEMAHAMI,
    "c3": Level.MENERAPKAN,
    "ingatan": Level.MENGINGAT,
    "pemahaman": Level.MEMAHAMI,
    "penerapan": Level.MENERAPKAN,
    "aplikasi": Level.MENERAPKAN,
}
_LEVEL_NAMES = ", ".join(level.label for level in Level)


def read_level(text: str) -> Level | None:
    """The level that Memahami, C2 or "C2 (memahami)" names; None for anything else."""
    words = re.findall(r"[a-z0-9]+", text.casefold())
    found = {_LEVELS[word] for word in words if word in _LEVELS}
    return found.pop() if len(found) == 1 else None


def unknown_level(text: str) -> str:
    """The fault of a level that is none of ours."""
    return f"Tingkat “{text[:40]}” tidak dikenal. Pilih {_LEVEL_NAMES}."


_SEVERAL = re.compile(
    r"kompleks|lebih dari satu|beberapa|majemuk|multiple (answer|response|select)|multiple_choice"
    r"|checkbox|^2$"
)
_ONE = re.compile(r"tunggal|pilihan ganda|\bpg\b|single|satu jawaban|^1$")
_EITHER = re.compile(r"multiple choice")
_TRUTH = re.compile(r"benar.*salah|\bb\W?s\b|true.*false")


@dataclass(frozen=True)
class Kind:
    """What a file says an item is: choosing several, or a statement true or false.

    ``several`` is None for English "multiple choice", which is said of one key and of several.
    """

    several: bool | None = False
    truth: bool = False


def read_kind(text: str) -> Kind | None:
    """The kind that words like Pilihan ganda kompleks name; None for anything else."""
    words = text.strip().casefold()
    if _TRUTH.search(words):
        return Kind(truth=True)
    if _SEVERAL.search(words):
        return Kind(several=True)
    if _EITHER.search(words):
        return Kind(several=None)
    return Kind() if _ONE.search(words) else None


def unknown_kind(text: str) -> str:
    """The fault of a kind that is none of those a file can bring."""
    return (
        f"Jenis “{text[:40]}” tidak dikenal. Tulis Pilihan tunggal, Pilihan ganda kompleks, atau "
        "Benar atau salah."
    )
