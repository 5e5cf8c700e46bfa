"""Single choice: one key among three to five options."""

from fractions import Fraction

from quiz.assessment.items.fields import Part, Problem, Rows
from quiz.assessment.items.item import Chosen, Item, Option
from quiz.assessment.items.types.choice import (
    FEEDBACK_IF_ANY,
    OPTIONS,
    TEXT,
    WEIGHT,
    content_problems,
    option_problems,
    option_rows,
    read_options,
)
from quiz.assessment.items.types.contract import Scale


class SingleChoice:
    """One option may be chosen; it earns its own weight."""

    name = "single_choice"
    label = "Pilihan tunggal"
    scale: Scale = "knowledge"
    multiple = False
    shuffles = True
    options: Rows = option_rows(3, 5, TEXT, WEIGHT, FEEDBACK_IF_ANY)
    parts: tuple[Part, ...] = (options,)

    def problems(self, item: Item) -> list[Problem]:
        """As the contract; wants three to five options of which exactly one is the key."""
        found = content_problems(item) + option_problems(item, self.options)
        if len(item.keys) != 1:
            sentence = f"Harus ada tepat satu kunci (bobot 1), sekarang {len(item.keys)}."
            found.append(Problem(sentence, OPTIONS))
        return found

    def read(self, item: Item, values: list[str]) -> Chosen:
        """As the contract; at most one option."""
        return read_options(item, values, most=1)

    def score(self, item: Item, chosen: Chosen) -> Fraction:
        """The weight of the chosen option."""
        return sum((item.option(option_id).weight for option_id in chosen), Fraction(0))

    def provisional(self, item: Item) -> str | None:
        """None: its key rests on law or material."""
        return None

    def reason(self, option: Option) -> str:
        """The option's own feedback."""
        return option.feedback

    def scene(self, item: Item) -> list[str]:
        """Nothing: the stem says it all."""
        return []
