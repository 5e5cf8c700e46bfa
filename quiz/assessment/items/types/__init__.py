"""The item types there are. Adding one: its module, its line here, and its template."""

from quiz.assessment.items.types.contract import ItemType
from quiz.assessment.items.types.feed import Feed
from quiz.assessment.items.types.judgement import Judgement
from quiz.assessment.items.types.multiple_choice import MultipleChoice
from quiz.assessment.items.types.single_choice import SingleChoice
from quiz.assessment.items.types.true_false import TrueFalse

__all__ = ["ITEM_TYPES", "ItemType"]

_TYPES: tuple[ItemType, ...] = (
    SingleChoice(),
    MultipleChoice(),
    TrueFalse(),
    Feed(),
    Judgement(),
)

ITEM_TYPES: dict[str, ItemType] = {kind.name: kind for kind in _TYPES}
"""Every item type by the name items and question files use."""
