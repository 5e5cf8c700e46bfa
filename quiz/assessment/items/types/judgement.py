"""Judgement: a dilemma whose options are worth 1 to 5, as a panel of trainers rated them.

After the situational tests of BKN (*tes karakteristik pribadi*): every option earns something, a
blank nothing. The score is rescaled to (value - 1) / 4, so that the worst possible is 0; an
option's weight holds that already. `Item.extra["panel"]` says that a panel has rated it.
"""

from dataclasses import replace
from fractions import Fraction

from quiz.assessment.items.fields import Part, Problem
from quiz.assessment.items.item import Item, Option
from quiz.assessment.items.types.choice import (
    FEEDBACK,
    OPTIONS,
    TEXT,
    WEIGHT,
    content_problems,
    option_problems,
    option_rows,
)
from quiz.assessment.items.types.contract import Scale
from quiz.assessment.items.types.single_choice import SingleChoice

LOWEST, HIGHEST = 1, 5

UNRATED = "contoh, belum dinilai panel"


def weight_of(value: int) -> Fraction:
    """The weight of an option worth `value`, 1 to 5: from 0 to 1 in quarters.

    Raises ValueError for any other value.
    """
    if not LOWEST <= value <= HIGHEST:
        raise ValueError(f"an option is worth {LOWEST} to {HIGHEST}, not {value}")
    return Fraction(value - LOWEST, HIGHEST - LOWEST)


def value_of(weight: Fraction) -> Fraction:
    """What an option of this weight is worth, 1 to 5: the inverse of `weight_of`."""
    return weight * (HIGHEST - LOWEST) + LOWEST


_WORTH = {HIGHEST: f"{HIGHEST}, terbaik", LOWEST: f"{LOWEST}, terburuk"}
VALUE = replace(
    WEIGHT,
    label="Nilai",
    choices=tuple(
        (str(weight_of(value)), _WORTH.get(value, str(value)))
        for value in range(HIGHEST, LOWEST - 1, -1)
    ),
)


class Judgement(SingleChoice):
    """One option may be chosen; counts on a scale of its own, never added to knowledge."""

    name = "judgement"
    label = "Pertimbangan"
    scale: Scale = "judgement"
    options = option_rows(3, 5, TEXT, VALUE, FEEDBACK)
    parts: tuple[Part, ...] = (options,)

    def problems(self, item: Item) -> list[Problem]:
        """As the contract; wants three to five options worth whole numbers, not all alike."""
        found = content_problems(item) + option_problems(item, self.options)
        values = {value_of(option.weight) for option in item.options}
        if any(value.denominator != 1 for value in values):
            sentence = f"Nilai opsi harus bilangan bulat {LOWEST} sampai {HIGHEST}."
            found.append(Problem(sentence, OPTIONS))
        if len(values) == 1 and item.options:
            sentence = "Semua opsi bernilai sama, jadi tidak ada yang dipertimbangkan."
            found.append(Problem(sentence, OPTIONS))
        return found

    def provisional(self, item: Item) -> str | None:
        """Until a panel has rated its options, their values are only the author's."""
        return None if item.extra.get("panel") else UNRATED

    def reason(self, option: Option) -> str:
        """What the option is worth, then its own feedback."""
        return f"Nilai {value_of(option.weight)} dari {HIGHEST}. {option.feedback}"
