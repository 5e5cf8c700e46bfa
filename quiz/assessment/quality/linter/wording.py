"""Rules about language: what a tired reader must understand at the first reading."""

import re
from collections.abc import Iterator

from quiz.assessment.items.item import LETTERS, Item
from quiz.assessment.items.types import ITEM_TYPES
from quiz.assessment.items.types.choice import OPTIONS
from quiz.assessment.quality.linter.balance import HALADYNA
from quiz.assessment.quality.linter.rule import GUIDE, Note, Register, item_rule
from quiz.assessment.quality.linter.texts import option_texts, parts, sentences, stem, words

MOST_WORDS = 25
FEWEST_SENTENCES, MOST_SENTENCES = 2, 4
ASK_FOR_ALL = "Pilih semua yang tepat."

_KNOWN = """
APBD APBN ASN BKN BKPSDM BPD DPRD HP KASN KPU KTP MK NIP PKPU PNS POLRI PP PPPK RT RW SD SE SK SKB
SMA SMP TNI TPS UPT UU WITA
"""
KNOWN_ABBREVIATIONS = frozenset(_KNOWN.split())
"""Abbreviations every civil servant and village official reads without stopping."""

AMBIGUOUS = frozenset({"PPK"})
"""Abbreviations that mean two things in this very field."""

_MARKED = {"BUKAN", "KECUALI", "TIDAK", "SALAH"}
_ROMAN = r"X{0,3}(?:IX|IV|V?I{0,3})(?<=[XIV])\b"
_ABBREVIATION = re.compile(rf"(?<![\w-])(?<!\d/)(?!{_ROMAN})[A-Z]{{2,8}}\b")
"""Capitals that are no number: *Lampiran II* and *Putusan 136/PUU-XXII/2024* are read as such."""

_NEGATIVE = re.compile(
    r"\bkecuali\b|\bbukan(?:lah)?\b|\b(?:yang|mana|apa|siapa)\b(?: \w+){0,2}? (?:tidak|belum)\b"
)
_NO = re.compile(r"\b(tidak|bukan|belum|jangan)\b", re.IGNORECASE)


@item_rule(
    "ingkaran-ditandai",
    "error",
    reason="Kata ingkar pada pertanyaan mudah terlewat oleh pembaca yang lelah.",
    source=f"{HALADYNA}, kaidah 17",
)
def negative_questions_are_marked(item: Item, register: Register) -> Iterator[Note]:
    """A question that asks for what is not so has its negation in capitals."""
    for sentence in sentences(item.stem):
        found = _NEGATIVE.search(sentence) if sentence.endswith("?") else None
        if found:
            yield stem(item).note(
                f"Pertanyaan mengingkari (“{found[0]}”) tanpa tanda. Tulis TIDAK, BUKAN, atau "
                "KECUALI dengan huruf besar, atau tanyakan yang sebaliknya.",
            )


@item_rule(
    "ingkaran-ganda",
    "warning",
    reason="Ingkaran pada pertanyaan dan pada opsi membuat orang salah baca, bukan salah paham.",
    source=f"{HALADYNA}, kaidah 17 dan 27",
)
def no_double_negative(item: Item, register: Register) -> Iterator[Note]:
    """Where the question is negative, no option is."""
    if not any(mark in item.stem.split() for mark in _MARKED - {"SALAH"}):
        return
    for part in option_texts(item):
        if _NO.search(part.text):
            yield part.note("Pertanyaannya sudah ingkar. Tulis opsi ini positif.")


@item_rule(
    "bentuk-pertanyaan",
    "error",
    reason="Peserta harus tahu dari pokok soal apakah satu atau beberapa jawaban diminta.",
    source=f"{HALADYNA}, kaidah 14; {GUIDE}",
)
def the_stem_says_what_is_wanted(item: Item, register: Register) -> Iterator[Note]:
    """Several answers are asked for in words; a statement to judge is no question."""
    kind = ITEM_TYPES[item.type]
    if kind.multiple and not item.stem.endswith(ASK_FOR_ALL):
        yield stem(item).note(f"Akhiri dengan “{ASK_FOR_ALL}”")
    if not kind.shuffles and item.stem.rstrip('”"').endswith("?"):
        yield stem(item).note("Tulis pernyataan, bukan pertanyaan.")
    if kind.shuffles and not kind.multiple and ASK_FOR_ALL in item.stem:
        yield stem(item).note("Hanya satu jawaban diminta. Hapus ajakan memilih semuanya.")


@item_rule(
    "panjang-kalimat",
    "warning",
    reason="Kalimat panjang menguji daya baca. Yang hendak diuji ialah pengetahuan.",
    source="Panduan isi GOV.UK: pecah kalimat di atas 25 kata",
)
def sentences_are_short(item: Item, register: Register) -> Iterator[Note]:
    """A sentence has at most 25 words."""
    for part in parts(item):
        for sentence in sentences(part.text):
            count = len(words(sentence))
            if count > MOST_WORDS:
                yield part.note(f"Kalimat berisi {count} kata: “{_begin(sentence)} …”. Pecah.")


@item_rule(
    "panjang-pembahasan",
    "warning",
    reason="Pembahasan mengajar tiga hal: aturan, alasan, dan apa yang sebaiknya dilakukan.",
    source=GUIDE,
)
def the_explanation_teaches(item: Item, register: Register) -> Iterator[Note]:
    """The explanation has two to four sentences."""
    count = len(sentences(item.explanation))
    if not FEWEST_SENTENCES <= count <= MOST_SENTENCES:
        yield Note(
            "pembahasan",
            f"Pembahasan {count} kalimat. Tulis {FEWEST_SENTENCES} sampai {MOST_SENTENCES}: "
            "aturan, alasan, tindakan.",
            ("explanation",),
        )


@item_rule(
    "umpan-balik",
    "warning",
    reason="Tanpa umpan balik, peserta yang keliru tidak membaca apa yang keliru pada pilihannya.",
    source=GUIDE,
)
def options_say_why(item: Item, register: Register) -> Iterator[Note]:
    """Every option has feedback of its own, or the explanation has to carry it."""
    silent = [LETTERS[n].upper() for n, o in enumerate(item.options) if o.text and not o.feedback]
    if silent:
        yield Note(
            "opsi",
            f"Opsi {', '.join(silent)} belum punya umpan balik: peserta hanya membaca pembahasan.",
            OPTIONS,
        )


@item_rule(
    "singkatan",
    "error",
    reason="Singkatan yang tidak dikenal menghentikan pembaca di tengah soal.",
    source=GUIDE,
)
def abbreviations_are_explained(item: Item, register: Register) -> Iterator[Note]:
    """An abbreviation is a known one, or written out in the stem with the short form behind it.

    PPK is never used: it may mean the appointing official or the sub-district committee.
    """
    explained = set(re.findall(r"\(([A-Z]{2,8})\)", item.stem))
    accepted = KNOWN_ABBREVIATIONS | explained | _MARKED | {"SIMULASI"}
    seen: set[str] = set()
    for part in parts(item):
        for short in _ABBREVIATION.findall(part.text):
            if short in AMBIGUOUS and short not in seen:
                yield part.note(f"“{short}” mempunyai dua arti. Tulis panjangnya.")
            elif short not in accepted and short not in seen:
                yield part.note(f"Singkatan “{short}” belum dijelaskan. Tulis panjangnya dahulu.")
            seen.add(short)


def _begin(sentence: str) -> str:
    return " ".join(sentence.split()[:6])
