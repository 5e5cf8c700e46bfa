"""A ruling before it is made: whether it can be, and what it would do to scores."""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction

from quiz.assessment.items.item import Item
from quiz.assessment.items.types import ITEM_TYPES
from quiz.assessment.scores.scoring import Ruling, RulingKind, as_ruled, passed

_WEIGHT = re.compile(r"[0-9]{1,3}([.,][0-9]{1,3})?|[0-9]{1,3}/[1-9][0-9]{0,2}")


KIND_WORDS: dict[RulingKind, str] = {
    "accept": "jawaban lain diterima juga",
    "weights": "bobot opsi diubah",
    "void": "dibatalkan, tidak dihitung",
}
"""What each kind of ruling does, for reports and the audit log."""


def ruling_words(item: Item, ruling: Ruling) -> str:
    """What a ruling says, with the texts of its options: letters differ from person to person."""
    if ruling.kind == "void":
        return "Soal ini dibatalkan dan tidak dihitung."
    named = [option for option in item.options if option.id in _concerned(ruling)]
    if ruling.kind == "accept":
        return f"Diterima juga: {'; '.join(f'“{option.text}”' for option in named)}."
    weights = [f"“{option.text}” {ruling.weights[option.id]}" for option in named]
    return f"Bobot sekarang: {'; '.join(weights)}."


def _concerned(ruling: Ruling) -> set[str]:
    return {*ruling.options, *ruling.weights}


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
    for number, option in enumerate(item.options, start=1):
        if option.id in weights:
            try:
                read[option.id] = weight_from(weights[option.id])
            except ValueError as error:
                problems.append(f"Opsi ke-{number}: {error}")
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


@dataclass(frozen=True)
class ScoreChange:
    """One finished attempt: its percent (0 to 100) on the item's scale before and after.

    None where nothing counts. `pass_mark` is None where nobody passes or fails, as in judgement.
    """

    before: Fraction | None
    after: Fraction | None
    pass_mark: int | None


@dataclass(frozen=True)
class Effect:
    """How many attempts rise, fall or stay, lose every item that counted, pass or fail anew."""

    up: int = 0
    down: int = 0
    same: int = 0
    emptied: int = 0
    newly_passed: int = 0
    newly_failed: int = 0

    @property
    def attempts(self) -> int:
        """All of them."""
        return self.up + self.down + self.same + self.emptied


def effect(changes: Iterable[ScoreChange]) -> Effect:
    """The sum of these changes."""
    listed = list(changes)
    directions = [_direction(change) for change in listed]
    verdicts = [
        (passed(change.before, change.pass_mark), passed(change.after, change.pass_mark))
        for change in listed
    ]
    return Effect(
        up=directions.count("up"),
        down=directions.count("down"),
        same=directions.count("same"),
        emptied=directions.count("emptied"),
        newly_passed=sum(after is True and before is not True for before, after in verdicts),
        newly_failed=sum(before is True and after is not True for before, after in verdicts),
    )


def _direction(change: ScoreChange) -> str:
    if change.after is None:
        return "same" if change.before is None else "emptied"
    if change.before is None or change.after > change.before:
        return "up"
    return "same" if change.after == change.before else "down"
