"""Rules about the words of the article a key rests on: they stand in what the register shows."""

from collections.abc import Iterator, Sequence

from quiz.assessment.items.item import Item
from quiz.assessment.items.types import ITEM_TYPES
from quiz.assessment.quality.linter.balance import FEWEST
from quiz.assessment.quality.linter.rule import GUIDE, Note, Register, bank_rule, item_rule
from quiz.assessment.quality.linter.texts import some_of, words


@item_rule(
    "kata-pasal",
    "error",
    reason="Peserta yang membaca pasalnya harus menemukan aturan yang menopang kuncinya.",
    source=GUIDE,
)
def the_article_holds_the_rule(item: Item, register: Register) -> Iterator[Note]:
    """Each of an item's `basis_words` stands in the text of one of its references."""
    texts = [
        _plain(register.references[code].text)
        for code in item.references
        if code in register.references
    ]
    for n, phrase in enumerate(item.basis_words):
        if not any(_plain(phrase) in text for text in texts):
            yield Note(
                "dasar",
                f"“{phrase}” tidak ada pada bunyi pasal yang dikutip. Lengkapi bunyinya dalam "
                "daftar, kutip pasal lain, atau tulis kata yang ada di situ.",
                ("basis_words", n),
            )


@bank_rule(
    "kata-pasal-ditulis",
    "warning",
    reason="Tanpa kata pasalnya tidak terlihat apakah pasal yang ditampilkan memuat aturannya.",
    source=GUIDE,
)
def keys_name_the_words_they_rest_on(items: Sequence[Item]) -> Iterator[Note]:
    """Every item of the knowledge scale that cites an article names words of it.

    Said once, of a bank; whoever writes one item knows.
    """
    silent = [
        item.code
        for item in items
        if item.references and not item.basis_words and ITEM_TYPES[item.type].scale == "knowledge"
    ]
    if silent and len(items) >= FEWEST:
        yield Note(
            f"{len(silent)} soal",
            f"Kata pasal yang menopang kunci belum ditulis (`basis_words`): {some_of(silent)}.",
        )


def _plain(text: str) -> str:
    return f" {' '.join(words(text))} "
