"""The item types there are. Adding one: its module, its line here, and its template."""

from quiz.assessment.items.fields import Rows
from quiz.assessment.items.types.choice import OPTIONS, WEIGHT
from quiz.assessment.items.types.contract import ItemType
from quiz.assessment.items.types.feed import Feed
from quiz.assessment.items.types.judgement import Judgement
from quiz.assessment.items.types.multiple_choice import MultipleChoice
from quiz.assessment.items.types.single_choice import SingleChoice
from quiz.assessment.items.types.true_false import TrueFalse

__all__ = ["ITEM_TYPES", "ItemType", "option_rows_of", "weighs_options"]

_TYPES: tuple[ItemType, ...] = (
    SingleChoice(),
    MultipleChoice(),
    TrueFalse(),
    Feed(),
    Judgement(),
)

ITEM_TYPES: dict[str, ItemType] = {kind.name: kind for kind in _TYPES}
"""Every item type by the name items and question files use."""


def option_rows_of(type_name: object) -> Rows | None:
    """What an author writes of each option of this type; None for one without, or unknown."""
    kind = ITEM_TYPES.get(str(type_name))
    parts = kind.parts if kind else ()
    return next((part for part in parts if isinstance(part, Rows) and part.place == OPTIONS), None)


def weighs_options(type_name: object) -> bool:
    """Whether an author gives each option a weight; for an unknown type as well."""
    rows = option_rows_of(type_name)
    return str(type_name) not in ITEM_TYPES or (rows is not None and WEIGHT.key in rows.keys)
