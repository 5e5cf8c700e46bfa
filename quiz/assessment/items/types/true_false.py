"""True or false: a statement, and the options Benar and Salah in that order."""

from dataclasses import replace

from quiz.assessment.items.fields import Part, Problem
from quiz.assessment.items.item import Item
from quiz.assessment.items.types.choice import (
    FEEDBACK_IF_ANY,
    KEY_OR_NOT,
    OPTIONS,
    TEXT,
    content_problems,
    option_problems,
    option_rows,
)
from quiz.assessment.items.types.single_choice import SingleChoice

BENAR, SALAH = "Benar", "Salah"

NO_KEY = (*OPTIONS, "key")
"""Where a key would be told, had somebody chosen one: both options are written from the start."""


class TrueFalse(SingleChoice):
    """A single choice of two; always shown as Benar, Salah, whatever their letters."""

    name = "true_false"
    label = "Benar atau salah"
    shuffles = False
    options = replace(
        option_rows(2, 2, TEXT, KEY_OR_NOT, FEEDBACK_IF_ANY),
        begins=tuple({TEXT.key: word} for word in (BENAR, SALAH)),
        fixed=True,
    )
    parts: tuple[Part, ...] = (options,)

    def problems(self, item: Item) -> list[Problem]:
        """As the contract; wants the options Benar and Salah, one weighing 1 and one 0."""
        found = content_problems(item) + option_problems(item, self.options)
        if [option.text for option in item.options] != [BENAR, SALAH]:
            found.append(Problem(f"Opsi harus “{BENAR}” lalu “{SALAH}”.", OPTIONS))
        if sorted(option.weight for option in item.options) != [0, 1]:
            sentence = "Salah satu opsi harus berbobot 1 dan yang lain 0."
            found.append(Problem(sentence, OPTIONS if item.keys else NO_KEY))
        return found
