"""Rules about the whole bank: what somebody could score by without knowing anything.

They look only at banks of at least `FEWEST` items of the kind: below, chance explains everything.
"""

from collections.abc import Iterable, Iterator, Sequence
from fractions import Fraction

from quiz.assessment.items.item import Item
from quiz.assessment.items.types import ITEM_TYPES
from quiz.assessment.quality.linter.rule import GUIDE, Note, bank_rule
from quiz.assessment.quality.linter.texts import option_name, parts

FEWEST = 20
LENGTH_MARGIN = Fraction(5, 100)
PLACE_MARGIN = Fraction(10, 100)
TRUTH_MARGIN = Fraction(10, 100)
SIDES_MARGIN = Fraction(10, 100)

HALADYNA = "Haladyna, Downing, dan Rodriguez (2002), Applied Measurement in Education 15(3)"


@bank_rule(
    "kunci-terpanjang",
    "error",
    reason="Peserta yang selalu memilih opsi terpanjang tidak boleh lebih untung dari penebak.",
    source=f"{HALADYNA}, kaidah 24 dan 28d",
)
def longest_option_is_no_key(items: Sequence[Item]) -> Iterator[Note]:
    """The longest option is a key at most 5 points more often than chance.

    Chance is the share of keys among the options. Test-wise people pick the most complete
    option, because authors qualify what must be right.
    """
    for multiple, label in ((False, "pilihan tunggal"), (True, "pilihan ganda")):
        found = [item for item in _shuffled(items) if ITEM_TYPES[item.type].multiple is multiple]
        if len(found) < FEWEST:
            continue
        longest = sum((_key_share_of_longest(item) for item in found), Fraction(0)) / len(found)
        chance = sum((_key_share(item) for item in found), Fraction(0)) / len(found)
        if longest > chance + LENGTH_MARGIN:
            yield Note(
                "seluruh bank",
                f"Pada {len(found)} soal {label}, opsi terpanjang adalah kunci "
                f"{_percent(longest)}, sedangkan kebetulan {_percent(chance)}. Pendekkan sebagian "
                "kunci atau lengkapi pengecohnya.",
            )


@bank_rule(
    "letak-kunci",
    "error",
    reason="Bila opsi tidak diacak, letak kunci yang berat sebelah dapat ditebak.",
    source=f"{HALADYNA}, kaidah 20",
)
def key_places_are_even(items: Sequence[Item]) -> Iterator[Note]:
    """Each place holds the key about as often as chance has it, within 10 points."""
    found = [item for item in _shuffled(items) if not ITEM_TYPES[item.type].multiple]
    if len(found) < FEWEST:
        return
    for place in range(max(len(item.options) for item in found)):
        here = [item for item in found if len(item.options) > place]
        held = sum(item.options[place].is_key for item in here)
        expected = sum((Fraction(1, len(item.options)) for item in here), Fraction(0))
        if abs(held - expected) > PLACE_MARGIN * len(found):
            yield Note(
                "seluruh bank",
                f"Kunci berada pada {option_name(place)} sebanyak {held} dari {len(found)} soal; "
                f"kebetulan {round(expected)}. Tukar urutan opsi beberapa soal.",
            )


@bank_rule(
    "benar-salah-seimbang",
    "error",
    reason="Bila pernyataan benar jauh lebih banyak, menjawab Benar terus sudah menguntungkan.",
    source="Frisbie dan Becker (1991), Applied Measurement in Education 4(1)",
)
def true_and_false_are_even(items: Sequence[Item]) -> Iterator[Note]:
    """Between 40 and 60 in 100 statements are true."""
    found = [item for item in items if _is_statement(item)]
    if len(found) < FEWEST:
        return
    true = Fraction(sum(item.options[0].is_key for item in found), len(found))
    if abs(true - Fraction(1, 2)) > TRUTH_MARGIN:
        yield Note(
            "seluruh bank",
            f"{_percent(true)} dari {len(found)} pernyataan benar. Balikkan beberapa pernyataan "
            "sampai kira-kira separuh.",
        )


@bank_rule(
    "pihak-rekaan-seimbang",
    "error",
    reason="Bila satu pihak rekaan selalu menjadi contoh buruk, kuis terbaca memihak.",
    source=GUIDE,
)
def invented_sides_are_even(items: Sequence[Item]) -> Iterator[Note]:
    """Paslon X and Paslon Y are named by about as many items: within 10 in 100 of their sum."""
    texts = [" ".join(part.text for part in parts(item)) for item in items]
    x, y = (sum(f"Paslon {side}" in text for text in texts) for side in "XY")
    if x + y >= FEWEST and abs(x - y) > SIDES_MARGIN * (x + y):
        yield Note(
            "seluruh bank",
            f"Paslon X muncul pada {x} soal dan Paslon Y pada {y}. Tukar sebutan pada beberapa "
            "soal.",
        )


def _shuffled(items: Iterable[Item]) -> list[Item]:
    return [item for item in _known(items) if ITEM_TYPES[item.type].shuffles]


def _known(items: Iterable[Item]) -> list[Item]:
    return [item for item in items if ITEM_TYPES[item.type].scale == "knowledge" and item.keys]


def _is_statement(item: Item) -> bool:
    return not ITEM_TYPES[item.type].shuffles


def _key_share(item: Item) -> Fraction:
    return Fraction(len(item.keys), len(item.options))


def _key_share_of_longest(item: Item) -> Fraction:
    most = max(len(option.text) for option in item.options)
    longest = [option for option in item.options if len(option.text) == most]
    return Fraction(sum(option.is_key for option in longest), len(longest))


def _percent(share: Fraction) -> str:
    return f"{round(100 * share)} persen"
