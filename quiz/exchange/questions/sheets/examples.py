"""The examples of both templates. They have nothing to do with the subject, so nobody keeps one."""

from fractions import Fraction

from quiz.assessment.items.item import Level
from quiz.exchange.questions.imported import ImportedItem, ImportedOption
from quiz.exchange.questions.kinds import MULTIPLE, SINGLE, TRUE_FALSE, true_false_options

_MARK = "Contoh (hapus soal ini):"


def _option(text: str, feedback: str, key: bool = False) -> ImportedOption:
    return ImportedOption(text, Fraction(key), feedback)


EXAMPLES = (
    ImportedItem(
        number=1,
        where="",
        stem=f"{_MARK} berapa menit dalam satu jam?",
        type=SINGLE,
        options=(
            _option("30 menit", "Itu setengah jam."),
            _option("60 menit", "Satu jam dibagi menjadi 60 menit.", key=True),
            _option("100 menit", "Jam tidak dibagi dengan kelipatan sepuluh."),
        ),
        explanation="Satu jam terdiri atas 60 menit, dan satu menit terdiri atas 60 detik.",
        level=Level.MENGINGAT,
    ),
    ImportedItem(
        number=2,
        where="",
        stem=f"{_MARK} mana saja yang termasuk alat tulis? Pilih semua yang tepat.",
        type=MULTIPLE,
        options=(
            _option("Pensil", "Dipakai untuk menulis.", key=True),
            _option("Pulpen", "Dipakai untuk menulis.", key=True),
            _option("Payung", "Dipakai untuk berteduh."),
            _option("Sendok", "Dipakai untuk makan."),
        ),
        explanation="Alat tulis dipakai untuk menulis, apa pun bahannya.",
        level=Level.MEMAHAMI,
    ),
    ImportedItem(
        number=3,
        where="",
        stem=f"{_MARK} satu hari terdiri atas 24 jam.",
        type=TRUE_FALSE,
        options=true_false_options(
            True, ("Dari tengah malam ke tengah malam.", "Dua belas jam hanya setengah hari.")
        ),
        explanation="Satu hari dihitung dari tengah malam sampai tengah malam berikutnya.",
        level=Level.MENGINGAT,
    ),
)
STEMS = frozenset(example.stem for example in EXAMPLES)


def without_examples(items: list[ImportedItem]) -> list[ImportedItem]:
    """The items but those examples that still ask what the template asked."""
    return [item for item in items if " ".join(item.stem.split()) not in STEMS]
