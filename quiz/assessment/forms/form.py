"""What a quiz asks for, what the bank offers, and the form made of the two. Plain values."""

from collections.abc import Mapping
from dataclasses import dataclass

from quiz.assessment.items.item import Level, Status
from quiz.assessment.items.types import ITEM_TYPES


@dataclass(frozen=True)
class Group:
    """What items of one form slot share, whatever the status they are for."""

    topic: str
    level: Level
    type: str


@dataclass(frozen=True)
class Candidate:
    """One item version the bank offers.

    `in_force`: its law holds on the day of the event, which is in a stage it is meant for. What
    `not_with`, `pair` and `scenario` keep apart, `ties` says.
    """

    version_uid: str
    item_code: str
    topic: str
    level: Level
    type: str
    audience: frozenset[Status]
    in_force: bool
    not_with: frozenset[str] = frozenset()
    pair: str = ""
    scenario: str = ""

    @property
    def group(self) -> Group:
        """What it shares with the other items of a slot."""
        return Group(self.topic, self.level, self.type)


@dataclass(frozen=True)
class BlueprintSlot:
    """`count` items of one topic; level or type None is "apa saja"."""

    topic: str
    level: Level | None
    type: str | None
    count: int

    def takes(self, group: Group) -> bool:
        """Whether items of this group fit here.

        A slot that names no type takes the types scored as knowledge only: which scale an item
        counts towards must not be left to chance.
        """
        return (
            self.topic == group.topic
            and self.level in (None, group.level)
            and self.type in (None, group.type)
            and (self.type is not None or ITEM_TYPES[group.type].scale == "knowledge")
        )


@dataclass(frozen=True)
class Blueprint:
    """The slots of a quiz in order."""

    slots: tuple[BlueprintSlot, ...]

    def positions(self) -> dict[int, BlueprintSlot]:
        """Every position from 1 with the slot it belongs to, a slot of `count` n taking n."""
        places = (slot for slot in self.slots for _ in range(slot.count))
        return dict(enumerate(places, start=1))


def like(form: "Form") -> Blueprint:
    """What asks at every position for the topic, level and type that ``form`` has there."""
    return Blueprint(tuple(BlueprintSlot(at.topic, at.level, at.type, 1) for at in form))


@dataclass(frozen=True)
class FormSlot:
    """One position of a form: the item version asked of each status.

    `anchor`: at least one of its items is asked in another counted sitting of the event too.
    """

    position: int
    topic: str
    level: Level
    type: str
    anchor: bool
    versions: Mapping[Status, str]

    @property
    def group(self) -> Group:
        """What its items share."""
        return Group(self.topic, self.level, self.type)


Form = tuple[FormSlot, ...]


@dataclass(frozen=True)
class Gap:
    """A position that cannot be filled, and the statuses no item is left for."""

    position: int
    topic: str
    level: Level | None
    type: str | None
    statuses: tuple[Status, ...]
