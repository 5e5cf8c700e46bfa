"""What the questions of a file would become here, before anything is stored."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from quiz.assessment.items.item import EVERYBODY, Level
from quiz.assessment.quality.similarity import near_to, same_words
from quiz.exchange.questions import ImportedItem
from quiz.models import Topic
from quiz.queries.bank.draft_check import checked_content
from quiz.queries.bank.imports import KnownStem
from quiz.queries.sources.known import Sources

_SHOWN_NEAR = 3


@dataclass(frozen=True)
class Fate:
    """A question of a file with what is known of it here.

    ``topic`` is the code its words name, "" when they name none. ``lacks`` keep it from review,
    topic and level aside. ``near`` are known stems that ask nearly the same, each with how alike it
    is; ``repeats`` are the numbers of questions above it in the same file that ask the same.
    """

    item: ImportedItem
    topic: str
    lacks: list[str]
    near: list[tuple[KnownStem, float]]
    repeats: list[int]

    @property
    def repeated(self) -> bool:
        """Whether the very same words are known already, here or above in the file."""
        return bool(self.repeats) or any(likeness == 1 for _, likeness in self.near)

    @property
    def advised(self) -> bool:
        """Whether it is offered as chosen: it can be taken and is not known already."""
        return self.item.takeable and not self.repeated


class TopicWords:
    """Finds a topic by its code or name, whatever the case and spaces."""

    def __init__(self, topics: Iterable[Topic]) -> None:
        self._codes = {
            _plain(words): topic.code for topic in topics for words in (topic.name, topic.code)
        }

    def code(self, words: str) -> str:
        """The code of the topic these words name; "" for none."""
        return self._codes.get(_plain(words), "")


def fates(
    items: Sequence[ImportedItem],
    known: Sources,
    known_stems: Mapping[str, KnownStem],
    day: date,
) -> list[Fate]:
    """What would become of each item; ``known_stems`` are those there are already, by code.

    What is wanting is told by the registers and by the law of ``day``. Two milliseconds an item.
    """
    topics = TopicWords(known.topics)
    asked = {str(item.number): item.stem for item in items}
    near = near_to(asked, {code: stem.stem for code, stem in known_stems.items()})
    within = same_words(asked)
    return [
        Fate(
            item,
            topics.code(item.topic),
            _lacks(item, known, day),
            [(known_stems[code], alike) for code, alike in near.get(number, [])[:_SHOWN_NEAR]],
            sorted(int(n) for n in within.get(number, []) if int(n) < item.number),
        )
        for number, item in zip(asked, items, strict=True)
    ]


def _lacks(item: ImportedItem, known: Sources, day: date) -> list[str]:
    """What the editor would say is wanting, with any topic and level."""
    topic = known.topics[0].code if known.topics else ""
    content = draft_content(item, topic, item.level or Level.MENGINGAT, day)
    return [lack.sentence for lack in checked_content(content | {"code": "KODE-1"}, known).lacks]


def draft_content(
    item: ImportedItem, topic: str, level: Level | None, law_as_of: date
) -> dict[str, Any]:
    """The content of a draft of this item: for everybody, and by the law of that day."""
    return item.content() | {
        "code": item.code,
        "topic": topic,
        "level": level.value if level else "",
        "audience": sorted(EVERYBODY),
        "passages": [],
        "claims": [],
        "references": [],
        "law_as_of": law_as_of.isoformat(),
        "extra": {},
    }


def _plain(words: str) -> str:
    return "".join(words.split()).casefold()
