"""Answers on paper: the letters people mark are the places of the options in the author's order."""

import re
import unicodedata
from collections import Counter

from quiz.assessment.items.item import BadResponse, Chosen, Item, option_letter
from quiz.assessment.items.types import ITEM_TYPES

_BETWEEN = re.compile(r"[\s,;./+&\-\u2013]+")


def letters_offered(item: Item) -> str:
    """The letters of the item's options, "ABCD"; "" for an item that has none to mark."""
    return "".join(option_letter(place) for place in range(len(item.options)))


def chosen_by_letters(item: Item, typed: str) -> Chosen:
    """The response that typed letters mean: "b", "A, C"; nothing or a dash leaves it blank.

    Raises BadResponse for a letter the item does not offer, one typed twice, and more than one
    where one is wanted.
    """
    letters = _BETWEEN.sub("", unicodedata.normalize("NFKC", typed)).upper()
    offered = letters_offered(item)
    span = f"{offered[:1]} sampai {offered[-1:]}"
    for letter, times in Counter(letters).items():
        if letter not in offered:
            raise BadResponse(f"{letter} tidak ada pada soal ini: pilihannya {span}.")
        if times > 1:
            raise BadResponse(f"{letter} terketik {times} kali.")
    kind = ITEM_TYPES[item.type]
    if len(letters) > 1 and not kind.multiple:
        raise BadResponse(
            f"Soal ini satu jawaban, terketik {len(letters)}: {letters}. Bila di kertas memang "
            "lebih dari satu, kosongkan."
        )
    return kind.read(item, [item.options[offered.index(letter)].id for letter in letters])


def letters_chosen(item: Item, chosen: Chosen) -> str:
    """The letters of a response, "AC" in the order of the paper; "" for a blank."""
    return "".join(
        option_letter(place) for place, option in enumerate(item.options) if option.id in chosen
    )
