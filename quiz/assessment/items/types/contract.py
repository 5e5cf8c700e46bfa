"""What every item type can do. A type is one module here and its line in `ITEM_TYPES`."""

from fractions import Fraction
from typing import Any, Literal, Protocol

from quiz.assessment.items.item import Chosen, Item, Option

Scale = Literal["knowledge", "judgement"]


class ItemType(Protocol):
    """The contract of an item type; nothing outside asks which type it is.

    `scale` is the score it counts towards; `multiple`, whether several options may be chosen
    (checkboxes rather than radio buttons); `shuffles`, whether options may be shown in another
    order than the author's. `most_options` bounds what its editor offers; `starts_with` are the
    texts a new item's options begin with, and those that are not empty are the type's own.
    """

    name: str
    label: str
    scale: Scale
    multiple: bool
    shuffles: bool
    most_options: int
    starts_with: tuple[str, ...]

    def blank_extra(self) -> dict[str, Any]:
        """`Item.extra` of a new item of this type, every field there and empty."""

    def problems(self, item: Item) -> list[str]:
        """Why the item cannot be published yet, in Indonesian sentences; [] when it can."""

    def read(self, item: Item, values: list[str]) -> Chosen:
        """The response in what a form or phone sent, in normal order; raises BadResponse."""

    def score(self, item: Item, chosen: Chosen) -> Fraction:
        """The share of the item's point earned, 0 to 1. A blank earns 0."""

    def provisional(self, item: Item) -> str | None:
        """Why a publishable item may be practised but not scored yet; None when it may."""

    def reason(self, option: Option) -> str:
        """Why an option is right or wrong, as the feedback says it."""

    def describe(self, item: Item, chosen: Chosen) -> str:
        """The response in words, for review and exports."""
