"""Single choice: one key among three to five options."""

from fractions import Fraction
from typing import Any

from quiz.assessment.items.item import Chosen, Item, Option
from quiz.assessment.items.types.choice import (
    content_problems,
    describe_options,
    option_problems,
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
    most_options = 5
    starts_with: tuple[str, ...] = ("", "", "", "")

    def blank_extra(self) -> dict[str, Any]:
        """Nothing: options are all there is."""
        return {}

    def problems(self, item: Item) -> list[str]:
        """As the contract; wants three to five options of which exactly one is the key."""
        found = content_problems(item) + option_problems(item, fewest=3, most=self.most_options)
        if len(item.keys) != 1:
            found.append(f"Harus ada tepat satu kunci (bobot 1), sekarang {len(item.keys)}.")
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

    def describe(self, item: Item, chosen: Chosen) -> str:
        """The text of the chosen option."""
        return describe_options(item, chosen)
