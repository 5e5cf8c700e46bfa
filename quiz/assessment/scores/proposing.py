"""A ruling before it is made: reading what was typed, and whether it can be made."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from fractions import Fraction

from quiz.assessment.items.item import Item, option_letter
from quiz.assessment.items.types import ITEM_TYPES
from quiz.assessment.scores.ruling import Ruling, as_ruled

_WEIGHT = re.compile(r"[0-9]{1,3}([.,][0-9]{1,3})?|[0-9]{1,3}/[1-9][0-9]{0,2}")


def weight_from(text: str) -> Fraction:
    """The weight in "1", "0,5", "0.5" or "1/2", from 0 to 1.

    Raises ValueError with an Indonesian sentence for anything else.
    """
    written = text.strip()
    if not _WEIGHT.fullmatch(written):
        raise ValueError(f"Bobot “{written[:12]}” tidak dikenal. Tulis seperti 1, 0,5, atau 1/2.")
    weight = Fraction(written.replace(",", "."))
    if weight > 1:
        raise ValueError(f"Bobot harus antara 0 dan 1, sekarang {written}.")
    return weight


def read_ruling(
    item: Item,
    ruling: Ruling,
    weights: Mapping[str, str],
    in_force: Sequence[Ruling],
) -> tuple[Ruling, list[str]]:
    """`ruling` with the weights written as `weights` (option id to text), and what is wrong.

    Only weights that differ from what counts now are kept. `in_force` are the rulings on the
    version that hold now, oldest first.
    """
    read: dict[str, Fraction] = {}
    problems = []
    for place, option in enumerate(item.options):
        if option.id in weights:
            try:
                read[option.id] = weight_from(weights[option.id])
            except ValueError as error:
                problems.append(f"Opsi {option_letter(place)}: {error}")
    now = as_ruled(item, in_force)
    changed = {key: weight for key, weight in read.items() if now.option(key).weight != weight}
    chosen = replace(ruling, weights=changed)
    return chosen, problems or ruling_problems(item, chosen, in_force)


def ruling_problems(item: Item, ruling: Ruling, in_force: Sequence[Ruling]) -> list[str]:
    """Why `ruling` cannot be made on this version of `item`; [] when it can.

    `in_force` are the rulings on the version that hold now, oldest first.
    """
    if any(earlier.kind == "void" for earlier in in_force):
        return ["Soal ini sudah dibatalkan. Cabut dulu putusan pembatalannya."]
    if ruling.kind == "accept":
        return list(_accept_problems(item, ruling, in_force))
    if ruling.kind == "weights":
        return list(_weight_problems(item, ruling, in_force))
    return []


def _accept_problems(item: Item, ruling: Ruling, in_force: Sequence[Ruling]) -> Iterator[str]:
    right = set(as_ruled(item, in_force).keys)
    offered = {option.id for option in item.options}
    if not ruling.options:
        yield "Pilih paling sedikit satu opsi yang diterima juga."
    if not offered.issuperset(ruling.options):
        yield "Ada opsi yang tidak ada pada soal ini. Muat ulang halaman."
    if right.intersection(ruling.options):
        yield "Opsi yang dipilih sudah dihitung tepat."


def _weight_problems(item: Item, ruling: Ruling, in_force: Sequence[Ruling]) -> Iterator[str]:
    if not {option.id for option in item.options}.issuperset(ruling.weights):
        yield "Ada opsi yang tidak ada pada soal ini. Muat ulang halaman."
        return
    if not ruling.weights:
        yield "Belum ada bobot yang berubah. Tulis bobot baru pada opsinya."
        return
    kind = ITEM_TYPES[item.type]
    weights = {option.weight for option in as_ruled(item, [*in_force, ruling]).options}
    if kind.scale == "judgement":
        if any((4 * weight).denominator != 1 for weight in weights):
            yield "Bobot pertimbangan ialah 0, 1/4, 1/2, 3/4, atau 1: nilai 1 sampai 5."
        return
    if 1 not in weights:
        yield "Harus ada paling sedikit satu opsi berbobot 1."
    if kind.multiple and weights - {0, 1}:
        yield "Bobot pada soal dengan beberapa jawaban hanya 1 (kunci) atau 0 (pengecoh)."
