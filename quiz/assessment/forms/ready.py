"""A blueprint made from what the bank holds, wide enough for several forms that share no item.

Each line names topic and type, and the level where the bank has enough of it, so that the forms ask
alike without asking the same.
"""

from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Sequence
from typing import NamedTuple

from quiz.assessment.forms.form import Blueprint, BlueprintSlot, Candidate, Gap, Group
from quiz.assessment.forms.selection import room_for
from quiz.assessment.items.item import Level, Status
from quiz.assessment.items.types import ITEM_TYPES

LEVELS, TYPES = [*Level, None], list(ITEM_TYPES)


def ready_blueprint(
    candidates: Iterable[Candidate],
    statuses: Collection[Status],
    topics: Sequence[str],
    *,
    items: int,
    forms: int,
) -> Blueprint | list[Gap]:
    """``items`` items spread over topics, then types, then levels, or what the bank lacks for it.

    ``topics`` stand in their usual order. Knowledge only, whatever its type. The bank can fill the
    blueprint ``forms`` times for everybody with one of ``statuses``, no item twice. Otherwise there
    is one gap for each missing item, in the topic that has least, with the statuses that lack it;
    topics without any item are passed over, unless all are. Without topics no gap has a name: [].
    """
    offered = [candidate for candidate in candidates if _scored(candidate)]
    held = {candidate.topic for candidate in offered}
    known = [t for t in topics if t in held] + sorted(held.difference(topics)) or topics
    spread = _Spread(known, room_for(offered, statuses), forms)
    chosen = [line for _ in range(items) if (line := spread.take()) is not None]
    if len(chosen) == items:
        return Blueprint(tuple(spread.in_order(chosen)))
    lacking = _lacking(offered, statuses, items * forms)
    return [
        Gap(position, topic, None, None, lacking)
        for position in range(len(chosen) + 1, items + 1)
        if known
        for topic in spread.wanting()
    ]


def _scored(candidate: Candidate) -> bool:
    return BlueprintSlot(candidate.topic, None, None, 1).takes(candidate.group)


class _Line(NamedTuple):
    """One position: of a level where the bank has enough of it, else of any."""

    topic: str
    level: Level | None
    type: str


class _Spread:
    """How much room the bank still has, and what has been taken of each kind so far."""

    def __init__(self, topics: Sequence[str], room: Counter[Group], forms: int) -> None:
        self.topics, self.room, self.forms = topics, room, forms
        self.wide = Counter[tuple[str, str]]()
        self.size = Counter[str]()
        for group, number in room.items():
            self.wide[group.topic, group.type] += number
            self.size[group.topic] += number
        self.by_topic, self.by_type = Counter[str](), Counter[str]()
        self.by_level = Counter[Level | None]()

    def take(self) -> _Line | None:
        """One position of the kind least had so far; None when the bank has no room for any."""
        line = min(self._open(), key=self._had, default=None)
        if line is None:
            return None
        self.wide[line.topic, line.type] -= self.forms
        if line.level is not None:
            self.room[Group(line.topic, line.level, line.type)] -= self.forms
        self.by_topic[line.topic] += 1
        self.by_type[line.type] += 1
        self.by_level[line.level] += 1
        return line

    def _open(self) -> Iterator[_Line]:
        """Every kind of position that each form can still have."""
        for (topic, type_name), wide in self.wide.items():
            if wide >= self.forms:
                yield _Line(topic, None, type_name)
        for group, room in self.room.items():
            if min(room, self.wide[group.topic, group.type]) >= self.forms:
                yield _Line(group.topic, group.level, group.type)

    def _had(self, line: _Line) -> tuple[int, ...]:
        """How much of its kind there is already; of equals the topic the bank has most of."""
        return (
            self.by_topic[line.topic],
            self.by_type[line.type],
            int(line.level is None),
            self.by_level[line.level],
            -self.size[line.topic],
            *self._place(line),
        )

    def _place(self, line: _Line) -> tuple[int, int, int]:
        return (
            self.topics.index(line.topic),
            TYPES.index(line.type),
            LEVELS.index(line.level),
        )

    def in_order(self, lines: Iterable[_Line]) -> Iterator[BlueprintSlot]:
        """The lines by topic, type and level, equal ones as one."""
        for line, count in Counter(sorted(lines, key=self._place)).items():
            yield BlueprintSlot(*line, count)

    def wanting(self) -> list[str]:
        """The topic that has least, once for each item it lacks for one more position."""
        topic = min(self.topics, key=lambda topic: (self.by_topic[topic], self.topics.index(topic)))
        self.by_topic[topic] += 1
        here = [kind for kind in self.wide if kind[0] == topic]
        nearest = max(here, key=lambda kind: self.wide[kind], default=None)
        left = 0 if nearest is None else self.wide.pop(nearest)
        return [topic] * (self.forms - left)


def _lacking(
    candidates: Sequence[Candidate], statuses: Collection[Status], positions: int
) -> tuple[Status, ...]:
    """The statuses too few items are meant for; all where only the mixture lacks."""
    every = tuple(status for status in Status if status in statuses)
    alone = [s for s in every if room_for(candidates, [s]).total() < positions]
    return tuple(alone) or every
