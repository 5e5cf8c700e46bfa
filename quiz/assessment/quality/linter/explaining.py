"""Rules about explanations: every sentence says something of what was asked."""

import re
from collections import Counter
from collections.abc import Iterator, Sequence

from quiz.assessment.items.item import Item
from quiz.assessment.quality.likeness import stemmed
from quiz.assessment.quality.linter.balance import FEWEST
from quiz.assessment.quality.linter.rule import GUIDE, Note, Register, bank_rule, item_rule
from quiz.assessment.quality.linter.texts import sentences, some_of, words

MOST_WORDS, SHORTEST_WORD = 6, 4
MOST_REPEATED = 2

_BIDDING = re.compile(
    r"(?:jadi|maka|karena itu)?,? ?(?:\w+(?:lah|kan|i)|simpan|jaga|ingat|catat|baca|jangan|atur)\b",
    re.IGNORECASE,
)

_ARTICLE = re.compile(r"\bPasal (\d+[A-Z]?)\b")
_WITHOUT_ARTICLES = re.compile(
    r"\b(?:SKB|Keputusan Bersama|SE|[Ss]urat|[Ee]daran|Perpres|jadwal KPU|praktik Bawaslu)\b"
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


@item_rule(
    "pasal-dikutip",
    "warning",
    reason="Peserta yang mencari pasal dari pembahasan harus menemukannya di bawah soal.",
    source=GUIDE,
)
def articles_told_are_cited(item: Item, register: Register) -> Iterator[Note]:
    """Every article an explanation names is among those the item cites."""
    cited = " ".join(
        register.references[code].article for code in item.references if code in register.references
    )
    for number in dict.fromkeys(_ARTICLE.findall(item.explanation)):
        if not re.search(rf"\b{number}\b", cited):
            yield Note(
                "pembahasan",
                f"Pasal {number} disebut, tetapi tidak dikutip soal ini. Kutip pasalnya, atau "
                "hapus dari pembahasan.",
                ("explanation",),
            )


@bank_rule(
    "pasal-disebut",
    "warning",
    reason="Pembahasan yang tidak menyebut dasarnya mengajarkan pendapat, bukan aturan.",
    source=GUIDE,
)
def explanations_name_their_basis(items: Sequence[Item]) -> Iterator[Note]:
    """Every explanation of an item that cites an article names one, or the circular it rests on.

    Said once, of a bank; whoever writes one item knows.
    """
    silent = [
        item.code
        for item in items
        if item.references
        and not _ARTICLE.search(item.explanation)
        and not _WITHOUT_ARTICLES.search(item.explanation)
    ]
    if silent and len(items) >= FEWEST:
        yield Note(
            f"{len(silent)} soal",
            f"Pembahasan belum menyebut pasal atau edaran yang dikutip: {some_of(silent)}.",
        )


def _stems(text: str) -> set[str]:
    return {stemmed(word) for word in words(text) if len(word) >= SHORTEST_WORD}
