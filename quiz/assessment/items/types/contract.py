"""What every item type can do. A type is one module here and its line in `ITEM_TYPES`."""

from fractions import Fraction
from typing import Literal, Protocol

from quiz.assessment.items.fields import Part, Problem
from quiz.assessment.items.item import Chosen, Item, Option

Scale = Literal["knowledge", "judgement"]


class ItemType(Protocol):
    """The contract of an item type; nothing outside asks which type it is.

    `scale` is the score it counts towards; `multiple`, whether several options may be chosen
    (checkboxes rather than radio buttons); `shuffles`, whether options may be shown in another
    order than the author's. `parts` are what its author writes besides what every item has:
    options, and whatever stands in `Item.extra`, in the order of the page.
    """

    name: str
    label: str
    scale: Scale
    multiple: bool
    shuffles: bool
    parts: tuple[Part, ...]

    def problems(self, item: Item) -> list[Problem]:
        """Why the item cannot be published yet; [] when it can."""

    def read(self, item: Item, values: list[str]) -> Chosen:
        """The response in what a form or phone sent, in normal order; raises BadResponse."""

    def score(self, item: Item, chosen: Chosen) -> Fraction:
        """The share of the item's point earned, 0 to 1. A blank earns 0."""

    def provisional(self, item: Item) -> str | None:
        """Why a publishable item may be practised but not scored yet; None when it may."""

    def reason(self, option: Option) -> str:
        """Why an option is right or wrong, as the feedback says it."""

    def scene(self, item: Item) -> list[str]:
        """What has to be read before the stem, line by line, as paper prints it; [] for none."""
