"""Items beside each other: whether one tells the key of another, and what keeps them apart."""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from itertools import islice

from quiz.assessment.items.item import Item
from quiz.assessment.items.types import ITEM_TYPES
from quiz.assessment.quality.linter.rule import GUIDE, Note, bank_rule
from quiz.assessment.quality.linter.texts import option_name, strings, words

PHRASE, SHORTEST_KEY = 4, 3
"""So many words in a row are no chance, nor are those of a whole key of so few."""

COMMON = 4
"""In more stems than these a phrase is the way people speak of the subject, and tells nothing."""


@bank_rule(
    "saling-membuka",
    "warning",
    reason="Siapa yang membaca satu soal tidak boleh mendapat jawaban soal lain darinya.",
    source="Haladyna, Downing, dan Rodriguez (2002), kaidah 8: tiap butir berdiri sendiri",
)
def no_item_tells_anothers_key(items: Sequence[Item]) -> Iterator[Note]:
    """No phrase of a key stands in what another item asks, unless they are kept apart.

    A phrase is four words in a row, or a whole key of three, that neither a distractor of the item
    nor its own stem has. Invented sides tell nothing.
    """
    asking: defaultdict[str, list[Item]] = defaultdict(list)
    for item in items:
        for phrase in {p for size in (SHORTEST_KEY, PHRASE) for p in _runs(_asked(item), size)}:
            asking[phrase].append(item)
    for item in items:
        told: dict[str, tuple[str, int]] = {}
        for phrase, place in _key_phrases(item):
            others = [other for other in asking[phrase] if other.code != item.code]
            if len(others) <= COMMON:
                told |= {o.code: (phrase, place) for o in others if not _apart(item, o)}
        for code, (phrase, place) in told.items():
            yield Note(
                f"soal {item.code}, {option_name(place)}",
                f"“{phrase}” pada kunci juga ada pada yang ditanyakan soal {code}. Ubah salah "
                f"satunya, atau tulis `not_with: [{code}]`.",
            )


@bank_rule(
    "varian-dipisahkan",
    "warning",
    reason="Skenario yang variannya saling dipisahkan tidak pernah sampai kepada setiap status.",
    source=GUIDE,
)
def variants_of_a_scene_may_meet(items: Sequence[Item]) -> Iterator[Note]:
    """No `not_with` between variants of one scenario: they stand at one position or none."""
    scenario = {item.code: item.scenario for item in items}
    for item in items:
        for code in item.not_with:
            if item.scenario and scenario.get(code) == item.scenario:
                yield Note(
                    f"soal {item.code}",
                    f"Soal ini dan {code} adalah varian skenario “{item.scenario}” bagi "
                    f"status atau tahap yang lain. Hapus {code} dari `not_with`.",
                )


def _key_phrases(item: Item) -> Iterator[tuple[str, int]]:
    if not ITEM_TYPES[item.type].shuffles:
        return
    wrong = [option.text for option in item.options if not option.is_key]
    open_words = " | ".join(" ".join(words(text)) for text in (_asked(item), *wrong))
    for place, option in enumerate(item.options):
        size = min(PHRASE, len(words(option.text)))
        if option.is_key and size >= SHORTEST_KEY:
            for phrase in _runs(option.text, size):
                if f" {phrase} " not in f" {open_words} " and "paslon" not in phrase:
                    yield phrase, place


def _asked(item: Item) -> str:
    """The stem and what its type shows with it."""
    return " | ".join([item.stem, *(text for _, text in strings(item.extra, ("extra",)))])


def _runs(text: str, size: int) -> Iterator[str]:
    """Every so many neighbouring words of a text."""
    found = words(text)
    for run in zip(*(islice(found, n, None) for n in range(size)), strict=False):
        yield " ".join(run)


def _apart(one: Item, other: Item) -> bool:
    """Whether they never stand in one form already."""
    return (
        one.code in other.not_with
        or other.code in one.not_with
        or one.pair == other.pair != ""
        or one.scenario == other.scenario != ""
    )
