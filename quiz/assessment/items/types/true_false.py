"""True or false: a statement, and the options Benar and Salah in that order."""

from quiz.assessment.items.item import Item
from quiz.assessment.items.types.choice import content_problems, option_problems
from quiz.assessment.items.types.single_choice import SingleChoice

BENAR, SALAH = "Benar", "Salah"


class TrueFalse(SingleChoice):
    """A single choice of two; always shown as Benar, Salah, whatever their letters."""

    name = "true_false"
    label = "Benar atau salah"
    shuffles = False
    most_options = 2
    starts_with: tuple[str, ...] = (BENAR, SALAH)

    def problems(self, item: Item) -> list[str]:
        """As the contract; wants the options Benar and Salah, one weighing 1 and one 0."""
        found = content_problems(item) + option_problems(item, fewest=2, most=2)
        if [option.text for option in item.options] != [BENAR, SALAH]:
            found.append(f"Opsi harus “{BENAR}” lalu “{SALAH}”.")
        if sorted(option.weight for option in item.options) != [0, 1]:
            found.append("Salah satu opsi harus berbobot 1 dan yang lain 0.")
        return found
