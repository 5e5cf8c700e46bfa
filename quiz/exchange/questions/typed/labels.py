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


_OF_OPTION = r"(?:opsi\s+|jawaban\s+|pilihan\s+)?\(?(?P<about>[A-H]|benar|salah)\)?"
_PATTERNS: tuple[tuple[Label, str], ...] = (
    (Label.FEEDBACK, rf"(?:umpan balik|feedback|penjelasan|alasan|tanggapan)\s+{_OF_OPTION}"),
    (Label.FEEDBACK, r"umpan balik|feedback|tanggapan"),
    (
        Label.KEY,
        r"kunci(?:\s+jawaban)?|jawaban(?:\s+(?:yang\s+)?(?:benar|tepat))?|jawab|answer|key",
    ),
    (Label.EXPLANATION, r"pembahasan|penjelasan|alasan|explanation"),
    (Label.TOPIC, r"topik|materi|pokok bahasan"),
    (Label.LEVEL, r"tingkat(?:\s+kesulitan|\s+kognitif)?|level(?:\s+kognitif)?"),
    (Label.TYPE, r"(?:jenis|tipe|bentuk)(?:\s+soal)?"),
    (Label.CODE, r"kode(?:\s+soal)?"),
    (Label.UNUSED, r"dasar hukum|rujukan|referensi|sumber|bobot|skor|nilai|indikator"),
)
_COMPILED = tuple(
    (label, re.compile(rf"(?P<words>{pattern})\s*[:=]\s*", re.IGNORECASE))
    for label, pattern in _PATTERNS
)
_KEY_ALONE = re.compile(
    r"(?P<words>kunci(?:\s+jawaban)?|jawaban)(?:\s+(?=\(?[A-H]\)?\.?(?:\s*[,&/;]\s*[A-H])*\.?$)|$)",
    re.IGNORECASE,
)


def labelled(line: Line) -> Labelled | None:
    """The label a line begins with; None without one."""
    for label, pattern in _COMPILED:
        found = pattern.match(line.text)
        if found is not None:
            about = found.groupdict().get("about") or ""
            return Labelled(label, about.capitalize(), line.cut(found.end()), found["words"])
    alone = _KEY_ALONE.match(line.text)
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
    r"kompleks|lebih dari satu|beberapa|majemuk|multiple (answer|response|choice)"
)
_ONE = re.compile(r"tunggal|pilihan ganda|\bpg\b|single|satu jawaban")
_TRUTH = re.compile(r"benar.*salah|\bb\W?s\b|true.*false")


@dataclass(frozen=True)
class Kind:
    """What a file says an item is: choosing several, or a statement true or false."""

    several: bool = False
    truth: bool = False


def read_kind(text: str) -> Kind | None:
    """The kind that words like Pilihan ganda kompleks name; None for anything else."""
    words = text.casefold().replace("_", " ")
    if _TRUTH.search(words):
        return Kind(truth=True)
    if _SEVERAL.search(words):
        return Kind(several=True)
    return Kind() if _ONE.search(words) else None


def unknown_kind(text: str) -> str:
    """The fault of a kind that is none of those a file can bring."""
    return (
        f"Jenis “{text[:40]}” tidak dikenal. Tulis Pilihan tunggal, Pilihan ganda kompleks, atau "
        "Benar atau salah."
    )
