"""Rules about explanations: every sentence says something of what was asked."""

import re
from collections import Counter
from collections.abc import Iterator, Sequence

from quiz.assessment.items.item import Item
from quiz.assessment.quality.likeness import stemmed
from quiz.assessment.quality.linter.rule import GUIDE, Note, Register, bank_rule, item_rule
from quiz.assessment.quality.linter.texts import sentences, words

MOST_WORDS, SHORTEST_WORD = 6, 4
MOST_REPEATED = 2

_BIDDING = re.compile(
    r"(?:jadi|maka|karena itu)?,? ?(?:\w+(?:lah|kan|i)|simpan|jaga|ingat|catat|baca|jangan|atur)\b",
    re.IGNORECASE,
)


@item_rule(
    "kalimat-pengisi",
    "warning",
    reason="Kalimat yang hanya menggenapi tiga membuat peserta berhenti membaca pembahasan.",
    source=GUIDE,
)
def no_sentence_fills(item: Item, register: Register) -> Iterator[Note]:
    """No short bidding after the first sentence that shares no word with the rest of the item."""
    said = sentences(item.explanation)
    asked = " ".join([item.stem, *(option.text for option in item.options)])
    for n, sentence in enumerate(said[1:], start=1):
        rest = " ".join([asked, *said[:n], *said[n + 1 :]])
        short = len(words(sentence)) <= MOST_WORDS and _BIDDING.match(sentence)
        if short and _stems(sentence).isdisjoint(_stems(rest)):
            yield Note(
                "pembahasan",
                f"“{sentence}” tidak menjelaskan yang ditanyakan. Hapus, atau ganti dengan satu "
                "hal yang mengubah jawabannya.",
                ("explanation",),
            )


@bank_rule(
    "kalimat-berulang",
    "warning",
    reason="Kalimat yang sama pada banyak pembahasan tidak lagi dibaca.",
    source=GUIDE,
)
def no_sentence_is_told_again_and_again(items: Sequence[Item]) -> Iterator[Note]:
    """No sentence stands in more than two explanations."""
    told = Counter(s for item in items for s in dict.fromkeys(sentences(item.explanation)))
    for sentence, times in told.items():
        if times > MOST_REPEATED:
            codes = [item.code for item in items if sentence in sentences(item.explanation)]
            yield Note(
                f"soal {', '.join(codes)}",
                f"“{sentence}” ada pada {times} pembahasan. Tulis yang khusus bagi soal itu.",
            )


def _stems(text: str) -> set[str]:
    return {stemmed(word) for word in words(text) if len(word) >= SHORTEST_WORD}
