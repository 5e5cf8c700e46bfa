"""Multiple choice: several options may be right, and all of them are wanted."""

from fractions import Fraction

from quiz.assessment.items.fields import Part, Problem, Rows
from quiz.assessment.items.item import Chosen, Item, Option
from quiz.assessment.items.types.choice import (
    FEEDBACK_IF_ANY,
    KEY_OR_NOT,
    OPTIONS,
    TEXT,
    content_problems,
    option_problems,
    option_rows,
    read_options,
)
from quiz.assessment.items.types.contract import Scale


class MultipleChoice:
    """Any number of options may be chosen; guessing everything earns what a blank earns."""

    name = "multiple_choice"
    label = "Pilihan ganda kompleks"
    scale: Scale = "knowledge"
    multiple = True
    shuffles = True
    options: Rows = option_rows(4, 6, TEXT, KEY_OR_NOT, FEEDBACK_IF_ANY)
    parts: tuple[Part, ...] = (options,)

    def problems(self, item: Item) -> list[Problem]:
        """As the contract; wants at least four options, keys and distractors, no partial weight."""
        found = content_problems(item) + option_problems(item, self.options)
        weights = {option.weight for option in item.options}
        wrong = []
        if 1 not in weights:
            wrong.append("Harus ada paling sedikit satu kunci (bobot 1).")
        if 0 not in weights:
            wrong.append("Harus ada paling sedikit satu pengecoh (bobot 0).")
        if weights - {0, 1}:
            wrong.append("Bobot opsi pada jenis soal ini hanya 1 (kunci) atau 0 (pengecoh).")
        return found + [Problem(sentence, OPTIONS) for sentence in wrong]

    def read(self, item: Item, values: list[str]) -> Chosen:
        """As the contract; any number of the offered options."""
        return read_options(item, values, most=len(item.options))

    def score(self, item: Item, chosen: Chosen) -> Fraction:
        """max(0, keys chosen / keys - distractors chosen / distractors).

        So choosing nothing and choosing everything both earn 0. Where a ruling has left no
        distractor, only the keys count.
        """
        picked = set(chosen)
        keys = [option.id for option in item.options if option.weight > 0]
        distractors = [option.id for option in item.options if option.weight == 0]
        return max(Fraction(0), _share(picked, keys) - _share(picked, distractors))

    def provisional(self, item: Item) -> str | None:
        """None: its key rests on law or material."""
        return None

    def reason(self, option: Option) -> str:
        """The option's own feedback."""
        return option.feedback

    def scene(self, item: Item) -> list[str]:
        """Nothing: the stem says it all."""
        return []


def _share(picked: set[str], of: list[str]) -> Fraction:
    return Fraction(len(picked.intersection(of)), len(of)) if of else Fraction(0)
